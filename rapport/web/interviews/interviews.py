"""Interviews: the list, and the page that answers what to do about each person met."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from rapport.followups import happenings
from rapport.followups.models import Plan
from rapport.intake.taking import type_in_met
from rapport.interviews.models import Interview, Interviewer
from rapport.journal.errors import NotAllowed
from rapport.rules.moments import same_clock
from rapport.web.door import page, refused, said, verb
from rapport.web.forms.application import DecisionForm
from rapport.web.forms.interview import InterviewForm, MetForm
from rapport.web.interviews.blocks import asked_about_the_application, blocks_of
from rapport.web.taking_back import undo_of
from rapport.web.what_changed import what_changed

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet
    from django.forms import Form
    from django.http import HttpResponse

    from rapport.web.requests import MemberRequest


def _interviews(request: MemberRequest) -> QuerySet[Interview]:
    return Interview.objects.seen_by(request.member).select_related("application__organisation", "plan")


@require_safe
def interviews(request: MemberRequest) -> HttpResponse:
    """Every interview, those to come first."""
    now = timezone.now()
    people = Prefetch("interviewers", Interviewer.objects.select_related("person"))
    found = _interviews(request).prefetch_related(people).order_by("-starts_at")
    coming = sorted((one for one in found if one.ends_at > now), key=lambda one: one.starts_at)
    return page(
        request, "interviews/list.html", now, coming=coming, past=[one for one in found if one.ends_at <= now]
    )


@require_safe
def interview(request: MemberRequest, pk: int) -> HttpResponse:
    """One interview with its people, steps, questions and drafts."""
    now, found = timezone.now(), get_object_or_404(_interviews(request), pk=pk)
    plan: Plan | None = getattr(found, "plan", None)
    if plan and plan.refresh_due_at and plan.refresh_due_at <= now:
        plan.recompute(now)
    elif plan:
        plan.with_words(now)
    blocks = blocks_of(found, request.member, now)
    return page(
        request,
        "interviews/interview.html",
        now,
        interview=found,
        ahead=found.ends_at > now,
        application=found.application,
        decision=DecisionForm(application=found.application),
        blocks=blocks,
        asked=len(asked_about_the_application(blocks)),
        left_out=[one for one in found.interviewers.all() if one.dismissed_at is not None],
        elsewhere=found.time_zone
        and not same_clock(found.starts_at, ZoneInfo(found.time_zone), request.member.zone),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    """The form of an interview and the job it is for: what it changes is taken back as one."""
    found, now = get_object_or_404(_interviews(request), pk=pk), timezone.now()
    found.member = found.application.member = request.member
    form = InterviewForm(found, request.POST if request.method == "POST" else None)
    if form.is_valid():
        here = reverse("interview", args=[pk])
        try:
            changed = happenings.edit_interview(
                found, form.fields_said, by=request.member, at=now, **form.named
            )
        except NotAllowed as refusal:
            return refused(request, refusal.sentence, to=here)
        if changed is None:
            return said(request, "Nothing was changed.", to=here)
        words = f"Noted: {found.title}. {what_changed(changed)}"
        return said(request, words.strip(), undo=undo_of(request.member, now), to=here)
    return _form(request, now, found, form, "Edit", does="Keep")


@require_http_methods(["GET", "HEAD", "POST"])
def met(request: MemberRequest, pk: int) -> HttpResponse:
    """Somebody who was there is added, as if the invitation had named them."""
    found, now = get_object_or_404(_interviews(request), pk=pk), timezone.now()
    found.member = request.member
    form = MetForm(request.POST if request.method == "POST" else None, is_ahead=found.ends_at > now)
    if form.is_valid():
        here = reverse("interview", args=[pk])
        try:
            taken = type_in_met(found, **form.cleaned_data, at=now)
        except NotAllowed as refusal:
            return refused(request, refusal.sentence, to=here)
        name, meet = form.cleaned_data["name"], "will meet" if form.is_ahead else "met"
        if not taken.pk:
            return said(request, f"Nothing was changed: {name} is among those you {meet}.", to=here)
        words = f"{name} is among those you {meet}, with a plan of their own."
        return said(request, words, undo=reverse("batch-undo", args=[taken.pk]), to=here)
    return _form(request, now, found, form, "Add a person", does="Add them")


def _form(
    request: MemberRequest, now: datetime, found: Interview, form: Form, heading: str, *, does: str
) -> HttpResponse:
    back, called = reverse("interview", args=[found.pk]), str(found.application.organisation or found.title)
    return page(request, "edit.html", now, form=form, heading=heading, does=does, back=back, called=called)


@verb
def cancellation(request: MemberRequest, pk: int) -> HttpResponse:
    """The interview will not take place."""
    found, now = get_object_or_404(_interviews(request), pk=pk), timezone.now()
    happenings.cancel(found, by=request.member, at=now)
    words = f"{found.title} is cancelled, and its plan is closed."
    return said(request, words, undo=undo_of(request.member, now))
