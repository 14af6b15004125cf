"""Imports that wait are looked at or brought in, and large batches taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from rapport.accounts.models import Member
from rapport.intake.importing import work_on
from rapport.intake.models import Batch, Import


def due(at: datetime) -> Iterable[int]:
    """Give the members whose imports wait, or were forgotten."""
    waiting = Import.objects.due(at).order_by().values_list("member", flat=True)
    forgotten = Import.objects.forgotten(at).order_by().values_list("member", flat=True)
    to_undo = Batch.objects.to_undo(at).order_by().values_list("member", flat=True)
    return {*waiting, *forgotten, *to_undo}


def work(member: Member, clock: Callable[[], datetime], is_over: Callable[[], bool]) -> None:
    """Work on one after the other."""
    Import.objects.seen_by(member).forgotten(clock()).delete()
    while not is_over() and (claimed := Import.claim_next(member, at=clock())):
        work_on(claimed, clock)
    while not is_over() and Batch.undo_next(member, at=clock()):
        pass
