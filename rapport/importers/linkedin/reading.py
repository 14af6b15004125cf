"""The tables of an archive as findings: who one is connected with, who invited whom, and where the rest is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from rapport.importers.findings import Connected, Finding, Invited, Place, Problem, Remark, WholeTable
from rapport.importers.linkedin.dates import day, moment
from rapport.importers.linkedin.messages import read_messages
from rapport.importers.linkedin.own import read_positions, read_profile
from rapport.importers.linkedin.tables import ARCHIVE
from rapport.importers.tables import Row, rows, told_in_part
from rapport.rules.profiles import normalised

if TYPE_CHECKING:
    from rapport.importers.findings import Reader
    from rapport.importers.octets import Line
    from rapport.rules.invitation import Direction

_DIRECTIONS: Mapping[str, Direction] = {"outgoing": "sent", "incoming": "received"}
_OTHER = {"sent": ("to", "inviteeprofileurl"), "received": ("from", "inviterprofileurl")}
_LONGEST_NAME = 300
_LONGEST_WORDS = 20_000
PASSED_OVER: Mapping[str, str] = {
    "contacts": "Contacts that the site copied from your phone are passed over: they are in your address book.",
    "notes": "Notes on connections are passed over.",
    "applications": "Applications are passed over: bring the invitations to their interviews instead.",
}
"""Tables that are known and not read, with the sentence that says so."""


def read_table(kind: str, file: str, lines: Iterable[Line], reader: Reader) -> Iterator[Finding]:
    """Give what a table of a known kind holds; of many problems the first are told, and the rest counted."""
    if kind in PASSED_OVER:
        yield Remark(Place(file), PASSED_OVER[kind])
        return
    yield from told_in_part(file, _READERS[kind](file, rows(file, lines, ARCHIVE), reader))


def _connections(file: str, found: Iterable[Row | Problem], _: Reader) -> Iterator[Finding]:
    hidden, first_hidden, is_whole = 0, None, True
    for row in found:
        if isinstance(row, Problem):
            is_whole = False
            yield row
        elif not any(row[column] for column in ("first name", "last name", "url", "email address")):
            hidden += 1
            first_hidden = first_hidden or row.line
        else:
            yield from _connection(file, row)
    if hidden:
        says = (
            f"{hidden} {'member who hides themselves stands' if hidden == 1 else 'members who hide themselves stand'} "
            "in it without a name; nothing can be recorded of them."
        )
        yield Remark(Place(file, first_hidden), says)
    if is_whole:
        yield WholeTable(Place(file), hidden)


def _connection(file: str, row: Row) -> Iterator[Finding]:
    place, said = Place(file, row.line), row["connected on"]
    since = day(said)
    if said and since is None:
        yield Problem(
            place,
            f"The day {said[:40]!r} was not understood; the connection is kept without it. Write 8 Feb 2026.",
        )
    given, family = row["first name"], row["last name"]
    profile, email = normalised(row["url"]), row["email address"].lower()
    name = f"{given} {family}".strip() or (email if "@" in email else profile)
    yield Connected(
        name=name[:_LONGEST_NAME],
        place=place,
        given=given[:_LONGEST_NAME],
        family=family[:_LONGEST_NAME],
        profile=profile,
        email=email if "@" in email else "",
        organisation=row["company"][:_LONGEST_NAME],
        title=row["position"][:_LONGEST_NAME],
        since=since,
    )


def _invitations(file: str, found: Iterable[Row | Problem], reader: Reader) -> Iterator[Finding]:
    for row in found:
        yield row if isinstance(row, Problem) else _invitation(file, row, reader)


def _invitation(file: str, row: Row, reader: Reader) -> Finding:
    place = Place(file, row.line)
    direction = _DIRECTIONS.get(row["direction"].casefold())
    if direction is None:
        says = (
            f"The direction {row['direction'][:40]!r} is neither INCOMING nor OUTGOING; the row was left out."
        )
        return Problem(place, says)
    sent = moment(row["sent at"], reader.time_zone)
    if sent is None:
        says = f"The moment {row['sent at'][:40]!r} was not understood; the row was left out. Write 1/29/26, 2:37 PM."
        return Problem(place, says)
    name, profile = (row[column] for column in _OTHER[direction])
    if not name and not profile:
        return Problem(place, "Nobody is named on the other side of this invitation; the row was left out.")
    return Invited(
        direction=direction,
        name=(name or profile)[:_LONGEST_NAME],
        sent=sent,
        place=place,
        profile=normalised(profile),
        words=row.cells.get("message", "").replace("\r\n", "\n").strip()[:_LONGEST_WORDS],
    )


_READERS: Mapping[str, Callable[[str, Iterable[Row | Problem], Reader], Iterator[Finding]]] = {
    "connections": _connections,
    "invitations": _invitations,
    "profile": read_profile,
    "positions": read_positions,
    "messages": read_messages,
}
