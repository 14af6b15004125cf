"""What an intake changed about people, field by field, for whoever asks what is new."""

from __future__ import annotations

from dataclasses import dataclass

from rapport.people.models import CardRevision, Person
from rapport.rules.card import Card, news


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of one person that reads otherwise than before, and the file that says so, in which line."""

    person: str
    field: str
    before: str
    after: str
    source: str
    line: int | None = None


def differences(person: Person, revision: CardRevision, line: int | None = None) -> list[Difference]:
    """Give what one card changed."""
    found = news(Card.parse(revision.before), Card.parse(revision.after))
    return [
        Difference(
            person.name,
            change.field,
            ", ".join(change.before),
            ", ".join(change.after),
            revision.source,
            line,
        )
        for change in found
    ]
