"""A step's note leaves by mail, and the plan follows once it has left."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from rapport.accounts.models import Member
from rapport.correspondence.models import Delivery, Received
from rapport.correspondence.models.delivery import YOUR_WORD
from rapport.followups.computing import Changed
from rapport.followups.models import State, Step
from rapport.journal.errors import NotAllowed
from rapport.people.models.sphere import Sphere
from rapport.rules.calendar import WorkingCalendar
from rapport.rules.delivery import UNDO, leaves_at


def leaving(step: Step, at: datetime) -> datetime:
    """Give when the step's note would leave if it were queued at `at`: in the working hours of whom it is for."""
    calendar = WorkingCalendar(step.plan.member.country)
    return leaves_at(at, step.earliest, calendar, step.their_zone, step.person.country_at_work)


def dispatch(
    step: Step, *, by: Member, at: datetime, recipient: str = "", soon: bool = False, confirmed: bool = False
) -> Delivery:
    """Queue the step's note, to leave in the recipient's working hours, or `soon`, once it could be taken back.

    `recipient` is one of the person's addresses, by default the first of business. Against a hard norm only once
    confirmed (NeedsConfirmation); NotAllowed without a mailbox, an address, or words.
    """
    if step.note is None or step.channel != "email":
        raise NotAllowed(f"{step}: this does not go by mail.")
    if not hasattr(by, "mailbox"):
        raise NotAllowed(
            "Rapport does not know yet where your mail leaves from. Say so in Settings, under Mail."
        )
    address = _address(step, recipient)
    if not confirmed:
        step.ask_before_done()
    due_at = at + UNDO if soon else leaving(step, at)
    step.note.person = step.person  # at hand: the note tells of them
    with transaction.atomic():
        if not Step.objects.filter(pk=step.pk, state=State.OPEN).exists():
            raise NotAllowed(f"{step}: this is settled already.")
        answers = _answered_by(step, by)
        return Delivery.queue(
            step.note,
            address,
            due_at=due_at,
            by=by,
            at=at,
            in_reply_to=answers.message_id if answers else "",
            references=answers.thread if answers else "",
            at_work=("", "") if soon else (step.their_zone.key, step.person.country_at_work),
        )


def follow(delivery: Delivery, *, at: datetime) -> list[Changed]:
    """Let the plan hear that a mail left: its step is done from then on. A second time changes nothing."""
    with transaction.atomic():
        if not Delivery.objects.to_follow().filter(pk=delivery.pk).update(followed_at=at):
            return []
        step = Step.objects.filter(note=delivery.note_id, state=State.OPEN).with_all().first()
        if step is None:
            return []
        return step.complete(by=delivery.member, at=delivery.sent_at or at, confirmed=True)


def did_leave(delivery: Delivery, *, at: datetime) -> list[Changed]:
    """Of a mail of which nobody knew, the member says that it left."""
    with transaction.atomic():
        delivery.was_found(YOUR_WORD, at=at)
        return follow(delivery, at=at)


def nobody_knows(delivery: Delivery, *, by: Member, at: datetime) -> list[Changed]:
    """The member does not know after all: the step is open again."""
    with transaction.atomic():
        delivery.doubt(by=by, at=at)
        step = Step.objects.filter(note=delivery.note_id, state=State.DONE).with_all().first()
        return step.reopen(by=by, at=at) if step else []


def _answered_by(step: Step, by: Member) -> Received | None:
    """Give the mail that the note continues: the last from the person, once the member has written to them.

    What they wrote before that arranged the interview, and belongs to another thread.
    """
    ours = Delivery.objects.seen_by(by).filter(note__person=step.person_id, sent_at__isnull=False)
    first = ours.order_by("sent_at").values_list("sent_at", flat=True).first()
    theirs = Received.objects.seen_by(by).written_by(step.person).filter(dismissed_at=None)
    return theirs.filter(Q(received_at__gte=first) | Q(delivery__isnull=False)).first() if first else None


def _address(step: Step, wanted: str) -> str:
    """The address that a note goes to; without a wish that of business, never a social one by itself."""
    person = step.person
    if wanted:
        if wanted not in person.addresses_for(Sphere.PROFESSIONAL):
            raise NotAllowed(f"{wanted} is no address of {person}. Add it on their page first.")
        return wanted
    chosen = person.address_for(Sphere.PROFESSIONAL)
    if chosen is None:
        social = person.addresses_for(Sphere.PROFESSIONAL)
        if not social:
            raise NotAllowed(f"There is no address of {person} yet. Add one on their page.")
        raise NotAllowed(
            f"{social[0]} is a social address of {person}. Choose it all the same, or add another on their page."
        )
    if chosen.bounced_at is not None:
        raise NotAllowed(
            f"Mail to {chosen.email} comes back. Choose it all the same, or add another on their page."
        )
    return chosen.email
