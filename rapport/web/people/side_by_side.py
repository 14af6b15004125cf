"""People who may be one, side by side: what differs, to be chosen field by field, and what all say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapport.people.duplicates import Duplicates
from rapport.people.models import Person
from rapport.rules.card import SHOWN, Card

_LABELS = {
    "name": "Name",
    "title": "What they do",
    "organisation": "Where",
    "phones": "Phone",
    "urls": "Web",
    "addresses": "Post",
    "birthday": "Birthday",
}


@dataclass(frozen=True, slots=True)
class Option:
    """What one person's card says in a field; `is_shown`: it is what would be shown unless another is chosen."""

    person: Person
    says: str
    is_shown: bool


@dataclass(frozen=True, slots=True)
class Field:
    """A field in which cards differ; `name` is one of `rules.card.SHOWN`."""

    name: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """One proposal as its page shows it; `first` would stand for all."""

    first: Person
    others: tuple[Person, ...]
    is_sure: bool
    because: tuple[str, ...]
    fields: tuple[Field, ...]

    @property
    def people(self) -> tuple[Person, ...]:
        """All of them, who would stand for the others first."""
        return (self.first, *self.others)


def side_by_side(group: Duplicates) -> SideBySide:
    """Lay a group out; whoever came into the book first would stand for all."""
    first, *others = sorted(group.people, key=lambda one: one.pk)
    cards = [(one, Card.parse(one.card)) for one in (first, *others)]
    fields = (_field(name, [(one, _said(card, name)) for one, card in cards]) for name in _LABELS)
    return SideBySide(
        first, tuple(others), group.verdict == "same", group.because, tuple(filter(None, fields))
    )


def chosen_for(posted: Mapping[str, str], other: Person) -> frozenset[str]:
    """Give the fields where a form says that the value of `other` is the one to show."""
    return frozenset(name for name in SHOWN if posted.get(f"show-{name}") == str(other.pk))


def _field(name: str, said: Sequence[tuple[Person, str]]) -> Field | None:
    """Give a field to choose in, or None where all who say something say the same."""
    options: dict[str, tuple[Person, str]] = {}
    for person, text in said:
        if text:
            options.setdefault(" ".join(text.split()).casefold(), (person, text))
    if len(options) < 2:  # noqa: PLR2004  (a choice is between two)
        return None
    usual = _usual(name, [text for _, text in options.values()])
    return Field(
        name, _LABELS[name], tuple(Option(person, text, text == usual) for person, text in options.values())
    )


def _usual(name: str, texts: Sequence[str]) -> str:
    """Give what is shown unless another is chosen: the first; of names rather one that is no address, and whole."""
    if name != "name":
        return texts[0]
    return max(texts, key=lambda text: ("@" not in text, min(len(text.split()), 2)))


def _said(card: Card, name: str) -> str:
    said: object = getattr(card, name)
    if isinstance(said, Iterable) and not isinstance(said, str):
        return next(map(str, said), "")
    return str(said or "")
