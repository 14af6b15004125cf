"""One step of a plan: read it, do it, leave it out, put it off, see it differently, and take each back."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from rapport.correspondence.models import Received, SecondOpinion
from rapport.followups import happenings
from rapport.followups.letters import letter_in_the_post
from rapport.followups.models import Step
from rapport.followups.models.lists import State
from rapport.journal.errors import NeedsConfirmation
from rapport.rules import moments, phrases
from rapport.rules.etiquette import VERDICTS
from rapport.web.correspondence.letter_desk import Desk
from rapport.web.correspondence.mail import mail_of
from rapport.web.correspondence.notes import keep_words
from rapport.web.door import page, refused, said, verb, way_back
from rapport.web.forms.days import can_be_meant
from rapport.web.network.handoffs import handoffs_of
from rapport.web.steps.likenesses import likenesses_of
from rapport.web.steps.windows import how_it_went, zone_of
from rapport.web.taking_back import undo_of
from rapport.web.what_changed import what_changed

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from rapport.accounts.models import Member
    from rapport.followups.computing import Changed
    from rapport.web.requests import MemberRequest


_KEPT = ("verdict", "recipient", "soon", "answer", "posted_on")
"""What a form said that is asked about once more, and says again when it is confirmed."""

_STANCES = {"do": "do", "optional": "do", "ask": "ask", "hold": "wait", "avoid": "wait", "never": "leave"}


def step_of(request: MemberRequest, pk: int) -> Step:
    """Give the member's own step with what its page shows; otherwise the page is not found."""
    return get_object_or_404(Step.objects.seen_by(request.member).with_all(), pk=pk)


def _received(step: Step) -> QuerySet[Received]:
    """Give the mails that came of a step: answers to its note, and what the member takes for its answer."""
    came = Q(happenings__answered_steps=step)
    if step.note_id is not None:
        came |= Q(delivery__note=step.note_id)
    return Received.objects.with_delivery().filter(came, member=step.plan.member_id).distinct()


def _deed(step: Step) -> str:
    return phrases.deed(step.act, step.channel, step.person.name)


def confirm(request: MemberRequest, step: Step, question: NeedsConfirmation, route: str) -> HttpResponse:
    """Ask once more before something that a hard norm or a site's limit forbids, with every reason in view."""
    return page(
        request,
        "steps/confirm.html",
        timezone.now(),
        step=step,
        reasons=dict.fromkeys(question.reasons),
        action=reverse(route, args=[step.pk]),
        is_rule=any(reason["says"] in question.reasons for reason in step.because),
        kept={name: request.POST[name] for name in _KEPT if name in request.POST},
        next=_where_it_stands(way_back(request, "/"), step),
    )


def _where_it_stands(address: str, step: Step) -> str:
    """Give an interview's page opened at the step."""
    return f"{address}#step-{step.pk}" if address.startswith("/interviews/") else address


@require_safe
def step(request: MemberRequest, pk: int) -> HttpResponse:
    """One step on a page of its own: the letter in front, the reasons below."""
    return show_step(request, step_of(request, pk))


def show_step(request: MemberRequest, found: Step, desk: Desk | None = None) -> HttpResponse:
    """The page of a step; `desk` holds an address that could not be kept as it was written."""
    now = timezone.now()
    if found.channel == "letter" and desk is None:
        desk = Desk(found, request.member, now, {})
    return page(
        request,
        "steps/step.html",
        now,
        part="part/step_body.html",
        step=found,
        stance=_stance(found),
        desk=desk,
        in_the_post=letter_in_the_post(found.person, now) if found.channel != "letter" else None,
        likenesses=likenesses_of(request.member, [found]),
        handoffs=handoffs_of(request.member, [found], now),
        mail=mail_of(request.member, found, now),
        may_ask=_may_ask(request.member, found),
        verdicts=phrases.VERDICTS,
        tomorrow=now + timedelta(days=1),
        received=_received(found),
    )


def _stance(step: Step) -> str:
    """How the page of a step stands to doing it.

    "do" puts the deed in front; "ask" shows it and urges nothing; "wait" puts the reason in front and folds the deed
    away; "leave" has nothing to do it with. What is settled or on its way is shown as it is, whatever the advice.
    """
    is_under_way = step.note is not None and bool(step.note.queued_at or step.note.sent_at)
    return "do" if step.state != State.OPEN or is_under_way else _STANCES[step.in_force]


def _may_ask(member: Member, step: Step) -> bool:
    """Whether the member wants a second opinion, and there are words that can still be changed."""
    is_open = step.note is not None and not step.note.sent_at and not step.note.queued_at
    return is_open and SecondOpinion.objects.filter(member=member).exists()


def _done(request: MemberRequest, found: Step) -> list[Changed]:
    """Done is done, with the words in the form; a letter is done by going into the post, and its words with it."""
    now = timezone.now()
    if found.note and found.state == State.OPEN:
        keep_words(request, found.note, now)
    complete = happenings.sent if found.channel == "letter" else Step.complete
    return complete(found, by=request.member, at=now, confirmed="confirmed" in request.POST)


@verb
def completion(request: MemberRequest, pk: int) -> HttpResponse:
    """It is done."""
    found = step_of(request, pk)
    try:
        changed = _done(request, found)
    except NeedsConfirmation as question:
        return confirm(request, found, question, "step-completion")
    words = f"Done: {_deed(found)}. {what_changed(changed)}"
    return said(request, words.strip(), undo=reverse("step-completion-undo", args=[pk]))


@verb
def completion_undo(request: MemberRequest, pk: int) -> HttpResponse:
    """It is not done after all."""
    found, now = step_of(request, pk), timezone.now()
    happenings.unsent(found, by=request.member, at=now)
    return said(request, f"Open again: {_deed(found)}.", undo=undo_of(request.member, now))


@verb
def skip(request: MemberRequest, pk: int) -> HttpResponse:
    """It is left out."""
    found = step_of(request, pk)
    found.skip(by=request.member, at=timezone.now())
    return said(request, f"Left out: {_deed(found)}.", undo=reverse("step-skip-undo", args=[pk]))


@verb
def snooze(request: MemberRequest, pk: int) -> HttpResponse:
    """It is put off until the morning of a day."""
    found, member, now = step_of(request, pk), request.member, timezone.now()
    try:
        day = date.fromisoformat(request.POST.get("until", ""))
        can_be_meant(day)
    except (ValueError, ValidationError):
        return refused(request, "That is no day. Write it as 2026-11-24.")
    morning = datetime.combine(day, time(member.works_from.hour, member.works_from.minute), member.zone)
    if morning <= now:
        return refused(request, "That day has begun or is past. Put it off until a later one.")
    found.snooze(morning, by=member, at=now)
    words = (
        f"Put off until {day:%A} {day.day} {day:%B}: {_deed(found)}.{_how_late(found, morning, now, member)}"
    )
    return said(request, words, undo=undo_of(member, now))


def _how_late(found: Step, until: datetime, now: datetime, member: Member) -> str:
    """Say that something is put off for longer than the advice gives it."""
    if found.in_force not in {"do", "optional"} or found.latest is None or until <= found.latest:
        return ""
    latest = moments.day_in_words(found.latest, now, zone_of(found, member))
    return f" That is later than advised: {latest} is the last good day." if found.latest > now else ""


@verb
def choice(request: MemberRequest, pk: int) -> HttpResponse:
    """The member sees it differently; against a hard norm only once confirmed, with the reason in view."""
    found, now = step_of(request, pk), timezone.now()
    verdict = request.POST.get("verdict", "")
    if verdict not in VERDICTS:
        return refused(request, "That is no verdict. Choose one of the list.")
    try:
        found.overrule(verdict, by=request.member, at=now, confirmed="confirmed" in request.POST)
    except NeedsConfirmation as question:
        return confirm(request, found, question, "step-choice")
    words = f"Your choice stands: “{_deed(found)}” is “{phrases.verdict_in_a_sentence(verdict)}”."
    return said(request, words, undo=undo_of(request.member, now))


@verb
def choice_undo(request: MemberRequest, pk: int) -> HttpResponse:
    """The advice counts again."""
    found, now = step_of(request, pk), timezone.now()
    found.follow_advice(by=request.member, at=now)
    words = f"The advice counts again: “{_deed(found)}” is “{phrases.verdict_in_a_sentence(found.verdict)}”."
    return said(request, words, undo=undo_of(request.member, now))


@verb
def delivery(request: MemberRequest, pk: int) -> HttpResponse:
    """I sent it: the words in the form are kept first, then counted as sent."""
    found, now = step_of(request, pk), timezone.now()
    try:
        posted_on = date.fromisoformat(day) if (day := request.POST.get("posted_on", "")) else None
    except ValueError:
        return refused(request, "That is no day. Write it as 2026-11-24.")
    if found.note:
        keep_words(request, found.note, now)
    try:
        changed = happenings.sent(
            found,
            by=request.member,
            at=now,
            confirmed="confirmed" in request.POST,
            posted_on=posted_on,
            answer=request.POST.get("answer", ""),
        )
    except NeedsConfirmation as question:
        return confirm(request, found, question, "step-delivery")
    words = f"{how_it_went(found, now, request.member)}: {_deed(found)}. {what_changed(changed)}"
    return said(request, words.strip(), undo=reverse("step-delivery-undo", args=[pk]))


@verb
def delivery_undo(request: MemberRequest, pk: int) -> HttpResponse:
    """It was not sent after all."""
    found, now = step_of(request, pk), timezone.now()
    changed = happenings.unsent(found, by=request.member, at=now)
    words = f"Not sent after all: {_deed(found)}. {what_changed(changed)}"
    return said(request, words.strip(), undo=undo_of(request.member, now))
