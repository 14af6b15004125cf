"""The block below "Best regards": who writes, what they do, and where they can be reached."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rapport.importers.findings import FoundCard
from rapport.importers.hosts import domain, is_company, is_scheduler, organisation, urls
from rapport.importers.names import address_in, is_name, is_same
from rapport.importers.phones import phone_in
from rapport.importers.prose import is_title
from rapport.importers.words import pattern
from rapport.rules.card import Card

if TYPE_CHECKING:
    from rapport.importers.attendees import Listed
    from rapport.importers.findings import Place

_CLOSING = re.compile(
    r"^\s*(?:--\s*$|(?:best|kind|warm|many thanks|thanks|thank you|regards|cheers|sincerely|yours|"
    r"all the best|looking forward|"
    r"mit freundlichen|viele gr|beste gr|liebe gr|freundliche gr|herzliche gr|"
    r"cordialement|bien à vous|saludos|un saludo|cordiali saluti|"
    r"atenciosamente|cumprimentos|met vriendelijke)\b[^\n]{0,40}$)",
    re.IGNORECASE | re.MULTILINE,
)
_QUOTED = re.compile(
    r"^(?:On .{5,80} wrote:|Am .{5,80} schrieb.*:|Le .{5,80} a écrit\s*:|"
    r"-{3,}.*(?:Original|Forwarded|Weitergeleitete).*-{3,}|From: .*|Von: .*)$",
    re.MULTILINE,
)
_SIGNATURE_LINES = 10
_MOST_WORDS = 5  # of an organisation's name


def unquoted(text: str) -> str:
    """Give what the writer said themself, without the mail they answer to."""
    match = _QUOTED.search(text)
    own = text[: match.start()] if match else text
    return "\n".join(line for line in own.splitlines() if not line.startswith(">")).strip()


def signature_of(text: str) -> str:
    """Give the block below the closing words ("Best regards"), or an empty text."""
    own = unquoted(text)
    closings = list(_CLOSING.finditer(own))
    if not closings:
        return ""
    lines = [line.strip() for line in own[closings[0].end() :].splitlines()]
    return "\n".join([line for line in lines if line][:_SIGNATURE_LINES])


def signature_card(text: str, sender: Listed | None, place: Place) -> FoundCard | None:
    """Make a card of a mail's signature; None when it says no more than the name."""
    lines = [line for line in signature_of(text).splitlines() if line.strip("-_= ")]
    if not lines:
        return None
    address = sender.address if sender else address_in("\n".join(lines))
    name, title, rest = signed(lines, sender)
    phone = phone_in("\n".join(lines))
    if not name or not (title or phone) or is_scheduler(domain(address)):
        return None
    company = _signed_company(rest, title)
    if not company and is_company(domain(address)):
        company = organisation(domain(address), text)
    profile = next((url for url, host in urls("\n".join(lines)) if host.endswith("linkedin.com")), "")
    card = Card.of(name=name, email=address, phone=phone, title=title, organisation=company, url=profile)
    return FoundCard(card, place)


def signed(lines: list[str], sender: Listed | None) -> tuple[str, str, list[str]]:
    """Give the name, the title, and the lines that are neither."""
    name = sender.name if sender and is_name(sender.name) else ""
    title = ""
    rest: list[str] = []
    for line in lines:
        first, *others = (part.strip() for part in re.split(r"\s*(?:[|•·,]|\s[–—-]\s)\s*", line))
        if not name and is_name(first):
            name = first
        elif name and is_same(first, name):
            pass
        else:
            others = [first, *others]
        for part in others:
            if not title and is_title(part) and not is_name(part):
                title = part
            elif part and not (name and is_same(part, name)):
                rest.append(part)
    return name, title, rest


def _signed_company(parts: list[str], title: str) -> str:
    """Give the organisation a signature names beyond doubt: by its legal form."""
    for part in parts:
        words = part.split()
        if (
            1 < len(words) <= _MOST_WORDS
            and part != title
            and pattern("letters", "legal_forms").search(words[-1])
        ):
            return part
    return ""
