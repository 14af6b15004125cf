"""What changed between two cards, and one card brought up to date by another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rapport.rules.card.addresses import PostalAddress, addresses_of
from rapport.rules.card.card import Card
from rapport.rules.card.dates import PartialDate
from rapport.rules.card.jobs import JOBS
from rapport.rules.card.lines import Property, escape, outer, parsed, split_unescaped, written

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_COMPARED = (
    *("name", "title", "organisation", "emails", "phones", "addresses", "urls", "note"),
    *("birthday", "days", "tags", "former jobs"),
)
_UPDATED = ("FN", "N", "ORG", "TITLE", "ROLE", "BDAY", "ANNIVERSARY", "GENDER")
SHOWN = {
    "name": ("FN", "N"),
    "title": ("TITLE", "ROLE"),
    "organisation": ("ORG",),
    "birthday": ("BDAY",),
    "phones": ("TEL",),
    "urls": ("URL",),
    "addresses": ("ADR",),
}
"""Where a card says several things and one is shown, the first: the field, and the properties that say it."""

_ONCE = frozenset({"N", "BDAY", "ANNIVERSARY", "GENDER"})
_KEPT = frozenset(
    {"VERSION", "UID", "PRODID", "REV", "PHOTO", "LOGO", "KIND", "CLIENTPIDMAP", "BEGIN", "END"},
)
_OF_AN_ADDRESS = frozenset({"X-ABADR", "X-ABLABEL", "LABEL"})
_STRUCTURED = frozenset({"N", "ADR", "ORG", "GENDER"})
_CASELESS = frozenset({"EMAIL", "URL", "IMPP"})


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a card that reads otherwise than before."""

    field: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def difference(old: Card, new: Card) -> tuple[Change, ...]:
    """Give the fields in which two cards differ, such as title, emails or birthday, in a fixed order."""
    changes = (Change(field, _values(old, field), _values(new, field)) for field in _COMPARED)
    return tuple(change for change in changes if change.before != change.after)


def news(old: Card, new: Card) -> tuple[Change, ...]:
    """Give the fields that read otherwise by a source's word; that who moved had a job before goes without saying."""
    changes = difference(old, new)
    has_moved = any(change.field in {"title", "organisation"} for change in changes)
    return tuple(change for change in changes if not (has_moved and change.field == "former jobs"))


def _values(card: Card, field: str) -> tuple[str, ...]:
    match field:
        case "former jobs":
            return tuple(str(job) for job in JOBS.of(card) if job.is_former)
        case "days":
            return tuple(f"{label} {day}".strip() for label, day in card.dates)
        case "tags":
            return card.categories
    value: str | tuple[object, ...] | None = getattr(card, field)
    if isinstance(value, tuple) and not isinstance(value, PartialDate):
        return tuple(map(str, value))
    return (str(value),) if value else ()


def merged(old: Card, new: Card) -> Card:
    """Give `old` with what `new` says added or updated.

    One person has one name, title and organisation, and one address at work and at home: there the new card has the
    word. All else is added when it is not there yet. Nothing else is touched, and merging the same card twice
    changes nothing more.
    """
    if new.lines == old.lines:
        return old
    lines = list(old.lines)
    for name in _UPDATED:
        lines = _updated(lines, old, new, name)
    lines = _moved(lines, old, new)
    lines += _additions(lines, old, new)
    return old if tuple(lines) == old.lines else Card(lines)


def joined(one: Card, other: Card, chosen: Collection[str] = ()) -> Card:
    """Give one card for two of the same person: all that either says stays on it.

    What a person has once (a name taken apart, a birthday, a gender) is that of `one`; of all else the values of
    `one` come first, which is where they are shown. In the `chosen` fields (of `SHOWN`) it is `other` that counts
    and comes first.
    """
    first = {name for field in chosen for name in SHOWN[field]}
    lines = list(one.lines)
    for name in _UPDATED:
        lines = _both(lines, one, other, name, is_first=name in first)
    lines += [_behind(line, one) for line in _additions(lines, one, other)]
    for name in first - set(_UPDATED):
        lines = _led(lines, name, {comparable(prop) for prop in other.every(name)[:1]})
    return one if tuple(lines) == one.lines else Card(lines)


def _behind(line: str, one: Card) -> str:
    """Let what another card prefers come after what `one` says by the same property."""
    prop = parsed(line) if "PREF" in line.upper() else None
    return written(_unpreferred(prop)) if prop is not None and one.every(prop.name) else line


def _both(lines: list[str], one: Card, other: Card, name: str, *, is_first: bool) -> list[str]:
    """Let a card say what both say by a property that a newer card would replace."""
    mine, theirs = one.every(name), other.every(name)
    if not theirs or (mine and name in _ONCE and not is_first):
        return lines
    written_here = tuple(adapted(prop._replace(group=""), one.version) for prop in theirs)
    if name in _ONCE:
        kept = [written_here[0]]
    else:
        leading, following = (written_here, mine) if is_first or not mine else (mine, written_here)
        known = {comparable(prop) for prop in leading}
        kept = [*leading, *(_unpreferred(prop) for prop in following if comparable(prop) not in known)]
    return lines if kept == list(mine) else _said_by(lines, name, [written(prop) for prop in kept])


def _said_by(lines: list[str], name: str, fresh: list[str]) -> list[str]:
    """Write properties of a name where the first of them stood, or at the end."""
    places = [place for place, prop in enumerate(outer(lines)) if prop is not None and prop.name == name]
    if not places:
        return [*lines, *fresh]
    first, *others = places
    return [
        piece
        for place, line in enumerate(lines)
        for piece in (fresh if place == first else [] if place in others else [line])
    ]


def _led(lines: list[str], name: str, first: set[tuple[str, ...]]) -> list[str]:
    """Let one property of a name come before the others, which are preferred no more."""
    found = [
        (place, prop) for place, prop in enumerate(outer(lines)) if prop is not None and prop.name == name
    ]
    ordered = sorted((prop for _, prop in found), key=lambda prop: comparable(prop) not in first)
    led = list(lines)
    for (place, prop), fresh in zip(found, ordered, strict=True):
        said = fresh if comparable(fresh) in first else _unpreferred(fresh)
        if said != prop:
            led[place] = written(said)
    return led


def _unpreferred(prop: Property) -> Property:
    kept = []
    for name, value in prop.parameters:
        said = value
        if name == "TYPE":
            said = ",".join(kind for kind in value.split(",") if kind.strip().lower() != "pref")
        if name != "PREF" and (said or not value):
            kept.append((name, said))
    return prop._replace(parameters=tuple(kept))


def _updated(lines: list[str], old: Card, new: Card, name: str) -> list[str]:
    said = new.every(name)
    if not said or [comparable(prop) for prop in said] == [comparable(prop) for prop in old.every(name)]:
        return lines
    fresh = [written(adapted(prop._replace(group=""), old.version)) for prop in said]
    return _said_by(lines, name, fresh)


def _moved(lines: list[str], old: Card, new: Card) -> list[str]:
    """Put a whole address in place of those that stood for the same place; one that says less is only added."""
    preferred: dict[str, PostalAddress] = {}
    for address in new.addresses:
        preferred.setdefault(address.place, address)
    for place, address in preferred.items():
        former = [_unlabelled(other) for other in old.addresses if other.place == place]
        if address.reaches and former and _unlabelled(address) not in former:
            stale = [
                (at, prop)
                for at, prop in enumerate(outer(lines))
                if prop is not None and prop.name == "ADR" and _stands_for(prop, place)
            ]
            lines = _replaced(lines, stale, written(adapted(address.prop, old.version)))
    return lines


def _unlabelled(address: PostalAddress) -> PostalAddress:
    return replace(address, label="")


def _stands_for(prop: Property, place: str) -> bool:
    return any(address.place == place for address in addresses_of((), (prop,)))


def _replaced(lines: list[str], stale: list[tuple[int, Property]], fresh: str) -> list[str]:
    """Write `fresh` where the first stale address stood, and leave out the others and what belonged to them."""
    places = [place for place, _ in stale]
    groups = {prop.group.lower() for _, prop in stale if prop.group}
    kept: list[str] = []
    for place, (line, prop) in enumerate(zip(lines, outer(lines), strict=True)):
        if place in places:
            kept += [fresh] if place == places[0] else []
        elif prop is None or prop.name not in _OF_AN_ADDRESS or prop.group.lower() not in groups:
            kept.append(line)
    return kept


def _additions(lines: list[str], old: Card, new: Card) -> Iterator[str]:
    present = {comparable(prop) for prop in outer(lines) if prop is not None}
    pictures = {prop.name for prop in old.properties}
    groups = {prop.group.lower() for prop in old.properties if prop.group}
    renamed: dict[str, str] = {}
    for prop in (adapted(prop, old.version) for prop in new.properties):
        fill = prop.name in {"PHOTO", "LOGO", "UID"} and prop.name not in pictures
        if not prop.value.strip() or prop.name in _UPDATED or (prop.name in _KEPT and not fill):
            continue
        if comparable(prop) in present or prop.name == "X-ABLABEL":
            continue
        present.add(comparable(prop))
        pictures.add(prop.name)
        if not prop.group:
            yield written(prop)
            continue
        is_first = prop.group not in renamed
        group = renamed.setdefault(prop.group, _free_group(prop.group, groups))
        groups.add(group.lower())
        yield written(prop._replace(group=group))
        if is_first:
            partners = (
                label
                for label in new.properties
                if label.name == "X-ABLABEL" and label.group.lower() == prop.group.lower()
            )
            yield from (written(adapted(label._replace(group=group), old.version)) for label in partners)


def _free_group(group: str, taken: set[str]) -> str:
    if group.lower() not in taken:
        return group
    number = 1
    while f"item{number}" in taken:
        number += 1
    return f"item{number}"


def comparable(prop: Property) -> tuple[str, ...]:
    """Give what makes two properties the same: name and value, not how the value was encoded."""
    if prop.name in _STRUCTURED:
        parts = [" ".join(part.split()) for part in prop.components]
        while parts and not parts[-1]:
            parts.pop()
        return (prop.name, *parts)
    text = " ".join(prop.text.split())
    if prop.name == "TEL":
        number = text.lower().removeprefix("tel:")
        text = "".join(character for character in number if character.isalnum() or character == "+")
    elif prop.name in _CASELESS:
        text = text.lower().removeprefix("mailto:")
    return (prop.name, text)


def adapted(prop: Property, version: str) -> Property:
    """Write a property so that it can stand in a card of another version."""
    encoding = prop.parameter("ENCODING").upper()
    if encoding == "QUOTED-PRINTABLE":
        parts = [prop.decoded]
        if prop.name in _STRUCTURED:
            parts = split_unescaped(prop.decoded, ";")
        value = ";".join(part if prop.name in _STRUCTURED else escape(prop.text) for part in parts)
        value = value.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")
        return prop._replace(value=value, parameters=_without(prop, {"ENCODING", "CHARSET"}))
    if encoding in {"B", "BASE64"} and version.startswith("4"):
        kind = (next(iter(sorted(prop.types - {"pref"})), "") or "jpeg").rpartition("/")[2]
        value = f"data:image/{kind};base64,{prop.value.strip()}"
        return prop._replace(value=value, parameters=_without(prop, {"ENCODING", "TYPE"}))
    return prop


def _without(prop: Property, names: set[str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in prop.parameters if name not in names)
