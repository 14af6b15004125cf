"""Mails that came back: what a server says about one that could not be delivered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_string
from email.message import Message
from itertools import islice
from typing import TYPE_CHECKING

from rapport.importers.mail.answers import opened
from rapport.importers.mail.reading import BROKEN
from rapport.importers.text.plain import one_line
from rapport.rules.card.lines import decode

if TYPE_CHECKING:
    from email.message import EmailMessage

_QUOTED_ID = re.compile(r"^[>\s]*Message-ID:\s*(<[^<>\s]{1,250}>)", re.IGNORECASE | re.MULTILINE)
_STATUS = re.compile(r"\b([45]\.\d{1,3}\.\d{1,3})\b")
_REPLY = re.compile(
    r"\b(?:SMTP|said|reply|error|code)\b[^\n]{0,80}?\b([45])\d\d\b|^\s*<*([45])\d\d[ -]",
    re.IGNORECASE | re.MULTILINE,
)
_NOT_YET = re.compile(
    r"\b(?:delayed|not yet been delivered|still (?:being )?(?:re)?tr(?:y|ied)|will (?:keep|continue) (?:re)?try|"
    r"will be retried|do not need to resend|no action is required|verzögert|wird weiterhin versucht)",
    re.IGNORECASE,
)
_NOT_THE_ADDRESS = re.compile(r"4\.|5\.(?:2\.[23]|[367]\.)")
"""RFC 3463: for now; a full mailbox or too large a mail; the system, its content rules, its policy."""

_MOST_PARTS = 50
_SAID = 400


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a server says: about which mails (Message-IDs), to whom, with which status (RFC 3463), in its words.

    `is_final`: it gave up; otherwise it only tells that it takes long, or that all is well.
    """

    about: tuple[str, ...]
    recipient: str
    status: str
    said: str
    is_final: bool

    @property
    def is_address_bad(self) -> bool:
        """Whether the address is to blame, so that another mail to it would come back as well."""
        return self.is_final and not _NOT_THE_ADDRESS.match(self.status)


def read_bounce(octets: bytes, answers: tuple[str, ...] = ()) -> Bounce | None:
    """Read a mail that may be a bounce: by RFC 3464, else by what it quotes; None when it speaks of no mail.

    `answers` are the mails that its own headers name.
    """
    message = opened(octets)
    try:
        return _read(list(_parts(message)), answers) if message is not None else None
    except BROKEN:
        return None


def _read(parts: list[Message], answers: tuple[str, ...]) -> Bounce | None:
    about = tuple(dict.fromkeys((*(key for part in parts for key in _ids_in(part)), *answers)))
    if not about:
        return None
    words = "\n".join(_words(part) for part in parts if part.get_content_type() == "text/plain")
    for block in _blocks(parts):
        if str(block.get("Action", "")).strip():
            return _by_report(block, about)
    said = _REPLY.search(words)
    found = _STATUS.search(words)
    status = found[1] if found else f"{said[1] or said[2]}.0.0" if said else ""
    return Bounce(about, "", status, _what_is_said(words), is_final=not _NOT_YET.search(words))


def _by_report(block: Message, about: tuple[str, ...]) -> Bounce:
    """Take one recipient's fields (RFC 3464, 2.3); Rapport writes to one at a time."""
    typed = str(block.get("Original-Recipient") or block.get("Final-Recipient") or "")
    status = _STATUS.search(str(block.get("Status", "")))
    said = str(block.get("Diagnostic-Code", "")).partition(";")[2] or str(block.get("Status", ""))
    return Bounce(
        about=about,
        recipient=typed.rpartition(";")[2].strip().strip("<>").lower(),
        status=status[1] if status else "",
        said=one_line(said)[:_SAID],
        is_final=str(block["Action"]).strip().lower().startswith("failed"),
    )


def _parts(message: EmailMessage) -> Iterator[Message]:
    """Give the parts, those of quoted mails included, some at most."""
    yield from islice(message.walk(), _MOST_PARTS)


def _blocks(parts: list[Message]) -> Iterator[Message]:
    """Give the groups of fields of a delivery status; those without an action are about the whole."""
    for part in parts:
        if part.get_content_type() in {"message/delivery-status", "message/global-delivery-status"}:
            blocks = part.get_payload()
            if isinstance(blocks, list):
                yield from (block for block in blocks if isinstance(block, Message))


def _ids_in(part: Message) -> Iterator[str]:
    """Give the Message-IDs that a part quotes: of a mail in it, of its headers, or in its words."""
    kind = part.get_content_type()
    if kind in {"message/rfc822", "message/global"}:
        inner = part.get_payload()
        if isinstance(inner, list) and inner and isinstance(inner[0], Message):
            yield from _QUOTED_ID.findall(f"Message-ID: {inner[0].get('Message-ID', '')}")
    elif kind in {"text/rfc822-headers", "message/global-headers"}:
        head = message_from_string(_words(part))
        yield from _QUOTED_ID.findall(f"Message-ID: {head.get('Message-ID', '')}")
    elif kind.startswith("text/"):
        yield from _QUOTED_ID.findall(_words(part))


def _words(part: Message) -> str:
    octets = part.get_payload(decode=True)
    return decode(octets, str(part.get_content_charset() or "")) if isinstance(octets, bytes) else ""


def _what_is_said(words: str) -> str:
    """Give the line with the server's code, else the first words."""
    lines = [line for line in words.splitlines() if line.strip()]
    coded = (line for line in lines if _STATUS.search(line) or _REPLY.search(line))
    return one_line(next(coded, " ".join(lines[:3])))[:_SAID]
