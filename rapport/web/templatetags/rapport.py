"""Tags and filters that put the words of `phrases` and `when` on a page, in the zones of both readers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from rapport.network.models.invitation import ON
from rapport.rules import moments, phrases, supposing
from rapport.rules.etiquette import load_schools
from rapport.rules.letter import address_block
from rapport.web.correspondence import notes
from rapport.web.door import is_opened_in_place
from rapport.web.forms.countries import CountrySelect
from rapport.web.steps import windows
from rapport.web.steps.changes import Changes, changes_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.template.context import RequestContext

    from rapport.correspondence.models import Note
    from rapport.followups.models import Step
    from rapport.notifications.telling import Told
    from rapport.rules.card import PartialDate, PostalAddress
    from rapport.rules.etiquette import ActAdvice

register = template.Library()

_ROOMS = (
    ("today", "Today", "t"),
    ("interviews", "Interviews", "i"),
    ("people", "People", "p"),
    ("applications", "Applications", "a"),
    ("schools", "Schools", "c"),
)


@register.simple_tag(takes_context=True)
def rooms(context: RequestContext) -> list[dict[str, Any]]:
    """The rooms of the navigation, with the key that leads there and whether we are in it."""
    here = context["request"].path
    return [
        {
            "name": name,
            "key": key,
            "url": (url := reverse(route)),
            "icon": f"icons/{route}.svg",
            "is_here": here == url or (route != "today" and here.startswith(url)),
        }
        for route, name, key in _ROOMS
    ]


@register.simple_tag(takes_context=True)
def back(context: RequestContext) -> SafeString:
    """A hidden field that brings a verb back to the page being read.

    What is opened in place comes back to the page around it; what a POST answered is no page to come back to.
    """
    request = context["request"]
    here = request.get_full_path() if request.method in {"GET", "HEAD"} else ""
    if is_opened_in_place(request):
        here = request.htmx.current_url_abs_path or here
    return format_html('<input type="hidden" name="next" value="{}">', here)


@register.simple_tag(takes_context=True)
def moment(context: RequestContext, at: datetime | None, zone: str = "") -> SafeString:
    """A moment in words, "tomorrow noon", the exact time on hover and focus; in the member's zone or `zone`."""
    return _time(context, at, zone, moments.moment_in_words)


@register.simple_tag(takes_context=True)
def day(context: RequestContext, at: datetime | None, zone: str = "") -> SafeString:
    """The day of a moment in words, "tomorrow", the exact time on hover and focus."""
    return _time(context, at, zone, moments.day_in_words)


@register.simple_tag(takes_context=True)
def date_ahead(context: RequestContext, on: date) -> str:
    """A day of the member's calendar in words: "today", "Friday", "Wed 25 November"."""
    zone = context["request"].member.zone
    return moments.day_in_words(datetime.combine(on, time(12), zone), context["now"], zone)


@register.simple_tag(takes_context=True)
def ago(context: RequestContext, at: datetime) -> SafeString:
    """How long ago, "12 days ago", the exact time on hover and focus."""
    return _time(context, at, "", moments.ago)


def _time(context: RequestContext, at: datetime | None, zone: str, words: Any) -> SafeString:
    if at is None:
        return SafeString("")
    mine = context["request"].member.zone
    theirs = ZoneInfo(zone) if zone else mine
    return windows.time_element(at, words(at, context["now"], theirs), moments.exactly(at, theirs, mine))


@register.simple_tag(takes_context=True)
def window(context: RequestContext, step: Step) -> SafeString:
    """When to do a step, in words, in the time of the person it is for."""
    return windows.window_of(step, context["now"], context["request"].member)


@register.simple_tag(takes_context=True)
def posting(context: RequestContext, step: Step) -> SafeString:
    """When a letter was posted and when it is expected."""
    return windows.posting_of(step, context["now"], context["request"].member)


@register.simple_tag
@lru_cache(maxsize=len(phrases.VERDICTS))
def verdict(name: str) -> SafeString:
    """A verdict as word, icon and colour; a page shows hundreds of the same six."""
    shown = {"name": name, "word": phrases.VERDICTS[name], "icon": f"icons/{name}.svg"}
    return render_to_string("part/verdict.html", shown)


@register.filter
def deed(step: Step | ActAdvice, name: Any = "") -> str:
    """The act in words: of a step on its own, or towards `name`."""
    return phrases.deed(step.act, step.channel, str(name))


@register.filter
def zone(step: Step) -> str:
    """The name of the zone of the person a step is for, or nothing while it is not known."""
    return step.person.time_zone or step.plan.interview.time_zone


@register.filter
def until(event: str | None) -> str:
    """What a hold waits for."""
    return phrases.until(event or "")


@register.simple_tag
def countries(person: int, fact: str) -> SafeString:
    """The list of countries that answers a question about a person."""
    return CountrySelect().render("value", "", {"id": f"answer-{person}-{fact}", "required": True})


@register.filter
def dialled(number: str) -> str:
    """A telephone number as a link may hold it: digits after an optional plus, no code that a phone would obey."""
    digits = "".join(sign for sign in number if sign.isascii() and sign.isdigit())
    return f"+{digits}" if number.lstrip().startswith("+") else digits


@register.filter
def fact(name: str) -> str:
    """A fact's short name."""
    return phrases.FACTS.get(name, name)


@register.filter
def channel(name: str) -> str:
    """A channel in words."""
    return phrases.CHANNELS[name]


@register.filter
def changes(step: Step) -> list[Changes]:
    """What would change the advice on a step, answers that lead to the same verdict together."""
    return changes_of(step)


@register.filter
def value(given: Any, of: str) -> str:
    """A fact's value in words."""
    return phrases.value_in_words(of, given)


@register.simple_tag
def seal(note: Note) -> str:
    """What tells whether the words of a form are still those it was shown with."""
    return notes.seal_of(note.text, note.subject)


@register.filter
def clause(given: Any, of: str) -> str:
    """What a fact's value says, as a clause: "they use the site"."""
    return supposing.clause(of, given)


@register.simple_tag(takes_context=True)
def exactly(context: RequestContext, at: datetime, step: Step) -> SafeString:
    """A moment of a step's window to the minute, in the recipient's zone and the member's."""
    member = context["request"].member
    words = moments.exactly(at, windows.zone_of(step, member), member.zone)
    return windows.time_element(at, words, words)


@register.simple_tag(takes_context=True)
def whole_day(context: RequestContext, at: datetime, step: Step) -> str:
    """The day of a moment where the recipient is: of a letter nobody knows the hour."""
    return moments.whole_day(at, windows.zone_of(step, context["request"].member))


@register.filter
def address_lines(address: PostalAddress, reader_country: str) -> tuple[str, ...]:
    """An address as it stands on an envelope from the reader's country, without the name."""
    return address_block("", "", address, sender_country=reader_country)


@register.filter
def partly(day: PartialDate) -> str:
    """A day as far as it is known: 21 May 1980, 21 May, May 1980, 1980."""
    return moments.partly_in_words(day.year, day.month, day.day)


@register.filter
def field_of_card(name: str) -> str:
    """A field of a card in words."""
    return phrases.CARD_FIELDS.get(name, name)


@register.filter
def card_value(text: str, field: str) -> str:
    """What a card says in a field, in words."""
    return phrases.card_value(field, text)


@register.filter
def card_values(texts: Iterable[str], field: str) -> str:
    """All that a card says in a field, in words."""
    return ", ".join(phrases.card_value(field, text) for text in texts)


@register.filter
def school(identifier: str) -> str:
    """A school's name; what is no shipped school (a member's own, somebody's stated wish) speaks for itself."""
    shipped = load_schools().get(identifier)
    return shipped.name if shipped else identifier.replace("-", " ").capitalize()


@register.simple_tag
def deed_with_name(step: Step) -> SafeString:
    """The act towards the person, the name set as names are."""
    named, _ = phrases.DEEDS[step.act, step.channel]
    # on a telephone the word would end a line after its hyphen
    return format_html(
        named.replace("{name}", "{}").replace("e-mail", '<span class="nowrap">e-mail</span>'),
        format_html('<span class="name">{}</span>', step.person.name),
    )


@register.simple_tag(takes_context=True)
def span(context: RequestContext, begins: datetime, ends: datetime, zone: str = "") -> SafeString:
    """From when to when, in the member's zone or in `zone`, which is then named."""
    mine = context["request"].member.zone
    theirs = ZoneInfo(zone) if zone else mine
    start = windows.time_element(
        begins, moments.moment_in_words(begins, context["now"], theirs), moments.exactly(begins, theirs, mine)
    )
    end = windows.time_element(
        ends, moments.clock_in_words(ends, theirs), moments.exactly(ends, theirs, mine)
    )
    return format_html("{} to {}{}", start, end, f", {moments.place_of(theirs)} time" if zone else "")


_PAGES = {
    "followups.step": "step",
    "people.person": "person",
    "interviews.interview": "interview",
    "interviews.application": "application",
    "intake.batch": "batch",
}


@register.filter
def page_of_news(line: Told) -> str:
    """The page that a line of news leads to: the interview that shows what it changed, else what it is about."""
    if line.interview is not None:
        return reverse("interview", args=[line.interview])
    about = (mention for mention in line.entry.mentions.all() if mention.kind in _PAGES)
    return next((reverse(_PAGES[mention.kind], args=[mention.key]) for mention in about), "")


@register.filter
def network(channel: str) -> str:
    """Where an invitation is, in words."""
    return ON.get(channel, channel)


@register.filter
def of(mapping: Mapping[int, Any] | None, key: int) -> Any:
    """What a mapping holds for a key; nothing when there is none, or no mapping on this page."""
    return mapping.get(key, ()) if mapping else ()


@register.filter
def as_query(filters: Mapping[str, str]) -> str:
    """What a kept search narrows by, as the query of an address."""
    return urlencode(filters)
