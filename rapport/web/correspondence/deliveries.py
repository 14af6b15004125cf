"""Notes leave by mail: queued, taken back, hurried, and the list of what was sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from rapport.correspondence.models import Delivery, Mailbox
from rapport.followups import sending
from rapport.followups.models import Step
from rapport.journal.errors import NeedsConfirmation
from rapport.rules.moments import moment_in_words
from rapport.web.correspondence.notes import keep_words
from rapport.web.door import page, said, verb
from rapport.web.steps.steps import confirm, step_of
from rapport.web.steps.windows import zone_of
from rapport.web.what_changed import what_changed

if TYPE_CHECKING:
    from django.http import HttpResponse

    from rapport.web.requests import MemberRequest

_A_PAGE = 50


def _delivery(request: MemberRequest, pk: int) -> Delivery:
    mine = Delivery.objects.seen_by(request.member).defer("message")
    return get_object_or_404(mine.select_related("member", "note__person"), pk=pk)


@require_safe
def sent(request: MemberRequest) -> HttpResponse:
    """Every mail that left, or is on its way, the newest first."""
    leaves = Paginator(Delivery.objects.seen_by(request.member).in_lists(), _A_PAGE)
    kept = Mailbox.objects.seen_by(request.member).first()
    return page(
        request,
        "deliveries/list.html",
        timezone.now(),
        leaf=leaves.get_page(request.GET.get("page")),
        mailbox=kept,
    )


@verb
def dispatch(request: MemberRequest, pk: int) -> HttpResponse:
    """Queue the words in the form, to leave in the recipient's working hours, or in ten minutes."""
    found, now = step_of(request, pk), timezone.now()
    if found.note:
        keep_words(request, found.note, now)
    try:
        queued = sending.dispatch(
            found,
            by=request.member,
            at=now,
            recipient=request.POST.get("recipient", ""),
            soon="soon" in request.POST,
            confirmed="confirmed" in request.POST,
        )
    except NeedsConfirmation as question:
        return confirm(request, found, question, "step-dispatch")
    return said(request, _leaves(found, queued, request), undo=reverse("delivery-undo", args=[queued.pk]))


def _leaves(step: Step, queued: Delivery, request: MemberRequest) -> str:
    theirs = zone_of(step, request.member)
    when = moment_in_words(queued.due_at, timezone.now(), theirs)
    return f"To {queued.recipient}: leaves {when}. Until then you can take it back."


@verb
def undo(request: MemberRequest, pk: int) -> HttpResponse:
    """It does not leave after all."""
    found = _delivery(request, pk)
    stays_open = found.may_have_left
    found.take_back(by=request.member, at=timezone.now())
    what = "Whether it left stays open; its words are free again." if stays_open else "It has not left."
    return said(request, f"Taken back: {found.note.label}. {what}")


@verb
def haste(request: MemberRequest, pk: int) -> HttpResponse:
    """It leaves as soon as that could have been taken back: the undo takes the mail back."""
    found, now = _delivery(request, pk), timezone.now()
    found.hurry(by=request.member, at=now)
    when = moment_in_words(found.due_at, now, request.member.zone)
    words = f"{found.note.label}: leaves {when}. Until then you can take it back."
    return said(request, words, undo=reverse("delivery-undo", args=[pk]))


@verb
def arrival(request: MemberRequest, pk: int) -> HttpResponse:
    """Of a mail of which nobody knew: it did leave."""
    found = _delivery(request, pk)
    changed = sending.did_leave(found, at=timezone.now())
    words = f"Noted: {found.note.label} did leave. {what_changed(changed)}"
    return said(request, words.strip(), undo=reverse("delivery-arrival-undo", args=[pk]))


@verb
def arrival_undo(request: MemberRequest, pk: int) -> HttpResponse:
    """Nobody knows after all."""
    found = _delivery(request, pk)
    sending.nobody_knows(found, by=request.member, at=timezone.now())
    undo = reverse("delivery-arrival", args=[pk])
    return said(request, f"Nobody knows after all: {found.note.label}.", undo=undo)


@verb
def repetition(request: MemberRequest, pk: int) -> HttpResponse:
    """Of a mail of which nobody knows: send the very same once more."""
    found, now = _delivery(request, pk), timezone.now()
    found.send_again(by=request.member, at=now)
    when = moment_in_words(found.due_at, now, request.member.zone)
    words = f"Once more: {found.note.label}. It leaves {when}."
    return said(request, words, undo=reverse("delivery-repetition-undo", args=[pk]))


@verb
def repetition_undo(request: MemberRequest, pk: int) -> HttpResponse:
    """It is not sent once more; whether it left stays open."""
    found = _delivery(request, pk)
    found.leave_unknown(by=request.member, at=timezone.now())
    return said(request, f"Not sent once more: {found.note.label}. Whether it left stays open.")
