"""What left is put into the member's Sent folder, once; what nobody knows of is looked for there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import datetime

from rapport.accounts.models import Member
from rapport.accounts.vault import Unreadable
from rapport.correspondence.models import Delivery
from rapport.gateways.imap import Refused, Session, open_session
from rapport.gateways.reach import Unreachable
from rapport.worker.accounts import incoming

Clock = Callable[[], datetime]


def due(at: datetime) -> Iterable[int]:
    """Give the members with mails to be filed or looked for."""
    return Delivery.objects.to_file(at).order_by().values_list("member", flat=True).distinct()


def work(member: Member, clock: Clock, is_over: Callable[[], bool]) -> None:
    """File and look for what is due, through one connection; a server in trouble is asked once."""
    with closing(_Cabinet(member, clock)) as cabinet:
        while not is_over() and cabinet.next():
            pass


class _Cabinet:
    """One member's Sent folder."""

    def __init__(self, member: Member, clock: Clock) -> None:
        self._member = member
        self._clock = clock
        self._session: Session | None = None
        self._folder = ""

    def next(self) -> bool:
        """File the next mail; whether it makes sense to go on."""
        delivery = self._claimed()
        if delivery is None:
            return False
        try:
            folder = self._open(delivery)
            if self._session is not None:
                self._file(delivery, self._session, folder)
        except Refused as refusal:
            delivery.put_filing_off(refusal.sentence, at=self._clock())
        except (Unreachable, Unreadable) as trouble:
            self._troubled(delivery, str(trouble))
            return False
        return True

    def _claimed(self) -> Delivery | None:
        waiting = Delivery.objects.to_file(self._clock()).filter(member=self._member).defer("message")
        for delivery in waiting.order_by("filing_due_at", "pk")[:16]:
            if claimed := delivery.claim_filing(at=self._clock()):
                return claimed
        return None

    def _open(self, delivery: Delivery) -> str:
        mailbox = delivery.member.mailbox
        if self._session is None:
            self._session = open_session(incoming(mailbox))
        self._folder = self._folder or self._session.sent_folder(mailbox.sent_folder)
        return self._folder

    def _file(self, delivery: Delivery, session: Session, folder: str) -> None:
        """Look for it first: the provider may have filed it, and so may a try that broke off at its end."""
        now = self._clock()
        if session.has(folder, delivery.message_id):
            if delivery.state == "unknown":
                delivery.was_found(f"It stands in {folder}.", at=now)
            delivery.was_filed(folder, at=now)
        elif delivery.state == "unknown":
            delivery.put_filing_off(
                f"It is not in {folder}. That proves little: not every provider files what it sends.", at=now
            )
        else:
            session.file(folder, delivery.fixed, delivery.sent_at or now)
            delivery.was_filed(folder, at=now)

    def _troubled(self, delivery: Delivery, said: str) -> None:
        """The server cannot be used now: this mail and all others that are due wait."""
        delivery.member.mailbox.has_reading_trouble(said)
        waiting: Delivery | None = delivery
        while waiting is not None:
            waiting.put_filing_off(said, at=self._clock())
            waiting = self._claimed()

    def close(self) -> None:
        """Say goodbye to the server."""
        if self._session is not None:
            self._session.close()
            self._session = None
