"""The member's data archive brought into the book: connections, and invitations with what came of them.

People whom an archive alone names come in quietly: professional, met unknown, without a plan and without news.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, NamedTuple, TypeVar
from uuid import NAMESPACE_URL, uuid5

from rapport.importers.findings import Connected, Invited, Place, Wrote
from rapport.intake.bringing_up import bring_up
from rapport.intake.contacts import Contacts
from rapport.intake.differences import Difference, differences
from rapport.intake.inviting import Inviting, answered, may_have_led_to
from rapport.intake.progress import Tell, to_nobody
from rapport.intake.recognising import CHANNEL, Recognising
from rapport.network.models import Connection, Invitation
from rapport.people.models import CardRevision, Organisation, Person
from rapport.people.models.card_revision import digest
from rapport.rows import in_parts, insert, write_new
from rapport.rules.card import Card
from rapport.rules.profiles import normalised

if TYPE_CHECKING:
    from django.db.models import Model

    from rapport.accounts.models import Member
    from rapport.intake.ledger import Ledger

Row = TypeVar("Row", Connected, Invited)
_AT_ONCE = 1000
_ROWS = uuid5(NAMESPACE_URL, "rapport:row-of-an-archive")


class Tie(NamedTuple):
    """What is known of a connection: its row's key (0 of a new one), since when, with which profile, and its end."""

    key: int
    since: date | None
    profile: str
    ended_at: datetime | None = None


class Reconciling:
    """One archive being applied, some rows at a time, so that memory stays bounded.

    Rows that stood before go into the ledger before they change. Rows made are given to `keep` as they are made:
    tens of thousands of them are not held in memory.
    """

    def __init__(
        self,
        member: Member,
        at: datetime,
        ledger: Ledger,
        keep: Callable[[Sequence[Model]], None],
        tell: Tell = to_nobody,
    ) -> None:
        self.member = member
        self.at = at.astimezone(UTC)
        self.ledger = ledger
        self.keep = keep
        self._tell = tell
        self._told: set[int] = set()
        self.standing_now: list[tuple[int, Connected]] = []
        self.new: set[int] = set()
        self.namesakes: set[int] = set()
        self.updated: set[int] = set()
        self.seen: set[int] = set()
        self.invited = self.accepted = self.unnamed = 0
        self.is_said_again = False
        self.proposals: dict[int, dict[str, object]] = {}
        self.differences: list[Difference] = []

    def apply(
        self, connected: Sequence[Connected], invited: Sequence[Invited], wrote: Sequence[Wrote] = ()
    ) -> None:
        """Apply connections, then invitations, then when one wrote to each other last."""
        if not connected and not invited and not wrote:
            return
        self._contacts = Contacts(self, wrote)
        self._whom = Recognising(self.member)
        self._whom.expect(connected, invited)
        self._read_the_book()
        for some in in_parts(sorted(connected, key=lambda one: not one.profile), _AT_ONCE):
            self._connect(some)
            self._tell("Bringing in", len(self.standing_now), len(connected))
        pairs: list[tuple[Invited, int]] = []
        for more in in_parts(sorted(invited, key=lambda one: one.sent), _AT_ONCE):
            pairs += self._recognised(more)
        inviting = Inviting(self, self.connections, self._invitations)
        for part in in_parts(inviting.settled(pairs), _AT_ONCE):
            write_new(part)
            self.keep(part)
            self.invited += len(part)
        for key, one in self.standing_now:
            self._accept(key, one)
        self._contacts.bring_up_to_date(self._whom)

    def _read_the_book(self) -> None:
        mine = CardRevision.objects.filter(person__member=self.member, undone_at=None)
        self._given = set(mine.values_list("person", "digest"))
        places = Organisation.objects.seen_by(self.member).order_by("-pk")
        self._places = {place.name.lower(): place for place in places}
        connections = Connection.objects.seen_by(self.member).filter(channel=CHANNEL)
        told = connections.values_list("person", "pk", "since", "profile", "ended_at").iterator()
        self.connections = {
            person: Tie(key, since, profile, ended) for person, key, since, profile, ended in told
        }
        self._invitations: dict[int, list[Invitation]] = defaultdict(list)
        standing = Invitation.objects.seen_by(self.member).standing().filter(channel=CHANNEL)
        for invitation in standing.select_related("person"):
            self._invitations[invitation.person_id].append(invitation)

    def _connect(self, found: Sequence[Connected]) -> None:
        fresh: list[tuple[int, Tie]] = []
        for one, key in self._recognised(found):
            tie = self.connections.get(key)
            if tie is None:
                self.connections[key] = Tie(0, one.since, one.profile)
                fresh.append((key, self.connections[key]))
                self.touched(key)
                self.ledger.came_from(Connection, key, one.place)
            elif tie.key:
                self._follow(tie, one)
            self.standing_now.append((key, one))
        columns = ["member_id", "person_id", "channel", "since", "profile"]
        strangers = ((self.member.pk, key, CHANNEL, *tie[1:3]) for key, tie in fresh if key in self.new)
        insert(Connection, columns, strangers)  # somebody new takes it along when they go again
        known = [
            Connection(
                member=self.member, person_id=key, channel=CHANNEL, since=tie.since, profile=tie.profile
            )
            for key, tie in fresh
            if key not in self.new
        ]
        write_new(known)
        self.keep(known)

    def _follow(self, tie: Tie, one: Connected) -> None:
        """A later archive may know the profile, or say that you connected anew."""
        stated = Tie(tie.key, one.since or tie.since, one.profile or tie.profile)
        if stated != tie:
            connection = Connection.objects.get(pk=tie.key)
            self.ledger.changes(connection)
            connection.since, connection.profile, connection.ended_at = stated.since, stated.profile, None
            connection.save(update_fields=["since", "profile", "ended_at"])
            self.touched(connection.person_id)

    def _accept(self, key: int, one: Connected) -> None:
        """Whoever stands among the connections has accepted, or was accepted: the archive says no more.

        One left to rest was accepted if you connected after it; one that waits cannot wait any more.
        """
        for invitation in self._invitations.get(key, ()):
            is_late = invitation.state == "ignored" and may_have_led_to(invitation.sent_at, one.since)
            if invitation.is_waiting or is_late:
                self.ledger.changes(invitation)
                before = invitation.state
                at = answered(invitation.sent_at, one.since, self.at, self.member.zone)
                invitation.accept(by=self.member, at=at)
                self.accepted += 1
                self.moved(invitation, before, one.place)

    def touched(self, key: int) -> None:
        """Note that something about a person is otherwise than before."""
        if key not in self.new:
            self.updated.add(key)

    def moved(self, invitation: Invitation, before: str, place: Place) -> None:
        """Note that an invitation is in another state."""
        self.touched(invitation.person_id)
        field = "invitation" if invitation.direction == "sent" else "their invitation"
        change = Difference(invitation.person.name, field, before, invitation.state, place.file, place.line)
        self.differences.append(change)

    # Who is meant

    def _recognised(self, found: Sequence[Row]) -> list[tuple[Row, int]]:
        """Give what is about somebody with the person's key; whoever is new comes into the book.

        Of several connections that are one person the first counts, in this batch and in every later one.
        """
        known: list[tuple[Row, int]] = []
        strangers: dict[str, list[Row]] = {}
        for one in found:
            key = self._whom.whom(one)
            if key is None and not self._is_left(one):
                _join(strangers, one)
            elif key is not None:
                if isinstance(one, Connected) and key in self._told:
                    self._whom.learn(one, key)
                    continue
                known.append((one, key))
                self._told.add(key)
        self._bring_up_to_date(known)
        groups = list({id(same): same for same in strangers.values()}.values())
        made = self._make([same[0] for same in groups])
        self._told.update(made)
        for same, key in zip(groups, made, strict=True):
            for one in same:
                self._whom.learn(one, key)
            known += [(one, key) for one in (same[:1] if isinstance(same[0], Connected) else same)]
        return known

    def _is_left(self, one: Connected | Invited) -> bool:
        """Whether a row is only proposed, or names somebody too vaguely to record."""
        if isinstance(one, Connected):
            return False
        if key := self._whom.namesake(one):
            self.proposals.setdefault(key, _proposal(one, key))
            return True
        self.unnamed += not one.profile
        return not one.profile

    def _bring_up_to_date(self, pairs: Sequence[tuple[Connected | Invited, int]]) -> None:
        """Let people absorb what an archive says of them; a card that was given before says nothing new."""
        fresh: dict[int, tuple[Connected | Invited, Card]] = {}
        for one, key in pairs:
            self.seen.add(key)
            card = _card(one)
            is_known = isinstance(one, Invited) and (self._whom.has_profile(key) or key in self.new)
            if not is_known and (key, digest(card)) not in self._given:
                fresh.setdefault(key, (one, card))
            self._whom.learn(one, key)
        self._found([one for one, _ in fresh.values()])
        people = Person.objects.select_related("organisation", "member").in_bulk(list(fresh))
        for key, (one, card) in fresh.items():
            person = people[key]
            is_same = person.profile != one.profile and normalised(person.profile) == one.profile
            said = _card(one, profile="") if is_same else card
            revision = bring_up(person, said, one.place, at=self.at, ledger=self.ledger)
            self._given.add((key, digest(card)))
            self.is_said_again |= person.is_said_again
            if revision is not None:
                self.touched(key)
                self.differences += differences(person, revision, one.place.line)

    def _found(self, found: Sequence[Connected | Invited]) -> None:
        """Make the organisations that nobody has worked at so far."""
        names = [one.organisation for one in found if isinstance(one, Connected) and one.organisation]
        self.keep(Organisation.named_all(self.member, names, self._places))

    def _make(self, found: Sequence[Connected | Invited]) -> list[int]:
        if not found:
            return []
        self._found(found)
        cards = [
            (_card(one), self._places.get(one.organisation.lower()) if isinstance(one, Connected) else None)
            for one in found
        ]
        lines = [one.place.line for one in found]
        last = [self._contacts.last(one.profile) for one in found]
        people = Person.make_all(
            self.member, cards, source=found[0].place.file, at=self.at, rows=lines, last_contacts=last
        )
        self.keep(people)
        keys = [person.pk for person in people]
        self.new.update(keys)
        self.namesakes.update(key for one, key in zip(found, keys, strict=True) if self._whom.namesake(one))
        return keys


def _join(strangers: dict[str, list[Row]], one: Row) -> None:
    """Put a row to those about the same stranger: of the same profile, or, without one, of the same name and day."""
    names = [one.profile] if one.profile else []
    if isinstance(one, Connected):
        names.append(f"{one.name.casefold()}\n{one.since}")
    same = strangers.get(names[0])
    if same is None:
        same = strangers[names[0]] = []
    same.append(one)
    for name in names[1:]:
        strangers.setdefault(name, same)


def _card(one: Connected | Invited, profile: str | None = None) -> Card:
    """Give a row as a card; its identifier is made of the profile, which every later archive names again."""
    url = one.profile if profile is None else profile
    since = one.since if isinstance(one, Connected) else None
    uid = f"urn:uuid:{uuid5(_ROWS, one.profile or f'{one.name}, since {since}')}"
    if isinstance(one, Invited):
        return Card.of(name=one.name, url=url, uid=uid)
    return Card.of(
        name=one.name,
        given=one.given,
        family=one.family,
        email=one.email,
        title=one.title,
        organisation=one.organisation,
        url=url,
        uid=uid,
    )


def _proposal(one: Invited, key: int) -> dict[str, object]:
    where = f" ({one.profile})" if one.profile else ""
    remedy = (
        "put the address of the profile on their page and import again"
        if one.profile
        else "note the invitation on their page and import again"
    )
    says = (
        f"{one.name}{where} stands among your invitations, and somebody of that name is in your book. A name alone "
        f"joins nobody: if it is the same person, {remedy}."
    )
    place = one.place
    return {
        "file": place.file,
        "line": place.line,
        "says": says,
        "person": key,
        "name": one.name,
        "profile": one.profile,
    }
