"""What a member said or did at one moment is as before: every row that it changed, and the plans follow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db import transaction
from django.db.models import Q

from rapport.accounts.models import Member
from rapport.correspondence.models import Note
from rapport.followups import own_schools
from rapport.followups.answering import let_answer
from rapport.followups.computing import Changed
from rapport.followups.happenings import unsent
from rapport.followups.models import Happening, Plan, State, Step
from rapport.interviews.models import Application, Interview, Interviewer
from rapport.journal.errors import NotAllowed
from rapport.journal.models import Entry
from rapport.network.models import Invitation
from rapport.people.models import Keeping, KeptSearch, NamedList, Person

_ROWS: Mapping[type[Any], tuple[str, ...]] = {
    Interviewer: (
        "interviewer.confirmed",
        "interviewer.dismissed",
        "interviewer.recalled",
        "interviewer.role_given",
        "interviewer.put_back",
    ),
    Interview: ("interview.cancelled", "interview.edited", "interview.put_back"),
    Application: (
        "application.decided",
        "application.moved",
        "application.expected",
        "application.edited",
        "application.check_in_undone",
        "application.put_back",
    ),
    Step: (
        "step.reopened",
        "step.snoozed",
        "step.overruled",
        "step.advice_followed",
        "step.put_back",
    ),
    Note: ("note.edited", "note.started_over", "note.unsent", "note.put_back"),
    Invitation: ("invitation.taken_back", "invitation.reconsidered", "invitation.put_back"),
    Person: ("person.fact_stated", "person.fact_retracted"),
    Happening: ("happening.enquiry_undone", "happening.put_back"),
    NamedList: ("list.put_on", "list.taken_off"),
}
"""Whose changes are put back by their entries, and which."""

_GONE: Mapping[str, Callable[..., None]] = {
    "list.removed": NamedList.begin_again,
    "search.forgotten": KeptSearch.keep_again,
    "school.removed": own_schools.bring_back,
    "school.norms_changed": own_schools.put_norms_back,
    "keeping.begun": Keeping.put_back,
    "keeping.ended": Keeping.put_back,
    "keeping.put_back": Keeping.put_back,
}
"""What an entry alone can bring back: a row that is gone, or came and went. No plan of a person follows."""


_KINDS = {verb: kind for kind, verbs in _ROWS.items() for verb in verbs}
_BESIDE = {"note.refreshed": Note}
"""What is put back besides: words that Rapport drafted anew because of it."""

_OPENED_AGAIN = {"step.done": Step, "step.skipped": Step}
"""What is not put back by columns: the step is open again, with all that came of it."""

VERBS = frozenset({*_KINDS, *_GONE, *_OPENED_AGAIN})
"""The entries by which something can be taken back, while it stands (`followups.standing`)."""

ALTOGETHER = frozenset({*VERBS, *_BESIDE})
"""Those and what is put back with them."""

_PLANS: Mapping[type[Any], Callable[[Any], Q]] = {
    Interviewer: lambda row: Q(interview=row.interview_id),
    Interview: lambda row: Q(interview=row.pk),
    Application: lambda row: Q(interview__application=row.pk, closed_at=None),
    Person: lambda row: Q(interview__interviewers__person=row.pk, closed_at=None),
}
"""Which plans follow what is put back; those of everything else are the person's."""


def take_back(entry: Entry, *, by: Member, at: datetime) -> list[Changed]:
    """Take back what was written at an entry's moment; give what changed in the plans.

    NotAllowed for what is not among `VERBS`, and when anything of it was changed since: then all stays as it is.
    """
    if entry.member_id != by.pk or entry.verb not in VERBS:
        raise NotAllowed(f"This cannot be taken back: {entry.says}")
    with transaction.atomic():
        together = what_counts(_written_with(entry))
        if together[0].verb in _OPENED_AGAIN:
            return unsent(_row_of(together[0]), by=by, at=at)
        rows = [_put_back(one, by, at) for one in together]
        for row in rows:
            _let_be_answered(row, by)
        plans = reduce(or_, map(_plans_of, rows), Q(pk__in=[]))
        return Plan.objects.seen_by(by).filter(plans).recompute(at, "something was taken back")


def _put_back(entry: Entry, by: Member, at: datetime) -> Any:
    """Put back what one entry tells; give the row, or None of one that only an entry brings back."""
    if entry.verb in _GONE:
        _GONE[entry.verb](entry, by=by, at=at)
        return None
    row = _row_of(entry)
    row.put_back(entry, by=by, at=at)
    return row


def _let_be_answered(row: Any, by: Member) -> None:
    """Let what somebody said since then answer a step that counts as done again."""
    if isinstance(row, Step) and row.state == State.DONE:
        for word in Happening.objects.words_of(row.person):
            let_answer(word, by=by)


def what_counts(together: list[Entry]) -> list[Entry]:
    """Give which of the entries of one moment are put back: a step that is open again takes all else with it."""
    return [one for one in together if one.verb in _OPENED_AGAIN][:1] or together


def kind_of(entry: Entry) -> type[Any] | None:
    """Give the kind of row whose change an entry tells; None of what it alone can bring back."""
    return (_KINDS | _BESIDE | _OPENED_AGAIN).get(entry.verb)


def _row_of(entry: Entry) -> Any:
    """Give the row whose change an entry tells; NotAllowed when it is gone."""
    kind = kind_of(entry)
    row = kind.objects.filter(pk__in=entry.keys_of(kind)).first() if kind else None
    if row is None:
        raise NotAllowed(f"What this was about is gone: {entry.says}")
    return row


def _written_with(entry: Entry) -> list[Entry]:
    """Give what was written at the same moment, the last first: one act writes of several rows."""
    same = Entry.objects.seen_by(entry.member).filter(at=entry.at, verb__in=ALTOGETHER)
    return list(same.prefetch_related("mentions"))


def _plans_of(row: Any) -> Q:
    if row is None or isinstance(row, NamedList):
        return Q(pk__in=[])
    of = _PLANS.get(type(row))
    return of(row) if of else _PLANS[Person](row.person)
