"""Calendar files (RFC 5545) as they arrive: each event is a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapport.importers.calendar.events import PEOPLE_LIMIT, Splitter
from rapport.importers.calendar.meetings import findings_of
from rapport.importers.findings import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rapport.importers.findings import Finding, Reader
    from rapport.importers.octets import Line
    from rapport.importers.people.gathering import Letter

EVENTS_LIMIT = 50_000  # events read of one file: more than a working life of appointments


def read_calendar(
    file: str,
    lines: Iterable[Line],
    reader: Reader,
    letter: Letter | None = None,
) -> Iterator[Finding]:
    """Give what every event of a calendar is; problems with the file itself come last."""
    splitter = Splitter(file)
    asked = False
    for number, event in enumerate(splitter.events(_watched(file, lines, splitter))):
        if number >= EVENTS_LIMIT:
            says = (
                f"The calendar holds more than {EVENTS_LIMIT} events; those from here on were not "
                "read. Export a shorter period and import that."
            )
            yield Problem(event.place, says)
            break
        if event.people > PEOPLE_LIMIT:
            says = (
                f"“{event.title}” lists {event.people} addresses, more than any interview has. It "
                "was left out; type in the people you met."
            )
            yield Problem(event.place, says)
            continue
        for finding in findings_of(event, reader, letter):
            is_question = isinstance(finding, Problem) and "--me" in finding.says
            if is_question and asked:
                continue
            asked = asked or is_question
            yield finding
    yield from splitter.problems


def _watched(file: str, lines: Iterable[Line], splitter: Splitter) -> Iterator[Line]:
    """Note lines that were cut for their length."""
    for line in lines:
        if line.is_cut:
            says = (
                "This line is longer than a megabyte. Its end was passed over; the rest of the file was read."
            )
            splitter.problems.append(Problem(Place(file, line.number), says))
        yield line
