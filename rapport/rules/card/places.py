"""Where letters reach somebody: the postal addresses of a card, each as a row."""

from __future__ import annotations

from dataclasses import replace

from rapport.rules.card.addresses import PostalAddress, addresses_of
from rapport.rules.card.card import Card
from rapport.rules.card.editing import Editing, stated
from rapport.rules.card.lines import Property, written
from rapport.rules.card.reach import numbered
from rapport.rules.card.rows import Rows
from rapport.rules.countries import country_names

_ANOTHER = frozenset({"ENCODING", "CHARSET", "VALUE", "LABEL", "CC", "TYPE", "GEO", "TZ"})
"""Parameters that said something of the former address."""


def _addresses(card: Card) -> list[tuple[int, PostalAddress]]:
    found = ((place, addresses_of(card.properties, (prop,))) for place, prop in numbered(card, "ADR"))
    return [(place, address[0]) for place, address in found if address]


def _put(editing: Editing, place: int | None, address: PostalAddress) -> None:
    """Say an address; a label of the former one, in a property or parameter of its own, goes with it."""
    fresh = replace(address, label="").prop
    named = address.country_name or country_names().get(address.country, "")
    street = (address.po_box, address.extended, address.street)
    town = (address.locality, address.region, address.postal_code, named)
    prop = stated("ADR", (*street, *town), editing.version)
    if place is None:
        editing.insert(written(prop._replace(parameters=(*fresh.parameters, *prop.parameters))))
        return
    former = editing.at(place)
    kept = tuple((name, said) for name, said in former.parameters if name not in _ANOTHER)
    others = tuple(("TYPE", kind) for kind in sorted(former.types - {"work", "home"}))
    parameters = (*fresh.parameters, *others, *kept, *prop.parameters)
    editing.put(place, written(prop._replace(group=former.group, parameters=parameters)))
    for beside in _beside(editing, former):
        if editing.at(beside).name == "X-ABADR" and address.country:
            editing.set(beside, address.country.lower())
        else:
            editing.remove(beside)


def _beside(editing: Editing, former: Property) -> list[int]:
    """Give the places of what says the same address once more: LABEL of the same types, Apple's country."""
    labels = [
        at for at in editing.places("LABEL") if editing.at(at).types - {"pref"} == former.types - {"pref"}
    ]
    apples = [
        at
        for at in editing.places("X-ABADR")
        if former.group and editing.at(at).group.lower() == former.group.lower()
    ]
    return [*labels, *apples]


ADDRESSES = Rows(_addresses, _put, Editing.remove)
