"""What a batch may meet again in the book, read ahead in a few queries however long the batch is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from django.db.models import Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce

from rapport.accounts.models import Member
from rapport.importers.findings import FoundCard, Meeting, Participant
from rapport.importers.mail.letters import PROSE
from rapport.importers.settling import is_one_place
from rapport.intake.evidence import Evidence
from rapport.intake.moving import Moving
from rapport.interviews.models import Application, Interview, Interviewer
from rapport.people.models import CardRevision, EmailAddress, Organisation, Person
from rapport.people.models.card_revision import LONGEST_UID, digest
from rapport.rows import in_parts
from rapport.rules.card import Card
from rapport.rules.profiles import is_professional, normalised

_AROUND = timedelta(days=60)
"""As long before a mail, and before what it tells of, are the interviews that it may speak of."""


class Known:
    """People by address, interviews by invitation, organisations by name: those there are, and those just made."""

    def __init__(self, member: Member, meetings: Sequence[Meeting], cards: Sequence[FoundCard]) -> None:
        self.member = member
        self.by_email: dict[str, Person] = {}
        self._holders: defaultdict[str, list[Person]] = defaultdict(list)
        self.by_profile: dict[str, Person] = {}
        self.by_card: dict[str, Person] = {}
        self.by_uid: dict[str, Person] = {}
        self.by_invitation: dict[tuple[str, str], Interview] = {}
        self._organisations: dict[str, Organisation] = {}
        self._applications: dict[int, list[Application]] = {}
        self._said: set[tuple[int, str]] = set()
        self._looked_for = {_key(name) for name in _organisations_in(meetings, cards)}
        self._look_up_people(meetings, cards)
        self._look_up_profiles(cards)
        self._look_up_cards([found.card for found in cards])
        self._look_up_uids([found.card for found in cards])
        self.evidence = Evidence(member)
        self._weigh_evidence(meetings, [found.card for found in cards])
        self.moving = Moving(member)
        self._look_up_invitations(meetings)
        self._look_up_organisations()

    def _look_up_people(self, meetings: Sequence[Meeting], cards: Sequence[FoundCard]) -> None:
        met = {who.email.lower() for meeting in meetings for who in meeting.participants if who.email}
        emails = met | {email.strip().lower() for found in cards for email in found.card.emails}
        for some in in_parts(sorted(emails)):
            # Whose they are is told here: asked for one member's, SQLite tries each of their people with each address.
            found = EmailAddress.objects.filter(email__in=some)
            held = found.values_list("pk", "email", "person", "person__member")
            mine = [(email, key) for _, email, key, member in sorted(held) if member == self.member.pk]
            people = self._people(key for _, key in mine)
            for email, key in mine:
                self._holders[email].append(people[key])
                self.by_email.setdefault(email, people[key])
        for keys in in_parts(sorted({person.pk for email in met for person in self.holders(email)})):
            revisions = CardRevision.objects.filter(person__in=keys, undone_at=None).order_by()
            self._said.update(revisions.values_list("person", "digest"))

    def _look_up_profiles(self, cards: Sequence[FoundCard]) -> None:
        looked_for = {profile for found in cards for profile in profiles_of(found.card)}
        if not looked_for:
            return
        people = Person.objects.seen_by(self.member).exclude(profile="").order_by("-pk")
        keys = {
            profile: key
            for key, kept in people.values_list("pk", "profile").iterator()
            if (profile := normalised(kept)) in looked_for
        }
        for some in in_parts(sorted(keys)):
            found = self._people([keys[one] for one in some])
            self.by_profile |= {profile: found[keys[profile]] for profile in some}

    def _look_up_cards(self, cards: Sequence[Card]) -> None:
        """Know who was given just these cards, and the people whom nothing else in theirs tells."""
        unmarked = {
            digest(card)
            for card in cards
            if not any(email.strip().lower() in self.by_email for email in card.emails)
        }
        for some in in_parts(sorted({digest(card) for card in cards})):
            found = self._given("digest", some)
            self._said.update(found)
            keys = {text: key for key, text in found if text in unmarked}
            people = self._people(keys.values())
            self.by_card |= {text: people[key] for text, key in keys.items()}

    def _look_up_uids(self, cards: Sequence[Card]) -> None:
        """Know whose card bears the identifier of one that was not given before."""
        fresh = {uid_of(card) for card in cards if digest(card) not in self.by_card} - {""}
        for some in in_parts(sorted(fresh)):
            keys = {uid: key for key, uid in self._given("uid", some)}
            people = self._people(keys.values())
            self.by_uid |= {uid: people[key] for uid, key in keys.items()}

    def _given(self, column: str, values: Sequence[str]) -> list[tuple[int, str]]:
        """Give whose cards have a column of some values, the earliest person of each value last."""
        given = CardRevision.objects.filter(**{f"{column}__in": values}, undone_at=None)
        person = Coalesce("person__merged_into", "person")
        rows = sorted(given.values_list(person, column, "person__member"), reverse=True)
        return [(key, value) for key, value, member in rows if member == self.member.pk]

    def _weigh_evidence(self, meetings: Sequence[Meeting], cards: Sequence[Card]) -> None:
        """Compare cards that were not given before; a mailbox that somebody has tells more than all else."""
        fresh = [card for card in cards if card.phones and digest(card) not in self.by_card]
        strangers = (
            card for card in fresh if not any(email.strip().lower() in self.by_email for email in card.emails)
        )
        self.evidence.look_up(list(strangers))
        met = (card_of(who, meeting) for meeting in meetings for who in meeting.participants if who.phone)
        self.evidence.put_together([*met, *fresh])

    def _people(self, keys: Iterable[int]) -> dict[int, Person]:
        people = Person.objects.select_related("organisation").in_bulk(set(keys))
        for person in people.values():
            person.member = self.member
        return people

    def learn(self, card: Card, person: Person) -> None:
        """Know from now on whom this card means."""
        for email in card.emails:
            address = email.strip().lower()
            self.by_email.setdefault(address, person)
            if person not in self._holders[address]:
                self._holders[address].append(person)
        for profile in profiles_of(card):
            self.by_profile.setdefault(profile, person)
        if uid := uid_of(card):
            self.by_uid.setdefault(uid, person)
        self.evidence.learn(card, person)

    def _look_up_invitations(self, meetings: Sequence[Meeting]) -> None:
        mine = Interview.objects.seen_by(self.member)
        for some in in_parts(sorted({meeting.uid for meeting in meetings})):
            for interview in self._whole(mine.filter(uid__in=[uid[:500] for uid in some])):
                self.by_invitation[interview.uid, interview.recurrence_id] = interview
        self._look_up_echoes([one for one in meetings if invitation_of(one) not in self.by_invitation])
        self._look_up_moving(
            [one for one in meetings if one.moved or invitation_of(one) not in self.by_invitation]
        )

    def _look_up_echoes(self, meetings: Sequence[Meeting]) -> None:
        """Know by its hour what a mail said in sentences when the invitation comes, and the other way round."""
        by_hour = {meeting.starts: meeting for meeting in meetings}
        are_told = any(meeting.uid.endswith(PROSE) for meeting in meetings)
        for some in in_parts(sorted(by_hour)):
            found = Interview.objects.seen_by(self.member).filter(starts_at__in=some)
            found = found if are_told else found.filter(Q(uid__endswith=PROSE) | Q(moved_by_mail=True))
            for interview in self._whole(found):
                meeting = by_hour[interview.starts_at]
                place = interview.application.organisation
                is_one = is_one_place(meeting.organisation, place.name if place else None)
                is_echo = meeting.uid.endswith(PROSE) != interview.uid.endswith(PROSE)
                if is_one and (is_echo or interview.moved_by_mail):
                    self.by_invitation.setdefault(invitation_of(meeting), interview)

    def _look_up_moving(self, meetings: Sequence[Meeting]) -> None:
        """Know what sentences may move, and what has stood at the hour of something that was not met with yet."""
        if not meetings:
            return
        earliest = min(min(filter(None, (one.starts, one.stamped))) for one in meetings) - _AROUND
        around = Interview.objects.seen_by(self.member).standing().filter(starts_at__gt=earliest)
        known = {interview.pk: interview for interview in self.by_invitation.values()}
        self.moving.know(known.get(interview.pk, interview) for interview in self._whole(around))

    def _whole(self, found: QuerySet[Interview]) -> Iterator[Interview]:
        people = Prefetch("interviewers", Interviewer.objects.select_related("person"))
        for interview in found.select_related("application__organisation").prefetch_related(people):
            interview.member = interview.application.member = self.member
            yield interview

    def _look_up_organisations(self) -> None:
        for some in in_parts(sorted(self._looked_for)):
            found = list(Organisation.objects.seen_by(self.member).called(some).order_by("-pk"))
            self._organisations |= {_key(organisation.name): organisation for organisation in found}
            self._applications |= {organisation.pk: [] for organisation in found}
            open_ones = Application.objects.seen_by(self.member).open().filter(organisation__in=found)
            for application in open_ones.order_by("-pk"):
                self._applications.setdefault(application.organisation_id or 0, []).append(application)

    def holders(self, email: str) -> list[Person]:
        """Give all who have an address: a family may share one."""
        return self._holders.get(email.strip().lower(), [])

    def has_said(self, person: Person, card: Card) -> bool:
        """Whether just this card was taken in for the person before."""
        return (person.pk, digest(card)) in self._said

    def organisations_named(self, names: Iterable[str]) -> list[Organisation]:
        """Make together the organisations of which it is known that they are not there, and give them."""
        missing = [
            name for name in names if (key := _key(name)) not in self._organisations and self._is_missing(key)
        ]
        made = Organisation.named_all(self.member, missing, {})
        for organisation in made:
            self._organisations[_key(organisation.name)] = organisation
            self._applications[organisation.pk] = []
        return made

    def organisation(self, name: str) -> tuple[Organisation, bool]:
        """Give the organisation of that name, in any capitals, and whether it was made just now."""
        key = _key(name)
        known = self._organisations.get(key)
        if known is None and not self._is_missing(key):
            written = " ".join(name.split())[: Organisation.LONGEST_NAME]
            known = Organisation.objects.seen_by(self.member).filter(name__iexact=written).first()
        made = known is None
        organisation = known or Organisation.make(self.member, name)
        if made:
            self._applications[organisation.pk] = []
        self._organisations[key] = organisation
        return organisation, made

    def met(self, organisation: Organisation | None) -> None:
        """Know an organisation that came with a person."""
        if organisation is not None:
            self._organisations.setdefault(_key(organisation.name), organisation)

    def _is_missing(self, key: str) -> bool:
        """Whether it was looked for and is not there: beyond A to Z, capitals are not for the database to tell."""
        return key in self._looked_for and key.isascii() and len(key) <= Organisation.LONGEST_NAME

    def application(self, organisation: Organisation | None, job_title: str) -> Application | None:
        """Give the open application at an organisation for a job, or None, as `Application.standing` does."""
        if organisation is None or organisation.pk not in self._applications:
            return Application.standing(self.member, organisation, job_title)
        return Application.fitting(self._applications[organisation.pk], job_title)

    def opened(self, application: Application) -> None:
        """Know an application that was opened just now."""
        if application.organisation_id is not None and application.organisation_id in self._applications:
            self._applications[application.organisation_id].insert(0, application)


def invitation_of(meeting: Meeting) -> tuple[str, str]:
    """Give the UID and RECURRENCE-ID of a meeting as far as they are kept."""
    return meeting.uid[:500], meeting.recurrence_id[:64]


def card_of(who: Participant, meeting: Meeting) -> Card:
    """Write a participant as a card; an interviewer who names no employer is of the organisation that hires."""
    employer = who.organisation or ("" if who.role == "recruiter" else meeting.organisation)
    return Card.of(
        name=who.name or who.email or "",
        email=(who.email or "").lower(),
        phone=who.phone or "",
        title=who.title or "",
        organisation=employer or "",
        url=who.profile or "",
    )


def profiles_of(card: Card) -> list[str]:
    """Give the profiles on the professional network that a card states, each in its one spelling."""
    return [normalised(url) for url in card.urls if is_professional(normalised(url))]


def uid_of(card: Card) -> str:
    """Give a card's identifier as far as it is kept, or an empty text."""
    return card.uid[:LONGEST_UID]


def _organisations_in(meetings: Sequence[Meeting], cards: Sequence[FoundCard]) -> Iterable[str]:
    for meeting in meetings:
        yield meeting.organisation or ""
        yield from (who.organisation or "" for who in meeting.participants)
    yield from (found.card.organisation for found in cards)


def _key(name: str) -> str:
    return " ".join(name.split()).lower()
