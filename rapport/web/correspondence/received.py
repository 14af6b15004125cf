"""Mails that came: what the member says about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from rapport.correspondence.models import Received
from rapport.followups import answers
from rapport.web.door import said, verb
from rapport.web.what_changed import what_changed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.http import HttpResponse

    from rapport.followups.computing import Changed
    from rapport.web.requests import MemberRequest


@verb
def no_answer(request: MemberRequest, pk: int) -> HttpResponse:
    """It was no answer: what it changed is taken back."""
    return _noted(request, pk, answers.no_answer, "{mail} was no answer", undo="no-answer-undo")


@verb
def no_answer_undo(request: MemberRequest, pk: int) -> HttpResponse:
    """It was an answer after all."""
    return _noted(request, pk, answers.answer_after_all, "{mail} was an answer", undo="no-answer")


@verb
def arrival(request: MemberRequest, pk: int) -> HttpResponse:
    """The mail that it brings back did arrive."""
    words = "your mail to {person} did arrive"
    return _noted(request, pk, answers.arrived_after_all, words, undo="mail-arrival-undo")


@verb
def arrival_undo(request: MemberRequest, pk: int) -> HttpResponse:
    """It did come back."""
    words = "your mail to {person} came back"
    return _noted(request, pk, answers.came_back_after_all, words, undo="mail-arrival")


def _noted(
    request: MemberRequest, pk: int, note: Callable[..., Sequence[Changed]], words: str, *, undo: str
) -> HttpResponse:
    """Note what the member says of a mail, and say so; the route `undo` takes it back."""
    mine = Received.objects.seen_by(request.member)
    found = get_object_or_404(mine.select_related("member", "person", "delivery__note__person"), pk=pk)
    changed = note(found, by=request.member, at=timezone.now())
    told = words.format(mail=f"“{found.subject or 'this mail'}”", person=found.person)
    sentence = f"Noted: {told}. {what_changed(changed)}"
    return said(request, sentence.strip(), undo=reverse(undo, args=[pk]))
