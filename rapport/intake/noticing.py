"""Mails of a folder that matter: answers to ours, and what people in the book write. The rest is forgotten at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rapport.accounts.models import Member
from rapport.correspondence.models import Delivery, Kind, Received
from rapport.correspondence.models.received import WRITTEN
from rapport.followups.hearing import hear
from rapport.importers.mail.answers import own_words, signed_card
from rapport.importers.mail.bounces import Bounce, read_bounce
from rapport.importers.mail.heads import Head, moment_of
from rapport.importers.text.names import is_same
from rapport.people.models import EmailAddress, Person, Source
from rapport.people.models import Kind as SourceKind
from rapport.rules.card import merged

_LONGEST_SUBJECT = 300
_NEAREST = 20
"""How many of the mails that one refers to are looked for among ours."""


@dataclass(frozen=True, slots=True)
class Sighted:
    """A mail of a folder by its headers; `came_at` is when the server got it."""

    uid: int
    came_at: datetime | None
    head: Head


@dataclass(frozen=True, slots=True)
class Promising:
    """A sighted mail that matters, or may: what it answers, who wrote it; its text is needed to tell more."""

    sighted: Sighted
    delivery: Delivery | None
    person: Person | None


def promising(member: Member, sighted: Sequence[Sighted]) -> list[Promising]:
    """Give those of some mails that answer ours, come from people in the book, or may be bounces, and are new.

    A constant number of queries. What the member wrote themself is none of them.
    """
    own = member_addresses(member)
    theirs = [one for one in sighted if one.head.sender not in own or one.head.is_from_server]
    deliveries = Delivery.objects.named(
        member, [key for one in theirs for key in one.head.answers[:_NEAREST]]
    )
    people = _people(member, {one.head.sender for one in theirs})
    found = [
        Promising(
            one,
            next((deliveries[key] for key in one.head.answers[:_NEAREST] if key in deliveries), None),
            people.get(one.head.sender),
        )
        for one in theirs
    ]
    matter = [one for one in found if one.delivery or one.person or one.sighted.head.may_be_bounce]
    known = Received.objects.known_among(member, [one.sighted.head.message_id for one in matter])
    return [one for one in matter if one.sighted.head.message_id not in known]


def member_addresses(member: Member) -> set[str]:
    """Give every address that is the member's own, in lower case."""
    own = {member.email, *member.addresses.values_list("email", flat=True)}
    mailbox = getattr(member, "mailbox", None)
    return {address.lower() for address in (*own, mailbox.address if mailbox else "") if address}


def notice(member: Member, one: Promising, octets: bytes, folder: str, *, at: datetime) -> bool:
    """Keep a promising mail, now that its text is here; give whether it is kept. Once, however often it is seen."""
    head, delivery, person = one.sighted.head, one.delivery, one.person
    bounce = read_bounce(octets, head.answers) if head.may_be_bounce else None
    if bounce is not None and (head.is_from_server or bounce.status):
        returned = Delivery.objects.named(member, bounce.about)
        delivery = next((returned[key] for key in bounce.about if key in returned), None)
        person = delivery.note.person if delivery else person
    else:
        bounce = None
    if delivery is None and (person is None or head.is_from_server):
        return False
    kind = _kind(head, delivery, bounce)
    is_new = Received.notice(
        member,
        head.message_id,
        person=person or (delivery.note.person if delivery else None),
        delivery=delivery,
        kind=kind,
        in_reply_to=head.in_reply_to,
        references=" ".join(head.references),
        sender=head.sender,
        subject=head.subject[:_LONGEST_SUBJECT],
        text=bounce.said if bounce else own_words(octets),
        status=bounce.status if bounce else "",
        is_address_bad=bounce is not None and bounce.is_address_bad,
        received_at=_written_at(one, delivery, at),
        noticed_at=at,
        folder=folder,
        uid=one.sighted.uid,
    )
    if is_new and one.person is not None and kind in WRITTEN:
        _hear_signature(one.person, head.sender, octets, at)
    return is_new


def _hear_signature(person: Person, address: str, octets: bytes, at: datetime) -> None:
    """Hear what somebody in the book signs with, when it is they who sign; what it leaves out is not taken back."""
    card = signed_card(octets, address)
    if card is not None and is_same(card.name, person.name):
        source = Source.of(person, SourceKind.SIGNATURE)
        last = source.last_card
        hear(source, merged(last, card) if last else card, at=at)


def _kind(head: Head, delivery: Delivery | None, bounce: Bounce | None) -> Kind:
    if bounce is not None:
        return Kind.BOUNCE if bounce.is_final else Kind.AUTOMATIC
    if head.is_automatic or head.is_from_server or (head.is_from_list and delivery is None):
        return Kind.AUTOMATIC
    return Kind.REPLY if delivery else Kind.MAIL


def _written_at(one: Promising, delivery: Delivery | None, at: datetime) -> datetime:
    """Give when it was written; no answer is older than what it answers, whatever a wrong clock says."""
    came_at = one.sighted.came_at
    told = moment_of(one.sighted.head, came_at, at)
    left_at = (delivery.sent_at or delivery.queued_at) if delivery else None
    if left_at is not None and told < left_at:
        return came_at if came_at and left_at <= came_at <= at else at
    return told


def _people(member: Member, senders: set[str]) -> dict[str, Person]:
    found = EmailAddress.objects.filter(person__member=member, email__in=senders - {""})
    return {address.email: address.person for address in found.select_related("person").order_by("-pk")}
