"""How news are told: a line for what happened, with all that it changed, as a person would say it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rapport.accounts.models import Member
from rapport.followups.models import Step
from rapport.interviews.models import Application, Interview
from rapport.journal.models import Entry
from rapport.notifications.news import DECIDED, News, Otherwise
from rapport.people.models import Person
from rapport.rules import phrases

_NAMED = 4
"""How many people are named in one breath; the others are counted."""

_EVENTS = (DECIDED, "person.wrote", "interview.moved", "interview.cancelled")
"""What happened, of all news, that changes what to do: what it changed is told with it."""


@dataclass(frozen=True, slots=True)
class Told:
    """A line: the entry that it tells, in words, what that changed, and the interview whose page shows it (or None)."""

    entry: Entry
    says: str
    changed: str = ""
    interview: int | None = None

    @property
    def at(self) -> datetime:
        """When it happened."""
        return self.entry.at

    @property
    def verb(self) -> str:
        """What kind of news it is."""
        return self.entry.verb

    @property
    def member(self) -> Member:
        """Whose news it is."""
        return self.entry.member


def told(news: News) -> list[Told]:
    """Tell news in lines, the latest first; what merely completes somebody's card stands last."""
    changed_with: dict[int, list[Otherwise]] = {one.pk: [] for one in news.happened if one.verb in _EVENTS}
    alone: list[Otherwise] = []
    for change in news.changed:
        event = _event_of(change, news.happened)
        (alone if event is None else changed_with[event.pk]).append(change)
    lines = [_with_changes(one, changed_with.get(one.pk, []), news.held) for one in news.happened]
    lines += _released(alone)
    return sorted(lines, key=lambda line: (not _is_minor(line.entry), line.at), reverse=True)


def _is_minor(entry: Entry) -> bool:
    return entry.verb == "person.absorbed" and not entry.changes.keys() & {"title", "organisation"}


def _event_of(change: Otherwise, happened: Iterable[Entry]) -> Entry | None:
    """Give what happened at the very moment of a change to its application, its interview or its person."""
    interview = change.step.plan.interview
    for one in happened:
        is_of_it = (
            interview.application_id in one.keys_of(Application)
            or interview.pk in one.keys_of(Interview)
            or change.step.person_id in one.keys_of(Person)
        )
        if one.verb in _EVENTS and one.at == change.entry.at and is_of_it:
            return one
    return None


def _with_changes(entry: Entry, changes: Sequence[Otherwise], held: Iterable[Step]) -> Told:
    """Tell what happened with what it changed: what is to be done, what one may, what is over, and what is held."""
    decided = entry.keys_of(Application) if entry.verb == DECIDED else []
    kept = [step for step in held if step.plan.interview.application_id in decided]
    sentences = [
        *_sentence("To do", [one.step for one in changes if one.is_time]),
        *_sentence("You may", [one.step for one in changes if one.is_free]),
        *_sentence("No longer", [one.step for one in changes if one.is_over]),
    ]
    for event, steps in _by(kept, lambda step: step.until).items():
        sentences += _sentence(f"Held {phrases.until(event)}".rstrip(), steps)
    interviews = [one.plan.interview for one in (*(change.step for change in changes), *kept)]
    last = max(interviews, key=lambda one: one.starts_at).pk if decided and interviews else None
    return Told(entry, entry.says, " ".join(sentences), last)


def _released(changes: Iterable[Otherwise]) -> Iterator[Told]:
    """Tell what is to be done now, or may be, for no other news: that something is unwise now is none."""
    freed = [change for change in changes if change.is_time or change.is_free]
    for alike in _by(freed, lambda one: (one.entry.at, one.because, one.is_time)).values():
        because = f", because {alike[0].because}." if alike[0].because else "."
        for deed in _deeds([one.step for one in alike]):
            says = f"It is time to {deed}" if alike[0].is_time else f"You may {deed} now"
            yield Told(alike[0].entry, says + because)


def _sentence(says: str, steps: Sequence[Step]) -> Iterator[str]:
    if steps:
        yield f"{says}: {'; '.join(_deeds(steps))}."


def _deeds(steps: Iterable[Step]) -> list[str]:
    """Say what is done towards whom, inside a sentence: the same towards several people once."""
    alike = _by(steps, lambda step: (step.act, step.channel))
    deeds = (
        phrases.deed(act, channel, _named([one.person.name for one in some]))
        for (act, channel), some in alike.items()
    )
    return [f"{deed[:1].lower()}{deed[1:]}" for deed in deeds]


def _named(names: Sequence[str]) -> str:
    shown = list(dict.fromkeys(names))
    if len(shown) > _NAMED:
        shown = [*shown[: _NAMED - 1], f"{len(shown) - _NAMED + 1} more"]
    *first, last = shown
    return f"{', '.join(first)} and {last}" if first else last


def _by(things: Iterable[Any], key: Any) -> dict[Any, list[Any]]:
    """Put together what is alike, in the order in which it comes."""
    found: defaultdict[Any, list[Any]] = defaultdict(list)
    for thing in things:
        found[key(thing)].append(thing)
    return found
