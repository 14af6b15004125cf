"""From findings to one batch in one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from importlib import import_module
from typing import Any, cast

from django.db import transaction

from rapport.accounts.models import Member
from rapport.followups.models import Plan
from rapport.importers.findings import (
    Connected,
    Finding,
    FoundCard,
    Invited,
    Meeting,
    NotAnInterview,
    OwnJob,
    OwnProfile,
    Problem,
    Remark,
    WholeTable,
    Wrote,
)
from rapport.intake.applying import Applying
from rapport.intake.ending import notice_ends
from rapport.intake.models import Batch
from rapport.intake.own_card import call_by_invitation, fill_own_card, own_apart
from rapport.intake.progress import Tell, to_nobody
from rapport.intake.reconciling import Reconciling
from rapport.interviews.models import Interview, Interviewer
from rapport.journal.models import record, written_together
from rapport.people.models import CardRevision, Person, Source, Suggestion
from rapport.rows import in_parts

_PROPOSED = 200
"""How many proposals of one batch are kept to be shown; all are counted. As many it says to be somebody's for sure."""

_DECLINED = "You declined it."
_CLOSED = "You declined it, so its plan is closed."

NOTHING_NEW = "Nothing new: all of this is in the book already."
SEEN_AGAIN = "Nothing new: only where else it stands was noted."


def settle_findings(
    member: Member,
    findings: Iterable[Finding],
    *,
    at: datetime,
    school: str = "",
    met: str = "",
    tell: Tell = to_nobody,
) -> Batch:
    """Apply findings as one batch; one that changes nothing is not saved.

    Where files say again what stood already, it is kept that they do, so that it can be taken back as well.
    """
    found: dict[type[Any], list[Any]] = defaultdict(list)
    for finding in findings:
        found[type(finding)].append(finding)
    batch = Batch(member=member, applied_at=at)
    meetings, declined = _answered(member, found[Meeting])
    found[NotAnInterview] += declined
    batch.remarks = list(map(_problem, found[Remark]))
    cards, mine = own_apart(member, found[FoundCard])
    batch.set_aside = [*map(_set_aside, found[NotAnInterview]), *map(_own_card, mine)]
    batch.problems = list(map(_problem, found[Problem]))
    with transaction.atomic(), written_together():
        if called := call_by_invitation(member, found[Meeting]):
            batch.remarks.append(_problem(called))
        applying = Applying(member, at, tell)
        applying.apply(meetings, cards, met=met)
        reconciling = Reconciling(member, at, applying.ledger, batch.keep_made, tell)
        reconciling.apply(found[Connected], found[Invited], found[Wrote])
        own = fill_own_card(member, found[OwnProfile], found[OwnJob], at=at, ledger=applying.ledger)
        if not batch.problems:
            doubts = [notice_ends(reconciling, whole) for whole in found[WholeTable][:1]]
            batch.remarks += [_problem(doubt) for doubt in doubts if doubt]
        _count_people(batch, applying, reconciling)
        batch.set_aside += map(_set_aside, applying.asked)
        batch.remarks[:0] = [remark for meeting in applying.read for remark in _remarks(meeting)]
        batch.differences_now = (*applying.differences, *reconciling.differences, *own)
        batch.places_now = applying.ledger.places
        if applying.ledger or batch.pk or applying.is_said_again or reconciling.is_said_again:
            batch.remarks += [*map(_problem, applying.contradicted), *_recognised(applying.recognised)]
            _plan(applying, at, school)
            _follow_archive(reconciling, at)
            is_seen_again = batch.pk is None and not applying.ledger.keys_by_kind().keys() - {Source}
            title = SEEN_AGAIN if is_seen_again else _title(applying, reconciling, has_own=bool(own))
            batch.title = title[:500]
            batch.save()
            batch.keep(applying.ledger)
            record(member, "batch.taken_in", batch.title, batch, at=at)
        else:
            own_rows = len(found[OwnProfile]) + len(found[OwnJob])
            is_known = applying.interviews or applying.people or reconciling.seen or own_rows
            batch.title = NOTHING_NEW if is_known else _nothing(batch)
    batch.keys_now = frozenset(applying.interviews)
    batch.people_now = tuple(applying.people.values())
    return batch


def _answered(member: Member, meetings: list[Meeting]) -> tuple[list[Meeting], list[NotAnInterview]]:
    """Part off what the member declined and never had in the book; what they had and declined since is closed."""
    declined = [meeting for meeting in meetings if meeting.declined]
    if not declined:
        return meetings, []
    uids = {meeting.uid[:500] for meeting in declined}
    known = set[str]()
    for some in in_parts(sorted(uids)):
        held = Interview.objects.seen_by(member).filter(uid__in=some)
        known.update(held.values_list("uid", flat=True))
    aside = [one for one in declined if one.uid[:500] not in known]
    kept = [
        replace(one, remarks=(*one.remarks, _CLOSED)) if one.declined else one
        for one in meetings
        if not one.declined or one.uid[:500] in known
    ]
    return kept, [NotAnInterview(one.title, one.starts, _DECLINED, one.place) for one in aside]


def _plan(applying: Applying, at: datetime, school: str) -> None:
    """Make or recompute the plans of what came in, and of other interviews with the same people, once each."""
    touched = applying.touched
    new = {person.pk for person in applying.ledger.made_any(Person)}
    known = set(applying.people) - new
    if known:
        met = Interviewer.objects.filter(interview__member=applying.member, interview__plan__closed_at=None)
        known &= set(met.values_list("person", flat=True))
    Plan.of_all(list(touched.values()), at=at, school=school)
    if known:
        others = Interview.objects.filter(interviewers__person__in=known, plan__closed_at=None)
        rest = Plan.objects.filter(interview__in=others.exclude(pk__in=touched))
        rest.recompute(at, "you meet again, or know more")


def _follow_archive(reconciling: Reconciling, at: datetime) -> None:
    """Recompute the plans around those of whom an archive says more."""
    if not reconciling.updated:
        return
    met = Interviewer.objects.present().filter(interview__member=reconciling.member)
    keys = reconciling.updated & set(met.values_list("person", flat=True))
    Plan.objects.filter(interview__interviewers__person__in=keys).open().recompute(
        at, "your archive says more"
    )


def _count_people(batch: Batch, applying: Applying, reconciling: Reconciling) -> None:
    """Count the people that came, whose card or invitation changed, and who are as they were."""
    new = {person.pk for person in applying.ledger.made_any(Person)} | reconciling.new
    revisions = cast("list[CardRevision]", applying.ledger.made_any(CardRevision))
    updated = ({revision.person_id for revision in revisions} | reconciling.updated) - new
    seen = set(applying.people) | reconciling.seen
    batch.proposed_now = (*reconciling.proposals.values(), *_perhaps(applying, reconciling))
    batch.proposed = list(batch.proposed_now[:_PROPOSED])
    batch.tally = {
        "new": len(new),
        "updated": len(updated),
        "unchanged": len(seen - new - updated),
        "proposed": len(batch.proposed_now),
    }
    if reconciling.unnamed:
        says = (
            f"{reconciling.unnamed} invitations name people by name alone, as archives before late 2023 do, and "
            "were left out: a name alone joins nobody. Note one on the person's page, and the next import knows it."
        )
        batch.remarks.append({"file": "Invitations.csv", "line": None, "says": says})


def _perhaps(applying: Applying, reconciling: Reconciling) -> list[dict[str, object]]:
    """Say of whom that came it may be somebody who was in the book before, or came before them in the batch.

    A first interview is compared with nobody: an invitation names each of its people once.
    """
    came = {person.pk for person in applying.ledger.made_any(Person)} | reconciling.namesakes
    book = Person.objects.seen_by(applying.member)
    compares = applying.has_cards or reconciling.namesakes
    if not came or not (compares or book.exclude(pk__gte=min(came)).exists()):
        return []
    comparing = import_module("rapport.intake.comparing")
    found: list[dict[str, object]] = comparing.perhaps(applying.member, came)
    return found


def _recognised(found: list[Remark]) -> list[dict[str, Any]]:
    """Say who was taken for whom; of very many, how many more."""
    said = list(map(_problem, found[:_PROPOSED]))
    if more := len(found) - len(said):
        says = f"{more:,} more cards were recognised in the same way."
        said.append({"file": found[-1].place.file, "line": None, "says": says})
    return said


def _title(applying: Applying, reconciling: Reconciling, *, has_own: bool) -> str:
    new = {person.pk for person in applying.ledger.made_any(Person)} | reconciling.new
    made = applying.ledger.made_any(Interview)
    changed = [interview for interview in applying.touched.values() if interview not in made]
    parts = []
    if new or made:
        parts.append(_recorded(new, applying, made))
    cancelled = [interview for interview in changed if interview.cancelled_at == applying.at]
    parts += [f"“{interview}” was cancelled" for interview in cancelled]
    parts += [f"“{interview}” changed" for interview in changed if interview not in cancelled]
    if reconciling.invited:
        parts.append(f"recorded {_count(reconciling.invited, 'invitation', 'invitations')}")
    if reconciling.accepted:
        parts.append(f"{_count(reconciling.accepted, 'invitation', 'invitations')} accepted")
    brought = len(applying.people) + len(reconciling.updated)
    if waiting := len(applying.ledger.made_any(Suggestion)):
        parts.append(f"{_count(waiting, 'change waits', 'changes wait')} for your word")
    if not parts and (brought or not has_own):
        parts.append(f"brought {_count(brought, 'person', 'people')} up to date")
    if has_own:
        parts.append("brought your own card up to date")
    said = "; ".join(parts)
    return said[:1].upper() + said[1:]


def _recorded(new: set[int], applying: Applying, made: list[Any]) -> str:
    """Say who came into the book: of whom from an interview, only those who were met in one; else who is known."""
    if not made:
        return f"Recorded {_count(len(new), 'person', 'people')}"
    interviewers = cast("list[Interviewer]", applying.ledger.made_any(Interviewer))
    there = {who.person_id for who in interviewers}
    met = new & there
    says = f"Recorded {_count(len(met), 'person', 'people')} from {_named(made)}"
    if not met:
        says = f"Recorded {_named(made)}"
        says += f", with {_count(len(there), 'person', 'people')} you know" if there else ""
    besides = len(new - met)
    return f"{says}, and {_count(besides, 'person', 'people')} besides" if besides else says


def _named(interviews: list[Any]) -> str:
    return (
        f"“{interviews[0]}”" if len(interviews) == 1 else _count(len(interviews), "interview", "interviews")
    )


def _count(number: int, one: str, many: str) -> str:
    words = (
        "no",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
    )
    return f"{words[number] if number < len(words) else number} {one if number == 1 else many}"


def _nothing(batch: Batch) -> str:
    return (
        "There is no interview and nobody in this."
        if batch.set_aside or batch.problems
        else "There is nothing in this."
    )


def _set_aside(finding: NotAnInterview) -> dict[str, Any]:
    starts: date | None = finding.starts
    place = finding.place
    return {
        "title": finding.title,
        "starts": starts.isoformat() if starts else None,
        "why": finding.why,
        "file": place.file,
        "line": place.line,
    }


def _own_card(found: FoundCard) -> dict[str, Any]:
    """Set the member's own card aside; `card` tells it from what is no interview."""
    place = found.place
    why = "This is your own card."
    return {
        "title": found.card.name,
        "starts": None,
        "why": why,
        "file": place.file,
        "line": place.line,
        "card": True,
    }


def _remarks(meeting: Meeting) -> list[dict[str, Any]]:
    """Give what had to be assumed of an interview, with the place it was read from."""
    return [
        {"file": meeting.place.file, "line": meeting.place.line, "says": f"“{meeting.title}”: {remark}"}
        for remark in meeting.remarks
    ]


def _problem(finding: Problem | Remark) -> dict[str, Any]:
    return {"file": finding.place.file, "line": finding.place.line, "says": finding.says}
