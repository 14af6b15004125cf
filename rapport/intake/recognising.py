"""Whom a card or an archive means: people recognised by profile, e-mail, or a record that stands already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from rapport.accounts.models import Member
from rapport.importers.findings import Connected, Invited
from rapport.intake.evidence import contradicts
from rapport.intake.known import Known, profiles_of, uid_of
from rapport.network.models import Connection, Invitation
from rapport.people.models import EmailAddress, Person
from rapport.people.models.card_revision import digest
from rapport.rules.card import Card
from rapport.rules.profiles import is_professional, normalised

CHANNEL = "professional"


def whom(card: Card, known: Known) -> Person | None:
    """Give the person of the book, or of the batch, that a card means, None when nobody is known to be.

    What a card states counts first (`stated`), then what its evidence leads to with certainty, as a telephone and a
    name. **A name alone joins nobody**.
    """
    return stated(card, known) or known.evidence.whom(card)


def stated(card: Card, known: Known) -> Person | None:
    """Give whom a card means by what it states.

    An e-mail address counts first, then the address of a profile on the professional network, then the card's
    identifier (UID, RFC 6350, 6.7.6), then that this very card was given before. Where the cards contradict each other
    (two first names at one mailbox) they are two people, whatever they share.
    """
    by_email = [person for email in card.emails for person in known.holders(email)]
    by_profile = [person for profile in profiles_of(card) if (person := known.by_profile.get(profile))]
    by_uid = [person] if (person := known.by_uid.get(uid_of(card))) else []
    for person in (*by_email, *by_profile, *by_uid):
        if known.has_said(person, card) or not contradicts(card, person):
            return person
    return known.by_card.get(digest(card))


def marks_of(card: Card, known: Known) -> set[str]:
    """Give all by which `whom` would know somebody again, besides the card as a whole."""
    emails = {email.strip().lower() for email in card.emails}
    uid = {f"UID {uid_of(card)}"} if card.uid else set()
    return emails | set(profiles_of(card)) | uid | known.evidence.marks(card)


class Recognising:
    """The people of a book, by what an archive can name them with.

    The address of a profile counts first, then an e-mail address. **A name alone joins nobody**: many bear it. It
    counts only beside a record that was made before, on the same channel:

    - an invitation that the member noted to (or from) somebody of exactly this name: they said so themselves, and
      the archive confirms it. Not when two people of that name were noted, when the archive names two of them, or
      when the one noted is known by another profile;
    - a connection of the same name since the same day, as archives of older eras have no profiles.

    Somebody else of that name may be in the book from elsewhere and without a profile. A connection comes in beside
    them, to be compared (*Duplicates*). An invitation says too little for that and is proposed: the member says
    whether it is the same person by putting the profile's address on their page.
    """

    def __init__(self, member: Member) -> None:
        self._by_profile: dict[str, int] = {}
        self._by_email: dict[str, int] = {}
        self._by_day: dict[tuple[str, date], int] = {}
        self._noted: dict[str, set[int]] = defaultdict(set)
        self._profiles: dict[int, str] = {}
        self._unprofiled: dict[str, list[int]] = defaultdict(list)
        self._twice: frozenset[str] = frozenset()
        connected = self._learn_connections(member)
        self._learn_people(member, connected)
        noted = Invitation.objects.seen_by(member).standing().filter(channel=CHANNEL)
        for key, name, profile, source in noted.values_list("person", "person__name", "profile", "source"):
            if source != "archive":
                self._noted[_plain(name)].add(key)
            self._learn_profile(key, normalised(profile))
        emails = EmailAddress.objects.filter(person__member=member).order_by("-pk")
        self._by_email.update(emails.values_list("email", "person"))

    def _learn_connections(self, member: Member) -> set[int]:
        found = Connection.objects.seen_by(member).filter(channel=CHANNEL).order_by("-pk")
        keys = set()
        for key, name, since, profile in found.values_list("person", "person__name", "since", "profile"):
            keys.add(key)
            self._learn_profile(key, profile)
            if since:
                self._by_day[_plain(name), since] = key
        return keys

    def _learn_people(self, member: Member, connected: set[int]) -> None:
        people = Person.objects.seen_by(member).order_by("pk").values_list("pk", "name", "profile")
        for key, name, profile in people.iterator():
            address = normalised(profile) if profile else ""
            if address:
                self._learn_profile(key, address)
            if key not in connected and not is_professional(address):
                self._unprofiled[_plain(name)].append(key)

    def _learn_profile(self, key: int, profile: str) -> None:
        if profile:
            self._by_profile.setdefault(profile, key)
            if is_professional(profile):
                self._profiles.setdefault(key, profile)

    def expect(self, connected: Iterable[Connected], invited: Iterable[Invited]) -> None:
        """Look over the whole of an archive: a name that two people bear in it tells nobody apart."""
        profiles: dict[str, str] = {}
        bare: set[str] = set()
        twice: set[str] = set()
        found: Iterable[Connected | Invited] = (*connected, *invited)
        for one in found:
            name = _plain(one.name)
            if one.profile and profiles.setdefault(name, one.profile) != one.profile:
                twice.add(name)
            elif not one.profile and isinstance(one, Connected):
                (twice if name in bare else bare).add(name)
        self._twice = frozenset(twice)

    def whom(self, found: Connected | Invited) -> int | None:
        """Give the key of the person that is meant, None when nobody is known to be."""
        name = _plain(found.name)
        if found.profile and (key := self._by_profile.get(found.profile)):
            return key
        if isinstance(found, Connected):
            if found.email and (key := self._by_email.get(found.email)):
                return key
            since = self._by_day.get((name, found.since)) if found.since else None
            if since and not self._is_another(since, found.profile):
                return since
        noted = self._noted.get(name, set())
        if len(noted) == 1 and name not in self._twice:
            (key,) = noted
            return None if self._is_another(key, found.profile) else key
        return None

    def _is_another(self, key: int, profile: str) -> bool:
        return bool(profile) and self._profiles.get(key, profile) != profile

    def namesake(self, found: Connected | Invited) -> int | None:
        """Give the key of somebody of that name who may be meant, known from elsewhere and without a profile."""
        return next(iter(self._unprofiled.get(_plain(found.name), ())), None)

    def by_profile(self, profile: str) -> int | None:
        """Give the key of the person who has a profile (in its one spelling), None when it is nobody's."""
        return self._by_profile.get(profile)

    def has_profile(self, key: int) -> bool:
        """Whether the person's profile on the professional network is known."""
        return key in self._profiles

    def learn(self, found: Connected | Invited, key: int) -> None:
        """Know from now on who is meant."""
        self._learn_profile(key, found.profile)
        if isinstance(found, Connected):
            if found.email:
                self._by_email.setdefault(found.email, key)
            if found.since:
                self._by_day.setdefault((_plain(found.name), found.since), key)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
