"""Where somebody is reached: telephone numbers, e-mail addresses and web pages of a card, each as a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapport.rules.card.card import Card
from rapport.rules.card.editing import Editing
from rapport.rules.card.lines import Property, outer
from rapport.rules.card.rows import Rows

PROFESSIONAL, SOCIAL = "professional", "social"
PAGES = ("URL", "X-SOCIALPROFILE", "SOCIALPROFILE")
_WORDS = {
    "cell": "mobile",
    "mobile": "mobile",
    "iphone": "mobile",
    "fax": "fax",
    "work": "work",
    "home": "home",
}
_TYPES = {"mobile": ("cell",), "fax": ("fax",), "work": ("work",), "home": ("home",), "": ()}


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone number as written; `kind` is mobile, fax, work, home or ""."""

    number: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Mail:
    """An e-mail address as written, and its sphere."""

    address: str
    sphere: str = PROFESSIONAL


@dataclass(frozen=True, slots=True)
class Page:
    """A web address, and the words beside it."""

    address: str
    label: str = ""


_OF_A_SPHERE = ("EMAIL", "TEL", "ADR")


def sphere_of(prop: Property, untyped: str = PROFESSIONAL) -> str:
    """Give the sphere of an address, number or place: what is typed as home and not as work is social.

    Other address books know these two types and keep them; what has neither is `untyped`: professional, as people
    come into the book through work.
    """
    if "work" in prop.types:
        return PROFESSIONAL
    return SOCIAL if "home" in prop.types else untyped


def professional(card: Card) -> Card:
    """Give what of a card is used in business by itself: all but mails, numbers and homes that are social."""
    if not any(sphere_of(prop) == SOCIAL for name in _OF_A_SPHERE for prop in card.every(name)):
        return card
    social = {place for place, prop in numbered(card, *_OF_A_SPHERE) if sphere_of(prop) == SOCIAL}
    return Card(line for place, line in enumerate(card.lines) if place not in social)


def numbered(card: Card, *names: str) -> Iterator[tuple[int, Property]]:
    """Give the properties of some names that say something, each with its place, in their order."""
    for place, prop in enumerate(outer(card.lines)):
        if prop is not None and prop.name in names and prop.text.strip():
            yield place, prop


def _phones(card: Card) -> list[tuple[int, Phone]]:
    return [(place, Phone(_number(prop), _kind(prop))) for place, prop in numbered(card, "TEL")]


def _number(prop: Property) -> str:
    return prop.text.strip().removeprefix("tel:")


def _kind(prop: Property) -> str:
    return next((kind for word, kind in _WORDS.items() if word in prop.types), "")


def _put_phone(editing: Editing, place: int | None, phone: Phone) -> None:
    types = _TYPES[phone.kind]
    if place is None:
        editing.add("TEL", phone.number, types=types)
        return
    prop = editing.at(place)
    is_kept = _kind(prop) == phone.kind
    _say(editing, place, phone.number, None if is_kept else types, set(_WORDS))


def _mails(card: Card) -> list[tuple[int, Mail]]:
    found = numbered(card, "EMAIL")
    return [
        (place, Mail(prop.text.strip().removeprefix("mailto:"), sphere_of(prop))) for place, prop in found
    ]


def _put_mail(editing: Editing, place: int | None, mail: Mail) -> None:
    types = ("home",) if mail.sphere == SOCIAL else ("work",)
    if place is None:
        editing.add("EMAIL", mail.address, types=types)
        return
    is_kept = sphere_of(editing.at(place)) == mail.sphere
    _say(editing, place, mail.address, None if is_kept else types, {"home", "work"})


def _say(editing: Editing, place: int, text: str, types: Sequence[str] | None, instead_of: set[str]) -> None:
    """Say a text at a place; new types take the place of those of the same sort, and the others (pref, voice) stay."""
    others = sorted(editing.at(place).types - instead_of)
    editing.set(place, text, types=None if types is None else [*types, *others])


def _pages(card: Card) -> list[tuple[int, Page]]:
    return [(place, Page(prop.text.strip(), card.label_of(prop))) for place, prop in numbered(card, *PAGES)]


def _put_page(editing: Editing, place: int | None, page: Page) -> None:
    if place is None:
        editing.add("URL", page.address, label=page.label)
        return
    prop = editing.at(place)
    if prop.text.strip() != page.address:
        editing.set(place, page.address)
    if editing.card.label_of(prop) != page.label:
        editing.label(place, page.label)


PHONES = Rows(_phones, _put_phone, Editing.remove)
MAILS = Rows(_mails, _put_mail, Editing.remove, says=lambda mail: mail.address.lower())
WEB_PAGES = Rows(_pages, _put_page, Editing.remove)
