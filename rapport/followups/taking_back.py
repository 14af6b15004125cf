"""What a member said or did at one moment is as before: every row that it changed, and the plans follow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from rapport.accounts.models import Member
from rapport.correspondence.models import Note
from rapport.followups.computing import Changed
from rapport.followups.models import Plan, Step
from rapport.interviews.models import Application, Interview, Interviewer
from rapport.journal.errors import NotAllowed
from rapport.journal.models import Entry
from rapport.network.models import Invitation
from rapport.people.models import Person

_ROWS: Mapping[type[Any], tuple[str, ...]] = {
    Interviewer: ("confirmed", "dismissed", "recalled", "role_given", "put_back"),
    Interview: ("cancelled", "put_back"),
    Application: ("decided", "moved", "expected", "check_in_undone", "put_back"),
    Step: ("reopened", "snoozed", "overruled", "advice_followed", "put_back"),
    Note: ("edited", "started_over", "unsent", "put_back"),
    Invitation: ("taken_back", "reconsidered", "put_back"),
    Person: ("fact_stated", "fact_retracted"),
}
"""Whose changes are put back by their entries, and which."""

_KINDS = {f"{kind._meta.model_name}.{what}": kind for kind, whats in _ROWS.items() for what in whats}
_BESIDE = {"note.refreshed": Note}
"""What is put back besides: words that Rapport drafted anew because of it."""

VERBS = frozenset(_KINDS)
"""The entries by which something can be taken back."""

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
        plans = Q(pk__in=[])
        for one in _written_with(entry):
            row = row_of(one)
            if row is None:
                raise NotAllowed(f"What this was about is gone: {one.says}")
            row.put_back(one, by=by, at=at)
            plans |= _plans_of(row)
        return Plan.objects.seen_by(by).filter(plans).recompute(at, "something was taken back")


def row_of(entry: Entry) -> Any:
    """Give the row whose change an entry tells; None when it is gone, or the entry is of another kind."""
    kind = (_KINDS | _BESIDE).get(entry.verb)
    if kind is None:
        return None
    label = kind._meta.label_lower
    keys = [mention.key for mention in entry.mentions.all() if mention.kind == label]
    return kind.objects.filter(pk__in=keys).first()


def _written_with(entry: Entry) -> list[Entry]:
    """Give what was written at the same moment, the last first: one act writes of several rows."""
    same = Entry.objects.seen_by(entry.member).filter(at=entry.at, verb__in=[*_KINDS, *_BESIDE])
    return list(same.prefetch_related("mentions"))


def _plans_of(row: Any) -> Q:
    of = _PLANS.get(type(row))
    return of(row) if of else _PLANS[Person](row.person)
