"""A signed-in connection to one mail server, and what is asked of it."""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple

from imap_tools import BaseMailBox
from imap_tools.errors import ImapToolsError, UnexpectedCommandStatusError

from rapport.gateways.account import Account, why_tls_failed
from rapport.gateways.imap.client import Client, in_words
from rapport.gateways.imap.folders import USUAL, USUAL_SENT, Folder
from rapport.gateways.reach import Unreachable, within

STEP_SECONDS = 120
"""How long one question may take altogether; a server that sends a byte now and then would otherwise never end it."""

HEADER_BYTES = 16 * 1024
TEXT_BYTES = 128 * 1024
"""How much of the headers, and of a whole mail, is asked for; what is longer is cut (RFC 3501, 6.4.5)."""

_FIELDS = (
    "From Subject Date Message-ID In-Reply-To References Return-Path Content-Type Auto-Submitted Precedence "
    "X-Autoreply X-Autorespond X-Auto-Response-Suppress X-Failed-Recipients List-Id"
).upper()
_LAST_UID = 2**32 - 1
"""The largest UID and UIDVALIDITY there can be (RFC 3501, 9: nz-number)."""

_SLOWEST = 50_000
"""Bytes a second at which a mail is still filed; a large one has as long as that takes."""

_UID = re.compile(rb"\bUID (\d{1,10})\b")
_CAME = re.compile(rb'\bINTERNALDATE "([^"]{1,40})"')
_BROKEN = (OSError, imaplib.IMAP4.error, ImapToolsError, ValueError, LookupError, TypeError, AttributeError)
"""What imaplib and imap-tools raise at answers that are none."""


class Refused(Exception):
    """The server said no to one question; the connection goes on. Carries the sentence."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NoFolder(Refused):
    """There is no folder for sent mail yet; `folder` is what one could be made as."""

    def __init__(self, sentence: str, folder: str) -> None:
        super().__init__(f"{sentence} {_ADVICE}")
        self.folder = folder


_ADVICE = "Try your account in Settings, under Mail: Rapport can make the folder there, if you want it."


@dataclass(frozen=True, slots=True)
class Fetched:
    """Part of one mail as the server has it: its UID, when it came there (UTC), and the bytes asked for."""

    uid: int
    came_at: datetime | None
    octets: bytes


class _MailBox(BaseMailBox):
    """imap-tools on a client that is ours."""

    def __init__(self, client: Client) -> None:
        self._ours = client
        super().__init__()

    def _get_mailbox_client(self) -> Client:
        return self._ours


class Session:
    """A connection to one server; every question raises Refused or, when the connection is of no more use, Unreachable.

    Folders are opened by EXAMINE and mails read by BODY.PEEK, so that nothing there changes by being read.
    """

    def __init__(self, account: Account, passed: Callable[[str], None]) -> None:
        self.account = account
        self._client = Client(account, passed)
        self._box = _MailBox(self._client)

    def begin(self) -> None:
        """Connect, secure and sign in."""
        with self._asking():
            self._client.begin()

    def folders(self) -> list[Folder]:
        """Give every folder that holds mail, in the server's order."""
        with self._asking():
            found = [
                # imap-tools leaves it doubled.
                Folder.of(told.name.replace("\\\\", "\\"), told.delim, told.flags)
                for told in self._box.folder.list()
            ]
        return [folder for folder in found if folder.holds_mail]

    def sent_folder(self, named: str = "") -> str:
        """Give the folder of sent mail: the one that is named, else marked as such (RFC 6154), else named as usual.

        NoFolder when there is none.
        """
        if named:
            try:
                self.look_into(named)
            except Refused as refusal:
                raise NoFolder(refusal.sentence, named) from refusal
            return named
        folders = self.folders()
        marked = [folder.name for folder in folders if folder.is_sent]
        usual = [folder.name for folder in folders if folder.last_word in USUAL_SENT]
        if not marked + usual:
            raise NoFolder(f"No folder of {self.account.host} looks like that of sent mail.", USUAL)
        return (marked + usual)[0]

    def make(self, folder: str) -> None:
        """Make a folder, and let mail programs show it."""
        with self._asking(f"making the folder {folder}"):
            self._box.folder.create(folder)
            self._box.folder.subscribe(folder, value=True)

    def look_into(self, folder: str) -> int:
        """Open a folder for reading only; give its UIDVALIDITY."""
        with self._asking(f"the folder {folder}"):
            self._box.folder.set(folder, readonly=True)
            _, (validity, *_) = self._client.response("UIDVALIDITY")
            if not 0 <= int(validity or 0) <= _LAST_UID:
                raise ValueError(validity)
            return int(validity or 0)

    def uids(self, after: int, since: date) -> list[int]:
        """Give the mails of the open folder with UIDs above `after` that came on `since` or later, in order."""
        with self._asking("the search"):
            day = f"{since.day}-{_MONTHS[since.month - 1]}-{since.year}"
            told = self._box.uids(f"UID {after + 1}:* SINCE {day}", charset=None)
            # n:* gives one below n, too.
            return sorted({uid for uid in map(int, told) if after < uid <= _LAST_UID})

    def headers(self, uids: Sequence[int]) -> list[Fetched]:
        """Give the headers that matter of some mails of the open folder; those deleted meanwhile are left out."""
        return self._fetched(uids, f"BODY.PEEK[HEADER.FIELDS ({_FIELDS})]<0.{HEADER_BYTES}>")

    def text(self, uid: int) -> bytes:
        """Give the beginning of a whole mail of the open folder; empty when it was deleted meanwhile."""
        return next((told.octets for told in self._fetched([uid], f"BODY.PEEK[]<0.{TEXT_BYTES}>")), b"")

    def has(self, folder: str, message_id: str) -> bool:
        """Whether a mail with this Message-ID stands in a folder."""
        self.look_into(folder)
        with self._asking("the search"):
            return bool(self._box.uids(f'HEADER MESSAGE-ID "{_quotable(message_id)}"', charset=None))

    def file(self, folder: str, message: bytes, at: datetime) -> None:
        """Put a mail into a folder, as read and of the moment `at`."""
        with self._asking(f"the mail for the folder {folder}", STEP_SECONDS + len(message) / _SLOWEST):
            self._box.append(message, folder, dt=at, flag_set=[r"\Seen"])

    def _fetched(self, uids: Sequence[int], what: str) -> list[Fetched]:
        with self._asking("the mails"):
            status, told = self._client.uid("FETCH", ",".join(map(str, uids)), f"(UID INTERNALDATE {what})")
            if status != "OK":
                raise UnexpectedCommandStatusError((status, told), "OK")
        wanted = set(uids)
        return [fetched for fetched in _read(told) if fetched.uid in wanted]

    def drop(self) -> None:
        """Close the connection at once."""
        self._client.drop()

    def close(self) -> None:
        """Say goodbye and close."""
        with suppress(*_BROKEN), within(5, self._client.cut):
            if self._client.is_open:
                self._client.logout()
        self.drop()

    @contextmanager
    def _asking(self, about: str = "this", seconds: float = 0) -> Iterator[None]:
        """Turn what goes wrong while a question is asked into a sentence, a time that is over as well."""
        try:
            with within(seconds or STEP_SECONDS, self._client.cut):
                yield
        except UnexpectedCommandStatusError as error:
            said = in_words(b" ".join(word for word in error.command_result[1] if isinstance(word, bytes)))
            raise Refused(f"{self.account.host} says no to {about}: {said}") from error
        except ssl.SSLError as error:
            self.drop()
            raise Unreachable(why_tls_failed(self.account.host, error)) from error
        except _BROKEN as error:
            self.drop()
            raise Unreachable(self._broken(error)) from error

    def _broken(self, error: Exception) -> str:
        host = self.account.host
        if self._client.was_flooded:
            return f"{host} sends far more than it was asked for; the connection was closed."
        if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
            return f"{host} stopped answering."
        if isinstance(error, OSError) or "EOF" in str(error) or "socket error" in str(error):
            return f"{host} broke the connection off."
        if "BYE" in self._client.untagged_responses:
            return f"{host} ends the conversation: {in_words(self._client.untagged_responses['BYE'][-1])}"
        return f"{host} does not answer as a mail server does (IMAP). Is the port right?"


def open_session(account: Account, passed: Callable[[str], None] = lambda _: None) -> Session:
    """Connect, secure and sign in; `passed` hears each step that went well, in a sentence.

    Raises Unreachable with the step that failed and the server's own words.
    """
    session = Session(account, passed)
    try:
        session.begin()
    except BaseException:
        session.drop()
        raise
    return session


class Checked(NamedTuple):
    """What went well, step by step; what failed, or ""; and the folder of sent mail that could be made, or ""."""

    went_well: list[str]
    failed: str
    could_make: str = ""


def check(account: Account, folders: Sequence[str] = ("INBOX",), sent: str = "") -> Checked:
    """Try what reading and filing need.

    `folders` are those to be read, `sent` the folder of sent mail as the member named it.
    """
    went_well: list[str] = []
    try:
        session = open_session(account, went_well.append)
        try:
            for folder in folders:
                session.look_into(folder)
                went_well.append(f"Answers are looked for in {folder}, and nothing there is marked or moved.")
            filed_in = session.sent_folder(sent)
            session.look_into(filed_in)
            went_well.append(f"Sent mail is filed in {filed_in}.")
        finally:
            session.close()
    except NoFolder as failure:
        return Checked(went_well, failure.sentence, failure.folder)
    except (Unreachable, Refused) as failure:
        return Checked(went_well, failure.sentence)
    return Checked(went_well, "")


def make_sent_folder(account: Account, named: str = "") -> str:
    """Make the folder of sent mail where there is none, as it is named or usual; give its name.

    Raises Unreachable or Refused.
    """
    session = open_session(account)
    try:
        return session.sent_folder(named)
    except NoFolder as missing:
        session.make(missing.folder)
        return missing.folder
    finally:
        session.close()


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _read(told: Sequence[Any]) -> Iterator[Fetched]:
    """Read the answer to FETCH: what belongs to a mail stands before its literal, or after it."""
    for number, item in enumerate(told):
        if not isinstance(item, tuple):
            continue
        after = told[number + 1] if number + 1 < len(told) else b""
        around = item[0] + b" " + (after if isinstance(after, bytes) else b"")
        if uid := _UID.search(around):
            yield Fetched(int(uid[1]), _came_at(around), item[1])


def _came_at(around: bytes) -> datetime | None:
    """Read " 7-Jul-1996 02:44:25 -0700" (RFC 3501, 6.4.5: INTERNALDATE)."""
    if not (found := _CAME.search(around)):
        return None
    try:
        return parsedate_to_datetime(found[1].decode("ascii", "replace").replace("-", " ", 2)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _quotable(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable() and sign.isascii() and sign not in '"\\')
