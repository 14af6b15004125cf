"""A person in a member's address book: private to that member."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import zip_longest
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models, transaction
from django.db.models import Q, Value
from django.db.models.functions import Lower

from rapport.accounts.models import Member
from rapport.journal.errors import NotAllowed
from rapport.journal.models import Entry, record
from rapport.journal.rows import as_json
from rapport.people.models.card_index import Tag
from rapport.people.models.card_revision import LONGEST_UID, CardRevision, digest, digest_of
from rapport.people.models.email_address import EmailAddress
from rapport.people.models.organisation import Organisation
from rapport.people.models.sphere import Sphere
from rapport.people.sentences import card_changed
from rapport.rows import write_new
from rapport.rules.card import Card, PostalAddress, difference, news
from rapport.rules.card.history import absorbed, struck_by
from rapport.rules.card.reach import professional, sphere_of
from rapport.rules.etiquette import FACTS
from rapport.rules.profiles import is_professional
from rapport.rules.supposing import clause

_is_web_address = URLValidator(schemes=["http", "https"])


class Recognised(models.IntegerChoices):
    """How far a card, as it is now, is compared with the others of its book."""

    NOT_YET = 0
    BY_KEYS = 1
    COMPARED = 2


class PersonQuerySet(models.QuerySet["Person"]):
    """People in a book."""

    def seen_by(self, member: Member) -> Self:
        """The member's own people; who was merged into another is seen as that one."""
        return self.filter(member=member, merged_into=None)

    def in_sphere(self, sphere: str) -> Self:
        """Who belongs to a sphere; who is in both belongs to each."""
        return self.filter(**{f"is_{Sphere(sphere).value}": True})

    def with_email(self, email: str) -> Self:
        """Who has this address, in any capitals."""
        return self.filter(emails__email=email.strip().lower())

    def named(self, text: str) -> Self:
        """Whose name or one of whose addresses has a text in it."""
        holders = EmailAddress.objects.filter(email__icontains=text.strip()).values("person")
        return self.filter(Q(name__icontains=text.strip()) | Q(pk__in=holders))

    def tagged(self, tag: str) -> Self:
        """Whose card is kept under a label, in any capitals of A to Z."""
        tags = Tag.objects.alias(name_in_lower_case=Lower("name"))
        return self.filter(pk__in=tags.filter(name_in_lower_case=Lower(Value(tag))).values("person"))

    def not_heard_since(self, since: datetime) -> Self:
        """With whom no contact was noted since a moment (`was_in_contact`)."""
        return self.filter(Q(last_contact_at=None) | Q(last_contact_at__lt=since))

    def given(self, card: Card) -> Self:
        """Who came or was brought up to date by exactly this card."""
        return self.filter(revisions__digest=digest(card), revisions__undone_at=None)


class Person(models.Model):
    """Somebody in a member's address book.

    The fields shown are read from `card`, the current vCard text; `time_zone` and `country` are where the
    person is, when known. `met` is a value of the fact `met`. `merged_into` is who stands for them once they were
    merged (`Merge`), `recognised` how far their card is compared with others, `is_indexed` whether they are found by
    what their card says now (`CardIndex`).
    """

    member = models.ForeignKey(Member, models.CASCADE, related_name="people", db_index=False)
    name = models.CharField(max_length=300)
    title = models.CharField(max_length=300, blank=True)
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, related_name="people")
    phone = models.CharField(max_length=64, blank=True)
    profile = models.URLField(max_length=500, blank=True)
    time_zone = models.CharField(max_length=64, blank=True)
    country = models.CharField(max_length=2, blank=True)
    is_professional = models.BooleanField(default=True)
    is_social = models.BooleanField(default=False)
    met = models.CharField(max_length=16, blank=True)
    how_met = models.TextField(blank=True)
    notes = models.TextField(blank=True)
    card = models.TextField(blank=True)
    last_contact_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    merged_into = models.ForeignKey(
        "self", models.CASCADE, null=True, editable=False, related_name="merged_people"
    )
    recognised = models.PositiveSmallIntegerField(
        choices=Recognised.choices,
        default=Recognised.NOT_YET,
        db_default=Recognised.NOT_YET,
        editable=False,
    )
    is_indexed = models.BooleanField(default=False, db_default=False, editable=False)

    is_said_again = False
    """Whether, since this row was loaded, a place was noted where something stands that it says already."""

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "people"
        indexes = [
            models.Index(
                # All that a list is narrowed by, so that nobody's card is read to pass them over.
                fields=[
                    "member",
                    "name",
                    "id",
                    "is_professional",
                    "is_social",
                    "last_contact_at",
                    "created_at",
                    "organisation",
                ],
                condition=Q(merged_into=None),
                name="people_by_name",
            ),
            models.Index(
                # All that a list is counted by when it is narrowed by days.
                fields=["member", "id", "created_at"],
                condition=Q(merged_into=None),
                name="people_of_member",
            ),
            models.Index(
                # After the one before: of two that fit alike SQLite takes the newer, and everybody fits that one.
                fields=["member", "id"],
                condition=Q(merged_into=None, is_indexed=False),
                name="people_to_index",
            ),
            models.Index(
                fields=["member", "recognised"],
                condition=Q(merged_into=None, recognised__lt=2),
                name="people_to_recognise",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def make(
        cls,
        member: Member,
        card: Card,
        *,
        source: str,
        at: datetime,
        met: str = "interview",
        organisation: Organisation | None = None,
        row: int | None = None,
    ) -> Person:
        """Put somebody new into the book. `organisation` is the one the card names, when it was looked up already.

        `row` is the line of the file `source` where the card begins, counted from 1.
        """
        with transaction.atomic(savepoint=False):
            [person] = cls.make_all(member, [(card, organisation)], source=source, at=at, met=met, rows=[row])
            person.tell_of_meeting(source, at=at)
        return person

    @classmethod
    def make_all(
        cls,
        member: Member,
        cards: Sequence[tuple[Card, Organisation | None]],
        *,
        source: str,
        at: datetime,
        met: str = "",
        last_contacts: Iterable[datetime | None] = (),
        rows: Sequence[int | None] = (),
    ) -> list[Person]:
        """Put many people into the book quietly: what brings them journals them, as one or each.

        `rows` are the lines of the file `source` where the cards begin.
        """
        people = []
        for (card, organisation), last in zip_longest(cards, last_contacts):
            person = cls(
                member=member, met=met, created_at=at, organisation=organisation, last_contact_at=last
            )
            person._read(card)
            people.append(person)
        write_new(people)
        uids = [card.uid for card, _ in cards]
        CardRevision.begin(people, uids, source=source, at=at, rows=rows)
        stated = ((person, person.mailboxes(card)) for person, (card, _) in zip(people, cards, strict=True))
        EmailAddress.begin(stated)
        return people

    def tell_of_meeting(self, source: str, *, at: datetime) -> None:
        """Journal that somebody came into the book."""
        says = f"{self.presented} came into the book from {source}."
        record(self.member, "person.met", says, self, at=at)

    @property
    def country_at_work(self) -> str:
        """The ISO code of where they are at work: their own country, else their organisation's, "" for neither."""
        return self.country or (self.organisation.country if self.organisation else "")

    @property
    def current_card(self) -> Card:
        """The card as it stands; of somebody without one, their name."""
        return Card.parse(self.card) if self.card else Card.of(name=self.name)

    @property
    def postal_address(self) -> PostalAddress | None:
        """Where letters reach them at work, as their card says: a home is not chosen by itself."""
        return professional(self.current_card).postal_address

    @property
    def presented(self) -> str:
        """The name with title and organisation, as far as known."""
        place = " at ".join(part for part in (self.title, str(self.organisation or "")) if part)
        return f"{self.name}, {place}" if place else self.name

    def addresses_for(self, sphere: str) -> list[str]:
        """Give every e-mail address, those of a sphere first, those from which mail came back last."""
        kept = sorted(
            self.emails.all(),
            key=lambda address: (address.sphere != sphere, address.bounced_at is not None, address.pk),
        )
        return [address.email for address in kept]

    def address_for(self, sphere: str) -> EmailAddress | None:
        """Give the address that is chosen by itself: one of the sphere, and rather one that mail reaches.

        None when there is none: nothing crosses from one sphere to the other unless the member chooses it.
        """
        theirs = [address for address in self.emails.all() if address.sphere == sphere]
        return min(theirs, key=lambda address: (address.bounced_at is not None, address.pk), default=None)

    @property
    def work_email(self) -> str:
        """The address that is chosen by itself for business, or an empty text."""
        found = self.address_for(Sphere.PROFESSIONAL)
        return found.email if found else ""

    def address_bounced(self, email: str, said: str, *, by: Member, at: datetime) -> None:
        """Note that mail to an address came back; it is not chosen by itself any more."""
        with transaction.atomic():
            if self.emails.filter(email=email.lower(), bounced_at=None).update(bounced_at=at):
                says = f"{self.name}: mail to {email} comes back. {said}".strip()
                record(
                    by, "address.bounced", says, self, at=at, changes={"bounced_at": [None, at.isoformat()]}
                )

    def address_works(self, email: str, *, by: Member, at: datetime) -> None:
        """Note that an address works after all: mail comes from it, or the member says so."""
        with transaction.atomic():
            if self.emails.filter(email=email.lower()).exclude(bounced_at=None).update(bounced_at=None):
                record(by, "address.works", f"{self.name}: {email} works again.", self, at=at)

    def absorb(self, card: Card, *, source: str, at: datetime, row: int | None = None) -> CardRevision | None:
        """Bring the person up to date by a card; None when it says nothing new. `row` is its line in the file `source`.

        The raw card is kept in the history, so nothing that a source said is lost and the absorbing can be undone.
        A card that was absorbed before says nothing new, whatever came after it, and what the member took out or
        typed over does not come back with another (`rules.card.history`).
        """
        if CardRevision.objects.of(self).standing().giving(card).exists():
            self.was_said_again(card, source, row, at=at)
            return None
        old = Card.parse(self.card)
        fresh = absorbed(old, card, self.revisions.struck(), at.date())
        if fresh == old:
            self.was_said_again(card, source, row, at=at)
            return None
        with transaction.atomic():
            revision = self.revisions.create(
                source=source[:300],
                row=row,
                given=card.text(),
                digest=digest(card),
                uid=card.uid[:LONGEST_UID],
                before=self.card,
                after=fresh.text(),
                absorbed_at=at,
            )
            self.show(fresh, by=self.member, at=at, verb="person.absorbed", tail=f" ({source})")
        return revision

    def was_said_again(self, card: Card, source: str, row: int | None, *, at: datetime) -> None:
        """Note, with a card that stands, the row of a file that says nothing new; what is from no file has no row."""
        if row is None:
            return
        given = CardRevision.objects.of(self).standing().filter(is_edit=False, joins__isnull=True)
        standing = given.giving(card).first() or given.last()
        if standing is not None:
            self.is_said_again |= standing.was_said_again(source, row, card.uid, at=at)

    def show(
        self,
        card: Card,
        *,
        by: Member,
        at: datetime,
        verb: str,
        tail: str = "",
        beside: dict[str, Any] | None = None,
        edit: CardRevision | None = None,
    ) -> None:
        """Let `card` be the current one and journal what reads otherwise than before.

        `beside` are columns that changed with it, each with its `[before, after]`; `edit` is what can be undone.
        """
        before = self.current_card
        self.take_card(card)
        also = [edit] if edit else []
        self.tell(before, by=by, at=at, verb=verb, tail=tail, beside=beside, also=also)

    def tell(
        self,
        before: Card,
        *,
        by: Member,
        at: datetime,
        verb: str,
        tail: str = "",
        beside: dict[str, Any] | None = None,
        also: Iterable[models.Model] = (),
    ) -> None:
        """Journal what reads otherwise than on the card `before`; `also` are rows that the entry is about."""
        changes = (difference if verb == "person.edited" else news)(before, self.current_card)
        says = card_changed(changes, beside or {})
        shown = {change.field: [list(change.before), list(change.after)] for change in changes}
        record(by, verb, f"{self.name}: {says}{tail}", self, *also, at=at, changes=shown | (beside or {}))

    def take_card(self, card: Card) -> None:
        """Let `card` be the current one; the verb that knows why journals it.

        Of somebody merged into another, it is said again of that one.
        """
        self._read(card)
        self.save()
        if self.merged_into_id is None:
            EmailAddress.keep(self, self.mailboxes(card))
            return
        for taken in CardRevision.objects.standing().filter(merge__other=self).select_related("person"):
            taken.given, taken.digest = self.card, digest_of(self.card)
            taken.save(update_fields=["given", "digest"])
            before = Card.parse(taken.before)
            taken.person.take_card(taken.person.replay(before, since=taken.pk - 1))

    def replay(self, card: Card, *, since: int) -> Card:
        """Give what `card` becomes when all that was said after the revision `since` is said again."""
        struck = self.revisions.struck(until=since)
        for later in self.revisions.standing().filter(pk__gt=since):
            later.before = card.text()
            card = later.upon(card, struck)
            struck = struck_by(later.edit, struck) if later.is_edit else struck
            later.after = card.text()
            later.save(update_fields=["before", "after"])
        return card

    def _read(self, card: Card) -> None:
        self.card = card.text()
        self.recognised = Recognised.NOT_YET
        self.is_indexed = False
        self.name = (card.name or "Somebody without a name")[:300]
        self.title = card.title[:300]
        self.phone = next(iter(professional(card).phones), "")[:64]
        pages = [url for url in card.urls if _is_profile(url)]
        self.profile = min(pages, key=lambda url: not is_professional(url), default="")
        self.country = next((address.country for address in card.addresses if address.country), self.country)
        employer = card.organisation
        if not employer:
            self.organisation = None
        elif self.organisation is None or self.organisation.name.lower() != employer.lower():
            self.organisation = Organisation.named(self.member, employer)

    def mailboxes(self, card: Card) -> dict[str, str]:
        """Give the e-mail addresses of a card in small letters, each with its sphere."""
        untyped = Sphere.SOCIAL if self.is_social and not self.is_professional else Sphere.PROFESSIONAL
        stated: dict[str, str] = {}
        for prop in card.every("EMAIL"):
            email = prop.text.strip().removeprefix("mailto:").lower()[:320]
            stated.setdefault(email, sphere_of(prop, untyped))
        return stated

    def state(self, fact: str, value: Any, *, by: Member, at: datetime) -> None:
        """State a fact about the person in answer to a question; the newest statement counts."""
        if fact not in FACTS or not FACTS[fact].accepts(value):
            expects = FACTS[fact].expects if fact in FACTS else "no such fact"
            raise NotAllowed(f"{fact} cannot be {value!r}: {expects}.")
        kept = as_json(value)
        with transaction.atomic():
            stated = self.statements.filter(fact=fact)
            before = stated.values_list("value", flat=True).first()
            if not stated.update(value=kept, stated_at=at):
                self.statements.bulk_create(
                    [self.statements.model(person=self, fact=fact, value=kept, stated_at=at)],
                    update_conflicts=True,  # a second click may have stated it meanwhile
                    unique_fields=["person", "fact"],
                    update_fields=["value", "stated_at"],
                )
            says = f"{self.name}: {clause(fact, kept)}."
            record(by, "person.fact_stated", says, self, at=at, changes={fact: [before, kept]})

    def retract(self, fact: str, *, by: Member, at: datetime) -> None:
        """Take a statement back: the fact is unknown again."""
        with transaction.atomic():
            statement = self.statements.filter(fact=fact).first()
            if statement is None:
                raise NotAllowed(f"Nothing was stated about this of {self.name}.")
            before = statement.value
            statement.delete()
            says = f"{self.name}: it is not known any more that {clause(fact, before)}."
            record(by, "person.fact_retracted", says, self, at=at, changes={fact: [before, None]})

    def put_back(self, entry: Entry, *, by: Member, at: datetime) -> None:
        """Let a statement be as before an entry; NotAllowed when it was stated anew since."""
        ((fact, (before, after)),) = entry.changes.items()
        standing = self.statements.filter(fact=fact).first()
        if (standing.value if standing else None) != after:
            raise NotAllowed(f"{self}: this has changed since, or was taken back already.")
        if before is None:
            self.retract(fact, by=by, at=at)
        else:
            self.state(fact, FACTS[fact].parse(before) if isinstance(before, str) else before, by=by, at=at)

    def was_in_contact(self, at: datetime | None) -> None:
        """Keep when there was real contact last; the verb that knows of it journals it."""
        self.last_contact_at = at
        self.save(update_fields=["last_contact_at"])

    def describe(
        self,
        *,
        by: Member,
        at: datetime,
        how_met: str | None = None,
        notes: str | None = None,
        spheres: Iterable[str] | None = None,
    ) -> None:
        """Note how you met, what you talked about, and the spheres the person belongs to."""
        said: dict[str, Any] = {"how_met": how_met, "notes": notes}
        if spheres is not None:
            chosen = {Sphere(sphere) for sphere in spheres}
            said |= {
                "is_professional": Sphere.PROFESSIONAL in chosen,
                "is_social": Sphere.SOCIAL in chosen,
            }
        changes = {
            field: [getattr(self, field), value]
            for field, value in said.items()
            if value is not None and value != getattr(self, field)
        }
        if not changes:
            return
        with transaction.atomic():
            for field, (_before, after) in changes.items():
                setattr(self, field, after)
            self.is_indexed = False
            self.save(update_fields=[*changes, "is_indexed"])
            EmailAddress.keep(self, self.mailboxes(self.current_card))
            record(by, "person.described", f"You noted more about {self.name}.", self, at=at, changes=changes)


def _is_profile(url: str) -> bool:
    if len(url) > 500:  # noqa: PLR2004  (the column's width)
        return False
    if is_professional(url):
        return True
    try:
        _is_web_address(url)
    except ValidationError:
        return False
    return True
