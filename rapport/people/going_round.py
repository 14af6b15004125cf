"""A member's own card in the books of fellow members: it comes, changes, and goes again as it is shown to them.

It finds its owner in somebody's book by the address they sign in with alone, as `showing` does, and makes nobody new.
What it shows no more is kept nowhere: no card, suggestion or entry of that book says it again.
"""

from __future__ import annotations

from datetime import datetime
from textwrap import shorten
from typing import Any

from django.db import transaction

from rapport.accounts.models import Member
from rapport.journal.models import Entry
from rapport.people.hearing import hear
from rapport.people.models import CardRevision, EmailAddress, Kind, Merge, Person, Source, Suggestion
from rapport.people.models.card_revision import digest
from rapport.people.models.suggestion import LONGEST, OPEN
from rapport.people.showing import seen_by
from rapport.rules.audience import withdrawn
from rapport.rules.card import Card, difference
from rapport.rules.card.hearing import values_of
from rapport.rules.card.history import absorbed

SOURCE = Kind.MEMBER.label


def go_round(owner: Member, *, at: datetime) -> list[Person]:
    """Bring the owner's card into the books of the fellow members who have them, as each may see it.

    Give the people whose card is another one since.
    """
    if not owner.email:
        return []
    theirs = EmailAddress.objects.filter(email=owner.email.lower()).exclude(person__member=owner)
    people = Person.objects.filter(pk__in=theirs.values("person"), merged_into=None, member__is_active=True)
    found = people.select_related("member", "organisation").iterator(chunk_size=100)
    return [person for person in found if renew(person, seen_by(owner, person.member), at=at)]


def renew(person: Person, card: Card | None, *, at: datetime) -> bool:
    """Let a person's own card say anew what they show, by itself or as suggestions, as the member has set.

    What others said, and what the member typed, stays. Gives whether the person's card is another one; it is not
    when nothing is said anew, and a card that the member took back does not come again.
    """
    with transaction.atomic():
        person = Person.objects.select_for_update(of=("self",)).select_related("member").get(pk=person.pk)
        coming = _Coming(person, at)
        if coming.said_last == (card.text() if card else ""):
            return False
        before = person.current_card
        coming.withdraw(card)
        coming.say(card)
        is_other = person.current_card != before
        if is_other and coming.is_told:
            person.tell(before, by=person.member, at=at, verb="person.absorbed", tail=f" ({SOURCE})")
        coming.forget(person.current_card)
    return is_other


def come_again(person: Person, *, at: datetime) -> None:
    """Let a fellow member's own card say of a person what it shows now, once they are two people again.

    What was set aside when they were merged stands as of then.
    """
    if not Source.objects.filter(person=person, kind=Kind.MEMBER).exists():
        return
    addresses = EmailAddress.objects.filter(person=person).values("email")
    owners = list(Member.objects.filter(email__in=addresses).exclude(pk=person.member_id))
    for card in [seen_by(owner, person.member) for owner in owners] or [None]:
        renew(person, card, at=at)


class _Coming:
    """One card that comes to one person of a book, and to whoever was merged into them."""

    def __init__(self, person: Person, at: datetime) -> None:
        self.person, self.at = person, at
        self.everybody = _with_merged(person)
        self.source = Source.of(person, Kind.MEMBER)
        self.source.person = person
        cards = CardRevision.objects.filter(person__in=self.everybody, source=SOURCE, edit=[])
        self.whole = cards.exclude(before="")
        self.former = self.whole.filter(undone_at=None).last()
        given = self.former.given if self.former else ""
        self.said_last = self.source.card or given
        self.is_told = True
        self.gone = Card([])

    def withdraw(self, card: Card | None) -> None:
        """Take off what was said before and is shown no more."""
        if self.said_last:
            self.gone = withdrawn(Card.parse(self.said_last), card)
        keys = values_of(self.gone)
        if not keys:
            return
        for one in self.source.suggestions.exclude(state=OPEN).select_related("revision"):
            if values_of(one.brought) & keys:
                if one.revision is not None:
                    self._take_off(one.revision.pk)
                one.delete()
        for merge in Merge.objects.standing().filter(person__in=self.everybody):
            merge.handed["aside"] = _without(self.gone, merge.handed["aside"], self.source.pk)
            merge.save(update_fields=["handed"])

    def say(self, card: Card | None) -> None:
        """Let the card come whole where members' cards apply by themselves, else a field at a time."""
        if card is None or self.source.applies_by_itself:
            self.source.suggestions.filter(state=OPEN).delete()
            self._put_on(card)
            self.source.card, self.source.heard_at = card.text() if card else "", self.at
            self.source.save(update_fields=["card", "heard_at"])
            return
        if self.former is not None:
            self._put_on(_rest(Card.parse(self.former.given), self.gone))
        self.source.card = self.said_last
        self.source.save(update_fields=["card"])
        self.is_told = not hear(self.source, card, at=self.at).applied
        self.person.refresh_from_db()

    def _put_on(self, card: Card | None) -> None:
        """Let a card stand in place of the former one."""
        if self.former is not None:
            self._take_off(self.former.pk)
            self.person.refresh_from_db()
        was_taken_back = card and self.whole.filter(digest=digest(card)).exclude(undone_at=None).exists()
        if card is None or was_taken_back:
            return
        standing = self.person.current_card
        fresh = absorbed(standing, card, self.person.revisions.struck(), self.at.date())
        self.person.revisions.create(
            source=SOURCE,
            given=card.text(),
            digest=digest(card),
            before=standing.text(),
            after=fresh.text(),
            absorbed_at=self.at,
        )
        if fresh != standing:
            self.person.take_card(fresh)

    def _take_off(self, key: int) -> None:
        """Let a person's card be as if a card, or a suggestion, had never come."""
        revision = CardRevision.objects.select_related("person").get(pk=key)
        holder = revision.person if revision.person_id != self.person.pk else self.person
        if revision.undone_at is None:
            holder.refresh_from_db()
            holder.take_card(holder.replay(Card.parse(revision.before), since=key))
        revision.delete()

    def forget(self, standing: Card) -> None:
        """Let nothing that is kept of the past say what is shown no more, unless it stands by somebody else's word."""
        known = _texts(standing)
        texts = [text for text in _texts(self.gone) if text not in known]
        if not texts:
            return
        said = CardRevision.objects.filter(person__in=self.everybody).exclude(before="")
        for revision in said.select_related("person"):
            if revision.undone_at is not None:
                card = _rest(Card.parse(revision.given), self.gone) or Card([])
                revision.given = card.text()
                revision.before = revision.after = revision.person.card
            elif revision.is_edit:
                revision.given = revision.after
            revision.save(update_fields=["given", "before", "after"])
        for one in Suggestion.objects.filter(source=self.source):
            one.before = [text for text in one.before if text not in texts]
            one.save(update_fields=["before"])
        Entry.objects.about_any(Person, self.everybody).forget(texts)


def _with_merged(person: Person) -> list[int]:
    """Give the keys of a person and of everybody merged into them."""
    found, new = [person.pk], [person.pk]
    while new:
        new = list(Person.objects.filter(merged_into__in=new).values_list("pk", flat=True))
        found += new
    return found


def _without(gone: Card, aside: list[list[Any]], source: int) -> list[list[Any]]:
    """Give what was set aside when two were merged without what a member's card, one of `source` or aside, hides."""
    its_card, its_word = Source._meta.label_lower, Suggestion._meta.label_lower
    cards = {source} | {row["id"] for kind, row in aside if kind == its_card and row["kind"] == Kind.MEMBER}
    kept = []
    for kind, row in aside:
        if kind == its_word and row["source_id"] in cards:
            said = Card(line for pair in row["edit"] for line in pair if line)
            if values_of(said) & values_of(gone):
                continue
        is_card = kind == its_card and row["id"] in cards and row["card"]
        rest = {"card": (_rest(Card.parse(row["card"]), gone) or Card([])).text()} if is_card else {}
        kept.append([kind, row | rest])
    return kept


def _rest(card: Card, gone: Card) -> Card | None:
    """Give a card without what is gone from it; None when nothing but a name is left."""
    rest = Card(line for line in card.lines if not values_of(Card([line])) & values_of(gone))
    names = {"VERSION", "FN", "N"}
    return rest if any(prop.name not in names for prop in rest.properties) else None


def _texts(card: Card) -> list[str]:
    """Give what a card says as the journal tells it, also cut short."""
    changes = (change for change in difference(Card([]), card) if change.field != "name")
    said = [text for change in changes for text in change.after]
    return [*said, *(short for text in said if (short := shorten(text, LONGEST, placeholder=" …")) != text)]
