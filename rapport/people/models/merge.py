"""Two people of a book that are one: merged, and told apart again, after months and later edits as well."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, Self

from django.db import models, transaction

from rapport.accounts.models import Member
from rapport.journal.errors import NotAllowed
from rapport.journal.models import record
from rapport.journal.rows import put, stored
from rapport.people.models.card_revision import CardRevision, digest
from rapport.people.models.person import Person
from rapport.people.models.proposal import Proposal
from rapport.people.models.told_apart import ToldApart
from rapport.people.moving import Handed, hand_back, hand_over
from rapport.rules.card import SHOWN, Card, difference, identifiers, joined

_TEXTS = ("how_met", "notes")
_OWN = (
    *_TEXTS,
    "met",
    "time_zone",
    "country",
    "is_professional",
    "is_social",
    "last_contact_at",
    "created_at",
)


class MergeQuerySet(models.QuerySet["Merge"]):
    """Merges in a book."""

    def seen_by(self, member: Member) -> Self:
        """The member's own."""
        return self.filter(member=member)

    def standing(self) -> Self:
        """Those that were not taken back."""
        return self.filter(undone_at=None)


class Merge(models.Model):
    """`other` was merged into `person`, who stands for both from then on.

    The row of `other` stays, with its card and what its sources said of it, and is seen by nobody. `revision` is its
    card as `person` took it in. `handed` is what moved (`moving.Handed`). `before` and `after` are the columns of
    `person` that are not of the card.
    """

    member = models.ForeignKey(Member, models.CASCADE, related_name="merges")
    person = models.ForeignKey(Person, models.CASCADE, related_name="merges")
    other = models.ForeignKey(Person, models.CASCADE, related_name="merged_by")
    revision = models.OneToOneField(CardRevision, models.CASCADE, related_name="merge")
    handed = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    merged_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["other"], condition=models.Q(undone_at=None), name="merged_into_one_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.other} merged into {self.person}"

    @classmethod
    def join(
        cls, person: Person, other: Person, *, by: Member, at: datetime, chosen: Collection[str] = ()
    ) -> Merge:
        """Let `person` stand for both; in the `chosen` fields (of `rules.card.SHOWN`) the value of `other` is shown.

        All that either card says stays on it. Joining the same two again changes nothing. NotAllowed for somebody of
        another book, for one person, where the member told them apart, and for a person merged elsewhere.
        """
        if unknown := set(chosen) - set(SHOWN):
            raise NotAllowed(f"Nothing is chosen by {min(unknown)!r}: it is one of {', '.join(SHOWN)}.")
        with transaction.atomic():
            pair = Person.objects.filter(member=by).select_for_update().in_bulk([person.pk, other.pk])
            if len(pair) < 2:  # noqa: PLR2004  (two people)
                raise NotAllowed("To merge takes two people of your own book.")
            person, other = pair[person.pk], pair[other.pk]
            if other.merged_into_id == person.pk:
                return cls.objects.standing().get(other=other)
            for one in (person, other):
                if one.merged_into_id is not None:
                    raise NotAllowed(f"{one} was merged with somebody already. Take that back first.")
            if (person.pk, other.pk) in ToldApart.pairs(by):
                raise NotAllowed(f"You said that {person} and {other} are two people. Take that back first.")
            return cls._join(person, other, by, at, chosen)

    @classmethod
    def _join(cls, person: Person, other: Person, by: Member, at: datetime, chosen: Collection[str]) -> Merge:
        before, old = _own(person), Card.parse(person.card)
        says = f"Merged {other.presented} into {person.presented}."
        handed = hand_over(other, person)
        theirs = Card.parse(other.card)
        fresh = joined(old, theirs, chosen)
        revision = person.revisions.create(
            source=f"{other.name}, merged"[:300],
            given=other.card,
            digest=digest(theirs),
            before=person.card,
            after=fresh.text(),
            absorbed_at=at,
            joins=sorted(chosen),
        )
        _take_own(person, other)
        person.take_card(fresh)
        merge = cls.objects.create(
            member=by,
            person=person,
            other=other,
            revision=revision,
            handed=handed.as_json(),
            before=before,
            after=_own(person),
            merged_at=at,
        )
        Person.objects.filter(pk=other.pk).update(merged_into=person)
        other.tags.all().delete()
        Proposal.objects.about(person, other).delete()
        changes = {
            change.field: [list(change.before), list(change.after)] for change in difference(old, fresh)
        }
        record(by, "person.merged", says, person, other, merge, at=at, changes=changes)
        return merge

    def undo(self, *, by: Member, at: datetime) -> None:
        """Let both be two people again, each with what it had.

        What came since from sources of `other` goes to it, as does what was done since about rows that were its own;
        all else that was said and edited since stays with `person`.
        """
        with transaction.atomic():
            person = Person.objects.get(pk=self.person_id)
            if person.merged_into_id is not None:
                raise NotAllowed(
                    f"{person} was merged with {person.merged_into} since: take that back first."
                )
            if not Merge.objects.filter(pk=self.pk, undone_at=None).update(undone_at=at):
                raise NotAllowed("This was taken back already.")
            self.undone_at = at
            Person.objects.filter(pk=self.other_id).update(merged_into=None)
            other = Person.objects.get(pk=self.other_id)
            Proposal.objects.about(person, other).delete()
            hand_back(Handed(**self.handed), person, other)
            self._give_own_back(person)
            self._give_cards_back(person, other, at)
            says = f"{other.presented} and {person.presented} are two people again."
            record(by, "person.unmerged", says, person, other, self, at=at)

    def _give_own_back(self, person: Person) -> None:
        """Let the columns be as before, unless they were changed since.

        Of a text that grew, what came with the other goes.
        """
        now = _own(person)
        back = {name: self.before[name] for name, said in now.items() if said == self.after[name]}
        for name in _TEXTS:
            came = self.after[name].removeprefix(self.before[name])
            if name not in back and came and came in now[name]:
                back[name] = now[name].replace(came, "", 1)
        put(person, back)

    def _give_cards_back(self, person: Person, other: Person, at: datetime) -> None:
        revision = CardRevision.objects.get(pk=self.revision_id)
        revision.undone_at = at
        revision.save(update_fields=["undone_at"])
        theirs = [key for key, given in self._came_since() if self._is_of_other(Card.parse(given))]
        CardRevision.objects.filter(pk__in=theirs).update(person=other)
        person.take_card(person.replay(Card.parse(revision.before), since=revision.pk))
        other.take_card(other.replay(Card.parse(other.card), since=revision.pk))

    def _came_since(self) -> Any:
        since = CardRevision.objects.filter(person=self.person_id, undone_at=None, joins__isnull=True)
        return since.filter(pk__gt=self.revision_id).values_list("pk", "given")

    def _is_of_other(self, card: Card) -> bool:
        """Whether a card came from a source of `other`: it names them as only their card did."""
        mine, theirs = (identifiers(Card.parse(text)) for text in (self.revision.before, self.revision.given))
        stated = identifiers(card)
        return bool(stated & (theirs - mine)) and not stated & (mine - theirs)


def _own(person: Person) -> dict[str, Any]:
    columns = stored(person)
    return {name: columns[name] for name in _OWN}


def _take_own(person: Person, other: Person) -> None:
    """Let a person say what is known of both besides the card."""
    for name in _TEXTS:
        said = dict.fromkeys(filter(None, (getattr(person, name), getattr(other, name))))
        setattr(person, name, "\n\n".join(said))
    for name in ("met", "time_zone", "country"):
        setattr(person, name, getattr(person, name) or getattr(other, name))
    for name in ("is_professional", "is_social"):
        setattr(person, name, getattr(person, name) or getattr(other, name))
    contacts = [one.last_contact_at for one in (person, other) if one.last_contact_at]
    person.last_contact_at = max(contacts, default=None)
    person.created_at = min(person.created_at, other.created_at)
