"""Keeping in touch with somebody: the rhythm, and putting it off."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from rapport.people.models import Keeping, Person
from rapport.rules.rhythm import Rhythm
from rapport.web.door import said, verb
from rapport.web.taking_back import undo_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from rapport.web.requests import MemberRequest

LATER = timedelta(weeks=2)


@verb
def beginning(request: MemberRequest, pk: int) -> HttpResponse:
    """Keep in touch in a rhythm, or, every 0, as it comes."""
    person = get_object_or_404(Person.objects.seen_by(request.member), pk=pk)
    every = request.POST.get("every", "")
    number = int(every) if every.isascii() and every.isdigit() and len(every) < 5 else -1  # noqa: PLR2004  (no more digits)
    now, to = timezone.now(), reverse("person", args=[pk])
    if number == 0:
        for kept in Keeping.objects.filter(person=person):
            kept.end(by=request.member, at=now)
        words = f"Nothing reminds you of {person} any more."
        return said(request, words, undo=undo_of(request.member, now), to=to)
    kept = Keeping.begin(person, Rhythm(number, request.POST.get("unit", "")), by=request.member, at=now)
    words = f"You keep in touch with {person} {kept.rhythm}: Today says when it is time."
    return said(request, words, undo=undo_of(request.member, now), to=to)


@verb
def putting_off(request: MemberRequest, pk: int) -> HttpResponse:
    """Hear of it again in two weeks."""
    kept, now = _kept(request, pk), timezone.now()
    kept.put_off(now + LATER, by=request.member, at=now)
    undo = reverse("keeping-putting-off-undo", args=[pk])
    return said(request, f"{kept.person} comes back in two weeks.", undo=undo)


@verb
def putting_off_undo(request: MemberRequest, pk: int) -> HttpResponse:
    """Hear of it now after all."""
    kept = _kept(request, pk)
    kept.put_off(None, by=request.member, at=timezone.now())
    return said(request, f"{kept.person} waits no longer.")


def _kept(request: MemberRequest, pk: int) -> Keeping:
    mine = Keeping.objects.seen_by(request.member).select_related("person")
    return get_object_or_404(
        mine, person__pk=pk
    )  # by `person=` a number too large for the database would break
