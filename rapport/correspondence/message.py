"""The message as a mail server takes it (RFC 5322), put together from a delivery and what belongs to it."""

from __future__ import annotations

import re
from binascii import b2a_base64
from collections.abc import Iterable
from datetime import datetime
from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8, EmailPolicy
from email.utils import format_datetime
from secrets import token_bytes
from typing import TYPE_CHECKING

from rapport.correspondence.models import Delivery
from rapport.journal.errors import NotAllowed

if TYPE_CHECKING:
    from rapport.correspondence.models import Attachment

_MEDIA_TYPE = re.compile(r"(?P<kind>[\w!#$&^.+-]{1,60})/(?P<subtype>[\w!#$&^.+-]{1,60})", re.ASCII)
"""RFC 6838, 4.2, without what follows a semicolon."""

_OCTETS_OF_A_LINE = 57
"""They make 76 letters (RFC 2045, 6.8)."""

_MADE_OF_PARTS = frozenset({"message", "multipart"})
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")


def message_of(delivery: Delivery, at: datetime) -> bytes:
    """Give the message of a delivery, dated `at` in the member's zone; lines end in CRLF.

    Everything is 7-bit by its encoding, so any server takes it; only an address with letters beyond ASCII before the
    @ (RFC 6531) makes headers UTF-8. NotAllowed when an address is none.
    """
    note, mailbox = delivery.note, delivery.member.mailbox
    sender, recipient = mailable(mailbox.address), mailable(delivery.recipient)
    message = EmailMessage(policy=_policy(sender, recipient))
    message["From"] = _named(delivery.member.name, sender)
    message["To"] = _named(note.person.name, recipient)
    message["Subject"] = one_line(note.subject)
    message["Date"] = format_datetime(at.astimezone(delivery.member.zone))
    message["Message-ID"] = delivery.message_id
    if delivery.in_reply_to:
        message["In-Reply-To"] = one_line(delivery.in_reply_to)
        message["References"] = one_line(delivery.references)
    message.set_content(_signed(note.text, mailbox.signature), cte="quoted-printable")
    return _with_files(message, note.attachments.going())


def still_holds(message: bytes, text: str) -> bool:
    """Whether a message that was sent says these words."""
    body = message_from_bytes(message, policy=SMTP).get_body(("plain",))
    said = body.get_content().replace("\r\n", "\n") if body is not None else ""
    return bool(said.startswith(f"{text.rstrip()}\n"))


def mailable(address: str) -> str:
    """Give an address as servers know it: an international domain in its ASCII form (RFC 5890)."""
    # Loaded where a mail is to leave, which most commands never do: a thirtieth of a cold start.
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415  see above

    try:
        found = validate_email(
            address, check_deliverability=False, allow_quoted_local=True, test_environment=True
        )
    except EmailNotValidError as error:
        raise NotAllowed(f"{address} is no address that mail can go to: {error}") from error
    return found.ascii_email or f"{found.local_part}@{found.ascii_domain}"


def one_line(text: str) -> str:
    """Give a text as a header may hold it: control characters, line breaks among them, become spaces."""
    return " ".join(_CONTROL.sub(" ", text).split())


def _policy(*addresses: str) -> EmailPolicy[EmailMessage]:
    return SMTP if all(address.isascii() for address in addresses) else SMTPUTF8


def _named(name: str, address: str) -> Address:
    local, _, domain = address.rpartition("@")
    return Address(one_line(name), username=local, domain=domain)


def _signed(text: str, signature: str) -> str:
    """The words and the signature below the line that mail programs know one by (RFC 3676, 4.3)."""
    signed = f"{text.rstrip()}\n"
    return f"{signed}\n-- \n{signature.strip()}\n" if signature.strip() else signed


def _with_files(message: EmailMessage, files: Iterable[Attachment]) -> bytes:
    """Give the message with its files, each put in where its mark stands.

    The library would write them line by line: for 25 MB that takes four times as long.
    """
    contents: dict[bytes, bytes] = {}
    for file in files:
        kind, subtype = _media_type(file.media_type)
        mark = token_bytes(16)
        message.add_attachment(mark, maintype=kind, subtype=subtype, filename=file.name)
        contents[b2a_base64(mark, newline=False) + b"\r\n"] = bytes(file.content)
    written = message.as_bytes()
    for mark, content in contents.items():
        before, _, after = written.partition(mark)
        written = b"".join((before, _base64(content), after))
    return written


def _base64(content: bytes) -> bytes:
    """Write octets as lines (RFC 2045, 6.8)."""
    lines = bytearray()
    for start in range(0, len(content), _OCTETS_OF_A_LINE):
        lines += b2a_base64(content[start : start + _OCTETS_OF_A_LINE], newline=False)
        lines += b"\r\n"
    return bytes(lines)


def _media_type(said: str) -> tuple[str, str]:
    """Give what a file is said to be; of a mail, and of what nobody can read as a type, that it is a file.

    A part that is a mail itself may not be encoded (RFC 2046, 5.2.1), and unencoded not every server takes it.
    """
    found = _MEDIA_TYPE.fullmatch(said)
    if found is None or found["kind"].lower() in _MADE_OF_PARTS:
        return "application", "octet-stream"
    return found["kind"], found["subtype"]
