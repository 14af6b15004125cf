"""What a step's page shows of sending it by mail: from where, to whom, when it leaves, and how it went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapport.correspondence.models import Attachment, Delivery, Mailbox
from rapport.followups.sending import leaving
from rapport.people.models.sphere import Sphere
from rapport.rules.delivery import hurried

if TYPE_CHECKING:
    from datetime import datetime

    from rapport.accounts.models import Member
    from rapport.followups.models import Step


@dataclass(frozen=True, slots=True)
class Mail:
    """`mailbox` is None while the member has not said where mail leaves from; `delivery` while nothing was queued.

    `chosen` is the address that is chosen by itself, "" where the member has to: mail comes back, or all are social.
    """

    mailbox: Mailbox | None
    addresses: tuple[str, ...]
    chosen: str
    leaves_at: datetime
    delivery: Delivery | None
    attachments: tuple[Attachment, ...]

    can_be_hurried: bool = False

    @property
    def can_be_sent(self) -> bool:
        """Whether one click would queue it."""
        return bool(self.mailbox and self.addresses)


def mail_of(member: Member, step: Step, now: datetime) -> Mail | None:
    """Give what there is to show; None for a step that does not go by mail."""
    if step.note is None or step.channel != "email":
        return None
    queued = Delivery.objects.seen_by(member).of_notes([step.note.pk]).get(step.note.pk)
    chosen = step.person.address_for(Sphere.PROFESSIONAL)
    return Mail(
        Mailbox.objects.seen_by(member).first(),
        tuple(step.person.addresses_for(Sphere.PROFESSIONAL)),
        chosen.email if chosen and chosen.bounced_at is None else "",
        leaving(step, now),
        queued,
        tuple(step.note.attachments.going().light()),
        bool(queued and queued.is_waiting and hurried(queued.due_at, now) != queued.due_at),
    )
