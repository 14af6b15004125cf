"""imaplib's client on connections that `reach` allows, with a bound on what a server may send and a cord to cut."""

from __future__ import annotations

import imaplib
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from rapport.gateways.account import Account, stays_here, tls
from rapport.gateways.reach import Unreachable, connect

MOST = 16 * 1024 * 1024
"""Bytes that the answers to one command may have; the headers of 200 mails, cut at 16 KiB, are far below it."""

_LINE = 256
"""Bytes that each line counts for beside its own, so that a stream of short lines ends as well.

What is kept of one takes half of that; 65,000 are more than any honest answer has.
"""

_PIECE = 64 * 1024


class Client(imaplib.IMAP4):
    """A connection, opened by `begin`. What one command brings is bounded, and forgotten with the next command.

    `was_flooded` says that the server sent more than that.
    """

    def __init__(self, account: Account, passed: Callable[[str], None]) -> None:
        # imaplib's own opens the connection, which `begin` does once there is a watch over it.
        self._account = account
        self._passed = passed
        self._left = MOST
        self._opened: socket.socket | None = None
        self.file: Any = None
        self.untagged_responses: dict[str, list[Any]] = {}
        self.was_flooded = False

    def begin(self) -> None:
        """Connect, secure and sign in; raises Unreachable, and what imaplib and sockets raise."""
        account = self._account
        super().__init__(account.host, account.port, account.timeout)
        if account.security == "starttls":
            if "STARTTLS" not in self.capabilities:
                raise Unreachable(
                    f"{account.host} offers no STARTTLS on this port, and Rapport sends nothing in the open."
                )
            self._simple_command("STARTTLS")
            self._secure()
            self._get_capabilities()
        self._sign_in()

    def open(self, host: str = "", port: int = 0, timeout: float | None = None) -> None:
        """Connect where `reach` allows it."""
        account = self._account
        self.host, self.port = host, port
        self._hold(connect(host, port, timeout=timeout or account.timeout, anywhere=account.anywhere))
        stays_here(self.sock, account)
        self._passed(f"{account.host} answers on port {account.port}.")
        self.file = self.sock.makefile("rb")
        if account.security == "tls":
            self._secure()

    def _hold(self, opened: socket.socket) -> None:
        self.sock = self._opened = opened

    def _secure(self) -> None:
        """Speak TLS from now on; what came before it in the open is forgotten."""
        self.file.close()
        # The handshake apart, so that the watch finds the socket it has to cut.
        secured = tls().wrap_socket(self.sock, server_hostname=self.host, do_handshake_on_connect=False)
        self._hold(secured)
        secured.do_handshake()
        self.file = self.sock.makefile("rb")
        self.untagged_responses = {}
        self._passed(f"TLS: {self.host} proves who it is.")

    def _sign_in(self) -> None:
        account = self._account
        if "LOGINDISABLED" in self.capabilities:
            raise Unreachable(f"{account.host} lets nobody sign in on this port. Is the security right?")
        try:
            if account.token_command:
                self.authenticate("XOAUTH2", _once(account.xoauth2().encode()))
            elif "AUTH=PLAIN" in self.capabilities:
                # RFC 4616; takes any letters, and nothing can be put into it.
                self.authenticate("PLAIN", _once(f"\0{account.username}\0{account.password}".encode()))
            else:
                self.login(self._quote(account.username), account.password)
        except self.abort:
            raise
        except self.error as error:
            raise Unreachable(
                f"{account.host} does not let {account.username} sign in: {in_words(str(error))}"
            ) from error
        self._passed(f"{account.username} is signed in.")

    def _command(self, name: str, *args: Any) -> Any:
        """Send a command; what earlier ones brought, and their share of memory, is forgotten."""
        self.untagged_responses = {}
        self._left = MOST
        return super()._command(name, *args)  # type: ignore[misc]  # typeshed leaves it out

    def readline(self) -> bytes:
        """Give the next line, as far as this command may still bring something."""
        line: bytes = self.file.readline(self._left + 1)
        self._spend(len(line) + _LINE)
        return line

    def read(self, size: int) -> bytes:
        """Give a literal; one that says it is larger than may come is not begun."""
        self._spend(size)
        octets: bytes = self.file.read(size)
        return octets

    def send(self, data: Any) -> None:
        """Send piece by piece: each has the timeout to itself, so that a large mail may take its time."""
        for start in range(0, len(data), _PIECE):
            self.sock.sendall(data[start : start + _PIECE])

    def _spend(self, octets: int) -> None:
        self._left -= octets
        if self._left < 0:
            self.was_flooded = True
            raise self.abort("more than it was asked for")

    def _log(self, line: str) -> None:
        """Keep no list of the last commands, which imaplib would: passwords are among them."""

    def cut(self) -> None:
        """End the connection from another thread: a read that waits ends at once."""
        with suppress(OSError, TypeError):  # it may be gone already
            # Past SSLSocket's own, which would take TLS away from under the read that waits.
            socket.socket.shutdown(self._opened, socket.SHUT_RDWR)  # type: ignore[arg-type]

    def drop(self) -> None:
        """Close the connection at once."""
        with suppress(OSError, ValueError):
            if self.file is not None:
                self.file.close()
        if self._opened is not None:
            self._opened.close()

    @property
    def is_open(self) -> bool:
        """Whether there is a connection to say goodbye on."""
        return self._opened is not None and self._opened.fileno() != -1


def in_words(said: bytes | str) -> str:
    """Give a server's words as one line of text, of bounded length."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:500]


def _once(secret: bytes) -> Callable[[bytes], bytes]:
    """The secret first; to the server's explanation of a refusal, an empty line, as Google's document says."""
    answers = iter((secret,))
    return lambda _challenge: next(answers, b"")
