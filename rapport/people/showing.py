"""A member's own card as others see it: who is in which audience, and that it goes round when that changes.

Only somebody who is in the member's book is in an audience of theirs, and a fellow member is known there by the
address they sign in with: an administrator let that one in, and nobody can give themselves another's.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from rapport.accounts.models import Member
from rapport.journal.errors import NotAllowed
from rapport.journal.models import Entry, record
from rapport.people.models import CardRound, Listing, Person
from rapport.rules.audience import LINK, PROFESSIONAL, SOCIAL, audiences_in, list_of, shown
from rapport.rules.card import Card
from rapport.rules.card.history import Edit, applied, edit_between

KEPT = "card.kept"
"""The verb of what the member changed on their own card."""


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


def keep_own_card(member: Member, card: Card, *, at: datetime, filled_from: str = "") -> Entry:
    """Keep the member's own card with who sees what of it; it goes round when others do, or did.

    `filled_from` is the file that brought it up to date, which is taken back with all else of that file. What the
    member changed themselves is taken back alone, by the entry this gives.
    """
    with transaction.atomic():
        before = member.own_card
        member.keep_card(card)
        _let_go_round(member, before, card, at=at)
        if filled_from:
            says = f"Your own card was brought up to date by {filled_from}."
            return record(member, "card.filled", says, at=at)
        says = "You changed your own card, or who sees what of it."
        return record(member, KEPT, says, at=at, changes={"edit": edit_between(before, card)})


def stands_on_own_card(kept: Entry) -> bool:
    """Whether what the member changed by an entry still stands, so that it can be taken back."""
    member = kept.member
    return applied(member.own_card, _back(kept)) != member.own_card


def undo_own_card(kept: Entry, *, by: Member, at: datetime) -> None:
    """Take back what the member changed on their card, or in who sees it; what was changed since stays."""
    with transaction.atomic():
        member = Member.objects.select_for_update().get(pk=by.pk)
        before = member.own_card
        card = applied(before, _back(kept))
        if kept.verb != KEPT or kept.member_id != by.pk or card == before:
            raise NotAllowed("Nothing of this stands on your card any more.")
        member.keep_card(card)
        _let_go_round(member, before, card, at=at)
        record(member, "card.edit_undone", "What you changed on your own card was taken back.", at=at)


def _back(kept: Entry) -> Edit:
    return [(after, before) for before, after in kept.changes.get("edit", ())]


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
