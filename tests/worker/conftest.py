"""A member whose mail leaves by the test's SMTP server and comes to a real Dovecot; a clock that is set by hand."""

from __future__ import annotations

import imaplib
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from imap_tools.utils import encode_folder

from rapport.correspondence.models import Delivery, Mailbox, Received
from rapport.followups.models import Step
from rapport.followups.sending import dispatch
from rapport.worker import filing, following, reading, sending
from tests import world

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapport.accounts.models import Member
    from tests.servers.imap import Dovecot
    from tests.servers.smtp import SmtpServer

ALEX, DANA = "alex.morgan@mail.example", "dana.lee@initech.example"
PASSWORD = "a long enough sentence"


@dataclass
class Desk:
    """Alex's mail: what is queued, sent, filed and read, at the moment that its clock shows."""

    now: datetime = world.NOW

    def clock(self) -> datetime:
        return self.now

    def queued(self, act: str = "thank", name: str = "Dana Lee", **how: Any) -> Delivery:
        alex = world.alex()
        step = Step.objects.seen_by(alex).with_all().get(act=act, channel="email", person__name=name)
        return dispatch(step, by=alex, at=self.now, **({"soon": True, "confirmed": True} | how))

    def work(self, later: timedelta = timedelta(minutes=15)) -> None:
        """Let everything leave that is due somewhat later."""
        self.now += later
        list(sending.due(self.now))
        sending.work(world.alex(), self.clock, lambda: False)

    def sent(self, act: str = "thank", name: str = "Dana Lee", **how: Any) -> Delivery:
        """Let a note leave, and the plan follow."""
        queued = self.queued(act, name, **how)
        self.work()
        following.work(world.alex(), self.clock, lambda: False)
        return Delivery.objects.get(pk=queued.pk)

    def file(self, later: timedelta = timedelta(minutes=5)) -> None:
        """File what is due somewhat later."""
        self.now += later
        if list(filing.due(self.now)):
            filing.work(world.alex(), self.clock, lambda: False)

    def read(self, later: timedelta = timedelta(minutes=10)) -> list[Received]:
        """Look for answers somewhat later and let the plans hear of them; give all that is kept."""
        self.now += later
        if list(reading.due(self.now)):
            reading.work(world.alex(), self.clock, lambda: False)
        following.work(world.alex(), self.clock, lambda: False)
        return list(Received.objects.order_by("pk"))


@dataclass
class Post:
    """Alex's mailbox at the provider, as the provider and other mail programs see it."""

    dovecot: Dovecot
    desk: Desk
    client: imaplib.IMAP4 = field(init=False)

    def __post_init__(self) -> None:
        self._sign_in()

    def _sign_in(self) -> None:
        self.client = imaplib.IMAP4(self.dovecot.host, self.dovecot.port, timeout=10)
        self.client.login(ALEX, PASSWORD)

    def brings(
        self, mail: EmailMessage | bytes, folder: str = "INBOX", came_at: datetime | None = None
    ) -> None:
        octets = mail if isinstance(mail, bytes) else mail.as_bytes()
        status, said = self.client.append(
            encode_folder(folder).decode(), "", came_at or self.desk.now, octets
        )
        assert status == "OK", said

    def makes(self, folder: str) -> None:
        self.client.create(encode_folder(folder).decode())

    def numbers_anew(self) -> None:
        """Lose what it knows about its mails, as after a restore: UIDVALIDITY is another, and so is each UID."""
        self.client.logout()
        maildir = self.dovecot.folder / "mail" / ALEX / "Maildir"
        known = maildir / "dovecot-uidlist"
        validity = re.search(r" V(\d+) ", known.read_text())
        assert validity
        known.write_text(known.read_text().replace(validity[0], f" V{int(validity[1]) + 1} ", 1))
        for index in maildir.glob("dovecot.index*"):
            index.unlink()
        self._sign_in()

    def mails(self, folder: str = "INBOX") -> list[tuple[str, bytes]]:
        """Give each mail's flags and content."""
        assert self.client.select(encode_folder(folder).decode(), readonly=True)[0] == "OK"
        numbers = self.client.search(None, "ALL")[1][0].split()
        told = [self.client.fetch(number, "(FLAGS BODY.PEEK[])")[1][0] for number in numbers]
        self.client.unselect()
        return [(head.decode().partition("FLAGS (")[2].partition(")")[0], content) for head, content in told]


def mail(
    text: str = "Thank you, too.", to: Delivery | None = None, at: datetime | None = None, **heads: str
) -> EmailMessage:
    """Give a mail from Dana; `to` is what it answers."""
    written = EmailMessage()
    stated = {
        "From": f"Dana Lee <{DANA}>",
        "To": ALEX,
        "Subject": f"Re: {to.note.subject}" if to else "A word",
        "Message-ID": f"<{uuid4().hex}@initech.example>",
        "Date": format_datetime(at or world.NOW + timedelta(minutes=5)),
    }
    if to:
        stated |= {"In-Reply-To": to.message_id, "References": to.message_id}
    for name, value in (stated | {name.replace("_", "-"): value for name, value in heads.items()}).items():
        if value:
            written[name] = value
    written.set_content(text)
    return written


def mailbox_at(server: SmtpServer, member: Member | None = None, **said: Any) -> Mailbox:
    stated = {
        "address": ALEX,
        "username": ALEX,
        "smtp_host": server.hostname,
        "smtp_port": server.port,
        "smtp_security": "none",
    }
    return Mailbox.keep(member or world.alex(), at=world.NOW, **(stated | said))


def read_at(dovecot: Dovecot) -> dict[str, Any]:
    """Say where mail is read from."""
    return {
        "imap_host": dovecot.host,
        "imap_port": dovecot.port,
        "imap_security": "none",
        "password": PASSWORD,
    }


@pytest.fixture(scope="session", autouse=True)
def begin_with_a_copy(interview_made_once: None) -> None:
    """Let `world.interview` copy what it took in."""


@pytest.fixture
def mailbox(db: None, smtp_server: SmtpServer) -> Mailbox:
    return mailbox_at(smtp_server)


@pytest.fixture
def desk(db: None, smtp_server: SmtpServer) -> Desk:
    world.interview()  # first: beside a member who is there already it would not be a copy
    mailbox_at(smtp_server)
    return Desk()


@pytest.fixture
def post(dovecot: Dovecot, smtp_server: SmtpServer, desk: Desk) -> Iterator[Post]:
    """A mailbox that is read, with a Sent folder."""
    dovecot.add(ALEX, PASSWORD)
    smtp_server.users[ALEX] = PASSWORD
    mailbox_at(smtp_server, **read_at(dovecot))
    opened = Post(dovecot, desk)
    opened.makes("Sent")
    yield opened
    opened.client.logout()
