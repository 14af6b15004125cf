"""Who says what of a person from outside, what they said last, and whether it applies by itself."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models, transaction

from rapport.accounts.models import Member
from rapport.journal.models import record
from rapport.people.models.person import Person
from rapport.rules.card import Card

if TYPE_CHECKING:
    from rapport.people.models.suggestion import SuggestionQuerySet


class Kind(models.TextChoices):
    """Kinds of sources; each is dealt with as the member sets."""

    IMPORT = "import", "an import"
    CARD = "card", "a subscribed card"
    MEMBER = "member", "their own card"
    ANSWER = "answer", "their own answer"
    SIGNATURE = "signature", "the signature of a mail"


class SourceQuerySet(models.QuerySet["Source"]):
    """Sources of a book."""

    def seen_by(self, member: Member) -> Self:
        """Those of the member's own people."""
        return self.filter(person__member=member, person__merged_into=None)


class Source(models.Model):
    """One source of one person; `address` tells two of a kind apart. `card` is what it said last, "" before it did.

    `is_trusted`: the member said that what it changes always applies by itself.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="sources")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    address = models.CharField(max_length=500, blank=True)
    card = models.TextField(blank=True)
    heard_at = models.DateTimeField(null=True)
    is_trusted = models.BooleanField(default=False)

    suggestions: SuggestionQuerySet
    objects = SourceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "address"], name="one_source_once_a_person")
        ]

    def __str__(self) -> str:
        if self.kind == Kind.CARD:
            return f"the card at {self.host}"
        return self.address or str(Kind(self.kind).label)

    @classmethod
    def of(cls, person: Person, kind: str, address: str = "") -> Source:
        """Give a person's source, made when it was not heard of."""
        return cls.objects.get_or_create(person=person, kind=Kind(kind), address=address)[0]

    @property
    def host(self) -> str:
        """The host of an address on the web."""
        return self.address.removeprefix("https://").partition("/")[0]

    @property
    def applies_by_itself(self) -> bool:
        """Whether what it says is not asked about, where it contradicts nobody."""
        return self.is_trusted or self.kind in self.person.member.applied_kinds

    def says(self, card: Card, *, at: datetime) -> None:
        """Keep what it says now."""
        self.card, self.heard_at = card.text(), at
        self.save(update_fields=["card", "heard_at"])

    @property
    def last_card(self) -> Card | None:
        """What it said last; None when it said nothing yet."""
        return Card.parse(self.card) if self.card else None

    def trust(self, *, by: Member, at: datetime) -> None:
        """Let what it says apply by itself from now on."""
        self._trust(
            is_trusted=True, says=f"What {self} says of {self.person} applies by itself.", by=by, at=at
        )

    def distrust(self, *, by: Member, at: datetime) -> None:
        """Ask about what it says again."""
        says = f"What {self} says of {self.person} is proposed again."
        self._trust(is_trusted=False, says=says, by=by, at=at)

    def _trust(self, *, is_trusted: bool, says: str, by: Member, at: datetime) -> None:
        with transaction.atomic():
            if Source.objects.filter(pk=self.pk).exclude(is_trusted=is_trusted).update(is_trusted=is_trusted):
                verb = "source.trusted" if is_trusted else "source.distrusted"
                record(by, verb, says, self.person, at=at)
            self.is_trusted = is_trusted
