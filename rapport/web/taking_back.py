"""What was said or done is taken back by its entry in the journal, from the message that told it or the timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from rapport.followups.taking_back import VERBS
from rapport.intake.taking_back import take_back
from rapport.journal.models import Entry
from rapport.web.door import said, verb
from rapport.web.what_changed import what_changed

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponse

    from rapport.accounts.models import Member
    from rapport.web.requests import MemberRequest


def undo_of(member: Member, at: datetime) -> str:
    """Give where what the member did at this very moment is taken back; "" when nothing of it can be."""
    written = _written(member, at)
    return reverse("entry-undo", args=[written.pk]) if written else ""


def _written(member: Member, at: datetime) -> Entry | None:
    return Entry.objects.seen_by(member).filter(at=at, verb__in=VERBS).first()


@verb
def entry_undo(request: MemberRequest, pk: int) -> HttpResponse:
    """Let be as before what an entry tells."""
    now = timezone.now()
    found = get_object_or_404(Entry.objects.seen_by(request.member), pk=pk)
    kept, changed = take_back(found, by=request.member, at=now)
    written = _written(request.member, now)
    words = (written.says if written else found.reversal, *kept, what_changed(changed))
    return said(request, " ".join(filter(None, words)), undo=undo_of(request.member, now))
