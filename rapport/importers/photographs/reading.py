"""What is printed on a business card as a card: who it is, what they do and where, and how they are reached."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from rapport.importers.photographs.numbers import numbers_in
from rapport.importers.photographs.places import address_in
from rapport.importers.photographs.printed import Printed, in_order
from rapport.importers.photographs.titles import (
    is_department,
    is_organisation,
    is_whole_name,
    name_in,
    reads_as_title,
)
from rapport.importers.photographs.web import mails_in, pages_in
from rapport.importers.text.hosts import domain, is_company, label, organisation
from rapport.importers.text.names import fits_address, folded, from_address
from rapport.rules.card import Card, Editing, PostalAddress
from rapport.rules.card.jobs import JOBS, Job
from rapport.rules.card.places import ADDRESSES
from rapport.rules.card.reach import MAILS, PHONES, WEB_PAGES, Mail, Page, Phone

_PARTED = re.compile(r"\s*[|•·]\s*|\s{3,}")
_MOST = 12  # values of one kind


@dataclass(slots=True)
class Printing:
    """A card as it is taken apart: what was understood, and the lines that were not."""

    lines: list[Printed]
    mails: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    phones: list[Phone] = field(default_factory=list)
    address: PostalAddress | None = None
    name: str = ""
    title: str = ""
    organisation: str = ""
    department: str = ""

    @property
    def text(self) -> str:
        """Give what is not understood yet."""
        return "\n".join(line.text for line in self.lines)

    def take(self, text: str) -> None:
        """Strike a line."""
        self.lines = [line for line in self.lines if line.text != text]


def read_printed(lines: Sequence[Printed]) -> tuple[Card | None, tuple[str, ...]]:
    """Give the card that the lines of one business card make, and the lines that say something else.

    None when nobody could be reached by it and nobody is named: shadows and slogans are nobody. It is a proposal:
    who is asked to confirm it sees the picture beside it.
    """
    printing = Printing(in_order(lines))
    _take_reach(printing)
    printing.address, used = address_in([line.text for line in printing.lines])
    printing.lines = [line for number, line in enumerate(printing.lines) if number not in used]
    _part(printing)
    _take_words(printing)
    is_somebody = printing.name or printing.mails or printing.phones
    return (_card(printing) if is_somebody else None), tuple(line.text for line in printing.lines)


def _take_reach(printing: Printing) -> None:
    """Take mails, pages and numbers out of the lines; what else a line says stays."""
    rest = []
    for line in printing.lines:
        mails, text = mails_in(line.text)
        pages, text = pages_in(text)
        phones, text = numbers_in(text)
        printing.mails += mails
        printing.pages += pages
        printing.phones += phones
        if text and (text == line.text or any(sign.isalpha() for sign in text)):
            rest.append(line._replace(text=text))
    printing.lines = rest


def _part(printing: Printing) -> None:
    """Part lines at the signs by which cards part them."""
    printing.lines = [
        line._replace(text=part)
        for line in printing.lines
        for part in map(str.strip, _PARTED.split(line.text))
        if part
    ]


def _take_words(printing: Printing) -> None:
    hosts = [host for host in map(domain, printing.mails) if is_company(host)]
    hosts += [
        host for host in (re.sub(r"^https?://|/.*$", "", page) for page in printing.pages) if is_company(host)
    ]
    own = {re.sub(r"[^\w]", "", folded(label(host))) for host in hosts}
    house = _house(printing, own)
    if house:
        printing.organisation = house
        printing.take(house)
    _take_name(printing)
    for line in list(printing.lines):
        if not printing.title and reads_as_title(line.text):
            printing.title = line.text
            printing.take(line.text)
        elif not printing.department and is_department(line.text):
            printing.department = line.text
            printing.take(line.text)
    if not printing.organisation and hosts:
        printing.organisation = organisation(hosts[0], printing.text)
        printing.take(printing.organisation)


def _house(printing: Printing, own: set[str]) -> str:
    """Give the line that names the organisation: as its domain is spelled, or by its legal form."""
    named = [line.text for line in printing.lines if is_organisation(line.text)]
    spelled = [line.text for line in printing.lines if re.sub(r"[^\w]", "", folded(line.text)) in own]
    begun = [text for text in named if re.sub(r"[^\w]", "", folded(text)).startswith(tuple(own or {"\0"}))]
    return next(iter([*begun, *named, *spelled]), "")


def _take_name(printing: Printing) -> None:
    """The largest line that can be a name; before it one that the address is made of."""
    found = [(line, name) for line in printing.lines for name in [name_in(line.text)] if name]
    if found:
        line, printing.name = max(
            found,
            key=lambda pair: (any(fits_address(pair[1], mail) for mail in printing.mails), pair[0].height),
        )
        printing.take(line.text)
        if not is_whole_name(line.text) and "," in line.text:  # Dana Lee, VP Engineering
            title = line.text.partition(",")[2].strip()
            if reads_as_title(title):
                printing.title = title
        return
    for mail in printing.mails:
        name, is_sure = from_address(mail)
        if is_sure:
            printing.name = name
            return


def _card(printing: Printing) -> Card:
    card = _named(printing.name) if printing.name else Card(["VERSION:4.0"])
    card = JOBS.edited(card, [Job(printing.organisation, printing.title)])
    if printing.organisation and printing.department:
        card = _with_department(card, printing)
    card = MAILS.edited(card, [Mail(mail) for mail in dict.fromkeys(printing.mails[:_MOST])])
    card = PHONES.edited(card, list(dict.fromkeys(printing.phones[:_MOST])))
    card = WEB_PAGES.edited(card, [Page(page) for page in dict.fromkeys(printing.pages[:_MOST])])
    return ADDRESSES.edited(card, [printing.address]) if printing.address else card


def _named(name: str) -> Card:
    """A name of the east has the family's name first."""
    family, gap, given = name.partition(" ")
    if gap and name[0] >= "\u2e80":
        return Card.of(name=name, family=family, given=given)
    return Card.of(name=name)


def _with_department(card: Card, printing: Printing) -> Card:
    editing = Editing(card)
    for place in editing.places("ORG"):
        editing.set(place, (printing.organisation, printing.department))
    return editing.card
