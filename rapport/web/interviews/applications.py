"""Applications: by stage, with the decision and the silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from rapport.followups import happenings
from rapport.followups.silence import reading_ahead
from rapport.interviews.models import Application, Interview
from rapport.journal.errors import NotAllowed
from rapport.journal.models import Entry
from rapport.web.door import page, refused, said, sentences_of, verb
from rapport.web.forms.application import DecisionForm, ExpectationForm, JobForm
from rapport.web.interviews.stages import by_stage, standing_of
from rapport.web.taking_back import undo_of
from rapport.web.what_changed import what_changed

if TYPE_CHECKING:
    from django.http import HttpResponse

    from rapport.web.requests import MemberRequest


def _application(request: MemberRequest, pk: int) -> Application:
    mine = Application.objects.seen_by(request.member).select_related("organisation")
    return get_object_or_404(reading_ahead(mine), pk=pk)


@require_safe
def applications(request: MemberRequest) -> HttpResponse:
    """Every application under its stage."""
    now = timezone.now()
    mine = Application.objects.seen_by(request.member).select_related("organisation", "member")
    found = reading_ahead(mine).prefetch_related("interviews").order_by("-opened_at")
    return page(request, "applications/list.html", now, stages=by_stage(found, now))


@require_safe
def application(request: MemberRequest, pk: int) -> HttpResponse:
    """One application: its interviews, the decision, what they promised, what happened."""
    now, found = timezone.now(), _application(request, pk)
    held = (
        Interview.objects.seen_by(request.member)
        .filter(application=found)
        .prefetch_related("interviewers__person")
    )
    return page(
        request,
        "applications/application.html",
        now,
        application=found,
        decision=DecisionForm(application=found),
        standing=standing_of(found, now),
        expectation=ExpectationForm.about(found),
        interviews=held.order_by("starts_at"),
        entries=Entry.objects.seen_by(request.member).about(found)[:30],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    """The form of what it is for: the job, and where."""
    found, now, member = _application(request, pk), timezone.now(), request.member
    form = JobForm(found, request.POST if request.method == "POST" else None)
    here = reverse("application", args=[pk])
    if form.is_valid():
        try:
            changed = happenings.edit_application(found, **form.named, by=member, at=now)
        except NotAllowed as refusal:
            return refused(request, refusal.sentence, to=here)
        if changed is None:
            return said(request, "Nothing was changed.", to=here)
        words = f"Noted: {found}. {what_changed(changed)}"
        return said(request, words.strip(), undo=undo_of(member, now), to=here)
    return page(
        request, "edit.html", now, form=form, heading="Edit", does="Keep", back=here, called=str(found)
    )


@verb
def decision(request: MemberRequest, pk: int) -> HttpResponse:
    """How far it is and what was decided: one control, since a decision ends every stage."""
    found, now = _application(request, pk), timezone.now()
    form = DecisionForm(request.POST, application=found)
    if not form.is_valid():
        return refused(request, sentences_of(form))
    if form.stage:
        changed = happenings.move_stage(found, form.stage, by=request.member, at=now)
    else:
        chosen, joins_on = form.cleaned_data["standing"], form.cleaned_data.get("joins_on")
        changed = happenings.decide(found, chosen, by=request.member, at=now, joins_on=joins_on)
    words = f"{found}: {form.in_words}. {what_changed(changed)}"
    return said(request, words.strip(), undo=undo_of(request.member, now))


@verb
def expectation(request: MemberRequest, pk: int) -> HttpResponse:
    """What they promised, and the circumstances."""
    found, now = _application(request, pk), timezone.now()
    form = ExpectationForm(request.POST)
    if not form.is_valid():
        return refused(request, sentences_of(form))
    changed = happenings.expect(found, by=request.member, at=now, **form.given())
    words = f"Noted what {found.organisation or 'they'} promised. {what_changed(changed)}"
    return said(request, words.strip(), undo=undo_of(request.member, now))
