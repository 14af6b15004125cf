"""Mails that are due leave, each exactly once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import datetime

from rapport.accounts.models import Member
from rapport.accounts.vault import Unreadable
from rapport.correspondence.message import mailable, message_of
from rapport.correspondence.models import Delivery, LeaseLost, Mailbox
from rapport.gateways.reach import Unreachable
from rapport.gateways.smtp import InDoubt, Refused, Session, open_session
from rapport.journal.errors import NotAllowed
from rapport.worker.accounts import outgoing

Clock = Callable[[], datetime]

_NO_MAILBOX = (
    "You forgot your mail account before it could leave. Name one in Settings, under Mail, and send it again."
)


def due(at: datetime) -> Iterable[int]:
    """Give the members whose mail is due; what dead workers held is free again first."""
    Delivery.release_abandoned(at)
    return Delivery.objects.due(at).order_by().values_list("member", flat=True).distinct()


def work(member: Member, clock: Clock, is_over: Callable[[], bool]) -> None:
    """Let everything that is due leave through one connection; after trouble with the server, the rest waits."""
    with closing(_Outgoing(member, clock)) as outgoing_mail:
        while not is_over() and outgoing_mail.next():
            pass


class _Outgoing:
    """One member's mails, one after the other."""

    def __init__(self, member: Member, clock: Clock) -> None:
        self._member = member
        self._clock = clock
        self._session: Session | None = None

    def next(self) -> bool:
        """Send the next mail; whether it makes sense to go on."""
        delivery = Delivery.claim_next(self._member, at=self._clock())
        if delivery is None:
            return False
        try:
            message = delivery.fixed or delivery.fix(message_of(delivery, self._clock()))
            sender, recipient = mailable(delivery.member.mailbox.address), mailable(delivery.recipient)
        except NotAllowed as refusal:
            delivery.give_back(str(refusal), at=self._clock())
            return True
        except Mailbox.DoesNotExist:
            delivery.give_back(_NO_MAILBOX, at=self._clock())
            return True
        try:
            return self._submit(delivery, sender, recipient, message)
        except LeaseLost:
            # So slow that another worker went on with it; what was not handed over was not sent.
            self.close()
            return True

    def _submit(self, delivery: Delivery, sender: str, recipient: str, message: bytes) -> bool:
        try:
            said = self._connection(delivery.member.mailbox).submit(
                sender, recipient, message, delivery.hand_over
            )
        except Refused as refusal:
            self._refused(delivery, refusal)
        except InDoubt as doubt:
            delivery.lose_sight(at=self._clock(), said=doubt.sentence)
        except (Unreachable, Unreadable) as trouble:
            self._troubled(delivery, str(trouble))
            return False
        else:
            delivery.accept(said, at=self._clock())
        return True

    def _connection(self, mailbox: Mailbox) -> Session:
        if self._session is None or not self._session.is_usable():
            self.close()
            self._session = open_session(outgoing(mailbox))
            mailbox.is_troubled("")
        return self._session

    def _refused(self, delivery: Delivery, refusal: Refused) -> None:
        if refusal.for_good:
            delivery.give_back(refusal.sentence, at=self._clock())
        else:
            delivery.put_off(refusal.sentence, at=self._clock())

    def _troubled(self, delivery: Delivery, said: str) -> None:
        """The server cannot be used now: this mail and all others that are due wait, so that it is asked once."""
        delivery.put_off(said, at=self._clock())
        delivery.member.mailbox.is_troubled(said)
        while (other := Delivery.claim_next(self._member, at=self._clock())) is not None:
            other.put_off(said, at=self._clock())

    def close(self) -> None:
        if self._session is not None:
            self._session.close()
            self._session = None
