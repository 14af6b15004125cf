"""A member's own school: its opinion, its norms one form each, and taking norms or the whole school away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from rapport.followups.own_schools import remove, rewrite
from rapport.web.door import page, said, verb
from rapport.web.forms.norm import NormForm
from rapport.web.forms.own_school import OwnSchoolForm
from rapport.web.schools.conditions import events_in_words, offsets_in_words, what_can_be_written
from rapport.web.taking_back import undo_of
from rapport.web.what_changed import what_changed

if TYPE_CHECKING:
    from django.http import HttpResponse

    from rapport.accounts.models import OwnSchool
    from rapport.web.requests import MemberRequest


def _own(request: MemberRequest, identifier: str) -> OwnSchool:
    return get_object_or_404(request.member.own_schools, identifier=identifier)


@require_http_methods(["GET", "HEAD", "POST"])
def heading(request: MemberRequest, identifier: str) -> HttpResponse:
    """Its name, opinion and source."""
    own = _own(request, identifier)
    form = OwnSchoolForm(request.POST or None, instance=own)
    if request.method == "POST" and form.is_valid():
        form.save()
        return said(request, f"Noted: {own.name}.", to=reverse("school", args=[identifier]))
    return page(request, "schools/heading.html", timezone.now(), school=own, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def norm(request: MemberRequest, identifier: str, number: int | None = None) -> HttpResponse:
    """One norm in a form, or a new one; what it may not say is said beside the field."""
    own, now = _own(request, identifier), timezone.now()
    if number is not None and number >= len(own.norms):
        raise Http404
    form = NormForm(request.POST or None, school=own, number=number)
    if request.method == "POST" and form.is_valid():
        words = f"Noted. {what_changed(rewrite(own, form.norms(), by=request.member, at=now))}"
        undo, to = undo_of(request.member, now), reverse("school", args=[identifier])
        return said(request, words.strip(), undo=undo, to=to)
    return page(
        request,
        "schools/norm.html",
        now,
        school=own,
        form=form,
        number=number,
        writable=what_can_be_written(),
        events=events_in_words(),
        offsets=offsets_in_words(),
    )


@verb
def norm_removal(request: MemberRequest, identifier: str, number: int) -> HttpResponse:
    """Take one norm away."""
    own, now = _own(request, identifier), timezone.now()
    if number >= len(own.norms):
        raise Http404
    norms = [norm for place, norm in enumerate(own.norms) if place != number]
    words = f"The norm is gone. {what_changed(rewrite(own, norms, by=request.member, at=now))}"
    return said(request, words.strip(), undo=undo_of(request.member, now))


@verb
def removal(request: MemberRequest, identifier: str) -> HttpResponse:
    """Take the school away; not while it advises."""
    own, now = _own(request, identifier), timezone.now()
    remove(own, by=request.member, at=now)
    said(request, f"“{own.name}” is gone.", undo=undo_of(request.member, now))
    return redirect("schools")
