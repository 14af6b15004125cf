"""A person met in an interview: were they there, in which part, and what you talked about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from rapport.followups import happenings
from rapport.followups.asking import situation_of
from rapport.interviews.models import Interviewer
from rapport.rules.etiquette import FACTS, Debate
from rapport.rules.etiquette import debate as hold_debate
from rapport.web.door import page, refused, said, verb
from rapport.web.schools.debates import columns_of, in_one_line, rows_of
from rapport.web.taking_back import undo_of
from rapport.web.what_changed import what_changed

if TYPE_CHECKING:
    from datetime import datetime

    from rapport.web.requests import MemberRequest

_LONGEST_TOPICS = 4000


def _interviewer(request: MemberRequest, pk: int) -> Interviewer:
    mine = Interviewer.objects.seen_by(request.member)
    return get_object_or_404(
        mine.select_related("person__organisation", "interview__application__organisation"), pk=pk
    )


@verb
def confirmation(request: MemberRequest, pk: int) -> HttpResponse:
    """Yes, they were there."""
    found, now = _interviewer(request, pk), timezone.now()
    changed = happenings.confirm_interviewer(found, by=request.member, at=now)
    is_ahead = found.interview.ends_at > now
    words = f"{found.person} {'will be' if is_ahead else 'was'} there. {what_changed(changed)}"
    return said(request, words.strip(), undo=undo_of(request.member, now))


@verb
def dismissal(request: MemberRequest, pk: int) -> HttpResponse:
    """No, they were not there."""
    found, now = _interviewer(request, pk), timezone.now()
    happenings.dismiss_interviewer(found, by=request.member, at=now)
    words = f"{found.person} is left out of this interview."
    return said(request, words, undo=undo_of(request.member, now))


@verb
def topics(request: MemberRequest, pk: int) -> HttpResponse:
    """What you talked about: the drafts are written from it."""
    found, now = _interviewer(request, pk), timezone.now()
    said_of = request.POST.get("topics", "").replace("\0", "").strip()
    if len(said_of) > _LONGEST_TOPICS:
        return refused(
            request, f"That is too long to talk about: keep it under {_LONGEST_TOPICS} characters."
        )
    happenings.recall(found, said_of, by=request.member, at=now)
    words = f"Noted what you talked about with {found.person}. Drafts you have not edited follow it."
    return said(request, words, undo=undo_of(request.member, now))


@verb
def role(request: MemberRequest, pk: int) -> HttpResponse:
    """Their part in the decision."""
    found, given, now = _interviewer(request, pk), request.POST.get("role", ""), timezone.now()
    if not FACTS["role"].accepts(given):
        return refused(request, f"A part is one of: {FACTS['role'].expects}.")
    changed = happenings.give_role(found, given, by=request.member, at=now)
    words = f"Noted the part of {found.person}. {what_changed(changed)}"
    return said(request, words.strip(), undo=undo_of(request.member, now))


@require_safe
def debate(request: MemberRequest, pk: int) -> HttpResponse:
    """What every school says about this person, now."""
    found, now = _interviewer(request, pk), timezone.now()
    held = _debate(found, now)
    rows = rows_of(held, request.member.school)
    return page(
        request,
        "schools/debate.html",
        now,
        interviewer=found,
        rows=rows,
        columns=columns_of(rows),
        summary=_about_inviting(held),
    )


@require_safe
def summary(request: MemberRequest, pk: int) -> HttpResponse:
    """How the schools divide about inviting this person: one line, fetched once it comes into view."""
    return HttpResponse(_about_inviting(_debate(_interviewer(request, pk), timezone.now())))


def _debate(interviewer: Interviewer, now: datetime) -> Debate:
    return hold_debate(situation_of(interviewer, now), interviewer.interview.member.working_calendar)


def _about_inviting(held: Debate) -> str:
    return f"The debate about inviting them: {in_one_line(held.on('invite', 'professional'))}"
