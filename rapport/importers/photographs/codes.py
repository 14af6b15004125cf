"""What the codes on a card say: a vCard, a MECARD or BIZCARD, an address of mail or web, a number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from rapport.importers.photographs.web import mails_in, pages_in
from rapport.rules.card import Card, PostalAddress
from rapport.rules.card.jobs import JOBS, Job
from rapport.rules.card.lines import escape, split_unescaped, unescape
from rapport.rules.card.places import ADDRESSES
from rapport.rules.card.reach import MAILS, PHONES, WEB_PAGES, Mail, Page, Phone

LONGEST = 8000  # signs; the largest QR code holds 4,296 letters
_MAIL = re.compile(r"mailto:|matmsg:|smtp:", re.IGNORECASE)
_PHONE = re.compile(r"(?:tel|sms|smsto|mms|facetime|callto):(?://)?", re.IGNORECASE)


def card_of(code: str) -> Card | None:
    """Give what a code says of somebody, a card without a name when it only says how they are reached; None for others.

    No web address is fetched: it is kept as a page.
    """
    text = code.strip()[:LONGEST]
    head = text[:12].upper()
    if "BEGIN:VCARD" in text[:200].upper():
        return next((card for card in Card.all(text) if card.name), None)
    if head.startswith("MECARD:"):
        return _mecard(text[7:])
    if head.startswith("BIZCARD:"):
        return _bizcard(text[8:])
    if _MAIL.match(text):
        mails = mails_in(
            unquote(text.partition(":")[2]).replace("?", " ").replace(";", " ").replace("TO:", " ")
        )[0]
        return MAILS.edited(Card(["VERSION:4.0"]), [Mail(mails[0])]) if mails else None
    if match := _PHONE.match(text):
        number = re.split(r"[:;?]", unquote(text[match.end() :]))[0].strip()
        return PHONES.edited(Card(["VERSION:4.0"]), [Phone(number)]) if number else None
    return _of_page(text)


def _of_page(text: str) -> Card | None:
    address = text[6:] if text[:6].upper() == "URLTO:" else text
    if "\n" in address or " " in address:
        return None
    if address.lower().startswith(("http://", "https://")):
        return (
            WEB_PAGES.edited(Card(["VERSION:4.0"]), [Page(address)]) if urlsplit(address).hostname else None
        )
    pages, rest = pages_in(address)
    return WEB_PAGES.edited(Card(["VERSION:4.0"]), [Page(pages[0])]) if pages and not rest else None


def _mecard(text: str) -> Card | None:
    """Read DoCoMo's MECARD: `N:Lee,Dana;TEL:...;;`, a backslash before what would divide."""
    said = list(_fields(text))
    family, _, given = next((value for name, value in said if name == "N"), "").partition(",")
    shown = " ".join(filter(None, (given.strip(), family.strip())))
    card = _begun(shown, given, family)
    card = JOBS.edited(card, [Job(_first(said, "ORG"), _first(said, "TITLE"))])
    card = MAILS.edited(card, [Mail(value) for name, value in said if name == "EMAIL"])
    card = PHONES.edited(card, [Phone(value) for name, value in said if name in {"TEL", "TEL-AV"}])
    card = WEB_PAGES.edited(card, [Page(value) for name, value in said if name == "URL"])
    card = ADDRESSES.edited(card, [PostalAddress(street=value) for name, value in said if name == "ADR"])
    note = _first(said, "NOTE")
    card = Card([*card.lines, f"NOTE:{escape(note)}"]) if note else card
    return card if len(card.lines) > 1 else None


def _bizcard(text: str) -> Card | None:
    """Read BIZCARD: N given name, X family name, T title, C company, A address, B numbers, E mail."""
    said = list(_fields(text))
    given, family = _first(said, "N"), _first(said, "X")
    card = _begun(" ".join(filter(None, (given, family))), given, family)
    card = JOBS.edited(card, [Job(_first(said, "C"), _first(said, "T"))])
    card = MAILS.edited(card, [Mail(value) for name, value in said if name == "E"])
    kinds = {"B": "work", "M": "mobile", "F": "fax"}
    card = PHONES.edited(card, [Phone(value, kinds[name]) for name, value in said if name in kinds])
    card = ADDRESSES.edited(card, [PostalAddress(street=value) for name, value in said if name == "A"])
    return card if len(card.lines) > 1 else None


def _begun(shown: str, given: str, family: str) -> Card:
    return Card.of(name=shown, given=given.strip(), family=family.strip()) if shown else Card(["VERSION:4.0"])


def _fields(text: str) -> Iterator[tuple[str, str]]:
    for part in split_unescaped(text, ";"):
        name, colon, value = part.strip().partition(":")
        if colon and value.strip():
            yield name.upper(), " ".join(unescape(value.replace("\\:", ":")).split())


def _first(said: list[tuple[str, str]], name: str) -> str:
    return next((value for found, value in said if found == name), "")
