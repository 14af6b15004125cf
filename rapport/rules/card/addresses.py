"""Postal addresses of a card: ADR of vCard 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350) read as a person means them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapport.rules.card.lines import Property, escape, split_unescaped, unescape
from rapport.rules.countries import code_of, country_names

_PARTS = 7
_PLACES = ("work", "home")


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """Where letters reach somebody. `street` may have several lines.

    `country` is an ISO 3166 code, or "" when the card names none that is known; `country_name` is what the card
    says. `place` is work, home or "". `label` is the whole address as the card's owner would write it.
    """

    street: str = ""
    extended: str = ""
    po_box: str = ""
    locality: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""
    country_name: str = ""
    place: str = ""
    label: str = ""

    def __str__(self) -> str:
        """The address on one line, for the history of a card."""
        named = self.country_name or country_names().get(self.country, "")
        town = " ".join(filter(None, (self.postal_code, self.locality)))
        parts = (self.po_box, self.extended, self.street, town, self.region, named)
        return ", ".join(" ".join(part.split()) for part in parts if part.strip()) or " ".join(
            self.label.split()
        )

    @property
    def reaches(self) -> bool:
        """Whether a letter could be addressed with it: a street or a box, and a town."""
        return bool((self.street or self.po_box or self.extended) and self.locality)

    @property
    def prop(self) -> Property:
        """The address as a property of a vCard 4.0: the country's code in CC (RFC 8605), the label in LABEL."""
        parts = (self.po_box, self.extended, self.street, self.locality, self.region, self.postal_code)
        named = self.country_name or country_names().get(self.country, "")
        stated = (("TYPE", self.place), ("CC", self.country), ("LABEL", self.label.replace("\\", "\\\\")))
        value = ";".join(escape(part) for part in (*parts, named))
        return Property("ADR", value, tuple((name, said) for name, said in stated if said))


def addresses_of(properties: Sequence[Property], stated: Sequence[Property]) -> tuple[PostalAddress, ...]:
    """Give the addresses of ADR properties in `stated`, in their order; `properties` are all of the card's.

    A LABEL of its own (vCard 2.1 and 3.0) belongs to the address of the same types, X-ABADR (Apple's country code)
    to that of the same group.
    """
    found = [_address(prop, properties) for prop in stated]
    return tuple(dict.fromkeys(address for address in found if str(address)))


def _address(prop: Property, properties: Sequence[Property]) -> PostalAddress:
    parts = [_lines(part) for part in split_unescaped(prop.decoded, ";")[:_PARTS]]
    po_box, extended, street, locality, region, postal_code, named = (*parts, *("",) * _PARTS)[:_PARTS]
    return PostalAddress(
        street=street,
        extended=_joined(extended),
        po_box=_joined(po_box),
        locality=_joined(locality),
        region=_joined(region),
        postal_code=_joined(postal_code),
        country=_country(prop, _joined(named), properties),
        country_name=_joined(named),
        place=next((place for place in _PLACES if place in prop.types), ""),
        label=_label(prop, properties),
    )


def _lines(part: str) -> str:
    """A component as lines: a list's values each (RFC 6350 section 6.3.1), without empty ones.

    Many programs leave the comma of "Main Street 1, Hall B" unescaped; only one with nothing after it divides.
    """
    values = [value.strip() for value in split_unescaped(part, ",")]
    if ", " in part.replace("\\,", ""):
        values = [part.strip()]
    lines = (line.strip() for value in values for line in unescape(value).replace("\r", "\n").split("\n"))
    return "\n".join(line for line in lines if line)


def _joined(lines: str) -> str:
    return ", ".join(lines.split("\n"))


def _country(prop: Property, named: str, properties: Sequence[Property]) -> str:
    apples = (
        other.text.strip()
        for other in properties
        if other.name == "X-ABADR" and prop.group and other.group.lower() == prop.group.lower()
    )
    codes = (code_of(said) for said in (prop.parameter("CC"), named, *apples) if said)
    return next((code for code in codes if code), "")


def _label(prop: Property, properties: Sequence[Property]) -> str:
    own = prop.parameter("LABEL")
    kinds = prop.types - {"pref"}
    apart = (other.text for other in properties if other.name == "LABEL" and other.types - {"pref"} == kinds)
    return (unescape(own) if own else next(apart, "")).strip()
