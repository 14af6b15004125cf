"""Near-copies: each note of a page compared with everything written to that person and their organisation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse

from rapport.correspondence.models import Note
from rapport.rules.likeness import Resemblance, Written, resemblances

if TYPE_CHECKING:
    from rapport.accounts.models import Member
    from rapport.followups.models import Step


Likenesses = Mapping[int, tuple[Resemblance, ...]]


def likenesses_of(member: Member, steps: Iterable[Step]) -> Likenesses:
    """What each step's note resembles, by the note's key, with one query for the whole page."""
    worded = [(step, step.note) for step in steps if step.note]
    if not worded:
        return {}
    people = {note.person_id for _, note in worded}
    colleagues = {step.person.organisation_id for step, _ in worded if step.person.organisation_id}
    around = Q(person__in=people) | Q(person__organisation__in=colleagues)
    others = list(Note.objects.seen_by(member).filter(around).select_related("person", "step"))
    written = {other.pk: Written(_page_of(other), f"your {other.label}", other.text) for other in others}
    return {
        note.pk: resemblances(note.text, [text for key, text in written.items() if key != note.pk])
        for _, note in worded
    }


def _page_of(note: Note) -> str:
    """Where the words can be read; "" when their step is gone."""
    return reverse("step", args=[note.step.pk]) if hasattr(note, "step") else ""
