"""Files that were brought in and wait: to be looked at, for the member's word, to be applied. The row is the queue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from tempfile import TemporaryFile
from typing import Any, BinaryIO, Self, cast
from uuid import uuid4

from django.db import models, transaction
from django.db.models import F, Q

from rapport.accounts.models import Member
from rapport.intake.models.batch import Batch
from rapport.journal.errors import NotAllowed
from rapport.rows import insert

LEASE = timedelta(minutes=15)
"""How long one try may take; whoever is later has died."""

TRIES = 3
KEPT = timedelta(days=7)
"""How long files wait for the member's word before they are let go."""

AT_ONCE = 5
"""Imports of one member that wait: each may hold 320 MB."""

_PIECE = 1 << 20  # bytes


class LeaseLost(NotAllowed):
    """A try was so slow that another one took over."""


class State(models.TextChoices):
    """Where an import is."""

    LOOK = "look", "waits to be looked at"
    LOOKED = "looked", "waits for your word"
    APPLY = "apply", "waits to be brought in"
    APPLIED = "applied", "is in your book"
    FAILED = "failed", "could not be brought in"


class ImportQuerySet(models.QuerySet["Import"]):
    """Imports."""

    def seen_by(self, member: Member) -> Self:
        """The member's own."""
        return self.filter(member=member)

    def due(self, at: datetime) -> Self:
        """Those that somebody should work on, the first first: nobody does, or whoever did has died."""
        is_free = Q(claimed_until=None) | Q(claimed_until__lte=at)
        return self.filter(is_free, state__in=(State.LOOK, State.APPLY)).order_by("pk")

    def waiting(self) -> Self:
        """Those that are not in the book yet, the latest first."""
        return self.exclude(state=State.APPLIED).order_by("-pk")

    def forgotten(self, at: datetime) -> Self:
        """Those about which the member said nothing for long."""
        return self.filter(state__in=(State.LOOKED, State.FAILED), brought_at__lte=at - KEPT)


class Import(models.Model):
    """Files on their way into the book: looked at first, brought in by the member's word, all of it or nothing.

    `title` names the files. `tally`, `problems`, `remarks` and `set_aside` are those of
    the batch it would be, `lines` what it would do, and `brings_something` whether the book would be any different.
    `claim` names the try that works on it, until `claimed_until`. Once it is applied its bytes and lines are gone, and
    `batch` is what it brought, None when nothing was new.
    """

    member = models.ForeignKey(Member, models.CASCADE, related_name="imports")
    title = models.CharField(max_length=500)
    brought_at = models.DateTimeField()
    octets = models.BigIntegerField(default=0)
    state = models.CharField(max_length=16, choices=State.choices, default=State.LOOK)
    claim = models.CharField(max_length=32, blank=True)
    claimed_until = models.DateTimeField(null=True)
    attempts = models.IntegerField(default=0)
    tally = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    remarks = models.JSONField(default=list)
    set_aside = models.JSONField(default=list)
    brings_something = models.BooleanField(default=False)
    batch = models.ForeignKey(Batch, models.SET_NULL, null=True, related_name="imports")

    objects = ImportQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "claimed_until"], name="imports_due")]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def begin(cls, member: Member, files: Iterable[tuple[str, BinaryIO]], *, at: datetime) -> Import:
        """Keep files until they are looked at; NotAllowed while too many wait already."""
        with transaction.atomic():
            if cls.objects.seen_by(member).waiting().count() >= AT_ONCE:
                raise NotAllowed(
                    f"{AT_ONCE} imports wait for your word already. Bring them in or leave them out first."
                )
            begun = cls.objects.create(member=member, brought_at=at)
            names = []
            for place, (name, stream) in enumerate(files):
                names.append(name)
                begun.octets += begun.keep(place, name, stream)
            begun.title = ", ".join(names)[:500]
            begun.save(update_fields=["title", "octets"])
        return begun

    def keep(self, place: int, name: str, stream: BinaryIO) -> int:
        """Keep a file until it is in the book; give its bytes."""
        size = 0
        for number in range(1 << 30):
            octets = stream.read(_PIECE)
            if not octets and number:
                break
            Piece.objects.create(owner=self, place=place, name=name[:300], number=number, octets=octets)
            size += len(octets)
        return size

    @property
    def is_under_way(self) -> bool:
        """Whether something is still to be done before the member can say anything, or see the result."""
        return self.state in {State.LOOK, State.APPLY}

    def files(self) -> Iterator[tuple[str, BinaryIO]]:
        """Give the files as they were brought, one after the other; memory holds a piece at a time."""
        for place, name in self.pieces.filter(number=0).order_by("place").values_list("place", "name"):
            with TemporaryFile() as whole:
                theirs = self.pieces.filter(place=place).order_by("number").values_list("octets", flat=True)
                for octets in theirs.iterator(chunk_size=1):
                    whole.write(octets)
                whole.seek(0)
                yield name, cast("BinaryIO", whole)

    @classmethod
    def claim_next(cls, member: Member, *, at: datetime) -> Import | None:
        """Give the member's next import that is due, which nobody else gets meanwhile; None when none is."""
        for key in cls.objects.seen_by(member).due(at).values_list("pk", flat=True):
            if claimed := cls.claimed(key, at=at):
                return claimed
        return None

    @classmethod
    def claimed(cls, key: int, *, at: datetime) -> Import | None:
        """Give one import, claimed; None when it is not due. One that broke off `TRIES` times has failed."""
        claim = uuid4().hex
        due = cls.objects.due(at).filter(pk=key)
        if due.filter(attempts__gte=TRIES).update(state=State.FAILED, claim="", claimed_until=None):
            return None
        taken = due.update(claim=claim, claimed_until=at + LEASE, attempts=F("attempts") + 1)
        return cls.objects.select_related("member").get(pk=key) if taken else None

    def looked_at(self, batch: Batch, lines: Sequence[Line]) -> None:
        """Keep what it would bring: the batch that was not saved, and a line for each thing that it would do."""
        with transaction.atomic():
            self._move(
                State.LOOKED,
                tally=batch.tally,
                problems=batch.problems,
                remarks=batch.remarks,
                set_aside=batch.set_aside,
                brings_something=batch.brought_something,
            )
            columns = ["owner_id", "number", "verdict", "name", "says", "file", "line"]
            rows = ((self.pk, number, *line) for number, line in enumerate(lines))
            insert(Foreseen, columns, rows)

    def confirm(self, *, by: Member) -> None:
        """Say that it is to be brought in, or tried once more; NotAllowed when that was said, or it is gone."""
        ready = (State.LOOKED, State.FAILED)
        mine = Import.objects.seen_by(by).filter(pk=self.pk, state__in=ready)
        if not mine.update(state=State.APPLY, attempts=0):
            raise NotAllowed(f"“{self}” {State(self.state).label} already.")
        self.state = State.APPLY

    def applied(self, batch: Batch) -> None:
        """Note, in the transaction that brings it in, what it brought; LeaseLost when another try took over."""
        self._move(State.APPLIED, batch=batch if batch.pk else None)
        self.pieces.all().delete()
        self.lines.all().delete()

    def leave_out(self, *, by: Member) -> None:
        """Let it go; NotAllowed once it is in the book or on its way there."""
        mine = Import.objects.seen_by(by).filter(
            pk=self.pk, state__in=(State.LOOKED, State.FAILED, State.LOOK)
        )
        if not mine.delete()[0]:
            raise NotAllowed(
                f"“{self}” {State(self.state).label} already; what is in your book can be taken back."
            )

    def _move(self, to: State, **fields: Any) -> None:
        mine = Import.objects.filter(pk=self.pk, state=self.state, claim=self.claim)
        if not mine.update(state=to, claim="", claimed_until=None, attempts=0, **fields):
            raise LeaseLost(f"“{self}” was worked on elsewhere meanwhile.")
        self.state = to
        for name, value in fields.items():
            setattr(self, name, value)


class Piece(models.Model):
    """A megabyte of a file that waits, the first of each even when it is empty."""

    owner = models.ForeignKey(Import, models.CASCADE, related_name="pieces")
    place = models.IntegerField()
    name = models.CharField(max_length=300)
    number = models.IntegerField()
    octets = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "place", "number"], name="one_piece_once")]

    def __str__(self) -> str:
        return f"{self.name}, piece {self.number}"


Line = tuple[str, str, str, str, int | None]
"""What an import would do to one row: verdict (new, changed, proposed, unreadable), name, sentence, file, line."""


class Foreseen(models.Model):
    """One thing that an import would do, in the order of `number`; `line` is where it stands in the file."""

    owner = models.ForeignKey(Import, models.CASCADE, related_name="lines")
    number = models.IntegerField()
    verdict = models.CharField(max_length=16)
    name = models.CharField(max_length=500)
    says = models.TextField()
    file = models.CharField(max_length=300)
    line = models.IntegerField(null=True)

    class Meta:
        ordering = ["number"]
        verbose_name_plural = "foreseen"
        indexes = [models.Index(fields=["owner", "verdict", "number"], name="foreseen_by_verdict")]

    def __str__(self) -> str:
        return self.name

    @property
    def stands_in(self) -> str:
        """The file, without the archive it is in, and the line: Connections.csv, line 5."""
        file = self.file.rpartition("/")[2]
        return ", ".join(filter(None, (file, f"line {self.line}" if self.line else "")))
