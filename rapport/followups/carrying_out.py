"""What a step that is done makes known elsewhere: among applications and invitations; and how that is taken back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from rapport.accounts.models import Member
from rapport.followups.models.happening import Happening
from rapport.network.models import Invitation

if TYPE_CHECKING:
    from rapport.followups.models.step import Step

SENDS = frozenset({"invite", "follow"})
_USUAL_ANSWERS = {"social": "declined"}
"""What a draft answers where the member did not say: a friend request is declined kindly, anything else accepted."""


def carry_out(step: Step, *, by: Member, at: datetime, answer: str = "") -> None:
    """Let what is done be known where it belongs: the enquiry, the invitation, the answer to theirs.

    `answer` is what they are answered, "accepted" or "declined", where the member said so.
    """
    if step.act == "check_in":
        step.plan.interview.application.checked_in(by=by, at=at)
    elif step.act in SENDS:
        words = step.note.text if step.note else ""
        Invitation.record_sent(step.person, step.channel, by=by, at=at, words=words, confirmed=True)
    elif step.act == "withdraw" and (sent := _tie(step, "sent")) and sent.is_waiting:
        sent.withdraw(by=by, at=at)
    elif step.act == "answer" and (theirs := _tie(step, "received")) and theirs.is_waiting:
        declines = (answer or _USUAL_ANSWERS.get(step.channel)) == "declined"
        (theirs.decline if declines else theirs.accept)(by=by, at=at)


def take_back(step: Step, *, by: Member, at: datetime) -> None:
    """Undo what carrying it out has made known, where it still stands so."""
    if step.act == "check_in":
        _did_not_ask(step, by, at)
    elif step.act in SENDS and (sent := _tie(step, "sent")):
        sent.take_back(by=by, at=at)
    elif step.act == "withdraw" and (sent := _tie(step, "sent")) and sent.state == "withdrawn":
        sent.reconsider(by=by, at=at)
    elif step.act == "answer" and (theirs := _tie(step, "received")) and not theirs.is_waiting:
        theirs.reconsider(by=by, at=at)


def _did_not_ask(step: Step, by: Member, at: datetime) -> None:
    """Count one enquiry less: of those that wait, or, once answered, of those that would wait again."""
    application = step.plan.interview.application
    if application.check_ins:
        application.did_not_check_in(by=by, at=at)
    elif (heard := Happening.objects.answering(application.pk)) is not None:
        heard.answers_one_less(application, by=by, at=at)


def _tie(step: Step, direction: str) -> Invitation | None:
    """Give the latest invitation either way on a step's channel."""
    found = Invitation.objects.standing().filter(
        person=step.person_id, channel=step.channel or "professional", direction=direction
    )
    return found.last()
