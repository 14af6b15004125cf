"""A card's history told again: what sources gave and what the member edited, in its order.

Three rules hold for every telling. A source adds and updates (`merged`). An edit changes exactly the properties it
changed when it was made, whatever else stands there by now. **What an edit took out or replaced stays out**: a source
that says the same once more, in whatever card, does not bring it back; only another edit does, or undoing that one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from itertools import zip_longest
from typing import TypeAlias

from rapport.rules.card.card import Card
from rapport.rules.card.changes import comparable, merged
from rapport.rules.card.editing import PARTNERS, Editing
from rapport.rules.card.leaving import tells_another_job, with_jobs_left
from rapport.rules.card.lines import Property, outer, parsed

Edit: TypeAlias = Sequence[Sequence[str]]
"""What an edit changed: pairs of a line before and after; "" for none. A line that is both stood beside an equal."""

Struck = frozenset[tuple[str, ...]]
"""What edits took out, as `comparable` gives it."""

_ONE_OF = frozenset(
    {"FN", "N", "ORG", "TITLE", "ROLE", "BDAY", "ANNIVERSARY", "GENDER", "PHOTO", "NOTE", "CATEGORIES"}
)


def absorbed(card: Card, given: Card, struck: Struck = frozenset(), noticed: date | None = None) -> Card:
    """Give the card brought up to date by what a source says, but for what edits took out and for a poorer name.

    With the day on which it is `noticed`, a job that another takes the place of stays as a former one.
    """
    said = _without(without_poorer_name(given, card.name), struck)
    fresh = merged(card, said)
    if noticed is None or not tells_another_job(card, fresh):
        return fresh
    return with_jobs_left(card, said, noticed, struck)


def without_poorer_name(card: Card, known: str) -> Card:
    """Leave out a name that says less than the one known: an address, or a part of it."""
    name, words = card.name.lower(), set(known.lower().split())
    if "@" not in name and not (set(name.split()) < words and "@" not in known):
        return card
    return Card(
        line
        for line in card.lines
        if line.partition(":")[0].partition(";")[0].rpartition(".")[2].upper() not in {"FN", "N"}
    )


def _without(card: Card, struck: Struck) -> Card:
    if not struck:
        return card
    editing = Editing(card)
    for place, prop in enumerate(outer(card.lines)):
        if prop is not None and comparable(prop) in struck:
            editing.remove(place)
    return editing.card


def edit_between(before: Card, after: Card) -> Edit:
    """Give what changed between a card and the card that was made of it by editing."""
    gone, came = _only_in(before, after), _only_in(after, before)
    pairs: list[tuple[str, str]] = []
    for line in list(gone):
        same = next((other for other in came if _key(other) == _key(line)), None)
        if same is not None:
            pairs.append((line, same))
            gone.remove(line)
            came.remove(same)
    for name in dict.fromkeys(map(_name, (*gone, *came))):
        old, new = ([line for line in lines if _name(line) == name] for lines in (gone, came))
        pairs += zip_longest(old, new, fillvalue="")
    return pairs + _equals_kept(pairs, after)


def _equals_kept(pairs: Edit, after: Card) -> list[tuple[str, str]]:
    """Give the lines that still say what another line does not say any more, or says now: they were meant to stand."""
    changed = {_key(line) for pair in pairs for line in pair if line and _name(line) not in PARTNERS}
    rest = (Counter(after.lines) - Counter(line for _, line in pairs)).elements()
    return [(line, line) for line in rest if _key(line) in changed]


def _only_in(card: Card, other: Card) -> list[str]:
    rest = list(other.lines)
    found = []
    for line in card.lines:
        if line in rest:
            rest.remove(line)
        else:
            found.append(line)
    return found


def applied(card: Card, edit: Edit) -> Card:
    """Give the card with an edit made in it: each property where the former stood, a new one below its like.

    A value that it takes out, or puts in another's place, may stand elsewhere by now, as an edit before that took it
    out was undone: that goes, unless an equal stood when the edit was made. Else it would outlive what took it out.
    """
    editing = Editing(card)
    kept = {_key(after) for before, after in edit if before and _key(before) == _key(after)}
    gone: set[int] = set()
    put: set[int] = set()
    new: list[str] = []
    for before, after in _regrouped([pair for pair in edit if pair[0] != pair[1]], card):
        place = _place(editing, before, gone) if before else None
        if after and place is None:
            place = _instead(editing, after, gone, is_replacing=bool(before))
        if place is None:
            is_said = _name(after) not in PARTNERS and _key(after) in map(_key, new)
            new += [after] if after and not is_said else []
            continue
        done = after or before
        if _key(done) not in kept and _name(done) not in _ONE_OF:
            for equal in _alike(editing, done, gone | put | {place}):
                gone |= _whole(editing, equal)
        if after:
            editing.put(place, after)
            put.add(place)
        else:
            gone.add(place)
    rest = Editing(Card(line for place, line in enumerate(editing.card.lines) if place not in gone))
    for line in new:
        rest.insert(line)
    return rest.card


def _place(editing: Editing, line: str, gone: AbstractSet[int]) -> int | None:
    """Give where a line stands: word for word, else as the same value however it is written."""
    exact = (
        place for place in editing.places(_name(line)) if editing.line(place) == line and place not in gone
    )
    return next(exact, next(iter(_alike(editing, line, gone)), None))


def _alike(editing: Editing, line: str, gone: AbstractSet[int]) -> list[int]:
    """Give where the same value stands, however it is written."""
    name = _name(line)
    places = [] if name in PARTNERS else editing.places(name)
    return [place for place in places if place not in gone and comparable(editing.at(place)) == _key(line)]


def _whole(editing: Editing, place: int) -> set[int]:
    """Give the place of a property and that of its label, as `Editing.remove` takes both out."""
    rest = Editing(editing.card)
    rest.remove(place)
    return {number for number, _ in enumerate(editing.card.lines) if not rest.line(number)}


def _instead(editing: Editing, line: str, gone: AbstractSet[int], *, is_replacing: bool) -> int | None:
    """Give the place that a line takes though what it replaced is not there: that of its equal, or only like."""
    name = _name(line)
    alike = _alike(editing, line, gone)
    if not alike and is_replacing and name in _ONE_OF:
        return next((place for place in editing.places(name) if place not in gone), None)
    return next(iter(alike), None)


def _regrouped(edit: Edit, card: Card) -> Edit:
    """Give groups that the edit made names that are free in the card."""
    taken = {prop.group.lower() for prop in card.properties if prop.group}
    names: dict[str, str] = {}
    for before, after in edit:
        group = _group(after)
        if group and group != _group(before) and _name(after) not in PARTNERS and group.lower() in taken:
            names.setdefault(group, "")
    for group in names:
        number = 1
        while f"item{number}" in taken or f"item{number}" in names.values():
            number += 1
        names[group] = f"item{number}"
    if not names:
        return edit
    return [(before, _in_group(after, names)) for before, after in edit]


def _in_group(line: str, names: dict[str, str]) -> str:
    group = _group(line)
    return f"{names[group]}{line[len(group) :]}" if group in names else line


def struck_by(edit: Edit, struck: Struck = frozenset()) -> Struck:
    """Give what is struck after an edit: what it took out joins, what it put in leaves."""
    gone = {_key(before) for before, _ in edit if before and _name(before) not in PARTNERS}
    came = {_key(after) for _, after in edit if after}
    return (struck | gone) - came


def _property(line: str) -> Property:
    return parsed(line) or Property("", line)


def _name(line: str) -> str:
    return _property(line).name


def _group(line: str) -> str:
    return _property(line).group


def _key(line: str) -> tuple[str, ...]:
    return comparable(_property(line))
