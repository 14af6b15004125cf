"""Days that come back: the birthday and others of a card, also without a year, each as a row."""

from __future__ import annotations

from dataclasses import dataclass

from rapport.rules.card.card import Card
from rapport.rules.card.dates import PartialDate, partial_date
from rapport.rules.card.editing import Editing
from rapport.rules.card.lines import Property, written
from rapport.rules.card.reach import numbered
from rapport.rules.card.rows import Rows

BIRTHDAY, ANNIVERSARY = "Birthday", "Anniversary"
_NAMES = {
    "BDAY": BIRTHDAY,
    "ANNIVERSARY": ANNIVERSARY,
    "X-ANNIVERSARY": ANNIVERSARY,
    "X-EVOLUTION-ANNIVERSARY": ANNIVERSARY,
    "X-ABDATE": "",
}
_NO_YEAR = ("X-APPLE-OMIT-YEAR", "1604")


@dataclass(frozen=True, slots=True)
class Day:
    """A day and what it is; `label` is Birthday, Anniversary or words of one's own."""

    label: str
    date: PartialDate


def _days(card: Card) -> list[tuple[int, Day]]:
    found = []
    for place, prop in numbered(card, *_NAMES):
        date = partial_date(prop.text)
        if date is not None:
            found.append((place, Day(_NAMES[prop.name] or card.label_of(prop), date)))
    return found


def _put(editing: Editing, place: int | None, day: Day) -> None:
    name = {BIRTHDAY: "BDAY", ANNIVERSARY: "ANNIVERSARY"}.get(day.label, "X-ABDATE")
    if place is None:
        place = editing.insert(f"{name}:")
    prop = editing.at(place)
    editing.put(place, written(_dated(prop, day.date, editing.version)))
    if prop.name == "X-ABDATE" and editing.card.label_of(editing.at(place)) != day.label:
        editing.label(place, day.label)


def _dated(prop: Property, date: PartialDate, version: str) -> Property:
    """Write a day: before vCard 4.0 one has a year, and Apple's 1604 stands for none."""
    kept = tuple(
        (name, said)
        for name, said in prop.parameters
        if name not in {"ENCODING", "CHARSET", "VALUE", _NO_YEAR[0]}
    )
    if version.startswith("4"):
        return prop._replace(value=date.basic, parameters=kept)
    if date.year or not (date.month and date.day):
        return prop._replace(value=str(date), parameters=kept)
    return prop._replace(value=str(date._replace(year=1604)), parameters=(*kept, _NO_YEAR))


def _moves(standing: Day, said: Day) -> bool:
    """Birthdays and anniversaries are properties of their own."""
    labels = {standing.label, said.label}
    return len(labels) > 1 and bool(labels & {BIRTHDAY, ANNIVERSARY})


DAYS = Rows(_days, _put, Editing.remove, _moves)
