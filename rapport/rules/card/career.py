"""A career told by its owner: each job finds its row on their card, whatever was known of it, or gets a new one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib import import_module
from typing import Any, NamedTuple

from rapport.rules.card.card import Card
from rapport.rules.card.jobs import JOBS, Job


class Turn(NamedTuple):
    """What became of one job: the number of the one told that did it, what stood (None of a new one), what stands."""

    number: int
    before: Job | None
    now: Job


def with_career(card: Card, told: Sequence[Job]) -> tuple[Card, list[Turn]]:
    """Give the card with the jobs told, and what is otherwise by it, in the order in which they were told.

    A present job that nobody tells of ends when another at the same employer, or without one, begins. What is told
    without a date keeps the one that stood; of two spellings the one on the card stays.
    """
    standing = JOBS.of(card)
    places = _places(standing, told)
    rows: list[Job | None] = list(standing)
    turns = []
    left = [place for place, job in enumerate(standing) if place not in places.values() and not job.is_former]
    for number, job in enumerate(told):
        place = places.get(number)
        now = job if place is None else _known(standing[place], job)
        if place is None or now != standing[place]:
            turns.append(Turn(number, None if place is None else standing[place], now))
        if place is not None:
            rows[place] = now
            continue
        for former in [place for place in left if _gives_way(standing[place], job)][:1]:
            left.remove(former)
            ended = rows[former] = replace(standing[former], until=job.since, is_former=True)
            turns.append(Turn(number, standing[former], ended))
    new = [job for number, job in enumerate(told) if number not in places]
    return JOBS.edited(card, [*rows, *new]), turns


def _places(standing: Sequence[Job], told: Sequence[Job]) -> dict[int, int]:
    """Give by the number of a job told the number of its row: the surest matches first, each once."""
    sameness = _sameness()
    ways: Sequence[Callable[[Job, Job], bool]] = (
        lambda one, other: sameness.same_job(one, other) and one.since == other.since,
        sameness.same_job,
        lambda one, other: (
            one.since is not None
            and one.since == other.since
            and sameness.same_employer(one.organisation, other.organisation)
        ),
        lambda one, other: (
            not (one.organisation and other.organisation) and sameness.same_title(one.title, other.title)
        ),
    )
    found: dict[int, int] = {}
    for is_same in ways:
        for number, job in enumerate(told):
            free = (place for place in range(len(standing)) if place not in found.values())
            place = next((place for place in free if is_same(standing[place], job)), None)
            if number not in found and place is not None:
                found[number] = place
    return found


def _known(standing: Job, told: Job) -> Job:
    sameness = _sameness()
    is_spelt = sameness.same_employer(standing.organisation, told.organisation)
    is_titled = sameness.same_title(standing.title, told.title)
    return Job(
        organisation=standing.organisation if is_spelt else told.organisation or standing.organisation,
        title=standing.title if is_titled else told.title or standing.title,
        since=told.since or standing.since,
        until=(told.until or standing.until) if told.is_former else None,
        is_former=told.is_former,
    )


def _gives_way(standing: Job, told: Job) -> bool:
    if told.is_former:
        return False
    return not standing.organisation or bool(
        _sameness().same_employer(standing.organisation, told.organisation)
    )


def _sameness() -> Any:
    # Loaded once there is something to compare: recognition takes a twentieth of a cold start.
    return import_module("rapport.rules.sameness.jobs")
