"""One intake: what came in together, is applied in one go and can be undone in one go."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, Self

from django.db import models, transaction
from django.db.models import Prefetch

from rapport.accounts.models import Member
from rapport.followups.models import Step
from rapport.importers.findings import Place
from rapport.intake.differences import Difference, differences
from rapport.intake.ledger import Ledger
from rapport.intake.models.noted import Change, Made, OfKinds
from rapport.intake.undoing import Undoing
from rapport.interviews.models import Interview, Interviewer
from rapport.journal.errors import NotAllowed
from rapport.journal.models import record
from rapport.journal.rows import stored
from rapport.people.models import CardRevision, Person, Suggestion
from rapport.rules.card.hearing import OF_WORK

LARGE = 1000
"""People; a batch of more is taken back by the worker."""

UNDO_AGAIN = timedelta(minutes=15)
"""Whoever has not taken a batch back by then has died."""

_SHOWN = 100
"""How many people of one batch are shown; the rest are counted."""


class BatchQuerySet(models.QuerySet["Batch"]):
    """What came in."""

    def seen_by(self, member: Member) -> Self:
        """The member's own."""
        return self.filter(member=member)

    def to_undo(self, at: datetime) -> Self:
        """Those that the worker is to take back."""
        return self.standing().filter(undo_due_at__lte=at).order_by("pk")

    def standing(self) -> Self:
        """Those that were not taken back."""
        return self.filter(undone_at=None)


class Batch(models.Model):
    """Files and texts that came in together. `title` is said on Today; `problems`, `remarks` and `set_aside` are shown.

    A batch that brought nothing new is not saved (`pk` is None); it still knows its interviews and problems.
    `set_aside` holds what is no interview, and with `card` the member's own card.
    `remarks` say what had to be assumed of an interview that was read ("one hour is assumed").
    `proposed` holds who may be the same person, to be said by the member. `tally` counts people: `new`, `updated`,
    `unchanged`, `proposed`.
    `undo_due_at` is when the worker is to take it back, or to try again in case it died over it.
    `kept` holds a sentence for each thing that an undo left, because the member has acted upon it.
    """

    member = models.ForeignKey(Member, models.CASCADE, related_name="batches")
    title = models.CharField(max_length=500)
    applied_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undo_due_at = models.DateTimeField(null=True)
    problems = models.JSONField(default=list)
    remarks = models.JSONField(default=list)
    set_aside = models.JSONField(default=list)
    kept = models.JSONField(default=list)
    proposed = models.JSONField(default=list)
    tally = models.JSONField(default=dict)

    objects = BatchQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "batches"
        indexes = [models.Index(fields=["member", "-applied_at"], name="batches_of_member")]

    keys_now: frozenset[int] | None = None
    """Which interviews a batch just taken in is about, also where it changed nothing."""

    seen_now: tuple[Interview, ...] | None = None
    """The interviews of a preview, which are in no table any more."""

    differences_now: tuple[Difference, ...] = ()
    """What a batch just taken in changed about people, field by field."""

    proposed_now: tuple[dict[str, Any], ...] = ()
    """Everybody who may be the same person as somebody else, of a batch just taken in."""

    places_now: Mapping[tuple[type[models.Model], Hashable], Place] = MappingProxyType({})
    """Where in its files stands what a batch just taken in made and changed (`Ledger.places`)."""

    stays_whole_now = False
    """Whether a batch just taken back stays all the same: the member has acted upon all of it since."""

    people_now: tuple[Person, ...] | None = None
    """Whom a batch just taken in is about."""

    def __str__(self) -> str:
        return self.title

    @property
    def brought_something(self) -> bool:
        """Whether the batch made or changed anything."""
        return self.pk is not None

    def interview_keys(self) -> tuple[int, ...]:
        """Give the keys of the interviews the batch is about, the earliest first."""
        keys = self.keys_now
        if keys is None:
            keys = frozenset(OfKinds(self).keys(Interview))
        return tuple(Interview.objects.filter(pk__in=keys).values_list("pk", flat=True))

    def interviews(self) -> tuple[Interview, ...]:
        """Give the interviews the batch is about, the earliest first, with plan, people, steps and words."""
        if self.seen_now is not None:
            return self.seen_now
        return whole(self.interview_keys())

    def people(self) -> tuple[Person, ...]:
        """Give the people the batch brought, in the order in which they came; the first some of very many."""
        if self.people_now is not None:
            return self.people_now
        keys = OfKinds(self).keys_made(Person)[:_SHOWN]
        found = Person.objects.filter(pk__in=keys).select_related("organisation")
        return tuple(found.order_by("pk"))

    def changed(self) -> list[tuple[Person, list[Difference]]]:
        """Give whom the batch brought up to date, and what it changed, news of their work first; some of very many.

        Whom it brought is new, also where a second card of it completed the first.
        """
        noted = OfKinds(self)
        keys, new = noted.keys_made(CardRevision)[:_SHOWN], set(noted.keys_made(Person))
        cards = CardRevision.objects.filter(pk__in=keys, undone_at=None).exclude(before="")
        found = cards.select_related("person").order_by("pk")
        told = [(card.person, differences(card.person, card)) for card in found if card.person_id not in new]
        changed = [(person, changes) for person, changes in told if changes]
        return sorted(changed, key=lambda pair: not any(one.field in OF_WORK for one in pair[1]))

    def suggested(self) -> models.QuerySet[Suggestion]:
        """Give what the batch suggested and waits for the member's word, news of work first; some of very many."""
        keys = OfKinds(self).keys_made(Suggestion)[:_SHOWN]
        found = Suggestion.objects.filter(pk__in=keys).open()
        return found.select_related("person", "source__person__member")

    def keep_made(self, rows: Sequence[models.Model]) -> None:
        """Keep rows that were just made, as they are; the batch is saved by it."""
        if rows:
            if self.pk is None:
                self.save()
            Made.keep_rows(self, rows)

    def keep(self, ledger: Ledger) -> None:
        """Keep what was made and changed, as the batch leaves it."""
        before = ledger.before_by_kind()
        Made.keep(self, {kind: [key for key in rows if rows[key] is None] for kind, rows in before.items()})
        for kind, columns_of in before.items():
            changed = {key: columns for key, columns in columns_of.items() if columns is not None}
            rows = kind.objects.in_bulk(list(changed)) if changed else {}
            Change.objects.bulk_create(
                (
                    Change(
                        batch=self,
                        kind=kind._meta.label_lower,
                        key=key,
                        before=columns,
                        after={name: said for name, said in stored(rows[key]).items() if name in columns},
                    )
                    for key, columns in changed.items()
                ),
                batch_size=500,
            )

    @property
    def is_large(self) -> bool:
        """Whether taking it back takes longer than a page should."""
        return bool(sum(self.tally.get(name, 0) for name in ("new", "updated")) > LARGE)

    @property
    def is_being_undone(self) -> bool:
        """Whether it is about to be gone."""
        return self.undo_due_at is not None and self.undone_at is None

    def ask_undo(self, *, by: Member, at: datetime) -> None:
        """Let the worker take it back; NotAllowed when it was taken back, or is about to be."""
        mine = Batch.objects.seen_by(by).standing().filter(pk=self.pk, undo_due_at=None)
        if not mine.update(undo_due_at=at):
            raise NotAllowed("This was taken back already, or is about to be.")
        self.undo_due_at = at

    @classmethod
    def undo_next(cls, member: Member, *, at: datetime) -> Batch | None:
        """Take back the member's next batch that is due; give it, None when none is."""
        due = cls.objects.seen_by(member).to_undo(at)
        batch = due.select_related("member").first()
        if batch is None or not due.filter(pk=batch.pk).update(undo_due_at=at + UNDO_AGAIN):
            return None
        batch.undo(by=batch.member, at=at)
        return batch

    def undo(self, *, by: Member, at: datetime) -> tuple[str, ...]:
        """Take everything back that the batch made or changed; give a sentence for each thing that stays.

        Only what the member has acted upon since stays: nothing they did is lost. A second time is refused.
        """
        with transaction.atomic():
            if not Batch.objects.filter(pk=self.pk, undone_at=None).update(undone_at=at):
                raise NotAllowed("This was taken back already.")
            self.undone_at = at
            kinds = OfKinds.looked_over(self)
            stood = [] if self.is_large else kinds.prints_now()
            self.kept = Undoing(by, at).undo(kinds)
            self.stays_whole_now = bool(self.kept and stood) and kinds.prints_now() == stood
            CardRevision.unsay(by, at=self.applied_at)
            self.save(update_fields=["kept"])
            record(by, "batch.undone", f"Taken back: {self.title}", self, at=at)
        return tuple(self.kept)


def whole(keys: Iterable[int]) -> tuple[Interview, ...]:
    """Load interviews with all that a page or a document shows of them, in a constant number of queries."""
    found = Interview.objects.filter(pk__in=list(keys)).select_related(
        "application__organisation", "plan", "member"
    )
    # Joined, since SQLite refuses Django's query for more than a thousand rows named one by one.
    people = Interviewer.objects.select_related("person__organisation")
    steps = Step.objects.select_related("note", "person")
    return tuple(
        found.prefetch_related(
            Prefetch("interviewers", people), "interviewers__person__emails", Prefetch("plan__steps", steps)
        )
    )
