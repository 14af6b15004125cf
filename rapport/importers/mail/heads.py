"""The headers of one mail, as far as they tell who wrote, what it answers, and whether a person wrote it at all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.header import Header, decode_header, make_header
from email.parser import BytesParser
from email.utils import getaddresses, parsedate_to_datetime
from hashlib import sha256

from rapport.importers.mail.reading import BROKEN
from rapport.importers.text.plain import one_line

_Headers = Mapping[str, Header | str]

_PARSER = BytesParser()
_ID = re.compile(r"<[!-;=?-~]{1,250}>")  # what is printed, in ASCII
_MOST_IDS = 100
_LONGEST_ADDRESS = 320
_FIRST_YEAR = 2000

MACHINES = frozenset(
    {"mailer-daemon", "postmaster", "mail-daemon", "mdaemon", "maildaemon", "postmaster-noreply"}
)
"""Who sends bounces, before the @."""

_SAYS_AUTOMATIC = ("x-autoreply", "x-autorespond")
_BULK = frozenset({"bulk", "list", "junk", "auto_reply"})
_AWAY = re.compile(
    r"\b(?:out of (?:the )?office|automatic reply|auto(?:matic)?[- ]?(?:reply|response)|away from|vacation|"
    r"abwesen\w*|automatische antwort|absence|réponse automatique|fuera de (?:la )?oficina|respuesta automática|"
    r"fuori sede|risposta automatica|ausência|resposta automática|afwezig\w*|automatisch antwoord|frånvaro)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Head:
    """What the headers of a mail say. Message-IDs stand in their angle brackets; `sender` is in lower case.

    `message_id` of a mail without one is made of its headers. `written` is UTC, None when the date is none.
    `is_automatic`: no person wrote it just now (RFC 3834). `is_from_list`: it went to many.
    `may_be_bounce`: its body has to tell whether something came back; `is_from_server`: no person sends such mails.
    """

    message_id: str
    in_reply_to: str
    references: tuple[str, ...]
    sender: str
    subject: str
    written: datetime | None
    is_automatic: bool
    is_from_list: bool
    may_be_bounce: bool
    is_from_server: bool

    @property
    def answers(self) -> tuple[str, ...]:
        """The mails that this one may be an answer to, the nearest first."""
        near = (self.in_reply_to,) if self.in_reply_to else ()
        return tuple(dict.fromkeys((*near, *reversed(self.references))))


def read_head(octets: bytes) -> Head | None:
    """Read the headers of a mail; None when they are damaged beyond that."""
    try:
        return _read(octets, _headers(octets))
    except BROKEN:
        return None


def _headers(octets: bytes) -> _Headers:
    """Give each header by its name in lower case, the first where there are several."""
    found: dict[str, Header | str] = {}
    for name, value in _PARSER.parsebytes(octets, headersonly=True).items():
        found.setdefault(name.lower(), value)
    return found


def _read(octets: bytes, headers: _Headers) -> Head:
    sender = _address(_said(headers, "from"))
    is_from_server = _is_from_server(headers, sender)
    return Head(
        message_id=next(iter(_ids(_said(headers, "message-id"))), "") or _made_up(octets),
        in_reply_to=next(iter(_ids(_said(headers, "in-reply-to"))), ""),
        references=_ids(_said(headers, "references")),
        sender=sender,
        subject=_subject(headers),
        written=_written(_said(headers, "date")),
        is_automatic=_is_automatic(headers),
        is_from_list="list-id" in headers,
        may_be_bounce=is_from_server or _is_nobodys(headers),
        is_from_server=is_from_server,
    )


def moment_of(head: Head, came_at: datetime | None, at: datetime) -> datetime:
    """Give when a mail was written, never later than `at`: its own word unless absurd, else when it came."""
    told = (head.written, came_at)
    return next((one for one in told if one and one <= at and one.year >= _FIRST_YEAR), at)


def _is_automatic(headers: _Headers) -> bool:
    """Go by RFC 3834 and its forerunners; a subject alone says nothing, since people quote such subjects."""
    submitted = _said(headers, "auto-submitted").partition(";")[0].strip().lower()
    if submitted not in {"", "no"} or any(name in headers for name in _SAYS_AUTOMATIC):
        return True
    if _said(headers, "precedence").strip().lower() in _BULK:
        return True
    if _report_type(headers) == "disposition-notification":  # RFC 8098: a receipt, not a word
        return True
    # Exchange marks its own notices with All; with less it asks others for silence, and people's mail has it, too.
    suppressed = _said(headers, "x-auto-response-suppress").strip().lower()
    return suppressed == "all" or bool(suppressed and _AWAY.search(_subject(headers)))


def _is_from_server(headers: _Headers, sender: str) -> bool:
    if _report_type(headers) == "delivery-status" or "x-failed-recipients" in headers:
        return True
    return sender.partition("@")[0] in MACHINES


def _is_nobodys(headers: _Headers) -> bool:
    """Whether nobody is to answer it, as with bounces (RFC 5321, 4.5.5); answering machines do the same."""
    answered = _said(headers, "auto-submitted").strip().lower().startswith("auto-replied")
    return _said(headers, "return-path").strip() == "<>" and not answered


def _report_type(headers: _Headers) -> str:
    """Give what a multipart/report reports (RFC 6522)."""
    said = _said(headers, "content-type").lower()
    found = re.search(r"report-type\s*=\s*\"?([a-z-]+)", said)
    return found[1] if found and said.lstrip().startswith("multipart/report") else ""


def _said(headers: _Headers, name: str) -> str:
    return str(headers.get(name, ""))


def _ids(value: str) -> tuple[str, ...]:
    return tuple(_ID.findall(value)[-_MOST_IDS:])


def _address(value: str) -> str:
    found = (address for _, address in getaddresses([value]) if "@" in address)
    return "".join(filter(str.isprintable, next(found, ""))).strip().lower()[:_LONGEST_ADDRESS]


def _subject(headers: _Headers) -> str:
    value = _said(headers, "subject")
    with suppress(HeaderParseError, LookupError, ValueError):  # else as it stands
        value = str(make_header(decode_header(value)))
    return one_line(value.encode("utf-8", "replace").decode())


def _written(value: str) -> datetime | None:
    try:
        written = parsedate_to_datetime(value)
        return (written if written.tzinfo else written.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return None


def _made_up(octets: bytes) -> str:
    return f"<{sha256(octets).hexdigest()[:32]}@without-an-id.rapport.invalid>"
