"""One door into this room: any file, recognised by its content, becomes findings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO

from rapport.importers.books.reading import BOOK, read_book
from rapport.importers.calendar.reading import read_calendar
from rapport.importers.cards import read_cards
from rapport.importers.findings import Finding, Meeting, NotAnInterview, Place, Problem
from rapport.importers.linkedin.archive import ZIP, read_archive
from rapport.importers.linkedin.reading import read_table
from rapport.importers.linkedin.tables import ARCHIVE
from rapport.importers.mail.forwarding import inner_letter
from rapport.importers.mail.letters import read_letter
from rapport.importers.mail.outline import Outline, outline
from rapport.importers.mail.reading import read_mails
from rapport.importers.octets import Octets
from rapport.importers.people.gathering import Letter
from rapport.importers.people.signatures import signature_card
from rapport.importers.tables import looks_like_table
from rapport.importers.text.plain import plain
from rapport.rules.card.lines import decode

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from rapport.importers.findings import Reader

PASTE_LIMIT = 1 << 20  # bytes of a text; longer ones are no mail that somebody pasted
_ARCHIVES = {
    b"\x1f\x8b": "gzip",
    b"7z\xbc\xaf": "7z",
    b"Rar!": "rar",
    b"BZh": "bzip2",
    b"\xfd7zX": "xz",
}
_PICTURE = "a picture"
_BINARIES = {
    b"%PDF": "a PDF document",
    b"\x89PNG": _PICTURE,
    b"\xff\xd8\xff": _PICTURE,
    b"GIF8": _PICTURE,
    b"\xd0\xcf\x11\xe0": "an Outlook message (.msg) or an old Office document",
    b"SQLite format": "a database",
}
_CONTROLS = frozenset([*range(9), *range(14, 27)])  # of ASCII, without tab, line ends and escape
_BEGIN = re.compile(rb"(?:^|\r)[ \t]*BEGIN:(VCALENDAR|VCARD|VEVENT)\s*(?:\r|$)", re.IGNORECASE | re.MULTILINE)
_ONE_OF_MANY = re.compile(rb"^(?:BEGIN:VCARD|BEGIN:VEVENT|From \S+@\S+ )", re.IGNORECASE | re.MULTILINE)
_A_FEW = 5  # cards, interviews or mails, as one brings them by hand
_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9\-]*:(?:[ \t]|\r?\n[ \t])")
_MAIL_HEADERS = re.compile(
    rb"^(?:from|to|subject|date|received|return-path|delivered-to|mime-version|content-type|message-id)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
_MOST_CONTROLS = 0.05
# Names of files that hold no mere text.
_PROMISING = (".ics", ".ical", ".ifb", ".vcs", ".vcf", ".eml", ".mbox")
_UNKNOWN_TABLE = (
    "This is a table whose columns are not known here. Google's and Outlook's address books are read as CSV, and the "
    "professional network's archive; any other program can export its contacts as vCard (.vcf)."
)
_PREAMBLE = 200  # characters above the head of a mail that was pasted whole


def read(name: str, stream: BinaryIO, reader: Reader) -> Iterator[Finding]:
    """Give what a file holds; what cannot be read is a Problem with its place, never an exception.

    `name` is only shown; the kind is told from the content: calendar, cards, an address
    book's table, mail, mailbox, the professional network's data archive or a file of it, or a pasted text.
    """
    try:
        octets = Octets(stream)
        yield from _read(name, octets, reader)
        if octets.is_cut:
            says = (
                f"The file is longer than {octets.longest}; what comes after was not read. Export a shorter "
                "period and import that."
            )
            yield Problem(Place(name), says)
    except OSError as error:
        yield Problem(
            Place(name),
            f"The file could not be read to its end ({error.strerror or error}). Copy it and try again.",
        )


def holds_many(stream: BinaryIO) -> bool:
    """Say whether a file holds an archive, a table or more than a few cards, meetings or mails.

    It stands at its beginning then.
    """
    octets = Octets(stream)
    head = octets.head
    stream.seek(0)
    return (
        octets.raw_head.startswith(ZIP)
        or bool(ARCHIVE.kind_of(head) or BOOK.kind_of(head))
        or len(_ONE_OF_MANY.findall(head)) > _A_FEW
    )


def _read(name: str, octets: Octets, reader: Reader) -> Iterator[Finding]:
    head = octets.head.lstrip(b"\0\r\n\t ")
    if not head:
        yield Problem(Place(name), "The file is empty. Save it again and import it once more.")
        return
    if octets.raw_head.startswith(ZIP):
        with octets.file() as file:
            yield from read_archive(name, file, reader)
        return
    refusal = _refusal(head)
    if refusal:
        yield Problem(Place(name), refusal)
        return
    if table := ARCHIVE.kind_of(octets.head):
        yield from read_table(table, name, octets.lines(), reader)
        return
    if book := BOOK.kind_of(octets.head):
        yield from read_book(book, name, octets.rows())
        return
    mail = _mail_kind(head)
    begin = _BEGIN.search(head)
    if mail:
        yield from read_mails(name, octets.lines(), reader, many=mail == "mailbox")
    elif begin and begin[1].upper() == b"VCARD":
        yield from read_cards(name, octets.lines())
    elif begin:
        yield from read_calendar(name, octets.lines(), reader)
    elif looks_like_table(head):
        yield Problem(Place(name), _UNKNOWN_TABLE)
    else:
        yield from _read_text(name, octets, reader)


def _refusal(head: bytes) -> str:
    for magic, kind in _ARCHIVES.items():
        if head.startswith(magic):
            return f"This is an archive ({kind}) and was not opened. Unpack it and import the files in it."
    for magic, kind in _BINARIES.items():
        if head.startswith(magic):
            if kind == _PICTURE:
                return (
                    "This is a picture. Of a business card, give it to the page Add or to the command rapport import; "
                    "of an invitation, save the invitation itself as .ics and import that."
                )
            return (
                f"This is {kind}, not an invitation. Save the invitation as .ics or the mail as "
                ".eml and import that."
            )
    sample = head[:4096]
    controls = sum(1 for octet in sample if octet in _CONTROLS)
    if controls > len(sample) * _MOST_CONTROLS:
        return "This is not a text: neither calendar, card nor mail. Save the invitation as .ics and import that."
    return ""


def _mail_kind(head: bytes) -> str:
    if re.match(rb"From \S+.*\r?\n", head) and _MAIL_HEADERS.search(head[:8192]):
        return "mailbox"
    if not _HEADER.match(head):
        return ""
    headers = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    if _BEGIN.match(headers):
        return ""
    names = {match[0].lower() for match in _MAIL_HEADERS.finditer(headers)}
    is_whole = any(
        word in headers.lower() for word in (b"mime-version:", b"received:", b"message-id:", b"content-type:")
    )
    return "mail" if is_whole or {b"from:", b"subject:"} <= names else ""


def _read_text(name: str, octets: Octets, reader: Reader) -> Iterator[Finding]:
    pieces: list[bytes] = []
    size = 0
    for chunk in octets.chunks():
        size += len(chunk)
        if size > PASTE_LIMIT:
            says = (
                "This is neither a calendar, a card nor a mail, and too long for a pasted text "
                "(over 1 MB). Save the invitation as .ics and import that."
            )
            yield Problem(Place(name), says)
            return
        pieces.append(chunk)
    text = plain(decode(b"".join(pieces)))
    if not text:
        yield Problem(
            Place(name),
            "There is no text in this file. Save it again and import it once more.",
        )
        return
    yield from _letter(text, Place(name, 1), reader)


def _opened(text: str, reader: Reader) -> tuple[Letter, str, datetime | None]:
    """Give the letter that a pasted text is, or the one that it sends on, with its subject and its day."""
    sent_on = inner_letter(text, reader.time_zone)
    if sent_on and len(sent_on.before) < _PREAMBLE:
        return Letter(sent_on.text, sent_on.sender), sent_on.subject, sent_on.written
    return Letter(text), "", None


def understood(text: str, reader: Reader) -> Outline:
    """Give what a pasted text names although it states no interview clearly, for a form that its reader completes."""
    letter, title, written = _opened(plain(text[:PASTE_LIMIT]), reader)
    return outline(letter, reader, title=title, written=written)


def _letter(text: str, place: Place, reader: Reader) -> Iterator[Finding]:
    """Give what a pasted text holds: an interview and who signed for it, or the sentence why there is none."""
    letter, title, written = _opened(text, reader)
    for finding in read_letter(
        letter.text, place, reader, letter, title=title, written=written, is_pasted=True
    ):
        if isinstance(finding, NotAnInterview) and place.file.lower().endswith(_PROMISING):
            says = (
                "This is neither a calendar, a card nor a mail, whatever its name says, and no interview is found "
                "in its text. Save the invitation again from the calendar or the mail program and import that."
            )
            yield Problem(place, says)
            continue
        yield finding
        if isinstance(finding, Meeting) and (card := signature_card(letter.text, letter.sender, place)):
            yield card
