"""Duplicates: who may be in the book twice, the same or not the same, and each of it taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from rapport.followups.merging import merge, unmerge
from rapport.journal.errors import NotAllowed
from rapport.people.duplicates import AT_ONCE, compare, is_due, judged, proposed
from rapport.people.models import Merge, Person, Proposal, ToldApart
from rapport.web.door import page, said, verb
from rapport.web.people.side_by_side import chosen_for, side_by_side

if TYPE_CHECKING:
    from django.http import HttpResponse

    from rapport.web.requests import MemberRequest

_A_PAGE = 10
_TOLD = 50
_MOST = 20
"""How many people one form may name."""

_LONGEST_KEY = 19
"""Digits of a number that every database takes as a key."""


@require_safe
def duplicates(request: MemberRequest) -> HttpResponse:
    """Everybody who may be in the book twice, some at a time; of a few new cards it is found out now."""
    member = request.member
    waiting = is_due(member)
    if 0 < waiting <= AT_ONCE:
        compare(member)
        waiting = 0
    leaf = Paginator(Proposal.objects.heads(member), _A_PAGE).get_page(request.GET.get("page"))
    told = ToldApart.objects.seen_by(member).select_related("one", "other")
    return page(
        request,
        "people/duplicates.html",
        timezone.now(),
        leaf=leaf,
        groups=[side_by_side(group) for group in judged(member, proposed(member, leaf))],
        waiting=waiting,
        told=told[:_TOLD],
    )


@verb
def merges(request: MemberRequest, pk: int) -> HttpResponse:
    """They are the same: this person stands for the others named, showing what was chosen."""
    now, person = timezone.now(), _person(request, pk)
    others = _others(request, person)
    with transaction.atomic():
        for other in others:
            merge(person, other, by=request.member, at=now, chosen=chosen_for(request.POST.dict(), other))
    person.refresh_from_db()
    return said(
        request,
        f"Merged: {person} stands for {'both' if len(others) == 1 else 'all of them'}.",
        undo=reverse("merges-undo", args=[pk]),
        to=reverse("duplicates"),
    )


@verb
def merges_undo(request: MemberRequest, pk: int) -> HttpResponse:
    """Take back what was merged into a person last, all that was merged with it."""
    person = _person(request, pk)
    last = person.merges.standing().order_by("merged_at").last()
    if last is None:
        raise NotAllowed(f"Nobody is merged into {person}.")
    with transaction.atomic():
        for one in person.merges.standing().filter(merged_at=last.merged_at).order_by("-pk"):
            unmerge(one, by=request.member, at=timezone.now())
    return said(request, f"Taken back: {person} stands for themselves again.", to=reverse("duplicates"))


@verb
def merge_undo(request: MemberRequest, pk: int) -> HttpResponse:
    """Take one merge back, from the timeline, however long ago it was."""
    found = get_object_or_404(Merge.objects.seen_by(request.member).select_related("person", "other"), pk=pk)
    unmerge(found, by=request.member, at=timezone.now())
    return said(
        request,
        f"Taken back: {found.other} and {found.person} are two people again.",
        to=reverse("person", args=[found.person_id]),
    )


@verb
def told_apart(request: MemberRequest, pk: int) -> HttpResponse:
    """They are not the same, none of those named: remembered."""
    now, person = timezone.now(), _person(request, pk)
    people = [person, *_others(request, person)]
    with transaction.atomic():
        for place, one in enumerate(people):
            for other in people[place + 1 :]:
                ToldApart.tell(one, other, by=request.member, at=now)
    return said(
        request,
        "Remembered: not the same person.",
        undo=reverse("told-apart-undo", args=[pk]),
        to=reverse("duplicates"),
    )


@verb
def told_apart_undo(request: MemberRequest, pk: int) -> HttpResponse:
    """Take back that a person is not those named; of whom nobody is named, what was said last."""
    person, now = _person(request, pk), timezone.now()
    mine = ToldApart.objects.about(person)
    last = mine.first()
    if last is None:
        raise NotAllowed(f"Nobody is told apart from {person}.")
    keys = _keys(request)
    at_once = ToldApart.objects.seen_by(request.member).filter(told_at=last.told_at)
    found = mine.filter(Q(one__in=keys) | Q(other__in=keys)) if keys else at_once
    with transaction.atomic():
        for one in found:
            one.take_back(by=request.member, at=now)
    return said(request, "Taken back: they may be the same person.", to=reverse("duplicates"))


def _person(request: MemberRequest, pk: int) -> Person:
    return get_object_or_404(Person.objects.seen_by(request.member), pk=pk)


def _others(request: MemberRequest, person: Person) -> list[Person]:
    """Give the people whom a form names besides; one that names nobody is refused."""
    named = Person.objects.seen_by(request.member).filter(pk__in=_keys(request))
    found = list(named.exclude(pk=person.pk).order_by("pk"))
    if not found:
        raise NotAllowed("Choose whom you mean: nobody was named, or they are in your book no more.")
    return found


def _keys(request: MemberRequest) -> list[int]:
    stated = (key for key in request.POST.getlist("other") if key.isascii() and key.isdecimal())
    return [int(key) for key in stated if len(key) < _LONGEST_KEY][:_MOST]
