"""Photographed cards are read: their codes always, what is printed on them where the extra for it is installed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from rapport.accounts.models import Member
from rapport.gateways.photographs.codes import codes_in
from rapport.gateways.photographs.lines import NotRead, lines_in
from rapport.importers.photographs.printed import Printed
from rapport.importers.photographs.proposing import Proposal, propose
from rapport.intake.models import Photograph


def look(jpeg: bytes) -> Proposal:
    """Give what a picture that Rapport wrote proposes; what could not be read is a sentence in it."""
    codes = codes_in(jpeg)
    try:
        lines = [Printed(*line) for line in lines_in(jpeg)]
    except NotRead as reason:
        return propose(codes, (), (reason.sentence,))
    return propose(codes, lines)


def due(at: datetime) -> Iterable[int]:
    """Give the members whose pictures wait to be read, or were forgotten."""
    waiting = Photograph.objects.due(at).order_by().values_list("member", flat=True)
    forgotten = Photograph.objects.forgotten(at).order_by().values_list("member", flat=True)
    return {*waiting, *forgotten}


def work(member: Member, clock: Callable[[], datetime], is_over: Callable[[], bool]) -> None:
    """Read one after the other; let go those that wait for long."""
    Photograph.objects.seen_by(member).forgotten(clock()).delete()
    while not is_over() and (claimed := Photograph.claim_next(member, at=clock())):
        claimed.was_read(look(bytes(claimed.jpeg)), at=clock())
