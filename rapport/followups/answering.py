"""What a word from a person answers: the enquiries before it, and the step that it is an answer to."""

from __future__ import annotations

from datetime import datetime

from rapport.accounts.models import Member
from rapport.followups.models import Answer, Happening, Step
from rapport.followups.models.outcome import UNANSWERED
from rapport.interviews.models import Application


def let_answer(happening: Happening, *, by: Member) -> None:
    """Let what was asked and written before be answered. A second time answers only what waits again."""
    asked = Application.objects.open().filter(
        interviews__interviewers__person=happening.person_id, check_ins__gt=0
    )
    later = Step.objects.filter(act="check_in", state="done", settled_at__gt=happening.happened_at)
    asked_later = later.values("plan__interview__application")
    for application in asked.exclude(pk__in=asked_later).distinct():
        happening.answers_enquiries(application.pk, application.check_ins)
        application.answered(by=by, at=happening.happened_at)
    if (step := _answered_by(happening)) is not None:
        answer = Answer.THANKED_BACK if step.act == "thank" else Answer.REPLIED
        step.is_answered(answer, at=happening.happened_at, by=happening)


def _answered_by(happening: Happening) -> Step | None:
    """Give the step whose note the mail answers; of a mail that names none, the latest word that waits for one."""
    waiting = Step.objects.filter(person=happening.person_id).awaiting()
    if happening.received is not None and happening.received.delivery is not None:
        return Step.objects.awaiting().filter(note=happening.received.delivery.note_id).first()
    if happening.answered_steps.exists():
        return None
    return waiting.filter(settled_at__lte=happening.happened_at).order_by("settled_at", "pk").last()


def let_nothing_be_answered(happening: Happening, *, by: Member, at: datetime) -> None:
    """Let what the happening had answered wait again."""
    happening.answered_steps.update(**UNANSWERED)
    for application in Application.objects.filter(pk__in=list(map(int, happening.enquiries))):
        application.was_not_answered(happening.enquiries[str(application.pk)], by=by, at=at)
