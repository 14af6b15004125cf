"""Schools: the list, reading one with its sources, choosing one, copying one to make it one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from rapport.accounts.models import OwnSchool
from rapport.followups import happenings
from rapport.rules.etiquette import load_schools
from rapport.web.door import page, said, verb
from rapport.web.school_pages import norms_in_words, shipped_tables
from rapport.web.what_changed import what_changed

if TYPE_CHECKING:
    from django.http import HttpResponse

    from rapport.web.requests import MemberRequest


@require_safe
def schools(request: MemberRequest) -> HttpResponse:
    """Every school that ships, and the member's own."""
    return page(
        request,
        "schools/list.html",
        timezone.now(),
        shipped=load_schools().values(),
        own=request.member.own_schools.order_by("name"),
    )


@require_safe
def school(request: MemberRequest, identifier: str) -> HttpResponse:
    """One school: its opinion, every norm with reason and source."""
    own = request.member.own_schools.filter(identifier=identifier).first()
    if own:
        return page(request, "schools/own.html", timezone.now(), school=own, norms=norms_in_words(own.norms))
    shipped = load_schools().get(identifier)
    if shipped is None:
        raise Http404
    norms = norms_in_words(shipped_tables(identifier))
    return page(request, "schools/school.html", timezone.now(), school=shipped, norms=norms)


@verb
def choice(request: MemberRequest, identifier: str) -> HttpResponse:
    """This school advises from now on; open plans follow it at once."""
    changed = happenings.choose_school(request.member, identifier, at=timezone.now())
    return said(request, f"This school advises you from now on. {what_changed(changed)}".strip())


@verb
def copy(request: MemberRequest, identifier: str) -> HttpResponse:
    """A school of the member's own that begins as a copy."""
    shipped = load_schools().get(identifier)
    if shipped is None:
        raise Http404
    made = OwnSchool.copy_of(request.member, shipped, shipped_tables(identifier))
    said(request, f"This is your own now; it began as “{shipped.name}”.")
    return redirect("school", made.identifier)
