"""A mail that came is heard, once: what it answers is answered, what came back is open again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from rapport.accounts.models import Member
from rapport.correspondence.message import still_holds
from rapport.correspondence.models import Kind, Received
from rapport.correspondence.models.delivery import YOUR_WORD
from rapport.followups.computing import Changed
from rapport.followups.happenings import take_back_word, they_wrote
from rapport.followups.models import Answer, Happening, Step
from rapport.followups.sending import follow
from rapport.journal.errors import NotAllowed
from rapport.journal.models import record
from rapport.rules.delivery import MOVES


def hear(received: Received, *, at: datetime) -> list[Changed]:
    """Let the plans hear of a mail that came. A second time changes nothing."""
    with transaction.atomic():
        if not Received.objects.to_follow().filter(pk=received.pk).update(followed_at=at):
            return []
        received.followed_at = at
        if received.kind == Kind.BOUNCE:
            return _came_back(received, received.member, at)
        if received.kind == Kind.AUTOMATIC or received.person is None:
            return _not_counted(received, at)
        return _answered(received, received.member, at)


def no_answer(received: Received, *, by: Member, at: datetime) -> list[Changed]:
    """The member says that a mail was no answer: what it changed is taken back; the mail stays."""
    if not received.is_answer:
        raise NotAllowed(f"{received} does not count as an answer.")
    with transaction.atomic():
        received.dismiss(at=at)
        happening = Happening.objects.filter(received=received, taken_back_at=None).first()
        return take_back_word(happening, by=by, at=at) if happening else []


def answer_after_all(received: Received, *, by: Member, at: datetime) -> list[Changed]:
    """It was an answer after all, also one that looked like a machine's."""
    is_none = received.dismissed_at is not None or received.kind == Kind.AUTOMATIC
    if not is_none or received.person is None or received.kind == Kind.BOUNCE:
        raise NotAllowed(f"{received} counts as what it is already.")
    with transaction.atomic():
        if received.kind == Kind.AUTOMATIC:
            received.was_written(at=at)
        received.dismiss(at=None)
        return _answered(received, by, at)


def arrived_after_all(received: Received, *, by: Member, at: datetime) -> list[Changed]:
    """The member says that their mail did arrive, whatever came back: its step is done again, its address works."""
    delivery = received.delivery
    if delivery is None or not received.brought_back:
        raise NotAllowed(f"{received}: no mail of yours counts as come back by it.")
    if not still_holds(delivery.fixed, delivery.note.text):
        raise NotAllowed(
            f"You have changed the words since: {delivery.note.label}. Put the earlier ones back first, so that "
            "Rapport keeps what did arrive."
        )
    with transaction.atomic():
        received.dismiss(at=at)
        delivery.was_no_bounce(YOUR_WORD, at=at)
        delivery.note.person.address_works(delivery.recipient, by=by, at=at)
        return follow(delivery, at=at)


def came_back_after_all(received: Received, *, by: Member, at: datetime) -> list[Changed]:
    """It did not arrive after all."""
    if received.kind != Kind.BOUNCE or received.dismissed_at is None:
        raise NotAllowed(f"{received} counts as what it is already.")
    with transaction.atomic():
        received.dismiss(at=None)
        return _came_back(received, by, at)


def _answered(received: Received, by: Member, at: datetime) -> list[Changed]:
    delivery, person = received.delivery, received.person
    assert person is not None  # noqa: S101  a person wrote it: `hear` has looked
    if delivery is not None:
        if delivery.state == "unknown":
            delivery.was_found(f"{person} answered it.", at=at)
        follow(delivery, at=at)
    person.address_works(received.sender, by=by, at=at)
    return they_wrote(person, by=by, at=at, received=received)


def _came_back(received: Received, by: Member, at: datetime) -> list[Changed]:
    """The mail did not arrive: its note is free, its step open, and a bad address not chosen again by itself."""
    delivery = received.delivery
    if delivery is None or delivery.state not in MOVES["bounce"].origins:
        return _not_counted(received, at)
    delivery.bounce(received.text, at=at)
    if received.is_address_bad:
        delivery.note.person.address_bounced(delivery.recipient, received.text, by=by, at=at)
    step = Step.objects.filter(note=delivery.note_id).with_all().first()
    if step is None:
        return []
    changed = step.reopen(by=by, at=at) if step.state == "done" else []
    step.is_answered(Answer.BOUNCED, at=at)
    return changed


def _not_counted(received: Received, at: datetime) -> list[Changed]:
    """Say that a machine wrote; nothing follows from it but that our mail did leave."""
    if received.delivery is not None and received.delivery.state == "unknown":
        received.delivery.was_found(f"{received.sender} answered it by itself.", at=at)
    about = [received.person] if received.person else []
    says = (
        f"{received.sender} answered by itself: {received.subject or 'no subject'}. It counts as no answer."
    )
    record(received.member, "received.automatic", says, *about, at=received.received_at)
    return []
