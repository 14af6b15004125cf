"""What `rapport plan` has to show, as a page or as JSON."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rapport.accounts.models import Member
from rapport.intake.models.batch import whole
from rapport.interviews.models import Interview
from rapport.people.models import Person
from rapport.rows import in_parts
from rapport.rules.etiquette import Advice

_AT_ONCE = 50
"""How many interviews are held in memory while they are written."""


@dataclass(frozen=True, slots=True)
class Whole(Collection[Interview]):
    """Interviews in the order of time with all there is to show, loaded some at a time as they are written.

    A thousand of them at once would fill several hundred megabytes.
    """

    keys: tuple[int, ...]

    def __iter__(self) -> Iterator[Interview]:
        for some in in_parts(self.keys, _AT_ONCE):
            yield from whole(some)

    def __len__(self) -> int:
        return len(self.keys)

    def __contains__(self, interview: object) -> bool:
        return isinstance(interview, Interview) and interview.pk in self.keys


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run has to show: interviews with their plans, people met elsewhere with advice, and what was left."""

    member: Member
    school: str
    now: datetime
    interviews: Collection[Interview]
    elsewhere: tuple[tuple[Person, Advice], ...]
    set_aside: list[dict[str, Any]]
    problems: list[dict[str, Any]]
    remarks: list[dict[str, Any]]
