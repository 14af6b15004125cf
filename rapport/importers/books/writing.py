"""A row of an address book written as a card."""

from __future__ import annotations

import re
from collections.abc import Sequence
from uuid import NAMESPACE_URL, uuid5

from rapport.importers.books.days import NONE, day
from rapport.rules.card import Card, PostalAddress, Property, stated
from rapport.rules.card.lines import written
from rapport.rules.card.names import put_together

_VERSION = "4.0"
_ROWS = uuid5(NAMESPACE_URL, "rapport:row-of-an-address-book")
_KINDS = {
    "": (),
    "other": (),
    "home": ("home",),
    "private": ("home",),
    "work": ("work",),
    "business": ("work",),
    "internet": (),
    "mobile": ("cell",),
    "cell": ("cell",),
    "home fax": ("home", "fax"),
    "work fax": ("work", "fax"),
    "fax": ("fax",),
    "pager": ("pager",),
}
"""Labels that have a TYPE in vCard 4.0 (RFC 6350 section 6.4.1); any other stays a label of its own."""

_SYSTEM = frozenset({"", "mycontacts", "my contacts"})  # everybody is in it
_JOINED = re.compile(r"\s*:::\s*")


def several(cell: str) -> list[str]:
    """Give the values of a cell, which Google joins with ` ::: `; none of an empty one."""
    return [part for part in (part.strip() for part in _JOINED.split(cell)) if part]


class Writing:
    """A card in the making: properties in the order in which they are said; what says nothing is left out."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._groups = 0

    def name(
        self,
        *,
        given: str,
        family: str,
        middle: str = "",
        prefix: str = "",
        suffix: str = "",
        shown: str = "",
    ) -> None:
        """Say the name by its parts, and as it is shown when that is known, too."""
        shown = shown or put_together(given, family, middle=middle, prefix=prefix, suffix=suffix)
        parts = (family, given, middle, prefix, suffix)
        self.say("FN", shown)
        if any(parts):
            self.say("N", parts)
        elif shown:
            self.say("N", ("", shown, "", "", ""))

    def say(
        self,
        name: str,
        value: str | Sequence[str],
        *,
        types: Sequence[str] = (),
        label: str = "",
        group: str = "",
        is_first: bool = False,
    ) -> None:
        """Say one property; `label` are words beside it, `is_first` prefers it to others of its name."""
        if not "".join(value).strip():
            return
        group = group or (self.group() if label else "")
        prop = stated(name, value, _VERSION, types=types, group=group)
        if is_first:
            prop = prop._replace(parameters=(*prop.parameters, ("PREF", "1")))
        self.put(prop, label)

    def put(self, prop: Property, label: str = "") -> None:
        """Put a property as it is, with words beside it."""
        self._lines.append(written(prop))
        if label:
            beside = stated("X-ABLabel", label, _VERSION, group=prop.group)
            self._lines.append(written(beside))

    def labelled(self, name: str, value: str, label: str, types: Sequence[str] = ()) -> None:
        """Say a property with the label that the book gives it: `Home`, `* Work Fax` (the first of all), `Boat`."""
        kinds, words, is_first = kinds_of(label)
        self.say(name, value, types=(*types, *kinds), label=words, is_first=is_first)

    def address(self, address: PostalAddress, label: str) -> None:
        """Say a postal address."""
        if not str(address):
            return
        kinds, words, is_first = kinds_of(label)
        prop = address.prop._replace(group=self.group() if words else "")
        stated_ones = [*(("TYPE", kind) for kind in kinds if kind != address.place)]
        stated_ones += [("PREF", "1")] if is_first else []
        self.put(prop._replace(parameters=(*prop.parameters, *stated_ones)), words)

    def work(self, *, organisation: str, department: str = "", title: str = "", is_only: bool = True) -> None:
        """Say a job; of several each stands in a group of its own."""
        group = "" if is_only else self.group()
        self.say("ORG", (organisation, department) if department else (organisation,), group=group)
        self.say("TITLE", title, group=group)

    def day(self, name: str, text: str, label: str = "") -> None:
        """Say a day; one that cannot be read as a day stays the text it is."""
        if not text.strip() or text.strip() in NONE:
            return
        found = day(text)
        if found is None:
            prop = stated(name, text, _VERSION, group=self.group() if label else "")
            self.put(prop._replace(parameters=(*prop.parameters, ("VALUE", "text"))), label)
        else:
            self.say(name, found.basic, label=label)

    def related(self, name: str, label: str) -> None:
        """Say somebody who belongs to them, by name."""
        if name:
            prop = stated("RELATED", name, _VERSION, group=self.group())
            self.put(prop._replace(parameters=(("VALUE", "text"),)), label)

    def labels(self, names: Sequence[str]) -> None:
        """Say the labels somebody is kept under."""
        kept = [name.strip() for name in names if name.strip().casefold() not in _SYSTEM]
        self.say("CATEGORIES", list(dict.fromkeys(kept)))

    def keep(self, column: str, value: str) -> None:
        """Keep what a vCard has no property for, under the words of its column."""
        self.say("X-CUSTOM", value.strip(), label=column)

    def group(self) -> str:
        """Give the name of a new group."""
        self._groups += 1
        return f"item{self._groups}"

    @property
    def card(self) -> Card:
        """Give the card, with an identifier that the same row gives again."""
        lines = [f"VERSION:{_VERSION}", *self._lines]
        bare = Card(lines)
        if bare.name and not bare.every("FN"):
            lines.insert(1, written(stated("FN", bare.name, _VERSION)))
            if bare.name == bare.organisation:
                lines.insert(2, "KIND:org")
        return Card([lines[0], f"UID:urn:uuid:{uuid5(_ROWS, bare.text())}", *lines[1:]])


def kinds_of(label: str) -> tuple[tuple[str, ...], str, bool]:
    """Give the types that a label stands for, the words when it stands for none, and whether it marks the first."""
    is_first = label.startswith("*")
    words = label.removeprefix("*").strip()
    kinds = _KINDS.get(words.casefold())
    return (kinds, "", is_first) if kinds is not None else ((), words, is_first)
