"""Cards read: taken out of their file, unfolded, and every line taken apart. Peers read as many of their own kind."""

from __future__ import annotations

import io
import random
import time
from collections.abc import Callable, Iterator

import icalendar

from bench.figure import Figure
from rapport.importers.findings import FoundCard, Reader
from rapport.importers.reading import read
from rapport.rules.card import Card

CARDS = 20_000
_PEERS = 1000
_LINES = (
    "N:{family};{given};;;",
    "FN:{given} {family}",
    "ORG:Company {number}\\, Inc.;Research",
    "TITLE:Engineer of things",
    "EMAIL;type=INTERNET;type=HOME;type=pref:person{number}@mail.example",
    "item1.EMAIL;type=INTERNET:{given}.{family}{number}@initech.example",
    "item1.X-ABLabel:Office",
    "TEL;type=CELL;type=VOICE;type=pref:+351 21 {number}",
    "item2.ADR;type=HOME;type=pref:;;Rua Augusta {number};Lisboa;;1100-053;Portugal",
    "item2.X-ABADR:pt",
    "NOTE:Met at a fair\\, talked about migrations off the monolith and hiring in Lisb\r\n on\\nand about sailing",
    "BDAY:1980-05-{day:02}",
    "UID:card-{number}",
)  # fmt: skip


def book(count: int = CARDS, seed: int = 7) -> str:
    """Write a book of vCards 3.0 as an address book exports them: 13 properties each, one of them folded."""
    drawn = random.Random(seed)
    cards = []
    for number in range(count):
        given, family = drawn.choice(("Dana", "José", "Jürgen", "明")), drawn.choice(("Lee", "Núñez", "王"))
        said = {"given": given, "family": family, "number": number, "day": drawn.randrange(1, 29)}
        lines = [line.format(**said) for line in _LINES]
        cards.append("\r\n".join(["BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD", ""]))
    return "".join(cards)


def figures() -> Iterator[Figure]:
    """Read a book from text, from a file's octets as an import does, and beside other ways."""
    text = book()
    octets = text.encode()
    ours = _rate(CARDS, lambda: sum(len(card.properties) for card in Card.all(text)))
    peer_text = _events(_PEERS)
    peer = _rate(_PEERS, lambda: icalendar.Calendar.from_ical(peer_text))
    split = _rate(CARDS, lambda: [line.partition(":") for line in text.replace("\r\n ", "").split("\r\n")])
    beside = f"icalendar on as many lines in events {peer:,.0f}; a bare split of the lines {split:,.0f}"
    yield Figure("cards a second, every line taken apart", f"{ours:,.0f}", "20,000", beside)
    kept = _rate(CARDS, lambda: sum(1 for _ in Card.all(text)))
    yield Figure("  unfolded lines alone", f"{kept:,.0f}")
    imported = _rate(CARDS, lambda: _imported(octets))
    yield Figure("  out of a file, decoded and named, as an import", f"{imported:,.0f}")
    written = list(Card.all(text))
    yield Figure("  written, folded", f"{_rate(CARDS, lambda: [card.text() for card in written]):,.0f}")


def _rate(count: int, run: Callable[[], object]) -> float:
    """Give how many a second of the processor's time, the best of three."""
    best = 0.0
    for _ in range(3):
        began = time.process_time()
        run()
        best = max(best, count / (time.process_time() - began))
    return best


def _imported(octets: bytes) -> int:
    found = read("book.vcf", io.BytesIO(octets), Reader())
    return sum(1 for finding in found if isinstance(finding, FoundCard))


def _events(count: int) -> str:
    """Write calendar components of as many lines as the cards have: vobject and its kin are not installed."""
    lines = [f"X-LINE-{number};TYPE=HOME:a value\\, with a comma" for number in range(len(_LINES) - 2)]
    event = "\r\n".join(["BEGIN:VEVENT", "UID:x", "DTSTAMP:20261120T100000Z", *lines, "END:VEVENT", ""])
    return f"BEGIN:VCALENDAR\r\n{event * count}END:VCALENDAR\r\n"
