"""What `rapport plan` has to show, as a page or as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rapport.accounts.models import Member
from rapport.interviews.models import Interview
from rapport.people.models import Person
from rapport.rules.etiquette import Advice


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run has to show: interviews with their plans, people met elsewhere with advice, and what was left."""

    member: Member
    school: str
    now: datetime
    interviews: tuple[Interview, ...]
    elsewhere: tuple[tuple[Person, Advice], ...]
    set_aside: list[dict[str, Any]]
    problems: list[dict[str, Any]]
    remarks: list[dict[str, Any]]
