"""Imports worked on: looked at without a trace in the book, or brought in as one batch in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import Any, BinaryIO

from django.db import transaction

from rapport.importers.findings import Place
from rapport.importers.reading import holds_many
from rapport.intake.models import Batch, Import
from rapport.intake.models.noted import OfKinds
from rapport.intake.models.waiting import Line, State
from rapport.intake.progress import Tell, told_of
from rapport.intake.taking import take_in
from rapport.interviews.models import Interview
from rapport.network.models import Connection, Invitation
from rapport.people.models import CardRevision, Person, Suggestion
from rapport.rows import in_parts
from rapport.rules import phrases

SHORT = 256 << 10
"""Bytes that a page reads while its member waits, in about a second; the worker takes what is longer."""


def is_looked_at_first(files: Iterable[tuple[str, BinaryIO]]) -> bool:
    """Whether files hold so much that the member should see what they bring before it is in."""
    return any(holds_many(stream) for _, stream in files)


def work_on(claimed: Import, clock: Callable[[], datetime]) -> None:
    """Do what an import that was claimed waits for. Killed at any moment, it has been done whole or not at all."""
    with told_of(name_of(claimed.pk)) as tell:
        if claimed.state == State.LOOK:
            _look(claimed, clock(), tell)
        else:
            _bring_in(claimed, clock(), tell)


def work_at_once(waiting: Import, clock: Callable[[], datetime]) -> None:
    """Do it now when it is short; the worker does it otherwise."""
    if waiting.octets <= SHORT and (claimed := Import.claimed(waiting.pk, at=clock())):
        work_on(claimed, clock)


def name_of(key: int) -> str:
    """Name an import for its progress."""
    return f"import-{key}"


def _look(claimed: Import, at: datetime, tell: Tell) -> None:
    with transaction.atomic():
        batch = take_in(claimed.member, claimed.files(), at=at, tell=tell)
        lines = list(_lines(batch))
        transaction.set_rollback(True)
    claimed.looked_at(batch, lines)


def _bring_in(claimed: Import, at: datetime, tell: Tell) -> None:
    with transaction.atomic():
        batch = take_in(claimed.member, claimed.files(), at=at, tell=tell)
        claimed.applied(batch)


def _lines(batch: Batch) -> Iterator[Line]:
    """Say what a batch did, row by row, while it is still in the tables."""
    if batch.pk:
        kinds = OfKinds(batch)
        at = batch.places_now.get
        for interview in Interview.objects.filter(pk__in=kinds.keys_made(Interview)):
            place = at((Interview, interview.pk))
            yield _line("new", str(interview), "an interview, with its plan", place)
        for interview in Interview.objects.filter(pk__in=[one.key for one in kinds.changed(Interview)]):
            says = "an interview that was moved, cancelled or changed"
            yield _line("changed", str(interview), says, at((Interview, interview.pk)))
        yield from _new_people(kinds.keys_made(Person))
        for tie in _ties(Invitation, kinds):
            whose = "your invitation to them" if tie.direction == "sent" else "their invitation to you"
            place = at((Invitation, (tie.person_id, tie.direction, tie.sent_at)))
            yield _line("new", tie.person.name, f"{whose}, of {tie.sent_at:%-d %B %Y}", place)
        for one in _ties(Suggestion, kinds):
            said = _in_words(one.field, ", ".join(one.before), ", ".join(one.after))
            says = f"{said}; it would wait for your word"
            yield _line("changed", one.person.name, says, at((Suggestion, one.pk)))
        for tie in _ties(Connection, kinds):
            place = at((Connection, tie.person_id))
            yield _line("changed", tie.person.name, "stands among your connections", place)
    for (person, source, line), changes in groupby(
        batch.differences_now, key=lambda one: (one.person, one.source, one.line)
    ):
        says = "; ".join(_in_words(one.field, one.before, one.after) for one in changes)
        yield _line("changed", person, says, Place(source, line))
    for one in batch.proposed_now:
        yield ("proposed", one["name"][:500], one["says"], one["file"][:300], one["line"])
    for problem in batch.problems:
        yield ("unreadable", problem["file"][:500], problem["says"], problem["file"][:300], problem["line"])


def _in_words(field: str, before: str, after: str) -> str:
    """Say what would read otherwise."""
    was, now = (phrases.card_value(field, said) for said in (before, after))
    name = phrases.CARD_FIELDS.get(field, field.capitalize())
    return f"{name} {was} → {now or 'nothing any more'}" if was else f"{name} {now}"


def _line(verdict: str, name: str, says: str, place: Place | None) -> Line:
    return (verdict, name[:500], says, place.file[:300] if place else "", place.line if place else None)


def _ties(kind: type[Any], kinds: OfKinds) -> Iterator[Any]:
    for part in in_parts(kinds.keys_made(kind)):
        yield from kind.objects.filter(pk__in=part).select_related("person").order_by("pk")


def _new_people(keys: Iterable[int]) -> Iterator[Line]:
    for part in in_parts(keys):
        came = CardRevision.objects.filter(person__in=part, before="")
        places = {key: Place(file, row) for key, file, row in came.values_list("person", "source", "row")}
        found = Person.objects.filter(pk__in=part).order_by("pk")
        for key, name, title, place in found.values_list("pk", "name", "title", "organisation__name"):
            does = " at ".join(filter(None, (title, place)))
            yield _line("new", name, does, places.get(key))
