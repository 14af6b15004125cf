"""Files that go with a note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from rapport.correspondence.models import Attachment, Note
from rapport.correspondence.models.attachment import LARGEST
from rapport.web.door import refused, said, verb

if TYPE_CHECKING:
    from rapport.web.requests import MemberRequest

_PLAIN_TYPE = "application/octet-stream"


@verb
def attach(request: MemberRequest, pk: int) -> HttpResponse:
    """Let the files of the form go with a note."""
    note = get_object_or_404(Note.objects.seen_by(request.member).select_related("person"), pk=pk)
    files = request.FILES.getlist("file")
    if not files:
        return refused(request, "Choose a file first.")
    if sum(file.size or 0 for file in files) > LARGEST:  # before any of it is held in memory
        return refused(request, "The files of one mail hold 25 MB together. Send a link to what is larger.")
    now = timezone.now()
    for file in files:
        kind = file.content_type or _PLAIN_TYPE
        kept = Attachment.attach(note, file.name or "", kind, file.read(), by=request.member, at=now)
    names = ", ".join(file.name or "file" for file in files)
    undo = reverse("attachment-removal", args=[kept.pk]) if len(files) == 1 else ""
    return said(request, f"{names}: goes with the mail to {note.person}.", undo=undo)


@require_safe
def attachment(request: MemberRequest, pk: int) -> HttpResponse:
    """The file, to look at again; always as a download, whatever it claims to be."""
    found = get_object_or_404(Attachment.objects.seen_by(request.member).going(), pk=pk)
    answer = HttpResponse(bytes(found.content), content_type=_PLAIN_TYPE)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=found.name)
    return answer


@verb
def removal(request: MemberRequest, pk: int) -> HttpResponse:
    """A file does not go with the note after all."""
    found = _attachment(request, pk)
    found.detach(by=request.member, at=timezone.now())
    undo = reverse("attachment-removal-undo", args=[pk])
    return said(request, f"{found.name} does not go with the mail.", undo=undo)


@verb
def removal_undo(request: MemberRequest, pk: int) -> HttpResponse:
    """It goes with the note."""
    found = _attachment(request, pk)
    found.attach_again(by=request.member, at=timezone.now())
    undo = reverse("attachment-removal", args=[pk])
    return said(request, f"{found.name} goes with the mail after all.", undo=undo)


def _attachment(request: MemberRequest, pk: int) -> Attachment:
    mine = Attachment.objects.seen_by(request.member).light().select_related("note__person")
    return get_object_or_404(mine, pk=pk)
