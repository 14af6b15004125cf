"""A member's own card as others see it: who is in which audience, and the round to the books of fellow members.

Only somebody who is in the member's book is in an audience of theirs, and a fellow member is known there by the
address they sign in with: an administrator let that one in, and nobody can give themselves another's. For the same
reason a card finds its owner in somebody's book by that address alone, and makes nobody new there.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from rapport.accounts.models import Member
from rapport.journal.models import record
from rapport.people.models import CardRevision, CardRound, EmailAddress, Listing, Person
from rapport.people.models.card_revision import digest
from rapport.rules.audience import LINK, PROFESSIONAL, SOCIAL, audiences_in, list_of, shown
from rapport.rules.card import Card
from rapport.rules.card.history import absorbed

SOURCE = "their own card"


def audiences_of(person: Person) -> frozenset[str]:
    """Give the audiences of the member whose book a person is in, that this person is in."""
    spheres = {PROFESSIONAL} if person.is_professional else set()
    spheres |= {SOCIAL} if person.is_social else set()
    on = Listing.objects.filter(person=person, named_list__sphere__in=spheres)
    return frozenset(spheres | {list_of(key) for key in on.values_list("named_list", flat=True)})


def seen_by(owner: Member, viewer: Member) -> Card | None:
    """Give what a fellow member sees of the owner's card; None when nothing is shown to them."""
    known = Person.objects.seen_by(owner).with_email(viewer.email) if viewer.email else Person.objects.none()
    in_audiences = frozenset[str]().union(*(audiences_of(person) for person in known))
    return shown(owner.own_card, in_audiences) if in_audiences else None


def seen_with_link(owner: Member) -> Card | None:
    """Give what anyone with the link sees; None when nothing is shown so."""
    return shown(owner.own_card, {LINK})


def keep_own_card(
    member: Member,
    card: Card,
    *,
    at: datetime,
    says: str = "You changed your own card, or who sees what of it.",
) -> None:
    """Keep the member's own card with who sees what of it; it goes round when others do, or did."""
    with transaction.atomic():
        before = member.own_card
        member.keep_card(card)
        _let_go_round(member, before, card, at=at)
        record(member, "card.kept", says, at=at)


def put_back_own_card(member: Member, text: str, *, at: datetime) -> None:
    """Let the member's own card be as it was kept before, also none; what took it back journals it."""
    with transaction.atomic():
        before = member.own_card
        member.card = text
        member.save(update_fields=["card"])
        _let_go_round(member, before, member.own_card, at=at)


def _let_go_round(member: Member, before: Card, card: Card, *, at: datetime) -> None:
    if (audiences_in(before) | audiences_in(card)) - {LINK}:
        CardRound.ask(member, at=at)


def go_round(owner: Member, *, at: datetime) -> None:
    """Bring the owner's card into the books of the fellow members who have them, as each may see it."""
    if not owner.email:
        return
    theirs = EmailAddress.objects.filter(email=owner.email.lower()).exclude(person__member=owner)
    people = Person.objects.filter(pk__in=theirs.values("person"), merged_into=None, member__is_active=True)
    for person in people.select_related("member", "organisation").iterator(chunk_size=100):
        renew(person, seen_by(owner, person.member), at=at)


def renew(person: Person, card: Card | None, *, at: datetime) -> CardRevision | None:
    """Let a person's own card say anew what they show; what it said before and shows no more is kept nowhere.

    What others said, and what the member typed, stays. None when nothing is otherwise than before, and when the
    member took just this card back.
    """
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=person.pk)
        theirs = person.revisions.filter(source=SOURCE).exclude(before="")
        former = theirs.filter(undone_at=None).last()
        if (former.digest if former else None) == (digest(card) if card else None):
            return None
        if card and theirs.filter(digest=digest(card)).exclude(undone_at=None).exists():
            return None
        standing = person.current_card
        if former is not None:
            standing = person.replay(Card.parse(former.before), since=former.pk)
            former.delete()
        fresh = absorbed(standing, card, person.revisions.struck(), at.date()) if card else standing
        made = None
        if card is not None:
            made = person.revisions.create(
                source=SOURCE,
                given=card.text(),
                digest=digest(card),
                before=standing.text(),
                after=fresh.text(),
                absorbed_at=at,
            )
        if fresh != person.current_card:
            person.show(fresh, by=person.member, at=at, verb="person.absorbed", tail=f" ({SOURCE})")
    return made
