"""Connections that a new archive has no more: noticed once and quietly, never by a file that may lack them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapport.importers.findings import Remark
from rapport.intake.differences import Difference
from rapport.network.models import Connection

if TYPE_CHECKING:
    from rapport.importers.findings import WholeTable
    from rapport.intake.reconciling import Reconciling

_FEW = 3
"""As many may be missing of a short list, and a tenth of a long one."""


def notice_ends(reconciling: Reconciling, whole: WholeTable) -> Remark | None:
    """Note which connections a whole table has no more; a remark when it is more likely that it is none.

    Whoever hides themselves stands in it without a name: as many may be missing for that. A table that lacks more
    than a tenth of all was cut or filtered before.
    """
    standing = {person for person, tie in reconciling.connections.items() if tie.key and tie.ended_at is None}
    missing = standing - {person for person, _ in reconciling.standing_now}
    if not reconciling.standing_now or len(missing) <= whole.hidden:
        return None
    if len(missing) > max(_FEW, len(standing) // 10):
        says = (
            f"{len(missing)} of your {len(standing)} connections are not in this file, so it was not taken for the "
            "whole of them, and nobody was marked as gone. Import a new download of the archive as it is."
        )
        return Remark(whole.place, says)
    for connection in Connection.objects.filter(
        pk__in=[reconciling.connections[person].key for person in missing]
    ).select_related("person"):
        _end(reconciling, connection, whole.place.file)
    return None


def _end(reconciling: Reconciling, connection: Connection, source: str) -> None:
    reconciling.ledger.changes(connection)
    connection.end(source, by=reconciling.member, at=reconciling.at)
    reconciling.touched(connection.person_id)
    since = f"since {connection.since:%-d %B %Y}" if connection.since else "connected"
    change = Difference(connection.person.name, "connection", since, "no longer among them", source)
    reconciling.differences.append(change)
