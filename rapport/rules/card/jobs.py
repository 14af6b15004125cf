"""What somebody does and did: jobs of a card, several at once and former ones, each as a row.

A present job is an ORG with its TITLE; where there are several, each pair stands in a group, as other programs write
it. Since when is X-SINCE in the same group. vCard has nothing for former jobs: each is an X-FORMER-JOB, Rapport's
own, of organisation, title, since and until. X-NOTICED on it: its end is when a source was heard to name another job.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapport.rules.card.card import Card
from rapport.rules.card.dates import PartialDate, partial_date
from rapport.rules.card.editing import Editing, stated
from rapport.rules.card.lines import Property, written
from rapport.rules.card.reach import numbered
from rapport.rules.card.rows import Rows

FORMER = "X-FORMER-JOB"
SINCE = "X-SINCE"
_NOTICED = "X-NOTICED"


@dataclass(frozen=True, slots=True)
class Job:
    """A job; `since` and `until` are known to the day, month or year, or not at all."""

    organisation: str
    title: str = ""
    since: PartialDate | None = None
    until: PartialDate | None = None
    is_former: bool = False

    def __str__(self) -> str:
        """The job as one says it: Director, Initech (2019-03 to 2021)."""
        what = ", ".join(filter(None, (self.title, self.organisation)))
        if self.since or self.until:
            what += f" ({self.since or '…'} to {self.until or ('…' if self.is_former else 'now')})"
        return what


class _Place(NamedTuple):
    """The places of a job's properties; -1 for one that it has not."""

    organisation: int = -1
    title: int = -1
    since: int = -1
    former: int = -1

    @property
    def standing(self) -> tuple[int, ...]:
        return tuple(place for place in self if place >= 0)


def _jobs(card: Card) -> list[tuple[_Place, Job]]:
    return [*_present(card), *_former(card)]


def _present(card: Card) -> list[tuple[_Place, Job]]:
    places = dict(numbered(card, "ORG", "TITLE", "ROLE", SINCE))
    organisations = [place for place, prop in places.items() if prop.name == "ORG"]
    titles = [place for place, prop in places.items() if prop.name == "TITLE"]
    titles = titles or [place for place, prop in places.items() if prop.name == "ROLE"]
    pairs = _in_groups(places, organisations, titles)
    loose = [place for place in organisations if place not in {pair[0] for pair in pairs}]
    others = [place for place in titles if place not in {pair[1] for pair in pairs}]
    number = min(len(loose), len(others))
    pairs += zip(loose[:number], others[:number], strict=True)
    pairs += [(place, -1) for place in loose[number:]] + [(-1, place) for place in others[number:]]
    return [_job(places, *pair) for pair in sorted(pairs, key=lambda pair: min(p for p in pair if p >= 0))]


def _in_groups(
    places: dict[int, Property], organisations: Sequence[int], titles: Sequence[int]
) -> list[tuple[int, int]]:
    of_group = {places[place].group.lower(): place for place in reversed(titles) if places[place].group}
    found = ((place, of_group.pop(places[place].group.lower(), -1)) for place in organisations)
    return [(place, title) for place, title in found if title >= 0]


def _job(places: dict[int, Property], organisation: int, title: int) -> tuple[_Place, Job]:
    groups = {places[place].group.lower() for place in (organisation, title) if place >= 0} - {""}
    since = next(
        (place for place, prop in places.items() if prop.name == SINCE and prop.group.lower() in groups), -1
    )
    job = Job(
        organisation=places[organisation].components[0].strip() if organisation >= 0 else "",
        title=places[title].text.strip() if title >= 0 else "",
        since=partial_date(places[since].text) if since >= 0 else None,
    )
    return _Place(organisation, title, since), job


def _former(card: Card) -> list[tuple[_Place, Job]]:
    found = []
    for place, prop in numbered(card, FORMER):
        organisation, title, since, until = (*(part.strip() for part in prop.components), "", "", "", "")[:4]
        job = Job(organisation, title, partial_date(since), partial_date(until), is_former=True)
        found.append((_Place(former=place), job))
    return found


def _put(editing: Editing, place: _Place | None, job: Job) -> None:
    if job.is_former:
        value = _value(job)
        if place is None:
            editing.add(FORMER, value)
        else:
            editing.set(place.former, value)
            prop = editing.at(place.former)
            kept = tuple(pair for pair in prop.parameters if pair[0] != _NOTICED)
            editing.put(place.former, written(prop._replace(parameters=kept)))
    elif place is None:
        _add(editing, job)
    else:
        _change(editing, place, job)


def _value(job: Job) -> tuple[str, ...]:
    return (job.organisation, job.title, str(job.since or ""), str(job.until or ""))


def _add(editing: Editing, job: Job) -> None:
    is_only = not editing.places("ORG") and not editing.places("TITLE") and job.since is None
    group = "" if is_only else editing.free_group()
    said = ((SINCE, str(job.since or "")), ("TITLE", job.title), ("ORG", (job.organisation,)))
    for name, value in said:
        if "".join(value):
            editing.add(name, value, group=group)


def _change(editing: Editing, place: _Place, job: Job) -> None:
    """Say what is another, below first: what is added or goes there moves nothing above."""
    group = ""
    if place.since < 0 and job.since:
        group = editing.together(*place.standing)
    elif place.standing:
        group = next((prop.group for prop in map(editing.at, place.standing) if prop.group), "")
    if place.organisation >= 0 and job.organisation:
        kept = editing.at(place.organisation).components[1:]
        if editing.at(place.organisation).components[0].strip() != job.organisation:
            editing.set(place.organisation, (job.organisation, *kept))
    if place.title >= 0 and job.title and editing.at(place.title).text.strip() != job.title:
        editing.set(place.title, job.title)
    if place.since >= 0 and job.since and partial_date(editing.at(place.since).text) != job.since:
        editing.set(place.since, str(job.since))
    gone = [
        at
        for at, said in zip(place[:3], (job.organisation, job.title, job.since), strict=True)
        if at >= 0 and not said
    ]
    for at in gone:
        editing.remove(at)
    news = (
        ("ORG", (job.organisation,) if place.organisation < 0 else ()),
        ("TITLE", job.title if place.title < 0 else ""),
        (SINCE, str(job.since or "") if place.since < 0 else ""),
    )
    for name, value in news:
        if "".join(value):
            editing.add(name, value, group=group)


def _remove(editing: Editing, place: _Place) -> None:
    for at in place.standing:
        editing.remove(at)


def _moves(standing: Job, said: Job) -> bool:
    return standing.is_former != said.is_former


JOBS = Rows(_jobs, _put, _remove, _moves)


def put_noticed(card: Card, jobs: Sequence[Job]) -> Card:
    """Give the card with former jobs added, marked as noticed."""
    editing = Editing(card)
    for job in jobs:
        prop = stated(FORMER, _value(job), editing.version)
        editing.insert(written(prop._replace(parameters=((_NOTICED, "yes"), *prop.parameters))))
    return editing.card


def is_noticed(card: Card, number: int) -> bool:
    """Whether the end of a card's former job, by its number among them, was noticed and not stated by anybody."""
    return bool([prop for _, prop in numbered(card, FORMER)][number].parameter(_NOTICED))
