"""Facts about a person that the member states in answer to a question, and what they did of their own accord."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from rapport.followups import happenings
from rapport.network.models import Invitation
from rapport.people.models import Person
from rapport.rules import phrases
from rapport.rules.etiquette import FACTS
from rapport.rules.supposing import clause
from rapport.web.door import refused, said, verb
from rapport.web.taking_back import undo_of
from rapport.web.what_changed import what_changed

if TYPE_CHECKING:
    from django.http import HttpResponse

    from rapport.web.requests import MemberRequest

_WROTE = ("email", "phone", "message", "meeting")
_INVITED = ("professional", "social", "microblog")


def _person(request: MemberRequest, pk: int) -> Person:
    return get_object_or_404(Person.objects.seen_by(request.member), pk=pk)


@verb
def fact(request: MemberRequest, pk: int, name: str) -> HttpResponse:
    """State a fact: the advice is made anew at once, and says what changed."""
    person, now = _person(request, pk), timezone.now()
    if name not in FACTS:
        raise Http404
    try:
        value = FACTS[name].parse(request.POST.get("value", ""))
    except ValueError as error:
        return refused(request, str(error))
    changed = happenings.state_fact(person, name, value, by=request.member, at=now)
    words = f"Noted: {clause(name, value)}."
    return said(
        request,
        f"{words} {what_changed(changed) or 'The advice stays as it was.'}",
        undo=undo_of(request.member, now),
    )


@verb
def fact_undo(request: MemberRequest, pk: int, name: str) -> HttpResponse:
    """The fact is not known after all."""
    person, now = _person(request, pk), timezone.now()
    if name not in FACTS:
        raise Http404
    changed = happenings.retract_fact(person, name, by=request.member, at=now)
    words = f"{phrases.FACTS[name]}: not known any more. {what_changed(changed)}"
    return said(request, words.strip(), undo=undo_of(request.member, now))


@verb
def contact(request: MemberRequest, pk: int) -> HttpResponse:
    """They wrote or called."""
    person, channel = _person(request, pk), request.POST.get("channel", "")
    if channel not in _WROTE:
        return refused(request, "Say how they reached you: by email, phone, message or meeting you.")
    changed = happenings.they_wrote(person, by=request.member, at=timezone.now(), channel=channel)
    words = f"{person} got in touch. {what_changed(changed)}"
    return said(request, words.strip(), undo=reverse("contact-undo", args=[pk]))


@verb
def contact_undo(request: MemberRequest, pk: int) -> HttpResponse:
    """They did not write or call after all: the latest of it is taken back."""
    person = _person(request, pk)
    changed = happenings.they_did_not_write(person, by=request.member, at=timezone.now())
    return said(request, f"Taken back: {person} got in touch. {what_changed(changed)}".strip())


@verb
def their_invitation(request: MemberRequest, pk: int) -> HttpResponse:
    """They invited the member on a network."""
    person, channel = _person(request, pk), request.POST.get("channel", "")
    if channel not in _INVITED:
        return refused(request, "Say where they invited you: professional, social or microblog.")
    changed = happenings.they_invited(person, channel, by=request.member, at=timezone.now())
    noted = Invitation.objects.received_from(person, channel).last()
    undo = reverse("invitation-removal", args=[noted.pk]) if noted else ""
    return said(request, f"{person} invited you. {what_changed(changed)}".strip(), undo=undo)
