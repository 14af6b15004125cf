"""Handing mail to the member's own server (RFC 5321), so that it is always known whether the server has it.

The final dot is sent apart from the words: until then the server must not deliver (RFC 5321, 4.1.1.4), after it only
its answer counts.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress

from rapport.gateways.account import Account, stays_here, tls, why_tls_failed
from rapport.gateways.reach import Unreachable, connect, within

TRY_SECONDS = 120
"""How long one mail may take altogether; a server that sends a byte now and then would otherwise hold it for ever."""

SLOWEST = 100_000
"""Bytes a second that a line carries at least: a large mail has the time that it takes besides."""

_PIECE = 1 << 16
"""Bytes sent at once: the time for one sending counts for all of what is sent by it."""

_DOTS = re.compile(rb"(?m)^\.")
_SAID = 500


class Refused(Exception):
    """The server said no to one mail; `for_good` (5yz), or it may be tried again later (4yz)."""

    def __init__(self, sentence: str, *, for_good: bool) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.for_good = for_good


class InDoubt(Exception):
    """The final dot went out and no answer came: nobody knows whether the server has the mail."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Session:
    """A signed-in connection to one server; several mails may go through it, one after the other."""

    def __init__(self, account: Account, passed: Callable[[str], None]) -> None:
        self.account = account
        self._client = _Client(account, passed)

    def submit(self, sender: str, recipient: str, message: bytes, hand_over: Callable[[], None]) -> str:
        """Hand over one mail; give the server's answer.

        `hand_over` is called after the words and before the final dot; whatever it raises keeps the mail from
        being sent. Raises Refused, InDoubt, or Unreachable when the connection broke before the dot.
        """
        with within(TRY_SECONDS + len(message) / SLOWEST, self._client.cut):
            try:
                self._open_data(sender, recipient, message)
                words = memoryview(_stuffed(message))
                for start in range(0, len(words), _PIECE):
                    self._client.send(words[start : start + _PIECE])
            except (OSError, smtplib.SMTPException) as error:
                raise Unreachable(_broken(self.account, error)) from error
            try:
                hand_over()
            except BaseException:
                self.drop()  # without the dot the server throws the words away
                raise
            return self._close_data()

    def _open_data(self, sender: str, recipient: str, message: bytes) -> None:
        options = self._options(sender, recipient, message)
        _accepted(self._client.mail(sender, options), f"your address {sender}")
        _accepted(self._client.rcpt(recipient), f"the address {recipient}")
        code, said = self._client.docmd("DATA")
        if code != 354:  # noqa: PLR2004  RFC 5321, 4.2.3: start mail input
            _accepted((code, said), "the mail")

    def _options(self, sender: str, recipient: str, message: bytes) -> list[str]:
        largest = self._client.esmtp_features.get("size", "")
        if largest.isdigit() and 0 < int(largest) < len(message):
            raise Refused(
                f"The mail has {_megabytes(len(message))}; {self.account.host} takes {_megabytes(int(largest))}.",
                for_good=True,
            )
        options = [f"size={len(message)}"] if largest else []
        if sender.isascii() and recipient.isascii():
            return options
        if not self._client.has_extn("smtputf8"):
            raise Refused(
                f"{self.account.host} takes no addresses with letters beyond ASCII (SMTPUTF8). Write to another one.",
                for_good=True,
            )
        self._client.command_encoding = "utf-8"
        return [*options, "SMTPUTF8", "BODY=8BITMIME"]

    def _close_data(self) -> str:
        try:
            self._client.send(b".\r\n")
            code, said = self._client.getreply()
        except (OSError, smtplib.SMTPException) as error:
            raise InDoubt(f"{_broken(self.account, error)} Nobody knows whether it took the mail.") from error
        if not 200 <= code < 600:  # noqa: PLR2004  RFC 5321, 4.2: no other code is an answer
            raise InDoubt(
                f"{self.account.host} answered what is no answer. Nobody knows whether it took the mail."
            )
        return _accepted((code, said), "the mail")

    def is_usable(self) -> bool:
        """Whether the next mail can go through this connection: what the last one left is wiped away (RSET)."""
        if self._client.sock is None:
            return False
        try:
            with within(self.account.timeout, self._client.cut):
                self._client.command_encoding = "ascii"
                return self._client.rset()[0] == 250  # noqa: PLR2004  RFC 5321, 4.2.3: done
        except (OSError, smtplib.SMTPException):
            return False

    def drop(self) -> None:
        """Close the connection at once."""
        self._client.close()

    def close(self) -> None:
        """Say goodbye and close."""
        with suppress(OSError, smtplib.SMTPException), within(5, self._client.cut):
            if self._client.sock is not None:
                self._client.quit()
        self.drop()

    def would_take(self, sender: str) -> str:
        """Ask whether the server takes mail from an address, and send nothing. Raises Refused."""
        with within(self.account.timeout, self._client.cut):
            try:
                return _accepted(self._client.mail(sender), f"your address {sender}")
            except (OSError, smtplib.SMTPException) as error:
                raise Unreachable(_broken(self.account, error)) from error


def open_session(account: Account, passed: Callable[[str], None] = lambda _: None) -> Session:
    """Connect, secure and sign in; `passed` hears each step that went well, in a sentence.

    Raises Unreachable with the step that failed and the server's own words.
    """
    session = Session(account, passed)
    try:
        with within(TRY_SECONDS, session._client.cut):  # noqa: SLF001  the function is the way a session is made
            session._client.begin()  # noqa: SLF001
    except BaseException:
        session.drop()
        raise
    return session


def check(account: Account, sender: str) -> tuple[list[str], str]:
    """Try everything but sending: give the steps that went well, and what failed, or an empty text."""
    went_well: list[str] = []
    try:
        session = open_session(account, went_well.append)
        try:
            session.would_take(sender)
            went_well.append(f"It takes mail from {sender}.")
        finally:
            session.close()
    except (Unreachable, Refused) as failure:
        return went_well, failure.sentence
    return went_well, ""


class _Client(smtplib.SMTP):
    """smtplib's client on connections that `reach` allows, step by step, each step with its sentence."""

    def __init__(self, account: Account, passed: Callable[[str], None]) -> None:
        super().__init__(local_hostname="[127.0.0.1]")  # our own name is nobody's business (RFC 5321, 4.1.3)
        self._account = account
        self._passed = passed
        self._host = account.host  # smtplib checks certificates against it
        self.timeout = account.timeout

    def begin(self) -> None:
        account = self._account
        self.sock = connect(account.host, account.port, timeout=account.timeout, anywhere=account.anywhere)
        stays_here(self.sock, account)
        self._passed(f"{account.host} answers on port {account.port}.")
        try:
            if account.security == "tls":
                self.sock = tls().wrap_socket(self.sock, server_hostname=account.host)
                self._passed(f"TLS: {account.host} proves who it is.")
            self._greet()
            if account.security == "starttls":
                self._secure()
            self._sign_in()
        except ssl.SSLError as error:
            raise Unreachable(why_tls_failed(account.host, error)) from error
        except (OSError, smtplib.SMTPException) as error:
            raise Unreachable(_broken(account, error)) from error

    def _greet(self) -> None:
        code, said = self.getreply()
        if code != 220:  # noqa: PLR2004  RFC 5321, 4.2.3: ready
            raise Unreachable(f"{self._account.host} does not greet as a mail server does: {_text(said)}")
        self.ehlo_or_helo_if_needed()

    def _secure(self) -> None:
        if not self.has_extn("starttls"):
            raise Unreachable(
                f"{self._account.host} offers no STARTTLS on this port, and Rapport sends nothing in the open."
            )
        self.starttls(context=tls())
        self.ehlo_or_helo_if_needed()
        self._passed(f"STARTTLS: {self._account.host} proves who it is.")

    def _sign_in(self) -> None:
        account = self._account
        if not account.username or not (account.password or account.token_command):
            return
        try:
            if account.token_command:
                self.auth("XOAUTH2", self._token_once, initial_response_ok=True)
            else:
                self.login(account.username, account.password)
        except smtplib.SMTPAuthenticationError as error:
            raise Unreachable(
                f"{account.host} does not let {account.username} sign in: {_text(error.smtp_error)}"
            ) from error
        except smtplib.SMTPNotSupportedError as error:
            raise Unreachable(
                f"{account.host} lets nobody sign in on this port. Is the port right?"
            ) from error
        self._passed(f"{account.username} is signed in.")

    def _token_once(self, challenge: bytes | None = None) -> str:
        """The token first; to the server's explanation of a refusal, an empty line (both documents say so)."""
        return "" if challenge else self._account.xoauth2()

    def cut(self) -> None:
        """End the connection from another thread: a read that waits ends at once."""
        with suppress(OSError, TypeError):  # it may be gone already
            # Past SSLSocket's own, which would take TLS away from under the read that waits.
            socket.socket.shutdown(self.sock, socket.SHUT_RDWR)  # type: ignore[arg-type]


def _accepted(reply: tuple[int, bytes], what: str) -> str:
    code, said = reply
    if 200 <= code < 300:  # noqa: PLR2004  RFC 5321, 4.2.1: 2yz is yes
        return f"{code} {_text(said)}"
    if not 300 <= code < 600:  # noqa: PLR2004  RFC 5321, 4.2: no other code is an answer
        raise Unreachable(f"The server's answer about {what} is none: {_text(said)}")
    for_good = code >= 500  # noqa: PLR2004  RFC 5321, 4.2.1: 5yz is no for good, 4yz for now
    raise Refused(f"The server does not take {what}: {code} {_text(said)}", for_good=for_good)


def _stuffed(message: bytes) -> bytes:
    """Double the dots that begin a line (RFC 5321, 4.5.2) and end the last line."""
    body = message if message.endswith(b"\r\n") else message + b"\r\n"
    return _DOTS.sub(b"..", body) if b"\n." in body or body.startswith(b".") else body


def _text(said: bytes | str) -> str:
    """A server's words as one line of text, of bounded length."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:_SAID]


def _broken(account: Account, error: Exception) -> str:
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        # smtplib's own wraps it.
        return f"{account.host} stopped answering."
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{account.host} answered {error.smtp_code}: {_text(error.smtp_error)}"
    return f"{account.host} broke the connection off."


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"
