"""Folders are looked into for answers: headers first, the text of what matters only, and nothing is marked there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from datetime import datetime, timedelta

from rapport.accounts.models import Member
from rapport.accounts.vault import Unreadable
from rapport.correspondence.models import Mailbox, WatchedFolder
from rapport.gateways.imap import Fetched, Refused, Session, open_session
from rapport.gateways.reach import Unreachable
from rapport.importers.mail.heads import read_head
from rapport.intake.noticing import Sighted, notice, promising
from rapport.worker.accounts import incoming

Clock = Callable[[], datetime]

CHUNK = 200
"""Mails whose headers are read at once; how far it went is kept after each."""

LONGEST_LOOK = timedelta(minutes=4)
"""How long one look may take; a mailbox of years is read in several."""


def due(at: datetime) -> Iterable[int]:
    """Give the members with folders to be looked into."""
    return WatchedFolder.objects.due(at).order_by().values_list("mailbox__member", flat=True).distinct()


def work(member: Member, clock: Clock, is_over: Callable[[], bool]) -> None:
    """Look into every folder that is due, through one connection; a server in trouble is asked once."""
    with closing(_Incoming(member, clock, is_over)) as incoming_mail:
        while not is_over() and incoming_mail.next():
            pass


class _Incoming:
    """One member's folders, one after the other."""

    def __init__(self, member: Member, clock: Clock, is_over: Callable[[], bool]) -> None:
        self._member = member
        self._clock = clock
        self._is_over = is_over
        self._session: Session | None = None

    def next(self) -> bool:
        """Look into the next folder that is due; whether it makes sense to go on."""
        folder = WatchedFolder.claim_next(self._member, at=self._clock())
        if folder is None:
            return False
        try:
            is_done = self._look_into(folder, self._connection(folder.mailbox))
        except Refused as refusal:
            folder.put_off(refusal.sentence, at=self._clock())
        except (Unreachable, Unreadable) as trouble:
            self._troubled(folder, str(trouble))
            return False
        else:
            folder.end(is_done=is_done, at=self._clock())
            return is_done
        return True

    def _connection(self, mailbox: Mailbox) -> Session:
        if self._session is None:
            self._session = open_session(incoming(mailbox))
            mailbox.has_reading_trouble("")
        return self._session

    def _look_into(self, folder: WatchedFolder, session: Session) -> bool:
        """Read what is new; False when time was up before its end."""
        began = self._clock()
        folder.begin(session.look_into(folder.name), at=began)
        uids = session.uids(folder.last_uid, folder.since or began.date())
        for start in range(0, len(uids), CHUNK):
            if self._is_over() or self._clock() - began > LONGEST_LOOK:
                return False
            chunk = uids[start : start + CHUNK]
            self._read(session, folder, session.headers(chunk))
            folder.read_to(chunk[-1], at=self._clock())
        return True

    def _read(self, session: Session, folder: WatchedFolder, fetched: Sequence[Fetched]) -> None:
        heads = [(mail, read_head(mail.octets)) for mail in fetched]
        sighted = [Sighted(mail.uid, mail.came_at, head) for mail, head in heads if head is not None]
        for one in promising(self._member, sighted):
            if octets := session.text(one.sighted.uid):
                notice(self._member, one, octets, folder.name, at=self._clock())

    def _troubled(self, folder: WatchedFolder, said: str) -> None:
        """The server cannot be used now: this folder and all others that are due wait."""
        folder.mailbox.has_reading_trouble(said)
        folder.put_off(at=self._clock())
        while (other := WatchedFolder.claim_next(self._member, at=self._clock())) is not None:
            other.put_off(at=self._clock())

    def close(self) -> None:
        """Say goodbye to the server."""
        if self._session is not None:
            self._session.close()
            self._session = None
