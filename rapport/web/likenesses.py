"""Near-copies: each note of a page compared with everything written to that person and their organisation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q

from rapport.correspondence.models import Note
from rapport.rules.likeness import Written, resemblances

if TYPE_CHECKING:
    from rapport.accounts.models import Member
    from rapport.followups.models import Step


def mark_likenesses(member: Member, steps: Iterable[Step]) -> None:
    """Give each step's note its `likenesses`, with one query for the whole page."""
    notes = [step.note for step in steps if step.note]
    people = {note.person_id for note in notes}
    colleagues = {step.person.organisation_id for step in steps if step.person.organisation_id}
    around = Q(person__in=people) | Q(person__organisation__in=colleagues)
    others = list(Note.objects.seen_by(member).filter(around).select_related("person")) if notes else []
    for note in notes:
        note.likenesses = resemblances(
            note.text,
            [
                Written(str(other.pk), f"your {other.label}", other.text)
                for other in others
                if other.pk != note.pk
            ],
        )
