"""Where people came from: every file and row that said something of them, and the identifiers of their cards."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from rapport.people.models import CardRevision, Person
from rapport.rules.card import Card


@dataclass
class Origin:
    """`uids` of the cards of one person and of everybody merged into them, and `rows` of files, each once."""

    uids: dict[str, None] = field(default_factory=dict)
    rows: dict[tuple[str, int], None] = field(default_factory=dict)

    def hear(self, uid: str, file: str, row: int | None) -> None:
        """Note one card."""
        if uid:
            self.uids[uid] = None
        if row is not None:
            self.rows[file, row] = None


def origins(people: Collection[int]) -> dict[int, Origin]:
    """Give the origins of people by their keys; two queries, and one for each time that merged people were merged."""
    found = {key: Origin() for key in people}
    stands_for = {key: key for key in people}
    new = list(people)
    while new:
        merged = Person.objects.filter(merged_into__in=new).values_list("pk", "merged_into")
        later = {key: stands_for[into] for key, into in merged if into is not None}
        stands_for |= later
        new = list(later)
    said = CardRevision.objects.filter(
        person__in=list(stands_for), undone_at=None, is_edit=False, joins__isnull=True
    )
    rows = said.order_by("pk").values_list("person", "given", "source", "row", "again")
    for person, given, source, row, again in rows.iterator():
        origin = found[stands_for[person]]
        origin.hear(_uid(given), source, row)
        for place in again:
            origin.hear(place[2], place[0], place[1])
    return found


def _uid(card: str) -> str:
    return Card.parse(card).uid if card and "UID" in card.upper() else ""
