"""What a source says anew of somebody: field by field, against what it said before and what stands by now.

A source is heard when it says something else than it said last: what was looked at once is not brought up again. What
it says no more goes, what it says instead comes in its place, and whatever others said stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from rapport.rules.card.card import Card
from rapport.rules.card.changes import Change, adapted, comparable, difference
from rapport.rules.card.editing import PARTNERS
from rapport.rules.card.history import Edit, Struck, applied, edit_between, without_poorer_name
from rapport.rules.card.lines import escape, outer, parsed, written
from rapport.rules.card.photos import photo_of
from rapport.rules.card.reach import PAGES

FIELDS: Mapping[str, tuple[str, ...]] = {
    "title": ("TITLE", "ROLE"),
    "organisation": ("ORG",),
    "name": ("FN", "N"),
    "emails": ("EMAIL",),
    "phones": ("TEL",),
    "addresses": ("ADR",),
    "urls": PAGES,
    "birthday": ("BDAY",),
    "days": ("ANNIVERSARY", "X-ANNIVERSARY", "X-ABDATE"),
    "photo": ("PHOTO",),
    "note": ("NOTE",),
    "tags": ("CATEGORIES",),
}
"""What is heard of a card, in the order in which one wants to hear it."""

ASKED = tuple(field for field in FIELDS if field not in {"photo", "note", "tags"})
"""What somebody may be asked to confirm: notes and labels in a book are not theirs to read."""

OF_WORK = ("title", "organisation")
"""The fields whose change is news of somebody."""

Lines: TypeAlias = tuple[str, ...]
Key: TypeAlias = tuple[str, ...]

SINGLE = frozenset({"title", "organisation", "name", "birthday", "photo"})
"""Where what a source says takes the place of what stands, unless both are kept."""

_BESIDE = frozenset({"note", "tags"})
"""Where what a source says only ever comes beside what stands: whoever wrote a note keeps it."""


@dataclass(frozen=True, slots=True)
class Saying:
    """What a source says otherwise of one field.

    `edit` makes it so on a card (`history.applied`); `base` are the lines of the field as the source said them before,
    which a later word is compared with while this one waits. `is_conflict`: somebody else said what it would replace.
    """

    change: Change
    edit: Edit
    base: Lines
    is_conflict: bool


def heard(
    given: Card,
    before: Mapping[str, Lines],
    standing: Card,
    *,
    others: AbstractSet[Key] = frozenset(),
    struck: Struck = frozenset(),
) -> dict[str, Saying]:
    """Give by field what a source says anew.

    `before` are the lines it said before of each field; a field that is not there it says for the first time: then
    what the member took out (`struck`) is passed over. `others` is what others said, as `comparable` gives it.
    """
    given = without_poorer_name(given, standing.name)
    struck = struck | _labels_struck(struck, standing)
    found = {}
    for field in FIELDS:
        said = lines_of(given, field, version=standing.version)
        if field not in before:
            said = tuple(line for line in said if not _values((line,)) & struck)
        saying = _saying(field, said, before.get(field, ()), standing, _Known(others, struck))
        if saying is not None:
            found[field] = saying
    return found


def lines_of(card: Card, field: str, *, version: str = "") -> Lines:
    """Give the lines that say a field, with what belongs to them, as a card of a version has them."""
    names = FIELDS[field]
    groups = {prop.group.lower() for prop in card.properties if prop.name in names and prop.group}
    kept = [
        prop
        for prop in card.properties
        if prop.value.strip()
        and (prop.name in names or (prop.name in PARTNERS and prop.group.lower() in groups))
    ]
    if version and field in SINGLE:
        # A title and its employer are heard one by one: their group holds nothing together.
        kept = [prop._replace(group="") for prop in kept if prop.name in names]
    kept = [adapted(prop, version) if version else prop for prop in kept]
    if field == "tags":
        return tuple(f"CATEGORIES:{escape(label)}" for label in Card(map(written, kept)).categories)
    if field == "photo":  # a picture that cannot be shown is no news
        kept = [prop for prop in kept if photo_of(Card([written(prop)]))]
    return tuple(map(written, kept))


def _labels_struck(struck: Struck, standing: Card) -> Struck:
    """Give each label of a list of labels that was taken out or written anew, but for those that stand."""
    gone = (
        label.strip() for name, *said in struck if name == "CATEGORIES" for label in ",".join(said).split(",")
    )
    return frozenset(("CATEGORIES", label) for label in gone) - _values(lines_of(standing, "tags"))


class _Known(NamedTuple):
    """What others said, and what the member took out."""

    others: AbstractSet[Key]
    struck: Struck


def _saying(field: str, said: Lines, before: Lines, standing: Card, known: _Known) -> Saying | None:
    if _values(said) == _values(before) or (field in SINGLE and not said):
        return None
    stands = lines_of(standing, field)
    is_own = field not in SINGLE or bool(_values(before) & _values(stands))
    if field in _BESIDE:
        edit = _put_beside(before if field == "note" else (), said, stands)
    else:
        edit = _between(before if is_own else _first_of_each(stands), said, stands, goes=is_own)
    fresh = applied(standing, edit)
    change = _change(field, standing, fresh)
    if change is None:
        return None
    gone = {value for line, _ in edit if line for value in _values((line,))}
    came = {value for _, line in edit if line for value in _values((line,))}
    is_conflict = bool(came & known.struck) or bool(
        gone & _values(stands) and (not is_own or gone & known.others)
    )
    return Saying(change, edit, before, is_conflict)


def _change(field: str, standing: Card, fresh: Card) -> Change | None:
    """Give what reads otherwise: of several values those that come or go, of jobs also one that is not shown."""
    if field == "photo":
        before, after = _pictures(standing, fresh)
    elif field in OF_WORK or field == "note":
        before, after = _texts(field, standing), _texts(field, fresh)
    else:
        changes = (change for change in difference(standing, fresh) if change.field == field)
        before, after = next(((change.before, change.after) for change in changes), ((), ()))
    gone, came = (
        tuple(said for said in one if said not in other) for one, other in ((before, after), (after, before))
    )
    return Change(field, gone, came) if gone or came else None


def _pictures(standing: Card, fresh: Card) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give words for a picture that comes; the page shows it."""
    if fresh == standing:
        return (), ()
    return (("the one you have",), ("another",)) if photo_of(standing) else ((), ("a picture",))


def _texts(field: str, card: Card) -> tuple[str, ...]:
    props = [prop for name in FIELDS[field] for prop in card.every(name)]
    said = (prop.components[0] if prop.name == "ORG" else prop.text for prop in props)
    return tuple(dict.fromkeys(filter(None, map(str.strip, said))))


def _put_beside(former: Lines, said: Lines, stands: Lines) -> Edit:
    """Give what changes where nothing takes another's place, also when that one was written anew meanwhile."""
    gone = [(line, "") for line in former if not _values((line,)) <= _values(said)]
    return [*gone, *(("", line) for line in said if not _values((line,)) <= _values(stands))]


def _first_of_each(lines: Lines) -> Lines:
    """Give the line of each property that is shown: the others are further jobs, which stay."""
    firsts: dict[str, str] = {}
    for line, prop in zip(lines, outer(lines), strict=True):
        firsts.setdefault(prop.name if prop else "", line)
    return tuple(firsts.values())


def _between(former: Lines, said: Lines, stands: Lines, *, goes: bool) -> Edit:
    """Give what changes: what is not there yet comes, in the group of what it replaces; what is said no more `goes`."""
    gone = [line for line in former if not _values((line,)) <= _values(said)]
    came = [line for line in said if not _values((line,)) <= _values(stands)]
    edit = edit_between(Card(_labelled(gone, former)), Card(_labelled(came, said)))
    return [(old, _in_group_of(old, new)) for old, new in edit if new or goes]


def _labelled(lines: Sequence[str], among: Lines) -> list[str]:
    """Give lines with those that only say more about them."""
    groups = {prop.group.lower() for prop in outer(lines) if prop is not None and prop.group}
    return [
        line
        for line, prop in zip(among, outer(among), strict=True)
        if prop is not None and (line in lines or (prop.name in PARTNERS and prop.group.lower() in groups))
    ]


def _in_group_of(old: str, new: str) -> str:
    was, prop = parsed(old), parsed(new)
    if was is None or prop is None or not was.group or prop.group:
        return new
    return written(prop._replace(group=was.group))


def beside(edit: Edit) -> Edit:
    """Give the edit that adds what is new and takes nothing away."""
    return [("", after) for _, after in edit if after]


def _values(lines: Lines) -> frozenset[Key]:
    props = (prop for prop in outer(lines) if prop is not None)
    return frozenset(comparable(prop) for prop in props if prop.name not in PARTNERS)


def values_of(card: Card) -> frozenset[Key]:
    """Give all that a card says, as `comparable` gives it."""
    return _values(card.lines)
