"""The words to one person: keep one's own, or go back to the draft."""

from __future__ import annotations

from hashlib import blake2s
from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from django.utils import timezone

from rapport.correspondence.models import Note
from rapport.journal.errors import NotAllowed
from rapport.web.door import said, verb
from rapport.web.taking_back import undo_of

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponse

    from rapport.web.requests import MemberRequest

_LONGEST = 20_000
"""Characters; more than anybody reads, and what near-copies can be looked for in."""


def seal_of(text: str, subject: str) -> str:
    """Give what tells words from others, whatever a browser does to the ends of their lines."""
    plain = "\n".join([" ".join(subject.split()), text.replace("\r\n", "\n").strip()])
    return blake2s(plain.encode("utf-8", "replace"), digest_size=8).hexdigest()


def _is_left_as_shown(request: MemberRequest, written: Note, text: str, subject: str) -> bool:
    """Whether the form of another window stands as it was shown, while the member wrote words of their own since."""
    return written.edited_at is not None and request.POST.get("shown") == seal_of(text, subject)


def keep_words(request: MemberRequest, written: Note, at: datetime) -> bool:
    """Keep the form's words in the note; whether they differ from what stood there.

    Words of the member's own are replaced by what they wrote, never by what a form of before still shows.
    """
    text = request.POST.get("text", written.text).replace("\r\n", "\n").strip()
    subject = " ".join(request.POST.get("subject", written.subject).split())
    if len(text) > _LONGEST:
        raise NotAllowed(f"That is too long for a note: keep it under {_LONGEST} characters.")
    if not text or (text, subject) == (written.text.strip(), written.subject):
        return False
    if _is_left_as_shown(request, written, text, subject):
        return False
    written.edit(text, subject, by=request.member, at=at)
    return True


@verb
def note(request: MemberRequest, pk: int) -> HttpResponse:
    """Keep the member's own words; from now on no draft overwrites them."""
    found = get_object_or_404(Note.objects.seen_by(request.member).select_related("person"), pk=pk)
    now = timezone.now()
    if keep_words(request, found, now):
        return said(request, f"Kept: your words to {found.person}.", undo=undo_of(request.member, now))
    return said(request, "Nothing was changed: the words are as they were.")


@verb
def original(request: MemberRequest, pk: int) -> HttpResponse:
    """Go back to the draft, on purpose."""
    found = get_object_or_404(Note.objects.seen_by(request.member).select_related("person"), pk=pk)
    now = timezone.now()
    found.start_over(by=request.member, at=now)
    return said(request, f"The draft to {found.person} stands again.", undo=undo_of(request.member, now))
