"""A real SMTP server on loopback that keeps what it is given, and can be told to misbehave at any command."""

from __future__ import annotations

import asyncio
import base64
import functools
import socket
from collections import defaultdict, deque
from contextlib import suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Any, Self
from weakref import WeakSet

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import MISSING, SMTP, AuthResult

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from email.message import EmailMessage

    from aiosmtpd.smtp import Envelope, LoginPassword, Session

    from tests.servers.certificate import Certificate

GREETING, CONTENT, KEPT = "greeting", "content", "kept"
"""Moments beside the commands: a client has connected; the whole of its message has come; it is kept."""

COMMANDS = ("EHLO", "HELO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "RSET", "NOOP", "QUIT")
MECHANISMS = frozenset({"PLAIN", "LOGIN", "XOAUTH2"})


@dataclass(frozen=True)
class Stall:
    """Say nothing for some seconds, or until `SmtpServer.go_on`, then go on as usual."""

    seconds: float
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    async def over(self) -> None:
        """Wait for its end."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.ended.wait(), self.seconds)


@dataclass(frozen=True)
class HangUp:
    """Cut the connection; if there is something to say, after saying it and hearing one more line."""

    saying: str = ""


@dataclass(frozen=True)
class Received:
    """A message that was accepted, as it came over the wire."""

    sender: str
    recipients: list[str]
    content: bytes
    signed_in_as: str | None
    mechanism: str | None
    over_tls: bool

    @property
    def message(self) -> EmailMessage:
        """The content, read."""
        return message_from_bytes(self.content, policy=policy.default)


class SmtpServer(Controller):
    """Listens at a free port of 127.0.0.1 while it is entered; what it asks for holds from the next client on.

    `users` may sign in, each with a password or token; with nobody in it, nobody has to. `largest` is
    how many bytes a mail may have.
    """

    def __init__(self, certificate: Certificate, *, tls_at_once: bool = False) -> None:
        self.received: list[Received] = []
        self.users: dict[str, str] = {}
        self.mechanisms = MECHANISMS
        self.requires_tls = False
        self.tls_at_once = tls_at_once
        self.largest = 1 << 25
        self.scripts: defaultdict[str, deque[Any]] = defaultdict(deque)
        self.talks: WeakSet[Conversation] = WeakSet()
        self._listening = socket.create_server(("127.0.0.1", 0))
        host, port = self._listening.getsockname()
        self.shown = certificate.of_server()
        super().__init__(self, hostname=host, port=port, ssl_context=self.shown if tls_at_once else None)

    def when(self, moment: str, *answers: str | bytes | Stall | HangUp | None) -> None:
        """Misbehave the next times that a command or another moment comes, in this order, then be as usual again.

        Words and bytes are answered as they stand, without judging the command; `None` is as usual.
        """
        assert moment in {GREETING, CONTENT, KEPT, *COMMANDS}, moment
        self.scripts[moment].extend(answers)

    def go_on(self, stall: Stall) -> None:
        """End a stall before its time."""
        self.loop.call_soon_threadsafe(stall.ended.set)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        for talk in tuple(self.talks):  # a client that went in the middle leaves its end open
            self.loop.call_soon_threadsafe(talk.hang_up)
        self.stop()

    def factory(self) -> SMTP:
        """Give what talks with one client."""
        talk = Conversation(self)
        self.talks.add(talk)
        return talk

    async def handle_MAIL(  # noqa: N802  aiosmtpd's name
        self, _talk: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Refuse whoever has to sign in and has not."""
        if self.users and not session.authenticated:
            return "530 5.7.0 Authentication required"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_DATA(  # noqa: N802  aiosmtpd's name
        self, talk: Conversation, session: Session, envelope: Envelope
    ) -> str | bytes:
        """Keep the message."""
        answer = await talk.told_to(CONTENT)
        if answer is None:
            name, mechanism = session.auth_data or (None, None)
            to, over_tls = list(envelope.rcpt_tos), talk.over_tls
            self.received.append(
                Received(envelope.mail_from, to, envelope.content, name, mechanism, over_tls)
            )
            answer = await talk.told_to(KEPT)
        return answer or "250 OK"

    def _create_server(self) -> Awaitable[asyncio.AbstractServer]:
        # Bound beforehand, so that the port is known and nobody else's.
        return self.loop.create_server(self._factory_invoker, sock=self._listening, ssl=self.ssl_context)


class Conversation(SMTP):
    """What is said with one client."""

    def __init__(self, server: SmtpServer) -> None:
        self.server = server
        self._greeted = False
        super().__init__(
            server,
            data_size_limit=server.largest,
            hostname="localhost",
            enable_SMTPUTF8=True,
            tls_context=None if server.tls_at_once else server.shown,
            require_starttls=server.requires_tls and not server.tls_at_once,
            auth_require_tls=server.requires_tls and not server.tls_at_once,
            auth_exclude_mechanism=MECHANISMS - server.mechanisms,
            authenticator=self._judge,
            loop=server.loop,
        )

    @property
    def over_tls(self) -> bool:
        """Whether nobody between can read along."""
        return self.transport is not None and self.transport.get_extra_info("ssl_object") is not None

    def hang_up(self) -> None:
        """Cut the connection, if there is one still."""
        if self.transport is not None:
            self.transport.abort()

    async def told_to(self, moment: str) -> str | bytes | None:
        """Give what is to be answered instead of the usual, or `None`; stall or hang up here when told to."""
        script = self.server.scripts[moment]
        told = script.popleft() if script else None
        if isinstance(told, Stall):
            await told.over()
            return None
        if isinstance(told, HangUp):
            if told.saying:
                await super().push(told.saying)
                await self._reader.readline()
            self.transport.abort()
            raise asyncio.CancelledError
        return told

    async def push(self, status: str | bytes) -> None:
        """Say something; the first of it is the greeting."""
        if not self._greeted:
            self._greeted = True
            status = await self.told_to(GREETING) or status
        await super().push(status)

    async def auth_XOAUTH2(self, _talk: SMTP, words: list[str]) -> AuthResult:  # noqa: N802  aiosmtpd's name
        """Let somebody in by a token (developers.google.com/workspace/gmail/imap/xoauth2-protocol)."""
        said = base64.b64decode(words[1]) if words[1:] else await self.challenge_auth("")
        if said is MISSING:
            return AuthResult(success=False)
        parts = dict(part.partition("=")[::2] for part in said.decode().split("\1"))
        name, token = parts.get("user", ""), parts.get("auth", "").removeprefix("Bearer ")
        result = self._verdict("XOAUTH2", name, token)
        if not result.success:  # it explains itself first, and the client answers with an empty line
            await self.challenge_auth('{"status":"401","schemes":"bearer"}')
        return result

    def _judge(
        self, _talk: SMTP, _session: Session, _envelope: Envelope, mechanism: str, said: LoginPassword
    ) -> AuthResult:
        return self._verdict(mechanism, said.login.decode(), said.password.decode())

    def _verdict(self, mechanism: str, name: str, secret: str) -> AuthResult:
        known = self.server.users.get(name) == secret
        return AuthResult(success=known, handled=False, auth_data=(name, mechanism))


def _as_told(command: str) -> Callable[[Conversation, str | None], Awaitable[None]]:
    """Give a command of the server, asking first whether it is to misbehave."""
    usual = getattr(SMTP, f"smtp_{command}")

    @functools.wraps(usual)
    async def answered(self: Conversation, argument: str | None) -> None:
        answer = await self.told_to(command)
        await (usual(self, argument) if answer is None else self.push(answer))

    return answered


for _command in COMMANDS:
    setattr(Conversation, f"smtp_{_command}", _as_told(_command))
