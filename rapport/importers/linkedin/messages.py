"""The messages of an archive: of each person the day of the last one, and nothing else. No words are taken.

Counted are messages between two, as real contact; one to a group, a draft or unsolicited mail is none. Archives before
mid-2023 name profiles of senders alone: there only what was received counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from rapport.importers.findings import Finding, Place, Problem, Remark, Wrote
from rapport.importers.linkedin.dates import moment
from rapport.rules.profiles import normalised

if TYPE_CHECKING:
    from datetime import date

    from rapport.importers.findings import Reader
    from rapport.importers.tables import Row

_SENDER, _RECIPIENTS = "sender profile url", "recipient profile urls"
_BETWEEN_TWO = 2


def read_messages(file: str, found: Iterable[Row | Problem], reader: Reader) -> Iterator[Finding]:
    """Give for each profile the day of the last message, in the reader's zone; their own, in every message, is none."""
    last: dict[str, tuple[date, int]] = {}
    mine: set[str] | None = None
    for row in found:
        if isinstance(row, Problem):
            yield row
            continue
        profiles = _between(row)
        if not profiles:
            continue
        sent = moment(row["date"], reader.time_zone)
        if sent is None:
            yield Problem(
                Place(file, row.line),
                f"The moment {row['date'][:40]!r} was not understood; the row was left out. "
                "Write 2025-06-01 14:03:22 UTC.",
            )
            continue
        if len(profiles) == _BETWEEN_TWO:
            mine = profiles if mine is None else mine & profiles
        on = sent.astimezone(ZoneInfo(reader.time_zone)).date()
        for profile in profiles:
            last[profile] = max(last.get(profile, (on, row.line)), (on, row.line), key=lambda one: one[0])
    for profile, (on, line) in last.items():
        if len(mine or ()) != 1 or profile not in (mine or ()):
            yield Wrote(Place(file, line), profile, on)
    says = "Of messages only the day of the last one with each person in your book is taken, and none of the words."
    yield Remark(Place(file), says)


def _between(row: Row) -> set[str]:
    """Give the profiles that a message is between; none of one that is no contact between two."""
    is_draft = "yes" in {row["is message draft"].casefold(), row["is conversation draft"].casefold()}
    if is_draft or row["folder"].casefold() == "spam":
        return set()
    recipients = {normalised(url) for url in row[_RECIPIENTS].replace(",", " ").split()} - {""}
    profiles = ({normalised(row[_SENDER])} - {""}) | recipients
    return profiles if len(profiles) <= _BETWEEN_TWO else set()
