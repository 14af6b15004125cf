"""Applying what was found in files to the nouns: each thing once, however often it comes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from rapport.accounts.models import Member
from rapport.importers.findings import FoundCard, Meeting, NotAnInterview, Participant, Place, Remark, Source
from rapport.importers.mail.letters import PROSE
from rapport.intake.bringing_up import bring_up
from rapport.intake.differences import Difference, differences
from rapport.intake.known import Known, card_of, invitation_of
from rapport.intake.ledger import Ledger
from rapport.intake.moving import hours_of, is_older
from rapport.intake.progress import Tell, to_nobody
from rapport.intake.recognising import marks_of, stated
from rapport.interviews.models import Application, Interview, Interviewer
from rapport.journal.models import record
from rapport.people.models import Organisation, Person
from rapport.rows import write_new
from rapport.rules import moments
from rapport.rules.card import Card

_AT_ONCE = 500
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_TOLD = frozenset({"stamped_at", "time_zone", "video_url"})
"""What a mail that moves an interview says of it, besides when it is."""
_INVITED = frozenset({Source.ATTENDEE, Source.ORGANIZER})


class Applying:
    """One batch being applied: what is known of the book, and what was done to it."""

    def __init__(self, member: Member, at: datetime, tell: Tell = to_nobody) -> None:
        self.member = member
        self.at = at
        self._tell = tell
        self.ledger = Ledger()
        self.differences: list[Difference] = []
        self.has_cards = False
        self.recognised: list[Remark] = []
        self.contradicted: list[Remark] = []
        self.asked: list[NotAnInterview] = []
        self.read: list[Meeting] = []
        self.interviews: dict[int, Interview] = {}
        self.touched: dict[int, Interview] = {}
        self.people: dict[int, Person] = {}
        self._present: dict[int, dict[int, Interviewer]] = defaultdict(dict)
        self._were_met: dict[str, list[Person]] | None = None

    @property
    def is_said_again(self) -> bool:
        """Whether a place was noted where what stood already stands as well."""
        return any(person.is_said_again for person in self.people.values())

    def apply(self, meetings: Sequence[Meeting], cards: Sequence[FoundCard], *, met: str) -> None:
        """Apply meetings, then cards, which may bring addresses and titles to the people just met."""
        self._known = Known(self.member, meetings, cards)
        self.has_cards = len(cards) > 1
        self._present = defaultdict(dict)
        for interview in self._known.by_invitation.values():
            self._present[interview.pk] = {who.person_id: who for who in interview.interviewers.all()}
        for meeting in sorted(meetings, key=_in_turn):
            self._apply_meeting(meeting)
        self._apply_cards(cards, met)
        self._known.evidence.remember()

    def _apply_meeting(self, meeting: Meeting) -> None:
        key = invitation_of(meeting)
        interview = self._known.by_invitation.get(key)
        if moved := self._moved_by(meeting, interview):
            meeting = self._known.moving.in_its_zone(meeting, moved)
            self.read.append(meeting)
            self._move_by_mail(moved, meeting)
            self.ledger.came_from(Interview, moved.pk, meeting.place)
            self.interviews.setdefault(moved.pk, moved)
            return
        self.read.append(meeting)
        if interview is None and (before := self._known.moving.told_before(meeting)):
            self.interviews.setdefault(before.pk, before)
            return
        if interview is not None and meeting.uid.endswith(PROSE) and interview.uid != key[0]:
            meeting = replace(
                meeting, sequence=interview.sequence
            )  # what a mail repeats is as old as what it repeats
        if meeting.cancelled and not meeting.recurrence_id:
            self._cancel_occurrences(meeting)
        if interview is None:
            if meeting.cancelled and any(uid == key[0] for uid, _ in self._known.by_invitation):
                return
            interview = self._make_interview(meeting)
            self._known.by_invitation[key] = interview
            if meeting.uid.endswith(PROSE) and not meeting.cancelled:
                self._ask_about_others(interview, meeting.place)
            self._meet_all(interview, meeting, self._present[interview.pk])
            if meeting.cancelled:
                interview.cancel(by=self.member, at=self.at)
        elif meeting.cancelled:
            self._cancel(interview, meeting)
        else:
            self._follow(interview, meeting)
        self.ledger.came_from(Interview, interview.pk, meeting.place)
        self.interviews.setdefault(interview.pk, interview)

    def _moved_by(self, meeting: Meeting, interview: Interview | None) -> Interview | None:
        """Give the interview that a meeting moves by its sentences; none where it only repeats `interview`."""
        is_known = interview and (not meeting.uid.endswith(PROSE) or meeting.starts in hours_of(interview))
        return None if is_known else self._known.moving.moved_by(meeting, self.at)

    def _move_by_mail(self, interview: Interview, meeting: Meeting) -> None:
        """Sentences move when it is, and may give a link; all else stays. A question moves nothing, and is told."""
        moved = meeting.moved
        if moved is None or moved.asks:
            self._tell_what_is_asked(interview, meeting)
            return
        if interview.pk not in self._present:
            self._present[interview.pk] = {who.person_id: who for who in interview.interviewers.all()}
        if not meeting.uid.endswith(PROSE):
            self._follow(interview, meeting)
            return
        begins, ends = interview.invited_for or (interview.starts_at, interview.ends_at)
        says = {name: value for name, value in _stated(meeting).items() if name in _TOLD and value}
        length = ends - begins if moved.keeps_length else meeting.ends - meeting.starts
        self._move(
            interview,
            meeting,
            meeting.starts + length,
            sequence=interview.sequence,
            **says,
            moved_by_mail=True,
        )
        self._meet_all(interview, meeting, self._present[interview.pk])

    def _tell_what_is_asked(self, interview: Interview, meeting: Meeting) -> None:
        zone = self.member.zone
        before, then = (moments.exactly(one, zone) for one in (interview.starts_at, meeting.starts))
        asks = f"It asks whether “{interview}” on {before} can be on {then}."
        why = f"{asks} Nothing was moved: once you agree, put it right on its page."
        self.asked.append(NotAnInterview(meeting.title, meeting.starts, why, meeting.place))

    def _move(self, interview: Interview, meeting: Meeting, ends: datetime, **stated: Any) -> None:
        self.ledger.changes(interview)
        self._known.moving.leaves(interview)
        interview.move(meeting.starts, ends, by=self.member, at=self.at, **stated)
        self.touched[interview.pk] = interview
        if otherwise := interview.says_otherwise(self.member.zone):
            self.contradicted.append(Remark(meeting.place, f"“{interview}”: {otherwise}"))

    def _cancel_occurrences(self, meeting: Meeting) -> None:
        """The cancellation of a whole series closes each of its occurrences."""
        for (uid, occurrence), interview in self._known.by_invitation.items():
            if uid == meeting.uid[:500] and occurrence:
                self._cancel(interview, meeting)
                self.interviews.setdefault(interview.pk, interview)

    def _cancel(self, interview: Interview, meeting: Meeting) -> None:
        if interview.cancelled_at is not None or meeting.sequence < interview.sequence:
            return
        if _is_left_by(interview, meeting):
            return
        if not (meeting.declined and _is_outdated(meeting, interview)):
            self.ledger.changes(interview)
            says = f"You declined {interview}." if meeting.declined else ""
            interview.cancel(by=self.member, at=self.at, sequence=meeting.sequence, says=says)
            self.touched[interview.pk] = interview

    def _follow(self, interview: Interview, meeting: Meeting) -> None:
        """A later invitation moves the interview; one of the same sequence can only add people.

        Later is also the invitation to an interview that a mail had told of before.
        """
        is_invitation = _is_invitation_to(meeting, interview)
        if not is_invitation and (
            meeting.sequence < interview.sequence
            or (interview.cancelled_at is not None and meeting.sequence == interview.sequence)
        ):
            return
        if _is_left_by(interview, meeting):
            return
        present = self._present[interview.pk]
        if is_invitation or meeting.sequence > interview.sequence:
            identity = _identity(meeting) if is_invitation else {}
            ends = max(meeting.starts, meeting.ends)
            stated = _stated(meeting) | identity | {"moved_by_mail": False}
            self._move(interview, meeting, ends, sequence=meeting.sequence, **stated)
            self._let_go(meeting, present)
        self._meet_all(interview, meeting, present)

    def _let_go(self, meeting: Meeting, present: dict[int, Interviewer]) -> None:
        """Whoever a later invitation no longer invites is not met."""
        emails = {who.email.lower() for who in meeting.participants if who.email}
        names = {who.name.lower() for who in meeting.participants}
        if not meeting.participants:
            return
        for interviewer in present.values():
            theirs = {address.email for address in interviewer.person.emails.all()}
            was_invited = interviewer.source in _INVITED and interviewer.dismissed_at is None
            if was_invited and not theirs & emails and interviewer.person.name.lower() not in names:
                self.ledger.changes(interviewer)
                interviewer.dismiss(by=self.member, at=self.at)

    def _make_interview(self, meeting: Meeting) -> Interview:
        application = self._application(meeting)
        interview = Interview.objects.create(
            member=self.member,
            application=application,
            **_identity(meeting),
            sequence=meeting.sequence,
            starts_at=meeting.starts,
            ends_at=max(meeting.starts, meeting.ends),
            **_stated(meeting),
        )
        self.ledger.made(interview)
        self._known.moving.made(interview)
        self.touched[interview.pk] = interview
        says = f"{interview} came into the book from {meeting.place.file}."
        record(self.member, "interview.recorded", says, interview, application, at=self.at)
        return interview

    def _ask_about_others(self, interview: Interview, place: Place) -> None:
        """Say which others there are to come: sentences may move one without naming it, and then both stand."""
        others = interview.application.interviews.exclude(pk=interview.pk)
        for other in others.filter(cancelled_at=None, starts_at__gt=self.at)[:1]:
            day = moments.exactly(other.starts_at, self.member.zone)
            says = f"“{other}” on {day} stands, too. If “{interview}” takes its place, say so on the page of the other."
            self.contradicted.append(Remark(place, says))

    def _application(self, meeting: Meeting) -> Application:
        organisation = self._organisation(meeting.organisation)
        title = meeting.job_title or ""
        application = self._known.application(organisation, title)
        if application is None:
            application = Application.begin(self.member, organisation, title, at=self.at)
            self._known.opened(application)
            self.ledger.made(application)
        elif title and not application.job_title:
            self.ledger.changes(application)
            application.learn_title(title, by=self.member, at=self.at)
        self._learn_pace(application, meeting)
        return application

    def _learn_pace(self, application: Application, meeting: Meeting) -> None:
        """By when, or how fast, they decide is taken from the invitation while nobody has said it."""
        if application.reply_by or (application.decision_pace and not meeting.reply_by):
            return
        if meeting.reply_by or meeting.decision_pace:
            self.ledger.changes(application)
            pace = None if meeting.reply_by else meeting.decision_pace
            application.expect(reply_by=meeting.reply_by, decision_pace=pace, by=self.member, at=self.at)

    def _organisation(self, name: str | None) -> Organisation | None:
        if not name or not name.strip():
            return None
        organisation, made = self._known.organisation(name)
        if made:
            self.ledger.made(organisation)
        return organisation

    def _meet_all(self, interview: Interview, meeting: Meeting, present: dict[int, Interviewer]) -> None:
        fresh: list[Interviewer] = []
        for participant in meeting.participants:
            card = card_of(participant, meeting)
            person = self._recognised(participant, present.values())
            person = self._keep(card, person, place=Place(meeting.place.file), met="interview")
            interviewer = present.get(person.pk)
            if interviewer is None:
                interviewer = Interviewer(
                    interview=interview,
                    person=person,
                    role=participant.role or "",
                    source=participant.source,
                    confirmed_at=self.at if participant.confirmed else None,
                )
                present[person.pk] = interviewer
                fresh.append(interviewer)
            else:
                fresh = self._keep_met(fresh)  # it may be one of them, who is named twice
                self._learn(interviewer, participant)
        self._keep_met(fresh)

    def _keep_met(self, fresh: list[Interviewer]) -> list[Interviewer]:
        """Write who was met now; nobody is left to be written."""
        write_new(fresh)
        for interviewer in fresh:
            self.ledger.made(interviewer)
            self.touched[interviewer.interview_id] = interviewer.interview
        return []

    def _recognised(self, participant: Participant, present: Iterable[Interviewer]) -> Person | None:
        """By address; by name only within the same interview, where one of the two has no address."""
        if participant.email and (known := self._known.by_email.get(participant.email.lower())):
            return known
        same_name = [who.person for who in present if who.person.name.lower() == participant.name.lower()]
        if not participant.email:
            return next(iter(same_name), None)
        return next((person for person in same_name if not person.emails.exists()), None)

    def _learn(self, interviewer: Interviewer, participant: Participant) -> None:
        """A text may be followed by the invitation: then the person is confirmed, and the role may be known."""
        confirms = (
            participant.confirmed and interviewer.confirmed_at is None and interviewer.dismissed_at is None
        )
        role = participant.role if participant.role and not interviewer.role else None
        if confirms or role:
            self.ledger.changes(interviewer)
            self.touched[interviewer.interview_id] = interviewer.interview
        if confirms:
            interviewer.confirm(by=self.member, at=self.at)
        if role:
            interviewer.give_role(role, by=self.member, at=self.at)

    def _apply_cards(self, cards: Sequence[FoundCard], met: str) -> None:
        """Whoever is new comes into the book with others, in a few queries; cards that share an address one by one."""
        strangers: list[FoundCard] = []
        marks: set[str] = set()
        for place, found in enumerate(cards):
            theirs = marks_of(found.card, self._known)
            if len(strangers) >= _AT_ONCE or marks & theirs:
                self._make_people(strangers, met)
                strangers, marks = [], set()
                self._tell("Bringing in", place, len(cards))
            person = stated(found.card, self._known) or self._by_evidence(found)
            person = person or self._met_by_name(found.card)
            if person is None:
                strangers.append(found)
                marks |= theirs
            else:
                is_new = not self._known.has_said(person, found.card)
                person = self._keep(found.card, person, place=found.place, met=found.met or met)
                if is_new:
                    self._hear_again(found, person)
        self._make_people(strangers, met)

    def _make_people(self, strangers: Sequence[FoundCard], met: str) -> None:
        for organisation in self._known.organisations_named([found.card.organisation for found in strangers]):
            self.ledger.made(organisation)
        for (file, how), theirs in groupby(strangers, key=lambda found: (found.place.file, found.met or met)):
            some = list(theirs)
            cards = [(found.card, self._organisation(found.card.organisation)) for found in some]
            lines = [found.place.line for found in some]
            people = Person.make_all(self.member, cards, source=file, at=self.at, met=how, rows=lines)
            for person, (card, _) in zip(people, cards, strict=True):
                self.ledger.made(person)
                self.people[person.pk] = person
                self._known.learn(card, person)
                person.tell_of_meeting(file, at=self.at)
            for found, person in zip(some, people, strict=True):
                self._hear_again(found, person)

    def _hear_again(self, found: FoundCard, person: Person) -> None:
        for place in found.again:
            person.was_said_again(found.card, place.file, place.line, at=self.at)

    def _by_evidence(self, found: FoundCard) -> Person | None:
        """Give whom a card certainly means, and say why: the member did not."""
        person = self._known.evidence.whom(found.card)
        if person is not None:
            why = self._known.evidence.because(found.card)
            name = found.card.name or "This card"
            known = f" as {person.presented}" if person.presented != name else ""
            says = f"{name} was recognised{known}. {why}"
            self.recognised.append(Remark(found.place, says))
        return person

    def _met_by_name(self, card: Card) -> Person | None:
        """Somebody met in this batch without an address may be given one by a card of the same name."""
        met = [person for person in self._met(card.name) if not card.emails or not person.emails.exists()]
        return met[0] if len(met) == 1 else None

    def _met(self, name: str) -> list[Person]:
        """Whoever of that name was met in the interviews of this batch, also when it said nothing new of them."""
        if self._were_met is None:
            met = Interviewer.objects.filter(interview__in=self.interviews).select_related("person")
            self._were_met = {}
            for person in {who.person_id: who.person for who in met}.values():
                self._were_met.setdefault(person.name.lower(), []).append(person)
        return self._were_met.get(name.lower(), [])

    def _keep(self, card: Card, person: Person | None, *, place: Place, met: str) -> Person:
        """Bring somebody up to date by a card, or put somebody new into the book."""
        organisation = self._organisation(card.organisation)
        if person is None:
            person = Person.make(
                self.member,
                card,
                source=place.file,
                row=place.line,
                at=self.at,
                met=met,
                organisation=organisation,
            )
            self.ledger.made(person)
        else:
            person = self.people.get(person.pk, person)
            self._absorb(card, person, place)
        self.people[person.pk] = person
        self._known.met(person.organisation)
        if person.organisation_id and organisation and person.organisation_id == organisation.pk:
            person.organisation = organisation
        self._known.learn(card, person)
        return person

    def _absorb(self, card: Card, person: Person, place: Place) -> None:
        if self._known.has_said(person, card):
            return
        revision = bring_up(person, card, place, at=self.at, ledger=self.ledger)
        if revision is not None:
            self.differences += differences(person, revision, place.line)


def _is_outdated(meeting: Meeting, interview: Interview) -> bool:
    """Whether another copy of the same invitation, with another answer, was written since (RFC 5546 section 2.1.5)."""
    return meeting.sequence == interview.sequence and is_older(meeting, interview)


def _is_invitation_to(meeting: Meeting, interview: Interview) -> bool:
    """Whether it is the invitation to what only a mail had told of, or had moved, before."""
    is_another = not meeting.uid.endswith(PROSE) and interview.uid != meeting.uid[:500]
    return is_another and (
        interview.uid.endswith(PROSE) or interview.moved_by_mail or meeting.moved is not None
    )


def _is_left_by(interview: Interview, meeting: Meeting) -> bool:
    """Whether a meeting tells of the hour, or an older one, from which a mail has moved an interview since."""
    is_then = meeting.starts in hours_of(interview)
    return (
        interview.moved_by_mail
        and not is_then
        and (is_older(meeting, interview) or meeting.uid.endswith(PROSE))
    )


def _in_turn(meeting: Meeting) -> tuple[bool, datetime]:
    """Let what sentences move come last, the earliest mail first: what they move may be in the same batch."""
    return meeting.moved is not None, (meeting.moved and meeting.stamped) or _LONG_AGO


def _identity(meeting: Meeting) -> dict[str, str]:
    uid, recurrence_id = invitation_of(meeting)
    return {"uid": uid, "recurrence_id": recurrence_id}


def _stated(meeting: Meeting) -> dict[str, object]:
    """Give the fields that an invitation states, besides when."""
    return {
        "title": meeting.title[:500],
        "stamped_at": meeting.stamped,
        "time_zone": (meeting.time_zone or "")[:64],
        "location": meeting.location,
        "video_url": meeting.video_url if len(meeting.video_url) <= 1000 else "",  # noqa: PLR2004  (column width)
        "kind": str(meeting.kind),
        "description": meeting.description,
        "left_out": [{"address": out.address, "why": out.why} for out in meeting.left_out],
    }
