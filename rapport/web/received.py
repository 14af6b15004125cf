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
    from django.http import HttpResponse

    from rapport.web.requests import MemberRequest


def _received(request: MemberRequest, pk: int) -> Received:
    mine = Received.objects.seen_by(request.member)
    return get_object_or_404(mine.select_related("member", "person", "delivery__note__person"), pk=pk)


@verb
def no_answer(request: MemberRequest, pk: int) -> HttpResponse:
    """It was no answer: what it changed is taken back."""
    found = _received(request, pk)
    changed = answers.no_answer(found, by=request.member, at=timezone.now())
    words = f"Noted: “{found.subject or 'this mail'}” was no answer. {what_changed(changed)}"
    return said(request, words.strip(), undo=reverse("no-answer-undo", args=[pk]))


@verb
def arrival(request: MemberRequest, pk: int) -> HttpResponse:
    """The mail that it brings back did arrive."""
    found = _received(request, pk)
    changed = answers.arrived_after_all(found, by=request.member, at=timezone.now())
    words = f"Noted: your mail to {found.person} did arrive. {what_changed(changed)}"
    return said(request, words.strip(), undo=reverse("mail-arrival-undo", args=[pk]))


@verb
def arrival_undo(request: MemberRequest, pk: int) -> HttpResponse:
    """It did come back."""
    found = _received(request, pk)
    changed = answers.came_back_after_all(found, by=request.member, at=timezone.now())
    words = f"Noted: your mail to {found.person} came back. {what_changed(changed)}"
    return said(request, words.strip(), undo=reverse("mail-arrival", args=[pk]))


@verb
def no_answer_undo(request: MemberRequest, pk: int) -> HttpResponse:
    """It was an answer after all."""
    found = _received(request, pk)
    changed = answers.answer_after_all(found, by=request.member, at=timezone.now())
    words = f"Noted: “{found.subject or 'this mail'}” was an answer. {what_changed(changed)}"
    return said(request, words.strip(), undo=reverse("no-answer", args=[pk]))
