"""To whom a card shows what: audiences written beside each property, and the card as one viewer sees it.

Nothing is shown until it is shown to somebody. An audience is `professional`, `social`, `link` (anyone with the
card's link) or a list (`list_of`), and stands as the parameter X-AUDIENCE on the lines of what is shown to it: so it
stays with its property when that is edited, and goes with it. What no row of a form holds is shown to nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from rapport.rules.card import Card, Editing, Property
from rapport.rules.card.days import DAYS
from rapport.rules.card.editing import PARTNERS
from rapport.rules.card.hearing import FIELDS, SINGLE, values_of
from rapport.rules.card.jobs import JOBS
from rapport.rules.card.lines import outer, written
from rapport.rules.card.places import ADDRESSES
from rapport.rules.card.reach import MAILS, PHONES, WEB_PAGES, numbered

PROFESSIONAL, SOCIAL, LINK = "professional", "social", "link"
_PARAMETER = "X-AUDIENCE"
_ALWAYS = frozenset({"VERSION", "FN", "N"})
"""What every card has: shown as soon as anything is."""

_ONE_OF = frozenset(name for field in SINGLE for name in FIELDS[field])


@dataclass(frozen=True, slots=True)
class Item:
    """Something of a card that is shown or kept as a whole: what it is, what it says, its lines, who sees it."""

    what: str
    says: str
    places: tuple[int, ...]
    audiences: frozenset[str]


def list_of(key: int) -> str:
    """Give the audience that a list of people is."""
    return f"list-{key}"


def items_of(card: Card) -> list[Item]:
    """Give everything that can be shown, in the order of the form."""
    seen = [_audiences(prop) if prop else frozenset() for prop in outer(card.lines)]
    return [
        Item(what, says, places, frozenset.intersection(*(seen[place] for place in places)))
        for what, says, places in _items(card)
    ]


def _items(card: Card) -> Iterator[tuple[str, str, tuple[int, ...]]]:
    for place, _photo in numbered(card, "PHOTO"):
        yield "Photo", "your picture", (place,)
    for job_place, job in JOBS.read(card):
        yield ("Before" if job.is_former else "Work"), str(job), job_place.standing
    for place, mail in MAILS.read(card):
        yield "E-mail", mail.address, (place,)
    for place, phone in PHONES.read(card):
        yield "Phone", phone.number, (place,)
    for place, address in ADDRESSES.read(card):
        yield "Post", str(address), (place,)
    for place, page in WEB_PAGES.read(card):
        yield page.label or "Page", page.address, (place,)
    for place, day in DAYS.read(card):
        yield day.label or "Day", str(day.date), (place,)
    for place, note in numbered(card, "NOTE"):
        yield "Note", note.text.strip(), (place,)


def _audiences(prop: Property) -> frozenset[str]:
    return frozenset(filter(None, (part.strip() for part in prop.parameter(_PARAMETER).split(","))))


def showing(card: Card, said: Sequence[AbstractSet[str]]) -> Card:
    """Give the card with its items shown to the audiences said, as many as `items_of` gives and in its order."""
    editing = Editing(card)
    for item, audiences in zip(items_of(card), said, strict=True):
        if item.audiences == audiences:
            continue
        for place in item.places:
            prop = editing.at(place)
            kept = tuple(pair for pair in prop.parameters if pair[0] != _PARAMETER)
            fresh = ((_PARAMETER, ",".join(sorted(audiences))),) if audiences else ()
            editing.put(place, written(prop._replace(parameters=(*kept, *fresh))))
    return editing.card


def shown(card: Card, viewer: AbstractSet[str]) -> Card | None:
    """Give what a viewer sees, who is in the audiences `viewer`; None when nothing is shown to them."""
    places = {place for _what, _says, places in _items(card) for place in places}
    props = list(outer(card.lines))
    visible = {place for place in places if (prop := props[place]) and _audiences(prop) & viewer}
    if not visible:
        return None
    kept = []
    for place, prop in enumerate(props):
        if prop is None:
            continue
        if place in visible or prop.name in _ALWAYS or _is_beside(props, prop, visible):
            parameters = tuple(pair for pair in prop.parameters if pair[0] != _PARAMETER)
            kept.append(written(prop._replace(parameters=parameters)))
    return Card(kept)


def _is_beside(props: Sequence[Property | None], prop: Property, visible: AbstractSet[int]) -> bool:
    """Whether a property only says more about others of its group, all of which are seen."""
    if prop.name not in PARTNERS or not prop.group:
        return False
    group = [
        place
        for place, other in enumerate(props)
        if other is not None and other.group.lower() == prop.group.lower() and other.name not in PARTNERS
    ]
    return bool(group) and visible >= set(group)


def audiences_in(card: Card) -> frozenset[str]:
    """Give every audience that anything of a card is shown to."""
    return frozenset[str]().union(*(_audiences(prop) for prop in card.properties))


def withdrawn(before: Card, now: Card | None) -> Card:
    """Give what one viewer saw of a card and sees no more.

    Another title in place of one is news and takes nothing back; of telephones and the like, each counts alone.
    """
    seen = values_of(now) if now else frozenset()
    instead = {prop.name for prop in now.properties} & _ONE_OF if now else set()
    return Card(
        line
        for line, prop in zip(before.lines, outer(before.lines), strict=True)
        if prop is not None
        and prop.name not in {*_ALWAYS, *PARTNERS, *instead}
        and not values_of(Card([line])) <= seen
    )
