"""The ways in: files, a look beforehand, and typing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import BinaryIO

from django.db import transaction

from rapport.accounts.models import Member
from rapport.importers.findings import Finding, FoundCard, Meeting, Participant, Place, Reader, Source
from rapport.importers.mail.outline import Outline
from rapport.importers.reading import read, understood
from rapport.importers.settling import settled
from rapport.intake.models import Batch
from rapport.intake.progress import Tell, to_nobody
from rapport.intake.settling import settle_findings
from rapport.interviews.models import Interview
from rapport.interviews.models.interview import TYPED_BY_HAND
from rapport.journal.errors import NotAllowed
from rapport.rules.card import Card

_TYPED = "typing"
_USUAL_LENGTH = timedelta(hours=1)
_TOLD_EVERY = 500  # findings


def reader_of(member: Member, *, me: Iterable[str] = (), time_zone: str = "") -> Reader:
    """Give who reads: the member, with further addresses that are "me" and another zone when stated."""
    addresses = member.own_addresses | {address.strip().lower() for address in me}
    names = frozenset({member.name} - {""})
    return Reader(addresses=addresses, names=names, time_zone=time_zone or member.time_zone)


def take_in(
    member: Member,
    files: Iterable[tuple[str, BinaryIO]],
    *,
    at: datetime,
    reader: Reader | None = None,
    school: str = "",
    met: str = "",
    tell: Tell = to_nobody,
) -> Batch:
    """Take files in as one batch, in one transaction; told apart by their content.

    What cannot be read is in `batch.problems` with its place, and all else is done. `met` is how the member met
    people who come on a card alone, where they said so: a card does not tell. Nothing is saved when all of it is
    known already. `tell` hears how far it is.
    """
    reader = replace(reader or reader_of(member), at=at)
    found = settled(_findings(files, reader, tell))
    return settle_findings(member, found, at=at, school=school, met=met, tell=tell)


def preview(
    member: Member,
    files: Iterable[tuple[str, BinaryIO]],
    *,
    at: datetime,
    reader: Reader | None = None,
    school: str = "",
    met: str = "",
) -> Batch:
    """Show what `take_in` would do: the same batch with its interviews, people and plans, and nothing saved."""
    with transaction.atomic():
        batch = take_in(member, files, at=at, reader=reader, school=school, met=met)
        batch.seen_now = batch.interviews()
        transaction.set_rollback(True)
    return batch


def outline_of(member: Member, text: str, *, at: datetime) -> Outline:
    """Give what a pasted text names that brought nothing: the form is filled with it, and the member completes it."""
    return understood(text, replace(reader_of(member), at=at))


def type_in(  # noqa: PLR0913  (one argument a field of the form, all by name)
    member: Member,
    *,
    name: str,
    at: datetime,
    organisation: str = "",
    title: str = "",
    email: str = "",
    phone: str = "",
    role: str = "",
    job_title: str = "",
    when: datetime | None = None,
    lasts: timedelta = _USUAL_LENGTH,
    met: str = "event",
) -> Batch:
    """Type somebody in; with `when` (aware), as met in an interview that began then.

    Typing another person for the same moment and organisation adds them to that interview.
    """
    if not name.strip():
        raise NotAllowed("Somebody needs a name.")
    finding: Finding
    place = Place(_TYPED)
    if when is None:
        card = Card.of(name=name, email=email, phone=phone, title=title, organisation=organisation)
        finding = FoundCard(card, place)
    else:
        who = Participant(
            name=" ".join(name.split()),
            email=email.strip() or None,
            title=title.strip() or None,
            role=role or None,
            organisation=organisation.strip() or None,
            phone=phone.strip() or None,
            source=Source.TYPED,
        )
        where = " ".join(organisation.split())
        finding = Meeting(
            uid=f"{TYPED_BY_HAND}{when.astimezone(UTC).isoformat()}:{where.lower()}",
            title=f"Interview at {where}" if where else f"Interview with {who.name}",
            starts=when,
            ends=when + lasts,
            place=place,
            time_zone=member.time_zone,
            organisation=where or None,
            job_title=job_title or None,
            participants=(who,),
        )
    return settle_findings(member, [finding], at=at, met=met)


def type_in_met(
    interview: Interview, *, name: str, at: datetime, email: str = "", title: str = "", role: str = ""
) -> Batch:
    """Type somebody in who was met in an interview of the book, as if its invitation named them.

    Whoever has the address is known by it. NotAllowed when the interview was cancelled, and for somebody of whom the
    member said that they were not there. A batch that brought nothing tells that they were known to be there.
    """
    if interview.cancelled_at is not None:
        raise NotAllowed(f"{interview} was cancelled: nobody was met there.")
    who = Participant(
        name=" ".join(name.split()),
        email=email.strip() or None,
        title=title.strip() or None,
        role=role or None,
        source=Source.TYPED,
    )
    left_out = interview.interviewers.exclude(dismissed_at=None).select_related("person")
    for one in left_out.prefetch_related("person__emails"):
        addresses = {address.email for address in one.person.emails.all()}
        if who.email.lower() in addresses if who.email else one.person.name.lower() == who.name.lower():
            raise NotAllowed(f"You said that {one.person} was not there. Take that back first.")
    organisation = interview.application.organisation
    finding = Meeting(
        uid=interview.uid,
        recurrence_id=interview.recurrence_id,
        sequence=interview.sequence,
        title=interview.title,
        starts=interview.starts_at,
        ends=interview.ends_at,
        place=Place(_TYPED),
        organisation=organisation.name if organisation else None,
        participants=(who,),
    )
    return settle_findings(interview.member, [finding], at=at)


def _findings(files: Iterable[tuple[str, BinaryIO]], reader: Reader, tell: Tell) -> Iterator[Finding]:
    found = (finding for name, stream in files for finding in read(name, stream, reader))
    for count, finding in enumerate(found, 1):
        if not count % _TOLD_EVERY:
            tell("Reading", count)
        yield finding
