"""Whom an invitation lists, as it lists them, before anybody asks who of them is a person."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rapport.importers.text.names import address_in, cleaned, is_address, is_same

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rapport.rules.card import Property

_LONGEST_NAME = 500  # signs of a display name that are read


@dataclass(frozen=True, slots=True)
class Listed:
    """One ATTENDEE or the ORGANIZER as the invitation lists them; `shown` is the display name as written."""

    address: str
    name: str
    beside: str = ""
    kind: str = ""
    part: str = ""
    answer: str = ""
    is_organizer: bool = False
    shown: str = ""

    @property
    def local(self) -> str:
        """Give the part of the address before the @."""
        return self.address.partition("@")[0].partition("+")[0]


@dataclass(frozen=True, slots=True)
class Me:
    """The reader, as far as known: addresses in lower case, and names."""

    addresses: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    def is_me(self, one: Listed) -> bool:
        """Say whether somebody listed is the reader: by address, without one by name."""
        if one.address:
            return one.address in self.addresses
        return any(is_same(one.name, name) for name in self.names)


def listed(prop: Property) -> Listed:
    """Read an ATTENDEE or ORGANIZER line, however incomplete."""
    raw = prop.value.strip()
    shown = prop.parameter("CN")[:_LONGEST_NAME]
    address = address_in(raw) or address_in(prop.parameter("EMAIL")) or address_in(shown)
    name, beside = cleaned(shown)
    if not address and not name and raw and ":" not in raw and not is_address(raw):
        name, beside = cleaned(raw)
    return Listed(
        address,
        name,
        beside,
        prop.parameter("CUTYPE").upper(),
        prop.parameter("ROLE").upper(),
        prop.parameter("PARTSTAT").upper(),
        prop.name == "ORGANIZER",
        shown.strip(),
    )


def once(people: Iterable[Listed]) -> tuple[Listed, ...]:
    """Give each address once: who is listed twice is one, and an organiser who attends is listed as they attend."""
    kept: dict[str, Listed] = {}
    for one in people:
        known_as = one.address or one.name.lower()
        if not known_as:
            continue
        before = kept.get(known_as)
        if before is None:
            kept[known_as] = one
            continue
        attending, organizing = (one, before) if before.is_organizer else (before, one)
        kept[known_as] = replace(
            attending,
            name=attending.name or organizing.name,
            beside=attending.beside or organizing.beside,
            shown=attending.shown or organizing.shown,
            answer="DECLINED"
            if "DECLINED" in {one.answer, before.answer}
            else attending.answer or organizing.answer,
            is_organizer=one.is_organizer or before.is_organizer,
        )
    return tuple(kept.values())
