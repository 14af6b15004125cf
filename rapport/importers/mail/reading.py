"""Mails and mailboxes: the invitation in them, however deep, with the words around it."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import getaddresses, parsedate_to_datetime
from typing import TYPE_CHECKING

from rapport.importers.calendar.reading import read_calendar
from rapport.importers.cards import read_cards
from rapport.importers.findings import Meeting, Place, Problem
from rapport.importers.mail.forwarding import inner_letter
from rapport.importers.mail.letters import read_letter
from rapport.importers.octets import Octets
from rapport.importers.people.gathering import Letter
from rapport.importers.people.listed import Listed
from rapport.importers.people.signatures import signature_card
from rapport.importers.text.hosts import domain
from rapport.importers.text.names import address_in, cleaned
from rapport.importers.text.plain import one_line, plain
from rapport.rules.card.lines import decode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rapport.importers.findings import Finding, Reader
    from rapport.importers.mail.forwarding import Inner
    from rapport.importers.octets import Line

MESSAGE_LIMIT = 36 << 20  # bytes: the 25 MB that providers take, after base64
DEPTH_LIMIT = 50  # levels of mails in mails and parts in parts
PARTS_LIMIT = 500
_SHORTEST = 40  # characters: an alternative that only says "see the HTML version" is shorter
_REMARK = 200  # characters: whoever sends a mail on writes a line above it
_FEW = 2  # recipients among whom the reader can be told
CALENDARS_LIMIT = 20
_FROM = re.compile(rb"From \S+.*\d{4}\s*$|From - |From \S+@\S+ ")
_ARCHIVES = (".zip", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar", ".tar", ".zst", ".cab", ".arj", ".lzh")
_ARCHIVE_TYPES = ("zip", "gzip", "x-7z", "x-rar", "x-tar", "x-bzip", "vnd.rar", "x-xz", "zstd")
_MAGIC = (b"PK\x03\x04", b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"BZh", b"\xfd7zXZ\x00")
# what the library of the language raises on malformed headers and parts
BROKEN = (MessageError, ValueError, LookupError, AttributeError, TypeError, RecursionError, AssertionError)


@dataclass(slots=True)
class Parts:
    """What was found in one mail: words, invitations, cards, and what is left closed."""

    plain: list[str] = field(default_factory=list)
    marked_up: list[str] = field(default_factory=list)
    calendars: list[bytes] = field(default_factory=list)
    cards: list[bytes] = field(default_factory=list)
    archives: list[str] = field(default_factory=list)
    forwarded: list[EmailMessage] = field(default_factory=list)
    count: int = 0


def read_mails(file: str, lines: Iterable[Line], reader: Reader, *, many: bool) -> Iterator[Finding]:
    """Give what one mail holds, or each mail of a mailbox (`many`)."""
    for begun, octets, size in _messages(lines, many=many):
        place = Place(file, begun)
        if size > MESSAGE_LIMIT:
            says = (
                "This mail is larger than 36 MB and was left out. Save the invitation (.ics) from "
                "it and import that."
            )
            yield Problem(place, says)
            continue
        yield from _read_one(octets, place, reader, alone=not many)


def _messages(lines: Iterable[Line], *, many: bool) -> Iterator[tuple[int, bytes, int]]:
    kept = io.BytesIO()
    begun, size, after_blank = 1, 0, True
    for line in lines:
        if many and after_blank and _FROM.match(line.octets):
            if size:
                yield begun, kept.getvalue(), size
            kept = io.BytesIO()
            begun, size = line.number + 1, 0
            continue
        after_blank = not line.octets.strip()
        size += len(line.octets) + 2 + (MESSAGE_LIMIT if line.is_cut else 0)
        if size <= MESSAGE_LIMIT:
            kept.write(line.octets)
            kept.write(b"\r\n")
    if size:
        yield begun, kept.getvalue(), size


def _read_one(octets: bytes, place: Place, reader: Reader, *, alone: bool) -> Iterator[Finding]:
    if (
        octets.lower().count(b"content-type:") > PARTS_LIMIT
        or octets.lower().count(b"message/rfc822") > DEPTH_LIMIT
    ):
        says = (
            "This mail has hundreds of parts inside each other and was left out. Save the "
            "invitation (.ics) from it and import that."
        )
        yield Problem(place, says)
        return
    try:
        message = message_from_bytes(octets, policy=policy.default)
        parts = Parts()
        collect(message, parts)
        letter, written, subject = _letter_of(message, parts, reader)
    except BROKEN as error:
        says = (
            f"This mail is damaged and was left out ({type(error).__name__}). Save it again as .eml "
            "and import it once more."
        )
        yield Problem(place, says)
        return
    yield from _findings(parts, letter, written, subject, place, reader, alone=alone)


def _findings(
    parts: Parts,
    letter: Letter,
    written: datetime | None,
    subject: str,
    place: Place,
    reader: Reader,
    *,
    alone: bool,
) -> Iterator[Finding]:
    for name in parts.archives:
        says = (
            f"The attachment “{name}” is an archive and was not opened. Unpack it and import the files in it."
        )
        yield Problem(place, says)
    is_about = False
    for finding in _attached(parts, letter, place, reader):
        is_about = is_about or isinstance(finding, Meeting)
        yield finding
    says_something = letter.text or subject or not (parts.cards or parts.archives)
    if not parts.calendars and says_something:
        for finding in read_letter(letter.text, place, reader, letter, title=subject, written=written):
            is_about = is_about or isinstance(finding, Meeting | Problem)
            yield finding
    mine = letter.sender is not None and letter.sender.address in {one.lower() for one in reader.addresses}
    if (is_about or alone) and not mine:
        card = signature_card(letter.text, letter.sender, place)
        if card:
            yield card


def _attached(parts: Parts, letter: Letter, place: Place, reader: Reader) -> Iterator[Finding]:
    if len(parts.calendars) > CALENDARS_LIMIT:
        says = (
            f"This mail carries {len(parts.calendars)} calendar files; the first {CALENDARS_LIMIT} "
            "were read. Import the others by themselves."
        )
        yield Problem(place, says)
    for octets in dict.fromkeys(parts.calendars[:CALENDARS_LIMIT]):
        for finding in read_calendar(place.file, Octets(io.BytesIO(octets)).lines(), reader, letter):
            yield _placed(finding, place)
    for octets in parts.cards:
        for found in read_cards(place.file, Octets(io.BytesIO(octets)).lines()):
            yield _placed(found, place)


def _placed(finding: Finding, place: Place) -> Finding:
    """Give a finding inside a mail the mail's own place: lines of an encoded attachment mean nothing to anybody."""
    return type(finding)(**{**{name: getattr(finding, name) for name in finding.__slots__}, "place": place})


def collect(message: EmailMessage, parts: Parts) -> None:
    """Sort the leaves of a mail, without recursion, since nesting is up to the sender."""
    waiting = [(message, 0)]
    while waiting:
        part, depth = waiting.pop(0)
        parts.count += 1
        if depth > DEPTH_LIMIT or parts.count > PARTS_LIMIT:
            raise ValueError("parts")
        if part.is_multipart():
            inner = (
                list(part.iter_parts()) if part.get_content_maintype() == "multipart" else part.get_payload()
            )
            if part.get_content_type() == "message/rfc822":
                parts.forwarded += [one for one in inner if isinstance(one, EmailMessage)]
            waiting[:0] = [(one, depth + 1) for one in inner if isinstance(one, EmailMessage)]
        else:
            _sort(part, parts)


def _sort(part: EmailMessage, parts: Parts) -> None:
    name = (part.get_filename() or "").strip()
    lower = name.lower()
    kind = part.get_content_type()
    octets = part.get_payload(decode=True)
    octets = octets if isinstance(octets, bytes) else b""
    if lower.endswith(_ARCHIVES) or any(word in kind for word in _ARCHIVE_TYPES) or octets.startswith(_MAGIC):
        if (
            not lower.endswith((".docx", ".xlsx", ".pptx", ".odt", ".ods", ".pages"))
            and "officedocument" not in kind
        ):
            parts.archives.append(name or kind)
    elif (
        kind in {"text/calendar", "application/ics"}
        or lower.endswith(".ics")
        or b"BEGIN:VCALENDAR" in octets[:2000]
    ):
        parts.calendars.append(octets)
    elif kind in {"text/vcard", "text/x-vcard", "text/directory"} or lower.endswith(".vcf"):
        parts.cards.append(octets)
    elif kind.startswith("text/") and not part.is_attachment():
        text = decode(octets, part.get_content_charset() or "")
        (parts.marked_up if kind == "text/html" else parts.plain).append(text)


def _letter_of(message: EmailMessage, parts: Parts, reader: Reader) -> tuple[Letter, datetime | None, str]:
    text = plain("\n\n".join(parts.plain))
    if len(text) < _SHORTEST:
        text = "\n\n".join(filter(None, [text, plain("\n".join(parts.marked_up))]))
    written = _written(message)
    senders = [listed for one in (message, *parts.forwarded) if (listed := _sender_of(one))]
    recipients = {
        address.lower()
        for header in ("Delivered-To", "X-Original-To", "To")
        for value in message.get_all(header, [])
        for _, address in getaddresses([str(value)])
        if "@" in address
    }
    hosts = frozenset(
        {domain(one.address) for one in senders}
        | {domain(address_in(str(message.get("Return-Path", ""))))} - {""},
    )
    sent_on = inner_letter(text, reader.time_zone)
    if sent_on and _is_sent_on(sent_on, senders[:1], reader):
        text = sent_on.text
        senders += [sent_on.sender] if sent_on.sender else []
        written = sent_on.written or written
    # a forwarded invitation was written by the first sender, and came to whoever sends it on
    writer = senders[-1] if senders else None
    if len(senders) > 1:
        recipients |= {senders[0].address}
    alone = frozenset(recipients) if len(recipients) <= _FEW else frozenset[str]()
    return Letter(text, writer, alone, _subject(message), hosts), written, _subject(message)


def _is_sent_on(inner: Inner, outer: list[Listed], reader: Reader) -> bool:
    """Say whether the inner mail is what counts: the reader sent it on, or nothing is said above it."""
    if inner.sender and inner.sender.address in reader.addresses:
        return False
    is_mine = any(one.address in reader.addresses for one in outer)
    return is_mine or len(inner.before) < _REMARK


def _subject(message: EmailMessage) -> str:
    return re.sub(
        r"^(?:(?:re|fwd?|aw|wg|tr|rv|i|r)\s*:\s*)+",
        "",
        one_line(str(message.get("Subject", "") or "")),
        flags=re.IGNORECASE,
    )


def _sender_of(message: EmailMessage) -> Listed | None:
    value = str(message.get("From", "") or "")
    for display, address in getaddresses([value]):
        name, beside = cleaned(re.sub(r"\s+(?:via|at|from)\s+.*$", "", display))
        if address_in(address):
            return Listed(address_in(address), name, beside, is_organizer=True)
    return None


def _written(message: EmailMessage) -> datetime | None:
    value = str(message.get("Date", "") or "")
    try:
        written = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError):
        return None
    return written if written.tzinfo else written.replace(tzinfo=UTC)
