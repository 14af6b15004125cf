"""Interviews: the list, and the page that answers what to do about each person met."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from rapport.followups import happenings
from rapport.followups.models import Plan
from rapport.interviews.models import Interview, Interviewer
from rapport.rules.moments import same_clock
from rapport.web.blocks import asked_about_the_application, blocks_of
from rapport.web.door import page, said, verb
from rapport.web.forms.application import DecisionForm
from rapport.web.taking_back import undo_of

if TYPE_CHECKING:
    from django.db.models import QuerySet
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
        application=found.application,
        decision=DecisionForm(application=found.application),
        blocks=blocks,
        asked=len(asked_about_the_application(blocks)),
        left_out=[one for one in found.interviewers.all() if one.dismissed_at is not None],
        elsewhere=found.time_zone
        and not same_clock(found.starts_at, ZoneInfo(found.time_zone), request.member.zone),
    )


@verb
def cancellation(request: MemberRequest, pk: int) -> HttpResponse:
    """The interview will not take place."""
    found, now = get_object_or_404(_interviews(request), pk=pk), timezone.now()
    happenings.cancel(found, by=request.member, at=now)
    words = f"{found.title} is cancelled, and its plan is closed."
    return said(request, words, undo=undo_of(request.member, now))
