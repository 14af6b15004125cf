"""A member whose mail leaves by the test's SMTP server, and a clock that stands where it is put."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from rapport.correspondence.models import Delivery, Mailbox
from rapport.followups.models import Step
from rapport.followups.sending import dispatch
from rapport.worker import sending
from tests import world

if TYPE_CHECKING:
    from rapport.accounts.models import Member
    from tests.servers.smtp import SmtpServer


@dataclass
class Desk:
    """Alex's mail: what is queued and sent, at the moment that its clock shows."""

    now: datetime = world.NOW

    def clock(self) -> datetime:
        return self.now

    def queued(self, act: str = "thank", name: str = "Dana Lee", **how: Any) -> Delivery:
        step = Step.objects.with_all().get(act=act, channel="email", person__name=name)
        return dispatch(step, by=world.alex(), at=self.now, **({"soon": True, "confirmed": True} | how))

    def work(self, later: timedelta = timedelta(minutes=15)) -> None:
        """Let everything leave that is due somewhat later."""
        self.now += later
        list(sending.due(self.now))
        sending.work(world.alex(), self.clock, lambda: False)


def mailbox_at(server: SmtpServer, member: Member | None = None, **said: Any) -> Mailbox:
    stated = {
        "address": "alex.morgan@mail.example",
        "username": "alex.morgan@mail.example",
        "smtp_host": server.hostname,
        "smtp_port": server.port,
        "smtp_security": "none",
    }
    return Mailbox.keep(member or world.alex(), at=world.NOW, **(stated | said))


@pytest.fixture
def mailbox(db: None, smtp_server: SmtpServer) -> Mailbox:
    return mailbox_at(smtp_server)


@pytest.fixture
def desk(mailbox: Mailbox) -> Desk:
    world.interview()
    return Desk()
