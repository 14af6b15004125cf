"""One act on many people at once: tagged, moved between spheres, or deleted; taken back as one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models, transaction

from rapport.accounts.models import Member
from rapport.journal.errors import NotAllowed
from rapport.journal.models import record
from rapport.people.models.card_index import LONGEST_TAG
from rapport.people.models.card_revision import CardRevision, digest
from rapport.people.models.card_round import CardRound
from rapport.people.models.email_address import EmailAddress
from rapport.people.models.person import Person
from rapport.people.models.sphere import Sphere
from rapport.people.taking_out import put_back, take_out
from rapport.rules.card import Card
from rapport.rules.card.history import edit_between
from rapport.rules.card.labels import labelled

MOST = 1000
"""People at once: some seconds of work, in one transaction."""

KEPT_FOR = timedelta(days=30)
"""How long deleted people are kept to be put back; then they are gone for good."""

SOURCE = "what you typed"
_SPHERES = ("is_professional", "is_social")


class SweepQuerySet(models.QuerySet["Sweep"]):
    """Acts on many people."""

    def seen_by(self, member: Member) -> Self:
        """The member's own."""
        return self.filter(member=member)

    def to_forget(self, at: datetime) -> Self:
        """Deletions so long ago that what was deleted goes for good."""
        return self.filter(kind="deletion", undone_at=None, swept_at__lt=at - KEPT_FOR).exclude(kept={})


class Sweep(models.Model):
    """`kind` is tag, sphere or deletion. `kept` holds what taking it back needs.

    Of tags `{"revisions": [key, ...]}`, each an edit of one card; of spheres `{"spheres": {key: [before, after]}}`;
    of a deletion what `taking_out` gives.
    """

    member = models.ForeignKey(Member, models.CASCADE, related_name="sweeps")
    kind = models.CharField(max_length=16)
    says = models.CharField(max_length=300)
    kept = models.JSONField(default=dict)
    swept_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    objects = SweepQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.says

    @classmethod
    def tag(
        cls, people: Collection[int], *, by: Member, at: datetime, put_on: str = "", take_off: str = ""
    ) -> Sweep:
        """Put a tag on people, or take one off; each card has one edit more, which later cards do not take back."""
        label = " ".join((put_on or take_off).replace(",", " ").split())
        if not label or len(label) > LONGEST_TAG:
            raise NotAllowed(f"A tag is a word or some, of up to {LONGEST_TAG} letters.")
        with transaction.atomic():
            edits = []
            for person in _chosen(people, by):
                card = person.current_card
                fresh = labelled(card, **{"put_on" if put_on else "take_off": (label,)})
                if fresh != card:
                    edits.append((person, _edit(person, card, fresh, at)))
            if not edits:
                raise NotAllowed(
                    f"Nothing to do: {'all' if put_on else 'none'} of them have the tag {label}."
                )
            CardRevision.objects.bulk_create([edit for _, edit in edits], batch_size=200)
            for person, edit in edits:
                person.card, person.is_indexed = edit.after, False
            Person.objects.bulk_update(
                [person for person, _ in edits], ["card", "is_indexed"], batch_size=100
            )
            does = "Tagged" if put_on else "Took off the tag"
            said = f"{does} {label}: {_count(len(edits))}."
            return cls._make("tag", said, {"revisions": [edit.pk for _, edit in edits]}, by, at)

    @classmethod
    def put_in_sphere(cls, people: Collection[int], sphere: str, *, by: Member, at: datetime) -> Sweep:
        """Let people belong to business, to social, or to both."""
        if sphere not in {*Sphere.values, "both"}:
            raise NotAllowed("People belong to business, to social or to both: choose one.")
        after = [sphere in {"professional", "both"}, sphere in {"social", "both"}]
        with transaction.atomic():
            moved = [person for person in _chosen(people, by) if _spheres(person) != after]
            if not moved:
                raise NotAllowed("Nothing to do: all of them are there already.")
            kept = {str(person.pk): [_spheres(person), after] for person in moved}
            _move(moved, {person.pk: after for person in moved})
            CardRound.again(by, at=at)
            word = {"professional": "business", "social": "social", "both": "business and social"}[sphere]
            return cls._make("sphere", f"Moved to {word}: {_count(len(moved))}.", {"spheres": kept}, by, at)

    @classmethod
    def delete_people(cls, people: Collection[int], *, by: Member, at: datetime) -> Sweep:
        """Delete people with all that hangs on them: steps, notes, invitations. Put back as a whole for a month."""
        with transaction.atomic():
            chosen = _chosen(people, by)
            names = ", ".join(person.name for person in chosen[:3])
            more = f" and {len(chosen) - 3} more" if len(chosen) > 3 else ""  # noqa: PLR2004  (as many as are named)
            kept = take_out(Person.objects.filter(pk__in=[person.pk for person in chosen]))
            CardRound.again(by, at=at)
            return cls._make("deletion", f"Deleted {names}{more}."[:300], kept, by, at)

    @classmethod
    def _make(cls, kind: str, says: str, kept: dict[str, Any], by: Member, at: datetime) -> Sweep:
        made = cls.objects.create(member=by, kind=kind, says=says, kept=kept, swept_at=at)
        record(by, f"people.{kind}", says, made, at=at)
        return made

    def undo(self, *, by: Member, at: datetime) -> str:
        """Let all be as before, as far as it was not changed since; give a sentence about what could not be."""
        with transaction.atomic():
            found = Sweep.objects.select_for_update().get(pk=self.pk)
            if found.undone_at is not None:
                raise NotAllowed("This was taken back already.")
            if not found.kept:
                raise NotAllowed(
                    f"Deleted people are kept for {KEPT_FOR.days} days; these are gone for good."
                )
            self.undone_at = at
            lost = {"tag": self._untag, "sphere": self._move_back, "deletion": self._put_back}[self.kind](at)
            Sweep.objects.filter(pk=self.pk).update(undone_at=at, kept={})
            record(by, f"people.{self.kind}_undone", f"Taken back: {self.says}", self, at=at)
        return f" {lost} could not be put back, since what belonged to it is gone by now." if lost else ""

    def _untag(self, at: datetime) -> int:
        edits = CardRevision.objects.filter(pk__in=self.kept["revisions"], undone_at=None).select_related(
            "person"
        )
        untouched: list[CardRevision] = []
        later: list[CardRevision] = []
        for edit in edits:
            (untouched if edit.person.card == edit.after else later).append(edit)
        for edit in untouched:
            edit.undone_at, edit.person.card, edit.person.is_indexed = at, edit.before, False
        CardRevision.objects.bulk_update(untouched, ["undone_at"], batch_size=200)
        Person.objects.bulk_update(
            [edit.person for edit in untouched], ["card", "is_indexed"], batch_size=100
        )
        for edit in later:
            edit.undone_at = at
            edit.save(update_fields=["undone_at"])
            edit.person.take_card(edit.person.replay(Card.parse(edit.before), since=edit.pk))
        return 0

    def _move_back(self, at: datetime) -> int:
        told = {int(key): pair for key, pair in self.kept["spheres"].items()}
        people = Person.objects.filter(pk__in=list(told))
        as_left = [person for person in people if _spheres(person) == told[person.pk][1]]
        _move(as_left, {key: before for key, (before, _) in told.items()})
        CardRound.again(self.member, at=at)
        return 0

    def _put_back(self, at: datetime) -> int:
        lost = put_back(self.kept)
        CardRound.again(self.member, at=at)
        return lost

    def forget(self) -> None:
        """Let what was deleted go for good."""
        Sweep.objects.filter(pk=self.pk, undone_at=None).update(kept={})


def _chosen(people: Collection[int], by: Member) -> list[Person]:
    if not people:
        raise NotAllowed("Choose somebody first.")
    if len(people) > MOST:
        raise NotAllowed(f"{MOST} people at once are the most; narrow the list first.")
    mine = Person.objects.seen_by(by).filter(pk__in=list(people)).order_by("name", "pk")
    found = list(mine.select_for_update(of=("self",)))
    if not found:
        raise NotAllowed("Choose somebody first.")
    return found


def _edit(person: Person, card: Card, fresh: Card, at: datetime) -> CardRevision:
    return CardRevision(
        person=person,
        source=SOURCE,
        given=fresh.text(),
        digest=digest(fresh),
        before=person.card or card.text(),
        after=fresh.text(),
        absorbed_at=at,
        is_edit=True,
        edit=edit_between(card, fresh),
    )


def _spheres(person: Person) -> list[bool]:
    return [person.is_professional, person.is_social]


def _move(people: Sequence[Person], spheres: dict[int, list[bool]]) -> None:
    """Let people belong to spheres, and with them the addresses that their cards do not sort themselves."""
    addresses = []
    for person in people:
        person.is_professional, person.is_social = spheres[person.pk]
    Person.objects.bulk_update(people, _SPHERES, batch_size=200)
    for some in (people[start : start + 200] for start in range(0, len(people), 200)):
        by_key = {person.pk: person.mailboxes(person.current_card) for person in some}
        for address in EmailAddress.objects.filter(person__in=list(by_key)):
            sphere = by_key[address.person_id].get(address.email, address.sphere)
            if sphere != address.sphere:
                address.sphere = sphere
                addresses.append(address)
    EmailAddress.objects.bulk_update(addresses, ["sphere"], batch_size=200)


def _count(number: int) -> str:
    return "one person" if number == 1 else f"{number} people"
