"""What a source said of a person, kept as it was: any of it can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import reduce
from hashlib import sha256
from itertools import zip_longest
from typing import TYPE_CHECKING, Self

from django.db import models, transaction
from django.db.models import Q

from rapport.accounts.models import Member
from rapport.journal.errors import NotAllowed
from rapport.rows import insert
from rapport.rules.card import Card, joined
from rapport.rules.card.history import Struck, absorbed, applied, struck_by

if TYPE_CHECKING:
    from rapport.people.models.person import Person

_LONGEST_SOURCE, _MOST_AGAIN = 300, 100
LONGEST_UID = 200


def digest(card: Card) -> str:
    """Tell cards apart by their text, as 64 hex digits (SHA-256)."""
    return digest_of(card.text())


def digest_of(text: str) -> str:
    """Tell a card apart by its text as it stands, as `digest` does."""
    return sha256(text.encode()).hexdigest()


class CardRevisionQuerySet(models.QuerySet["CardRevision"]):
    """What was said of people."""

    def of(self, person: Person) -> Self:
        """What was said of a person, and of those merged into them."""
        return self.filter(Q(person=person) | Q(person__merged_into=person))

    def standing(self) -> Self:
        """What was not taken back."""
        return self.filter(undone_at=None)

    def giving(self, card: Card) -> Self:
        """What gave exactly this card."""
        return self.filter(digest=digest(card))

    def struck(self, *, until: int | None = None) -> Struck:
        """Give what standing edits took out, up to the revision `until`, and did not put in again."""
        edits = self.standing().filter(is_edit=True)
        if until is not None:
            edits = edits.filter(pk__lte=until)
        return reduce(
            lambda struck, edit: struck_by(edit, struck), edits.values_list("edit", flat=True), Struck()
        )


class CardRevision(models.Model):
    """One card that a source gave, kept as it was, and the card that stood before: any absorb can be undone.

    `source` is a file's name where the card came from a file, and `row` its line there. `again` holds, as
    `[source, row, uid, when]`, where the same was said once more, for as long as the card stands.

    `uid` is the identifier that the card bears, its beginning: a later card that bears it means the same person.
    `joins`: it is the card of somebody merged in, and these are the fields where theirs is the one to show.
    `is_edit`: the member made it of the card that stood, by a form; `edit` is what they changed (`rules.card.history`),
    and `noted` what they wrote beside the card: a column of the person with its `[before, after]`. Without `is_edit`,
    `edit` is what a source said instead of what it said before (`Suggestion`).
    """

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="revisions")
    source = models.CharField(max_length=300)
    row = models.PositiveIntegerField(null=True)
    again = models.JSONField(default=list)
    given = models.TextField()
    digest = models.CharField(max_length=64)
    uid = models.CharField(max_length=LONGEST_UID, blank=True, default="")
    before = models.TextField(blank=True)
    after = models.TextField()
    absorbed_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    joins = models.JSONField(null=True)
    is_edit = models.BooleanField(default=False)
    edit = models.JSONField(default=list)
    noted = models.JSONField(default=dict)

    objects = CardRevisionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["digest"], name="cards_by_digest"),
            models.Index(fields=["uid"], name="cards_by_uid"),
        ]

    def __str__(self) -> str:
        return f"{self.source}, {self.absorbed_at:%Y-%m-%d}"

    @classmethod
    def begin(
        cls,
        people: Sequence[Person],
        uids: Sequence[str],
        *,
        source: str,
        at: datetime,
        rows: Sequence[int | None] = (),
    ) -> None:
        """Keep the cards with which people came into the book, from the lines `rows` of the file `source`."""
        file = source[:_LONGEST_SOURCE]
        given = (
            (person.pk, file, row, person.card, digest_of(person.card), uid[:LONGEST_UID], person.card, at)
            for person, uid, row in zip_longest(people, uids, rows)
        )
        insert(cls, ["person_id", "source", "row", "given", "digest", "uid", "after", "absorbed_at"], given)

    @classmethod
    def unsay(cls, member: Member, *, at: datetime) -> None:
        """Forget where files said at a moment what stood already: they were taken back."""
        moment = _moment(at)
        for said in cls.objects.filter(person__member=member, again__icontains=moment).iterator():
            said.again = [place for place in said.again if place[3:] != [moment]]
            said.save(update_fields=["again"])

    def was_said_again(self, source: str, row: int, uid: str, *, at: datetime) -> bool:
        """Note that a row of a file says the same once more; whether that was to be noted."""
        place = [source[:_LONGEST_SOURCE], row, uid[:LONGEST_UID]]
        is_noted = place in (said[:3] for said in self.again) or (self.source, self.row) == (place[0], row)
        if is_noted or len(self.again) >= _MOST_AGAIN:
            return False
        self.again.append([*place, _moment(at)])
        self.save(update_fields=["again"])
        return True

    def upon(self, card: Card, struck: Struck) -> Card:
        """Give what another card becomes when this one is said after it, where edits took out what is `struck`."""
        if self.is_edit or self.edit:
            return applied(card, self.edit)
        given = Card.parse(self.given)
        if self.joins is not None:
            return joined(card, given, self.joins)
        return absorbed(card, given, struck, self.absorbed_at.date())

    def undo(self, *, by: Member, at: datetime) -> None:
        """Take this card, or this edit, back as if it had never come; what was said and edited since stays.

        What an edit took out comes back with it, and what others said of it since. What was noted beside the card is
        as before, unless it was noted anew since.
        """
        if not self.before:
            raise NotAllowed(f"This is the card that {self.person} came with; it goes when they are deleted.")
        if self.joins is not None:
            raise NotAllowed(f"This is the card of somebody merged into {self.person}: take the merge back.")
        with transaction.atomic():
            if not CardRevision.objects.filter(pk=self.pk, undone_at=None).update(undone_at=at):
                raise NotAllowed("This card was taken back already.")
            self.undone_at = at
            self.person.refresh_from_db()
            card = self.person.replay(Card.parse(self.before), since=self.pk)
            beside = {
                column: [after, before]
                for column, (before, after) in self.noted.items()
                if getattr(self.person, column) == after
            }
            for column, (_now, then) in beside.items():
                setattr(self.person, column, then)
            verb = "person.edit_undone" if self.is_edit else "person.absorb_undone"
            self.person.show(
                card, by=by, at=at, verb=verb, tail=f" ({self.source} taken back)", beside=beside
            )


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
