"""What people are looked for by, read from their cards: words, tags, the day of birth. Derived, so never edited."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.db.models.functions import Lower

from rapport.accounts.models import Member
from rapport.rules.finding import document

if TYPE_CHECKING:
    from rapport.people.models.person import Person

LONGEST_TAG = 200
_AT_ONCE = 500


class CardIndex(models.Model):
    """Words of one person as `rules.finding` spreads them; `birthday` is month times 100 and day, without a year.

    It stands while `Person.is_indexed`; whatever changes a card takes that back, and the card is read anew before
    anybody looks. SQLite looks words up in an FTS5 table beside it that triggers keep in step, PostgreSQL in
    trigram indexes.
    """

    person = models.OneToOneField(
        "people.Person", models.CASCADE, primary_key=True, related_name="card_index"
    )
    name = models.TextField()
    work = models.TextField()
    rest = models.TextField()
    birthday = models.PositiveSmallIntegerField(null=True)

    class Meta:
        verbose_name_plural = "card indexes"
        indexes = [
            models.Index(
                fields=["birthday", "person"], condition=models.Q(birthday__isnull=False), name="birthdays"
            )
        ]

    def __str__(self) -> str:
        return f"words of {self.person}"

    @classmethod
    def of(cls, person: Person) -> CardIndex:
        """Give what a person is found by, unsaved."""
        card = person.current_card
        words = document(card, name=person.name, beside=f"{person.how_met}\n{person.notes}")
        born = card.birthday
        day = born.month * 100 + born.day if born and born.month and born.day else None
        return cls(person=person, birthday=day, **words._asdict())

    @classmethod
    def catch_up(cls, member: Member, *, at_most: int) -> int:
        """Read cards that changed or came since; give how many of the member's still wait."""
        people = _unread(member)
        done = 0
        while done < at_most and people.exists():
            with transaction.atomic():
                some = list(
                    people.order_by("pk").select_for_update(skip_locked=True)[: min(_AT_ONCE, at_most - done)]
                )
                cls.write(some)
            if not some:  # somebody else reads them just now
                break
            done += len(some)
        return people.count() if done >= at_most else 0

    @classmethod
    def write(cls, people: Sequence[Person]) -> None:
        """Write what people are found by, in a few statements."""
        keys = [person.pk for person in people]
        CardIndex.objects.bulk_create(
            [CardIndex.of(person) for person in people],
            update_conflicts=True,
            unique_fields=["person"],
            update_fields=["name", "work", "rest", "birthday"],
        )
        Tag.objects.filter(person__in=keys).delete()
        tags = (
            (person, name)
            for person in people
            if "CATEGORIES" in person.card.upper()
            for name in tags_of(person)
        )
        Tag.objects.bulk_create(
            [Tag(member_id=person.member_id, person=person, name=name) for person, name in tags],
            ignore_conflicts=True,
        )
        type(people[0]).objects.filter(pk__in=keys).update(is_indexed=True) if people else None


def _unread(member: Member) -> models.QuerySet[Person]:
    people: models.QuerySet[Person] = member.people.filter(merged_into=None, is_indexed=False)
    return people


def tags_of(person: Person) -> list[str]:
    """Give the labels that a person's card is kept under."""
    return list(dict.fromkeys(name[:LONGEST_TAG] for name in person.current_card.categories))


class Tag(models.Model):
    """One label (CATEGORIES) of a person's card."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="tags")
    name = models.CharField(max_length=LONGEST_TAG)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="tagged_once")]
        indexes = [
            models.Index(fields=["member", "name", "person"], name="people_by_tag"),
            models.Index(Lower("name"), "person", name="people_by_tag_in_lower_case"),
        ]

    def __str__(self) -> str:
        return self.name
