"""A member's own school: its norms are changed, it is taken away, and both can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from rapport.accounts.models import Member, OwnSchool
from rapport.followups.computing import Changed
from rapport.followups.models import Plan
from rapport.journal.errors import NotAllowed
from rapport.journal.models import Entry, record
from rapport.journal.rows import as_before, stand_again, stored


def rewrite(own: OwnSchool, norms: Sequence[dict[str, Any]], *, by: Member, at: datetime) -> list[Changed]:
    """Let the school hold these norms; the plans it advises follow at once."""
    return _rewrite(own, norms, f"Your school {own} was changed.", by, at)


def put_norms_back(entry: Entry, *, by: Member, at: datetime) -> None:
    """Let a school hold the norms of before an entry; NotAllowed when they were changed since."""
    own = by.own_schools.filter(pk__in=entry.keys_of(OwnSchool)).first()
    if own is None:
        raise NotAllowed(f"What this was about is gone: {entry.says}")
    _rewrite(own, as_before(own, entry.changes)["norms"], entry.reversal, by, at)


def _rewrite(
    own: OwnSchool, norms: Sequence[dict[str, Any]], says: str, by: Member, at: datetime
) -> list[Changed]:
    changes = {"norms": [own.norms, list(norms)]}
    with transaction.atomic():
        own.norms = list(norms)
        own.save(update_fields=["norms"])
        record(by, "school.norms_changed", says, own, at=at, changes=changes)
        advised = Plan.objects.seen_by(by).open().filter(school=own.identifier)
        return advised.recompute(at, "you changed your school")


def remove(own: OwnSchool, *, by: Member, at: datetime) -> None:
    """Take a school away; NotAllowed while it advises."""
    if by.school == own.identifier:
        raise NotAllowed("This school advises you now. Choose another one first.")
    with transaction.atomic():
        says, changes = f"Your school {own} is gone.", {"row": [stored(own), None]}
        record(by, "school.removed", says, own, at=at, changes=changes)
        own.delete()


def bring_back(entry: Entry, *, by: Member, at: datetime) -> None:
    """Let a school that an entry took away be there again; NotAllowed when another bears its name by now."""
    with transaction.atomic():
        own = stand_again(OwnSchool, entry.changes["row"][0])
        record(by, "school.brought_back", entry.reversal, own, at=at)
