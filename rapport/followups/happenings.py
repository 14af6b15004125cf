"""Verbs where several nouns meet: something happened, and every plan it touches follows in the same transaction.

Each gives what changed: the open steps whose verdict is another than before.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from rapport.accounts.models import Member
from rapport.correspondence.models import Received
from rapport.followups.answering import let_answer, let_nothing_be_answered
from rapport.followups.computing import Changed
from rapport.followups.models import Happening, Plan, Step
from rapport.followups.schools import known_school
from rapport.followups.sentences import event_came, mail_came
from rapport.interviews.models import Application, Interview, Interviewer
from rapport.journal.errors import NotAllowed
from rapport.journal.models import record
from rapport.network.models import Invitation
from rapport.people.editing import edit
from rapport.people.models import CardRevision, Organisation, Person
from rapport.people.moves import TYPED
from rapport.rules.card import Card
from rapport.rules.etiquette import FACTS
from rapport.rules.supposing import clause

_PROMISED = frozenset({"reply_by", "decision_pace", "via_agency", "search_is_secret"})
_OF_AN_INTERVIEW = _PROMISED | {"decision", "stage", "role"}
"""Facts that belong to somebody's part in an interview, or to its application, where there is one."""

_DECIDED = {
    "none": "the decision was taken back",
    "offer": "the decision came",
    "accepted": "you accepted the offer",
    "declined": "you declined the offer",
    "rejected": "the decision came",
    "withdrawn": "you withdrew",
    "silent": "their silence counts as an answer",
}
_REACHED = {
    "email": "wrote to you by e-mail",
    "phone": "called you",
    "letter": "wrote you a letter",
    "message": "sent you a message",
    "text": "sent you a text message",
}
_CHANNELS = frozenset({"email", "phone", "meeting", "letter", "message", "text"})


def decide(
    application: Application, decision: str, *, by: Member, at: datetime, joins_on: date | None = None
) -> list[Changed]:
    """Record what was decided; holds that waited for it are released."""
    with transaction.atomic():
        application.decide(decision, by=by, at=at, joins_on=joins_on)
        return _of(application, at, _DECIDED[decision])


def move_stage(application: Application, stage: str, *, by: Member, at: datetime) -> list[Changed]:
    """Move the application to another open stage."""
    with transaction.atomic():
        application.move_to(stage, by=by, at=at)
        return _of(application, at, clause("stage", stage))


def expect(application: Application, *, by: Member, at: datetime, **promised: Any) -> list[Changed]:
    """Record what the organisation promised, and the circumstances (see `Application.expect`)."""
    with transaction.atomic():
        application.expect(by=by, at=at, **promised)
        return _of(application, at, "you said what to expect")


def state_fact(
    person: Person, fact: str, value: Any, *, by: Member, at: datetime, interviewer: Interviewer | None = None
) -> list[Changed]:
    """Answer a question: the fact goes where it belongs, to the person, their part, or the application.

    `interviewer` says in which interview the question was asked; without it, the latest with that person.
    """
    if fact not in FACTS or not FACTS[fact].accepts(value):
        expects = FACTS[fact].expects if fact in FACTS else "a fact of the vocabulary"
        raise NotAllowed(f"{fact} cannot be {value!r}: it takes {expects}.")
    with transaction.atomic():
        who = (interviewer or _last_met(person)) if fact in _OF_AN_INTERVIEW else None
        if who is not None and fact in _PROMISED:
            return expect(who.interview.application, by=by, at=at, **{fact: value})
        if who is not None and fact == "decision":
            return decide(who.interview.application, value, by=by, at=at)
        if who is not None and fact == "stage":
            return move_stage(who.interview.application, value, by=by, at=at)
        if who is not None:
            who.give_role(value, by=by, at=at)
        else:
            person.state(fact, value, by=by, at=at)
        return _around(person, at, clause(fact, value))


def _last_met(person: Person) -> Interviewer | None:
    return person.interviewed_me.order_by("interview__starts_at", "pk").last()


def retract_fact(person: Person, fact: str, *, by: Member, at: datetime) -> list[Changed]:
    """Take an answer back."""
    with transaction.atomic():
        person.retract(fact, by=by, at=at)
        return _around(person, at, "you took an answer back")


def they_wrote(
    person: Person, *, by: Member, at: datetime, channel: str = "email", received: Received | None = None
) -> list[Changed]:
    """The person wrote or rang: real contact, and an answer to what was asked and written before.

    `received` is the mail, where Rapport found it; it counts from when it was written.
    """
    if channel not in _CHANNELS:
        raise NotAllowed(f"Nobody writes by {channel!r}: it is one of {', '.join(sorted(_CHANNELS))}.")
    written_at = received.received_at if received else at
    with transaction.atomic():
        happening = Happening.objects.create(
            person=person,
            event="reply",
            channel=channel,
            happened_at=written_at,
            received=received,
            contact_before=person.last_contact_at,
        )
        person.was_in_contact(max(written_at, person.last_contact_at or written_at))
        says = (
            mail_came(person.name, received.kind, received.subject)
            if received
            else f"You and {person} spoke."
            if channel == "meeting"
            else f"{person} {_REACHED.get(channel, 'wrote to you')}."
        )
        record(by, "person.wrote", says, person, at=written_at)
        let_answer(happening, by=by)
        return _around(person, at, event_came("reply"))


def they_did_not_write(person: Person, *, by: Member, at: datetime) -> list[Changed]:
    """Take back the latest "they wrote to me"."""
    latest = Happening.objects.latest_word(person)
    if latest is None:
        raise NotAllowed(f"It is not recorded that {person} wrote to you.")
    return take_back_word(latest, by=by, at=at)


def take_back_word(happening: Happening, *, by: Member, at: datetime) -> list[Changed]:
    """Take back that they wrote: what it answered is unanswered again, unless another word of theirs answers it."""
    person = happening.person
    with transaction.atomic():
        happening.take_back(by=by, at=at)
        if happening.received is not None:
            happening.received.dismiss(at=at)
        let_nothing_be_answered(happening, by=by, at=at)
        for other in Happening.objects.words_of(person):
            let_answer(other, by=by)
        person.was_in_contact(happening.last_contact_without())
        return _around(person, at, "that they wrote was taken back")


def they_invited(person: Person, channel: str, *, by: Member, at: datetime) -> list[Changed]:
    """The person invited the member on a network: professional, social or microblog."""
    with transaction.atomic():
        Invitation.record_received(person, channel, by=by, at=at)
        return _around(person, at, event_came("their_invitation"))


def invitation_answered(invitation: Invitation, move: str, *, by: Member, at: datetime) -> list[Changed]:
    """Note what came of an invitation, either way: `accept`, `decline`, `let_rest` or `withdraw`."""
    with transaction.atomic():
        getattr(invitation, move)(by=by, at=at)
        return _around(invitation.person, at, f"{invitation} is {invitation.state}")


def answer_reconsidered(invitation: Invitation, *, by: Member, at: datetime) -> list[Changed]:
    """Take an answer back: the invitation waits again."""
    with transaction.atomic():
        invitation.reconsider(by=by, at=at)
        return _around(invitation.person, at, f"the answer to {invitation} was taken back")


def not_invited(invitation: Invitation, *, by: Member, at: datetime) -> list[Changed]:
    """Take an invitation back that was noted by mistake; the step that sent it is open again."""
    with transaction.atomic():
        step = _sender_of(invitation) if invitation.direction == "sent" else None
        if step is not None:
            return unsent(step, by=by, at=at)
        invitation.take_back(by=by, at=at)
        return _around(invitation.person, at, f"{invitation} was noted by mistake")


def profile_known(person: Person, address: str, *, by: Member, at: datetime) -> CardRevision | None:
    """Note where somebody's profile is; None when it was known. Only the member whose book it is may."""
    if person.member_id != by.pk:
        raise NotAllowed("This is in another member's book.")
    return person.absorb(Card.of(name=person.name, url=address), source=TYPED, at=at)


def _sender_of(invitation: Invitation) -> Step | None:
    """Give the step whose completion recorded an invitation."""
    done = Step.objects.filter(
        person=invitation.person_id, channel=invitation.channel, act__in=("invite", "follow"), state="done"
    )
    return done.order_by("settled_at", "pk").last()


def sent(
    step: Step,
    *,
    by: Member,
    at: datetime,
    confirmed: bool = False,
    posted_on: date | None = None,
    answer: str = "",
) -> list[Changed]:
    """The member says "I sent it": the note is sent and the step done. Against a hard norm only once confirmed.

    A letter went into the post on `posted_on`, by default today (see `Step.complete`). `answer` says which answer to
    their invitation it was: `accepted` or `declined`.
    """
    with transaction.atomic():
        changed = step.complete(by=by, at=at, confirmed=confirmed, posted_on=posted_on, answer=answer)
        if step.note is not None:
            step.note.send(by=by, at=at)
        return changed


def unsent(step: Step, *, by: Member, at: datetime) -> list[Changed]:
    """It was not sent after all: the note and the step are open again."""
    with transaction.atomic():
        if step.note is not None and step.note.sent_at is not None:
            step.note.unsend(by=by, at=at)
        return step.reopen(by=by, at=at)


def update_card(person: Person, card: Card, *, source: str, at: datetime) -> list[Changed]:
    """A card says something of a person; where they are may change how they are thanked, and when."""
    before = person.country
    with transaction.atomic():
        person.absorb(card, source=source, at=at)
        if person.country == before:
            return []
        return _around(person, at, f"it is known now where {person} is")


def edit_person(
    person: Person, card: Card, *, of: Card, by: Member, at: datetime, noted: Mapping[str, Any]
) -> CardRevision | None:
    """Keep what the member says of a person (see `people.editing`); plans follow as after any card."""
    before = person.country
    with transaction.atomic():
        revision = edit(person, card, of=of, by=by, at=at, noted=noted)
        person.refresh_from_db()
        if person.country != before:
            _around(person, at, f"it is known now where {person} is")
    return revision


def confirm_interviewer(interviewer: Interviewer, *, by: Member, at: datetime) -> list[Changed]:
    """The member says yes: this person was there."""
    with transaction.atomic():
        interviewer.confirm(by=by, at=at)
        return _met_in(interviewer.interview, at, f"{interviewer.person} was there")


def dismiss_interviewer(interviewer: Interviewer, *, by: Member, at: datetime) -> list[Changed]:
    """The member says no: this was nobody, or not there. Open steps towards them are due no more.

    NotAllowed while a mail to them is on its way.
    """
    theirs = Step.objects.filter(plan__interview=interviewer.interview_id, person=interviewer.person_id)
    theirs.ask_that_nothing_leaves()
    with transaction.atomic():
        interviewer.dismiss(by=by, at=at)
        return _met_in(interviewer.interview, at, f"{interviewer.person} was not there")


def give_role(interviewer: Interviewer, role: str, *, by: Member, at: datetime) -> list[Changed]:
    """Say what part somebody has; an empty text makes it unknown."""
    with transaction.atomic():
        interviewer.give_role(role, by=by, at=at)
        because = clause("role", role) if role else "you took an answer back"
        return _met_in(interviewer.interview, at, because)


def recall(interviewer: Interviewer, topics: str, *, by: Member, at: datetime) -> list[Changed]:
    """Note what you talked about: drafts take it up."""
    with transaction.atomic():
        interviewer.recall(topics, by=by, at=at)
        return _met_in(interviewer.interview, at, "you noted what you talked about")


def cancel(interview: Interview, *, by: Member, at: datetime) -> list[Changed]:
    """The interview does not take place: its plan closes. NotAllowed while a mail of it is on its way."""
    Step.objects.filter(plan__interview=interview).ask_that_nothing_leaves()
    with transaction.atomic():
        if not interview.cancel(by=by, at=at):
            raise NotAllowed(f"{interview} was cancelled already.")
        return _met_in(interview, at, "the interview was cancelled")


def edit_application(
    application: Application, job_title: str, organisation: str, *, by: Member, at: datetime
) -> list[Changed] | None:
    """Keep what the member says of an application; None when nothing of it reads otherwise.

    `organisation` is its name, in any capitals of one that is known. Whom they met there keep their own cards.
    """
    with transaction.atomic():
        if not _named(application, job_title, organisation, by, at):
            return None
        return _of(application, at, "you put the application right")


def edit_interview(
    interview: Interview,
    fields: Mapping[str, Any],
    *,
    by: Member,
    at: datetime,
    job_title: str,
    organisation: str,
) -> list[Changed] | None:
    """Keep what the member says of an interview (see `Interview.edit`) and of its application, taken back as one.

    None when nothing of it reads otherwise. The plans of the application follow, and the words of its drafts; what
    the member did or wrote stays.
    """
    with transaction.atomic():
        is_named = _named(interview.application, job_title, organisation, by, at)
        if not interview.edit(fields, by=by, at=at) and not is_named:
            return None
        return _of(interview.application, at, "you put the interview right")


def _named(application: Application, job_title: str, organisation: str, by: Member, at: datetime) -> bool:
    place = Organisation.named(by, organisation) if organisation.strip() else None
    return application.edit(job_title, place, by=by, at=at)


def follow_school(member: Member, school: str, *, at: datetime) -> list[Changed]:
    """Let every plan of a member's standing applications follow the school they chose."""
    name = known_school(member, school).name
    with transaction.atomic():
        plans = Plan.objects.seen_by(member).open().exclude(school=school)
        keys = list(plans.values_list("pk", flat=True))
        plans.update(school=school)
        record(member, "plans.school_chosen", f"Your plans follow {name}.", at=at)
        return Plan.objects.filter(pk__in=keys).recompute(at, "you chose another school")


def refresh_due(member: Member, at: datetime) -> list[Changed]:
    """Bring plans into step whose advice time alone has changed; nothing is written when there are none."""
    due = Plan.objects.seen_by(member).open().filter(refresh_due_at__lte=at)
    if not due.exists():
        return []
    return due.recompute(at, "time went by")


def _of(application: Application, at: datetime, because: str) -> list[Changed]:
    return Plan.objects.of_application(application).open().recompute(at, because)


def _around(person: Person, at: datetime, because: str) -> list[Changed]:
    return Plan.objects.around(person).open().recompute(at, because)


def _met_in(interview: Interview, at: datetime, because: str) -> list[Changed]:
    return Plan.objects.filter(interview=interview).recompute(at, because)
