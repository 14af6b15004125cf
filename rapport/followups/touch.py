"""Whom it is time to write to again: those one keeps in touch with, counted from the last real contact."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db.models import prefetch_related_objects

from rapport.accounts.models import Member
from rapport.followups.contact import last_contacts
from rapport.followups.models import Step
from rapport.people.models import Keeping


class Touch(NamedTuple):
    """With whom, since when it is time, the last real contact, and the step that does it where a plan has one."""

    keeping: Keeping
    due: datetime
    last: datetime | None
    step: Step | None


def due_touches(member: Member, at: datetime) -> list[Touch]:
    """Give those whose time has come, the longest due first; a constant number of queries."""
    found = list(Keeping.objects.seen_by(member))
    if not found:
        return []
    contacts = last_contacts([keeping.person_id for keeping in found], at)
    due = [
        (moment, keeping)
        for keeping in found
        if (moment := keeping.due_at(contacts.get(keeping.person_id))) <= at
    ]
    prefetch_related_objects([keeping for _, keeping in due], "person__organisation")
    steps = Step.objects.seen_by(member).standing().filter(act="keep_in_touch").select_related("note")
    of_person = {step.person_id: step for step in steps.filter(person__in=[one.person_id for _, one in due])}
    return [
        Touch(keeping, moment, contacts.get(keeping.person_id), of_person.get(keeping.person_id))
        for moment, keeping in sorted(due, key=lambda pair: (pair[0], pair[1].pk))
    ]
