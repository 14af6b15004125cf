"""An import that waits: what it would do, row by row, the member's word, and how far it has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRedirect

from rapport.intake.importing import name_of, work_at_once
from rapport.intake.models import Import
from rapport.intake.models.waiting import State
from rapport.intake.progress import Progress, progress_of
from rapport.web.door import is_opened_in_place, page, said, verb

if TYPE_CHECKING:
    from django.http import HttpResponse

    from rapport.web.requests import MemberRequest

_A_PAGE = 50
_VERDICTS = {
    "new": "new",
    "changed": "changed",
    "proposed": "for you to say",
    "unreadable": "could not be read",
}


def _progress(found: Import) -> Progress | None:
    """How far it is; while it is only looked at, nothing is brought in."""
    told = progress_of(name_of(found.pk))
    if told and told.of and found.state == State.LOOK:
        return told._replace(doing="Comparing with your book")
    return told


@require_safe
def waiting(request: MemberRequest, pk: int) -> HttpResponse:
    """What it would do, or how far it is; once it is in the book, the batch that it became."""
    found = get_object_or_404(Import.objects.seen_by(request.member), pk=pk)
    if found.batch_id:
        there = reverse("batch", args=[found.batch_id])
        return HttpResponseClientRedirect(there) if is_opened_in_place(request) else redirect(there)
    counts = [
        (verdict, words, found.lines.filter(verdict=verdict).count()) for verdict, words in _VERDICTS.items()
    ]
    shown = request.GET.get("show", "")
    lines = found.lines.filter(verdict=shown) if shown in _VERDICTS else found.lines.all()
    return page(
        request,
        "intake/import.html",
        timezone.now(),
        waiting=found,
        progress=_progress(found),
        counts=[(verdict, words, count) for verdict, words, count in counts if count],
        shown=shown if shown in _VERDICTS else "",
        leaf=Paginator(lines, _A_PAGE).get_page(request.GET.get("page")),
    )


@verb
def confirmation(request: MemberRequest, pk: int) -> HttpResponse:
    """Bring it in: at once when it is short, by the worker otherwise."""
    found = get_object_or_404(Import.objects.seen_by(request.member), pk=pk)
    found.confirm(by=request.member)
    work_at_once(found, timezone.now)
    return redirect("import", found.pk)


@verb
def removal(request: MemberRequest, pk: int) -> HttpResponse:
    """Leave it out: nothing of it is kept."""
    found = get_object_or_404(Import.objects.seen_by(request.member), pk=pk)
    found.leave_out(by=request.member)
    return said(request, "Left out. Nothing of it was kept.", to=reverse("add"))
