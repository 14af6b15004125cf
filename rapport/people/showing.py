"""A member's own card as others see it: who is in which audience, and that it goes round when that changes.

Only somebody who is in the member's book is in an audience of theirs, and a fellow member is known there by the
address they sign in with: an administrator let that one in, and nobody can give themselves another's.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from rapport.accounts.models import Member
from rapport.journal.models import record
from rapport.people.models import CardRound, Listing, Person
from rapport.rules.audience import LINK, PROFESSIONAL, SOCIAL, audiences_in, list_of, shown
from rapport.rules.card import Card


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
