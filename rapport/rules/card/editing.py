"""A card edited a property at a time: only what is asked for changes, all else stays as it was, in its place."""

from __future__ import annotations

import quopri
from collections.abc import Sequence
from typing import TypeAlias

from rapport.rules.card.card import Card
from rapport.rules.card.folding import is_soft
from rapport.rules.card.lines import Property, escape, outer, parsed, written

Value: TypeAlias = str | Sequence[str]
"""One text, or the parts of a structured value (N, ORG, ADR), as a person reads them."""

LABEL = "X-ABLABEL"
PARTNERS = frozenset({LABEL, "X-ABADR", "X-ABLABELTYPE"})  # what only says more about another of its group
_ADDRESSES = frozenset({"URL", "PHOTO", "LOGO", "SOUND", "SOURCE", "UID", "IMPP", "KEY", "RELATED", "MEMBER"})
_LISTS = frozenset({"CATEGORIES", "NICKNAME"})


class Editing:
    """One editing of a card; `card` gives the result. Places number the card's lines and hold while it is edited."""

    def __init__(self, card: Card) -> None:
        self._lines: list[str | None] = list(card.lines)
        self._version = card.version

    @property
    def version(self) -> str:
        """Give the version of vCard that the card is written in."""
        return self._version

    @property
    def card(self) -> Card:
        """Give the card as it is now."""
        return Card(line for line in self._lines if line is not None)

    def places(self, name: str) -> list[int]:
        """Give the places of the properties of a name (in capitals), in their order."""
        return [place for place, prop in self._found() if prop.name == name]

    def at(self, place: int) -> Property:
        """Give the property at a place; KeyError when there is none (any more)."""
        for found, prop in self._found():
            if found == place:
                return prop
        raise KeyError(place)

    def set(self, place: int, value: Value, *, types: Sequence[str] | None = None) -> None:
        """Say another value at a place; its group and parameters stay, TYPE is replaced when `types` are given."""
        prop = self.at(place)
        fresh = stated(prop.name, value, self._version, group=prop.group)
        kept = [(key, said) for key, said in prop.parameters if key not in {"ENCODING", "CHARSET", "VALUE"}]
        if types is not None:
            kept = [(key, said) for key, said in kept if key != "TYPE"] + _typed(types)
        self._lines[place] = written(fresh._replace(parameters=(*kept, *fresh.parameters)))

    def add(
        self, name: str, value: Value, *, types: Sequence[str] = (), label: str = "", group: str = ""
    ) -> int:
        """Add a property below the last of its name, in `group`, or one of its own with a label; give its place.

        Places below it move down.
        """
        group = group or (self.free_group() if label else "")
        place = self.insert(written(stated(name, value, self._version, types=types, group=group)))
        if label:
            self._lines.insert(place + 1, self._label_line(group, label))
        return place

    def insert(self, line: str) -> int:
        """Add a line as it is, below the last of its name; give its place. Places below it move down.

        What only says more about another of its group stands below that.
        """
        prop = parsed(line) or Property("", line)
        beside = [place for place, other in self._found() if _same_group(other, prop)]
        block = beside if prop.name in PARTNERS else self._block(prop.name)
        place = max(block, default=len(self._lines) - 1) + 1
        while is_soft(self._lines[place - 1] or ""):  # a last line that was cut short would take the next one in
            place -= 1
        self._lines.insert(place, line)
        return place

    def line(self, place: int) -> str:
        """Give the line at a place as it is written; "" when it was taken out."""
        return self._lines[place] or ""

    def put(self, place: int, line: str) -> None:
        """Say a line as it is at a place."""
        self._lines[place] = line

    def together(self, *places: int) -> str:
        """Bring properties into one group and give its name: that of the first that has one, else a free one."""
        props = [self.at(place) for place in places]
        group = next((prop.group for prop in props if prop.group), "") or self.free_group()
        for place, prop in zip(places, props, strict=True):
            if not prop.group:
                self._lines[place] = f"{group}.{self._lines[place]}"
        return group

    def remove(self, place: int) -> None:
        """Take a property out, and with the last of its group the label that belonged to it."""
        group = self.at(place).group.lower()
        self._lines[place] = None
        rest = [(other, prop) for other, prop in self._found() if group and prop.group.lower() == group]
        if all(prop.name in PARTNERS for _, prop in rest):
            for other, _ in rest:
                self._lines[other] = None

    def label(self, place: int, text: str) -> None:
        """Say the words beside a property; an empty text takes them away. Places below may move down by one."""
        prop = self.at(place)
        beside = [other for other, label in self._found() if label.name == LABEL and _same_group(label, prop)]
        if beside and text.strip():
            self.set(beside[0], text)
        elif beside:
            self._lines[beside[0]] = None
        elif text.strip():
            group = self.together(place)
            self._lines.insert(place + 1, self._label_line(group, text))

    def say(self, name: str, value: Value) -> None:
        """Let the card say one value of a name (FN, N, BDAY): the first is set, further ones go, empty takes all."""
        places = self.places(name)
        first, others = next(iter(places), None), places[1:]
        for place in others:
            self.remove(place)
        is_empty = not "".join(value).strip()
        if first is None:
            if not is_empty:
                self.add(name, value)
        elif is_empty:
            self.remove(first)
        else:
            self.set(first, value)

    def _found(self) -> list[tuple[int, Property]]:
        props = outer(line or "" for line in self._lines)
        return [(place, prop) for place, prop in enumerate(props) if prop is not None]

    def _block(self, name: str) -> list[int]:
        """Give the places of a name's properties and of what belongs to them."""
        found = self._found()
        groups = {prop.group.lower() for _, prop in found if prop.name == name and prop.group}
        return [
            place
            for place, prop in found
            if prop.name == name or (prop.name in PARTNERS and prop.group.lower() in groups)
        ]

    def free_group(self) -> str:
        """Give a name that no group has yet."""
        taken = {prop.group.lower() for _, prop in self._found()}
        number = 1
        while f"item{number}" in taken:
            number += 1
        return f"item{number}"

    def _label_line(self, group: str, text: str) -> str:
        return written(stated(LABEL, text, self._version, group=group)).replace(LABEL, "X-ABLabel", 1)


def stated(name: str, value: Value, version: str, *, types: Sequence[str] = (), group: str = "") -> Property:
    """Make a property of plain text as a card of a version writes it.

    A text becomes one line where the property is an address (URL, PHOTO); vCard 2.1 has QUOTED-PRINTABLE for what
    is not ASCII or has several lines.
    """
    prop = Property(name, _raw(name, value, version), tuple(_typed(types)), group)
    if not version.startswith("2") or (prop.value.isascii() and "\n" not in prop.value):
        return prop
    octets = prop.value.replace("\r\n", "\n").replace("\n", "\r\n").encode("utf-8", "replace")
    quoted = quopri.encodestring(octets, quotetabs=True).replace(b"=\n", b"").replace(b"\r\n", b"=0D=0A")
    encoding = (("CHARSET", "UTF-8"), ("ENCODING", "QUOTED-PRINTABLE"))
    return prop._replace(value=quoted.decode("ascii"), parameters=(*prop.parameters, *encoding))


def _raw(name: str, value: Value, version: str) -> str:
    if not isinstance(value, str):
        return ("," if name in _LISTS else ";").join(_escaped(part, version) for part in value)
    return " ".join(value.split()) if name in _ADDRESSES else _escaped(value, version)


def _escaped(text: str, version: str) -> str:
    if version.startswith("2"):  # no escape for a comma, and a line's end is for the encoding
        return text.replace("\r\n", "\n").replace("\r", "\n").replace("\\", "\\\\").replace(";", "\\;")
    return escape(text)


def _typed(types: Sequence[str]) -> list[tuple[str, str]]:
    return [("TYPE", kind) for kind in types if kind]


def _same_group(one: Property, other: Property) -> bool:
    return bool(one.group) and one.group.lower() == other.group.lower()
