"""Jobs that somebody left: a source tells what they do now, and what they did before stays on the card.

The end of such a job is about when it was noticed, unless the source dates the next. It is marked (X-NOTICED), so that
a job which turns out to go on is not a former one any more; what the member typed is never taken back so.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date
from importlib import import_module
from typing import Any

from rapport.rules.card.card import Card
from rapport.rules.card.changes import comparable, merged
from rapport.rules.card.dates import PartialDate
from rapport.rules.card.editing import Editing
from rapport.rules.card.jobs import FORMER, JOBS, SINCE, Job, is_noticed, put_noticed

_TOLD_BY = ("ORG", "TITLE", "ROLE")


def tells_another_job(before: Card, after: Card) -> bool:
    """Whether what somebody does reads otherwise: only then is it worth the comparison."""
    return any(
        [comparable(prop) for prop in before.every(name)] != [comparable(prop) for prop in after.every(name)]
        for name in (*_TOLD_BY, SINCE)
    )


def with_jobs_left(
    before: Card, said: Card, noticed: date, struck: AbstractSet[tuple[str, ...]] = frozenset()
) -> Card:
    """Give `before` brought up to date by `said`, with the jobs that it ends as former ones.

    A source that names one of several jobs ends none of the others; a new job takes the place of one at the same
    employer, else of the first. A respelling ends nothing. What an edit took out (`struck`) stays out.
    """
    after = merged(before, said)
    if before.is_organisation or after.is_organisation:
        return after
    telling = _Telling(_present(before), _present(after), _present(said))
    if telling.stays and not telling.came:
        return merged(before, _without_jobs(said))
    editing = Editing(after)
    for place in _loose(editing):
        editing.remove(place)
    after = editing.card
    former = [
        job if not is_noticed(after, number) else telling.unless_it_goes_on(job)
        for number, job in _former(after)
    ]
    after = JOBS.edited(after, [*telling.now, *former, *telling.stays])
    until = PartialDate(noticed.year, noticed.month)
    ended = [replace(job, until=ends or until, is_former=True) for job, ends in telling.ended]
    return put_noticed(after, [job for job in ended if not _is_told(job, after, struck)])


def with_job_left(
    card: Card, left: Job, noticed: date, struck: AbstractSet[tuple[str, ...]] = frozenset()
) -> Card:
    """Give a card that says by now what somebody does with `left`, what they did before, unless that goes on."""
    if card.is_organisation or any(_sameness().continues(left, job) for job in _present(card)):
        return card
    follows = [
        replace(job, since=None) if job.since == left.since and not job.is_former else job
        for job in JOBS.of(card)
    ]
    card = JOBS.edited(card, follows) if left.since else card
    ended = replace(left, until=PartialDate(noticed.year, noticed.month), is_former=True)
    return card if _is_told(ended, card, struck) else put_noticed(card, [ended])


class _Telling:
    """The jobs that stood and those told now: which go on, which came, which ended, which stay untold."""

    def __init__(self, old: Sequence[Job], new: Sequence[Job], said: Sequence[Job]) -> None:
        self.stays = list(old)
        self.now: list[Job] = []
        self.came: list[Job] = []
        self.ended: list[tuple[Job, PartialDate | None]] = []
        for job in new:
            self.now.append(self._continued(_dated(job, said)))
        for job in self.came:
            if self.stays:
                gone = self._followed_by(job)
                self.stays.remove(gone)
                self.ended.append((gone, job.since))

    def _continued(self, job: Job) -> Job:
        sameness = _sameness()
        alike = [one for one in self.stays if sameness.continues(one, job)]
        if not alike:
            self.came.append(job)
            return job
        same = next((one for one in alike if sameness.same_job(one, job)), alike[0])
        self.stays.remove(same)
        return Job(job.organisation or same.organisation, job.title or same.title, job.since or same.since)

    def _followed_by(self, job: Job) -> Job:
        same_employer = _sameness().same_employer
        theirs = (one for one in self.stays if same_employer(one.organisation, job.organisation))
        return next(theirs, self.stays[0])

    def unless_it_goes_on(self, former: Job) -> Job | None:
        """Give a former job, None when it is told as one of now."""
        return None if any(_sameness().same_job(former, job) for job in self.now) else former


def _dated(job: Job, said: Sequence[Job]) -> Job:
    """Give a job with since when, as the source tells it: what stood there may be of the job before."""
    return replace(job, since=next((one.since for one in said if _sameness().same_job(one, job)), None))


def _present(card: Card) -> list[Job]:
    return [job for job in JOBS.of(card) if not job.is_former]


def _former(card: Card) -> list[tuple[int, Job]]:
    return list(enumerate(job for job in JOBS.of(card) if job.is_former))


def _without_jobs(card: Card) -> Card:
    editing = Editing(card)
    for place in [place for name in (*_TOLD_BY, SINCE) for place in editing.places(name)]:
        editing.remove(place)
    return editing.card


def _loose(editing: Editing) -> list[int]:
    """Give the places of beginnings whose job is not there any more."""
    groups = {editing.at(place).group.lower() for name in _TOLD_BY for place in editing.places(name)} - {""}
    return [place for place in editing.places(SINCE) if editing.at(place).group.lower() not in groups]


def _is_told(job: Job, card: Card, struck: AbstractSet[tuple[str, ...]]) -> bool:
    """Whether the card has it among the former ones, or an edit took it out of them."""
    if any(_sameness().same_job(job, other) for _, other in _former(card)):
        return True
    begins = f"{job.organisation};{job.title};".casefold()
    return any(key[0] == FORMER and key[-1].casefold().startswith(begins) for key in struck)


def _sameness() -> Any:
    # Loaded once there is something to compare: recognition takes a twentieth of a cold start.
    return import_module("rapport.rules.sameness.jobs")
