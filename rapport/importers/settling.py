"""Findings of a whole batch, made one: the latest state of each meeting, and one meeting where a mail repeats it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rapport.importers.findings import FoundCard, Meeting, NotAnInterview
from rapport.importers.groups import labelled
from rapport.importers.mail.letters import PROSE
from rapport.importers.people.gathering import joined
from rapport.importers.text.names import is_same
from rapport.importers.text.prose import Mention

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rapport.importers.findings import Finding, Moved, Participant
    from rapport.rules.card import Card

_PLACES = 100
"""Of a card that stands in more places these are told."""

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def settled(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Give the findings of several files with each meeting once, in the order in which they were first found.

    Of one UID and RECURRENCE-ID the highest SEQUENCE counts, then the latest DTSTAMP (RFC 5546 section 2.1.5); a
    cancellation of the same sequence counts over its invitation. Names that only another copy had are kept.
    """
    meetings: dict[tuple[str, str], Meeting] = {}
    others: list[Finding] = []
    cards: dict[Card, FoundCard] = {}
    seen = set[tuple[str, object, str]]()
    for finding in findings:
        if isinstance(finding, Meeting):
            known_as = (finding.uid, finding.recurrence_id)
            known = meetings.get(known_as)
            meetings[known_as] = _latest(known, finding) if known else finding
        elif isinstance(finding, FoundCard):
            known_card = cards.setdefault(finding.card, finding)
            if known_card is not finding and len(known_card.again) < _PLACES:
                cards[finding.card] = replace(known_card, again=(*known_card.again, finding.place))
        elif isinstance(finding, NotAnInterview):
            mark = (finding.title, finding.starts, finding.why)
            if finding.starts is None or mark not in seen:
                seen.add(mark)
                others.append(finding)
        else:
            others.append(finding)
    yield from _without_echoes(list(meetings.values()))
    yield from labelled(list(cards.values()))
    yield from others


def _rank(meeting: Meeting) -> tuple[int, datetime, bool]:
    return (meeting.sequence, meeting.stamped or _LONG_AGO, meeting.cancelled)


def _latest(one: Meeting, other: Meeting) -> Meeting:
    older, newer = (one, other) if _rank(other) >= _rank(one) else (other, one)
    stood = (newer.stood | older.stood | {older.starts}) - {newer.starts}
    newer = replace(newer, stood=stood, moved=newer.moved or _said(older))
    if newer.cancelled and not older.cancelled:
        # a cancellation often says little more than that
        newer = replace(
            newer,
            organisation=newer.organisation or older.organisation,
            job_title=newer.job_title or older.job_title,
            kind=older.kind,
            location=newer.location or older.location,
        )
        return _with_people(newer, older.participants)
    # who was taken off the list stays off; what a text alone said is not lost by a repeated invitation
    return _with_people(newer, tuple(person for person in older.participants if not person.email))


def _said(meeting: Meeting) -> Moved | None:
    """Give from when sentences say that it was moved; what was only asked for, something later has answered."""
    return meeting.moved if meeting.moved and not meeting.moved.asks else None


def _with_people(meeting: Meeting, people: Iterable[Participant]) -> Meeting:
    met = list(meeting.participants)
    for person in people:
        present = any(
            is_same(person.name, one.name) or (person.email and person.email == one.email) for one in met
        )
        if present or not person.email:
            met = joined(met, Mention(person.name, person.title, person.role), person.source)
        else:
            met.append(person)
    return replace(meeting, participants=tuple(met))


def _without_echoes(meetings: list[Meeting]) -> Iterator[Meeting]:
    """Merge an interview that was read from sentences into the invitation of the same hour and organisation.

    An hour at which it stood before it was moved counts as well.
    """
    invitations = [meeting for meeting in meetings if not meeting.uid.endswith(PROSE)]
    echoes = [meeting for meeting in meetings if meeting.uid.endswith(PROSE)]
    for echo in echoes:
        place = next((place for place, one in enumerate(invitations) if _is_echo(echo, one)), None)
        if place is None:
            invitations.append(echo)
        else:
            merged = _with_people(invitations[place], echo.participants)
            stands = echo.starts == merged.starts
            invitations[place] = replace(
                merged,
                cancelled=merged.cancelled or (stands and echo.cancelled),
                moved=merged.moved or (_said(echo) if stands else None),
                job_title=merged.job_title or echo.job_title,
                decision_pace=merged.decision_pace or echo.decision_pace,
                reply_by=merged.reply_by or echo.reply_by,
            )
    yield from invitations


def _is_echo(echo: Meeting, invitation: Meeting) -> bool:
    is_then = echo.starts == invitation.starts or echo.starts in invitation.stood
    return is_then and is_one_place(echo.organisation, invitation.organisation)


def is_one_place(one: str | None, other: str | None) -> bool:
    """Say whether two organisations can be one: by their names, or as one of them is not known."""
    return not one or not other or one.casefold() == other.casefold()
