"""People as programs read them: one object a person, as docs/people.schema.json describes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from rapport.people.models import Person
from rapport.people.origins import Origin, origins
from rapport.rows import in_parts
from rapport.rules.card.jobs import JOBS

_AT_ONCE = 200


def loaded(keys: Iterable[int]) -> Iterator[list[Person]]:
    """Load people some at a time, in the order of their keys, so that a book of any size fits into memory."""
    for some in in_parts(keys, _AT_ONCE):
        found = Person.objects.in_bulk(some)
        yield [found[key] for key in some if key in found]


def records(keys: Iterable[int]) -> Iterator[dict[str, Any]]:
    """Give one object a person, in the order of their keys."""
    for people in loaded(keys):
        came = origins([person.pk for person in people])
        yield from (record_of(person, came[person.pk]) for person in people)


def record_of(person: Person, origin: Origin) -> dict[str, Any]:
    """Give what a card states in short, the member's sorting, and where it came from.

    `birthday` is 1980-05-21, --05-21 without a year, or None. Former jobs are left out.
    """
    card = person.current_card
    jobs = [job for job in JOBS.of(card) if not job.is_former]
    spheres = {"professional": person.is_professional, "social": person.is_social}
    return {
        "id": person.pk,
        "uids": list(origin.uids),
        "name": person.name,
        "emails": list(card.emails),
        "phones": list(card.phones),
        "organisations": list(dict.fromkeys(job.organisation for job in jobs if job.organisation)),
        "titles": list(dict.fromkeys(job.title for job in jobs if job.title)),
        "spheres": [sphere for sphere, is_in in spheres.items() if is_in],
        "tags": list(card.categories),
        "birthday": str(card.birthday) if card.birthday else None,
        "sources": [{"file": file, "row": row} for file, row in origin.rows],
    }
