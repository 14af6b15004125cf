"""Changes: what sources say otherwise of people, title and company first; one click each, and each can be undone."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from rapport.followups import hearing
from rapport.followups.models import Step
from rapport.people.models import Source, Suggestion
from rapport.web.door import page, refused, said, sentences_of, verb
from rapport.web.forms.suggestions import KindsForm
from rapport.web.people.pictures import picture

if TYPE_CHECKING:
    from django.http import HttpResponse

    from rapport.people.models.suggestion import SuggestionQuerySet
    from rapport.web.requests import MemberRequest

_A_PAGE = 50
_LATELY = timedelta(days=30)
_SETTLED = 20


@require_safe
def changes(request: MemberRequest) -> HttpResponse:
    """What waits, what was answered lately, and what applies by itself."""
    now, mine = timezone.now(), _mine(request)
    leaf = Paginator(mine.open(), _A_PAGE).get_page(request.GET.get("page"))
    settled = list(mine.settled().filter(settled_at__gte=now - _LATELY)[:_SETTLED])
    moved = {one.person_id for one in settled if one.is_of_work and one.state == "applied"}
    return page(
        request,
        "people/changes.html",
        now,
        leaf=leaf,
        settled=settled,
        congratulate=_congratulations(request, moved),
        trusted=Source.objects.seen_by(request.member).filter(is_trusted=True).select_related("person"),
        form=KindsForm(member=request.member),
    )


def _mine(request: MemberRequest) -> SuggestionQuerySet:
    found = Suggestion.objects.seen_by(request.member)
    return found.select_related("person", "source__person__member", "revision")


def _congratulations(request: MemberRequest, people: set[int]) -> dict[int, Step]:
    """The step that congratulates each of some people, where it is to be done."""
    mine = Step.objects.seen_by(request.member).standing()
    found = mine.filter(person__in=people, act="congratulate", verdict="do").order_by("-pk")
    return {step.person_id: step for step in found}


@require_safe
def photo(request: MemberRequest, pk: int) -> HttpResponse:
    """The picture that a source says is theirs."""
    return picture(get_object_or_404(_mine(request), pk=pk).brought)


@verb
def application(request: MemberRequest, pk: int, *, keeping_both: bool = False) -> HttpResponse:
    """Let the card say so."""
    found = get_object_or_404(_mine(request), pk=pk)
    hearing.apply(found, by=request.member, at=timezone.now(), keeping_both=keeping_both)
    return _said(request, found, f"{found.person}: {found.in_words}.")


@verb
def ignoring(request: MemberRequest, pk: int) -> HttpResponse:
    """Leave the card as it is."""
    found = get_object_or_404(_mine(request), pk=pk)
    found.ignore(by=request.member, at=timezone.now())
    return _said(request, found, f"Ignored: {found.in_words}. {found.person} stays as they were.")


def _said(request: MemberRequest, found: Suggestion, sentence: str) -> HttpResponse:
    return said(request, sentence, undo=reverse("suggestion-undo", args=[found.pk]), to=reverse("changes"))


@verb
def undo(request: MemberRequest, pk: int) -> HttpResponse:
    """Let it wait again."""
    found = get_object_or_404(_mine(request), pk=pk)
    hearing.undo(found, by=request.member, at=timezone.now())
    return said(request, f"{found.person}: {found.in_words} waits again.", to=reverse("changes"))


@verb
def trust(request: MemberRequest, pk: int) -> HttpResponse:
    """Always from this source: what waits from it as well, where it contradicts nobody."""
    found = _source(request, pk)
    count = len(hearing.trust(found, by=request.member, at=timezone.now()))
    more = f" {count} that waited {'was' if count == 1 else 'were'} applied." if count else ""
    words = f"What {found} says of {found.person} applies by itself from now on.{more}"
    return said(request, words, undo=reverse("source-trust-undo", args=[pk]), to=reverse("changes"))


@verb
def trust_undo(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask about what it says again; what was applied can be undone one by one."""
    found = _source(request, pk)
    found.distrust(by=request.member, at=timezone.now())
    return said(request, f"What {found} says of {found.person} is asked about again.", to=reverse("changes"))


def _source(request: MemberRequest, pk: int) -> Source:
    return get_object_or_404(Source.objects.seen_by(request.member).select_related("person__member"), pk=pk)


@verb
def kinds(request: MemberRequest) -> HttpResponse:
    """Which kinds of sources apply by themselves."""
    form = KindsForm(request.POST, member=request.member)
    if not form.is_valid():
        return refused(request, sentences_of(form), to=reverse("changes"))
    form.keep()
    return said(request, "Noted what applies by itself.", to=reverse("changes"))
