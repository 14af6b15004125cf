"""A person: the page, and what the member writes about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from rapport.correspondence.models import Received
from rapport.followups import happenings
from rapport.followups.asking import advice_for
from rapport.followups.contact import last_contacts
from rapport.followups.models import Happening, Step
from rapport.interviews.models import Interviewer
from rapport.network.models import Invitation
from rapport.people.editing import shown_card
from rapport.people.models import (
    CardRevision,
    Keeping,
    NamedList,
    Person,
    Subscription,
    Suggestion,
)
from rapport.rules.audience import audiences_in
from rapport.rules.card.photos import has_photo
from rapport.rules.supposing import clause
from rapport.web.door import page, refused, said, verb
from rapport.web.forms.person import PersonForm
from rapport.web.forms.subscription import SubscribeForm
from rapport.web.people.cards import ShownCard
from rapport.web.people.pictures import picture
from rapport.web.people.told import merged_long_ago, revisions_long_ago, timeline
from rapport.web.schools.counsel import counsel
from rapport.web.steps.glance import by_importance

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.http import HttpResponse

    from rapport.rules.card import Card
    from rapport.web.requests import MemberRequest

_MAILS = 10


def _lists(request: MemberRequest, person: Person) -> dict[str, list[NamedList]]:
    """The lists that a person is on, and those of their spheres that they are not on."""
    on = set(person.listings.values_list("named_list", flat=True))
    fitting = [
        found for found in NamedList.objects.seen_by(request.member) if getattr(person, f"is_{found.sphere}")
    ]
    return {
        "on": [found for found in fitting if found.pk in on],
        "off": [found for found in fitting if found.pk not in on],
    }


@require_safe
def person(request: MemberRequest, pk: int) -> HttpResponse:
    """One person: the card, what is known, the advice now, and the timeline."""
    now, member = timezone.now(), request.member
    found = get_object_or_404(Person.objects.filter(member=member).select_related("organisation"), pk=pk)
    if found.merged_into_id is not None:
        return redirect("person", found.merged_into_id)
    met = (
        Interviewer.objects.seen_by(member)
        .filter(person=found)
        .select_related("interview__application__organisation")
        .order_by("-interview__starts_at")
    )
    standing = Step.objects.seen_by(member).standing().filter(person=found).in_lists()
    first, rest = by_importance(standing)
    card, found.member = found.current_card, member
    entries = timeline(found)
    subscriptions = Subscription.objects.seen_by(member).filter(source__person=found).select_related("source")
    return page(
        request,
        "people/person.html",
        now,
        person=found,
        keeping=Keeping.objects.filter(person=found).first(),
        last_contact=last_contacts([pk], now).get(pk),
        shown=ShownCard.of(card, member.posts_from, found.emails.all()),
        portrait=portrait_of(found, card),
        lists=_lists(request, found),
        suggestions=Suggestion.objects.filter(person=found).open().select_related("person", "source"),
        subscriptions=subscriptions,
        subscribe=SubscribeForm(card=card, known={one.source.address for one in subscriptions}),
        shows=bool(audiences_in(member.own_card)),
        met=met,
        how_met=_how_met(found, list(met), now),
        first=first,
        rest=rest,
        invitations=Invitation.objects.seen_by(member)
        .standing()
        .filter(person=found)
        .select_related("person"),
        connections=found.connections.all(),
        sentences=() if first or not card.is_somebodys else counsel(advice_for(found, now), now, member.zone),
        heard=Happening.objects.latest_word(found),
        statements=found.statements.order_by("-stated_at"),
        received=Received.objects.seen_by(member).with_delivery().filter(person=found)[:_MAILS],
        entries=entries,
        merges=merged_long_ago(found, entries),
        revisions=revisions_long_ago(found, entries),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    """The form of a person: what it changes is one edit, with one undo."""
    now, member = timezone.now(), request.member
    found = get_object_or_404(Person.objects.seen_by(member).select_related("organisation"), pk=pk)
    card = (
        shown_card(found, request.POST.get("shown", "")) if request.method == "POST" else found.current_card
    )
    if card is None:
        words = "The form you sent is older than what Rapport remembers. Here is the card as it stands."
        return refused(request, words, to=reverse("person-edit", args=[pk]))
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = PersonForm(found, card, *sent, country=found.country or member.posts_from)
    if sent and not form.is_asking and form.is_valid():
        made = happenings.edit_person(
            found, form.edited(), of=card, by=member, at=now, noted=form.beside.noted
        )
        undo = reverse("revision-undo", args=[made.pk]) if made else ""
        words = f"Noted: {found}." if made else "Nothing was changed."
        return said(request, words, undo=undo, to=reverse("person", args=[pk]))
    return page(request, "people/edit.html", now, person=found, form=form, portrait=portrait_of(found, card))


def _how_met(person: Person, met: Sequence[Interviewer], now: datetime) -> str:
    """Say how they met: in an interview only once there was one."""
    if person.how_met or not person.met:
        return person.how_met
    held = [one.interview for one in met if not one.dismissed_at and not one.interview.cancelled_at]
    if person.met == "interview" and met and not any(one.ends_at <= now for one in held):
        return "You will meet in an interview." if held else ""
    return f"{clause('met', person.met).capitalize()}."


def portrait_of(person: Person, card: Card) -> str:
    """Where the picture on a person's card is; "" when there is none."""
    return reverse("person-photo", args=[person.pk]) if has_photo(card) else ""


@require_safe
def photo(request: MemberRequest, pk: int) -> HttpResponse:
    """The picture on a person's card."""
    found = get_object_or_404(Person.objects.seen_by(request.member), pk=pk)
    return picture(found.current_card)


@verb
def revision_undo(request: MemberRequest, pk: int) -> HttpResponse:
    """Take back what one source said, as if it had never come."""
    mine = CardRevision.objects.filter(person__in=Person.objects.seen_by(request.member))
    found = get_object_or_404(mine.select_related("person"), pk=pk)
    found.undo(by=request.member, at=timezone.now())
    who = "you typed" if found.is_edit else f"{found.source} said"
    return said(request, f"Taken back: what {who} about {found.person}.")
