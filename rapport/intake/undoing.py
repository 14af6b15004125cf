"""Taking a batch back: rows it made go, rows it changed stand as before, what was acted upon since stays."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from rapport.accounts.models import Member
from rapport.correspondence.models import Note
from rapport.followups.models import Plan, Step
from rapport.intake.ledger import restore, stored
from rapport.interviews.models import Application, Interview, Interviewer
from rapport.people.models import CardRevision, Organisation, Person

if TYPE_CHECKING:
    from rapport.intake.models.batch import Change


class Undoing:
    """One batch being taken back, the latest rows first."""

    def __init__(self, by: Member, at: datetime) -> None:
        self.by = by
        self.at = at
        self.kept: list[str] = []
        self._people: set[int] = set()
        self._stay: set[int] = set()
        self._restored: list[int] = []

    def undo(self, changes: Iterable[Change]) -> list[str]:
        """Take changes back; give a sentence for each row that stays."""
        kinds: dict[str, list[Change]] = {}
        for change in changes:
            kinds.setdefault(change.kind, []).append(change)
        self._undo_interviews(kinds)
        for change, interviewer in _rows(Interviewer, kinds):
            self._undo_interviewer(change, interviewer)
        for change, application in _rows(Application, kinds):
            if change.before is None:
                self._delete_when_free(change, application, in_use=application.interviews.exists())
            else:
                self._restore(change, application)
        self._undo_people(kinds)
        touched = Q(interview__in=self._restored) | Q(interview__interviewers__person__in=self._people)
        Plan.objects.filter(touched).recompute(self.at, "an import was taken back")
        return self.kept

    def _undo_interviews(self, kinds: dict[str, list[Change]]) -> None:
        made_interviewers = {change.key: change for change in kinds.get("interviews.interviewer", [])}
        for change, interview in _rows(Interview, kinds):
            if change.before is not None:
                if self._restore(change, interview):
                    self._restored.append(interview.pk)
            elif reason := self._why_kept(interview, change, made_interviewers):
                self.kept.append(f"{interview} stays: {reason}.")
                self._stay.add(interview.pk)
            else:
                self._people.update(interview.interviewers.values_list("person", flat=True))
                _delete_notes(Step.objects.filter(plan__interview=interview))
                interview.delete()

    def _undo_people(self, kinds: dict[str, list[Change]]) -> None:
        """Let people go whom nothing else holds; who was in the book before is as before the batch's cards."""
        made = {change.key for change in kinds.get("people.person", [])}
        revisions = [revision for _, revision in _rows(CardRevision, kinds) if revision.person_id not in made]
        for revision in revisions:
            if revision.undone_at is None:
                revision.undo(by=self.by, at=self.at)
        of_the_batch = [change.key for change in kinds.get("people.cardrevision", [])]
        for change, person in _rows(Person, kinds):
            self._delete_when_free(change, person, in_use=_is_known(person, of_the_batch))
        for change, organisation in _rows(Organisation, kinds):
            in_use = organisation.people.exists() or organisation.applications.exists()
            self._delete_when_free(change, organisation, in_use=in_use)

    def _restore(self, change: Change, row: models.Model) -> bool:
        if stored(row) != change.after:
            self.kept.append(f"{row} stays as it is: it has changed since.")
            return False
        restore(row, _before(change))
        return True

    def _why_kept(self, interview: Interview, change: Change, made: dict[int, Change]) -> str:
        """Say what the member, or a later import, did with an interview; nothing when it stands as it came."""
        if stored(interview) != change.after:
            return "it has changed since"
        for interviewer in interview.interviewers.all():
            came = made.get(interviewer.pk)
            if came is None:
                return f"{interviewer.person} came to it later"
            if stored(interviewer) != came.after:
                return f"you said more about {interviewer.person} since"
        return _acted_upon(Step.objects.filter(plan__interview=interview).select_related("note", "person"))

    def _undo_interviewer(self, change: Change, interviewer: Interviewer) -> None:
        if change.before is not None:
            if stored(interviewer) == change.after:
                restore(interviewer, _before(change))
                self._people.add(interviewer.person_id)
            return
        if interviewer.interview_id in self._stay:
            return
        steps = Step.objects.filter(plan__interview=interviewer.interview_id, person=interviewer.person_id)
        if stored(interviewer) != change.after or _acted_upon(steps.select_related("note", "person")):
            self.kept.append(f"{interviewer} stays: you have acted upon it since.")
            return
        self._people.update(interviewer.interview.interviewers.values_list("person", flat=True))
        _delete_notes(steps)
        steps.delete()
        interviewer.delete()

    def _delete_when_free(self, change: Change, row: models.Model, *, in_use: bool) -> None:
        if in_use:
            return
        if stored(row) != change.after:
            self.kept.append(f"{row} stays: you have acted upon it since.")
        else:
            row.delete()


def _rows(kind: type[Any], kinds: dict[str, list[Change]]) -> list[tuple[Change, Any]]:
    """Give the changes of one kind with their rows; what is gone needs no taking back."""
    changes = kinds.get(kind._meta.label_lower, [])
    rows = apps.get_model(kind._meta.label).objects.in_bulk([change.key for change in changes])
    return [(change, rows[change.key]) for change in changes if change.key in rows]


def _before(change: Change) -> dict[str, Any]:
    return dict(change.before or {})


def _acted_upon(steps: Iterable[Step]) -> str:
    for step in steps:
        note = step.note
        if step.was_touched:
            return f"you have acted upon {str(step)!r}"
        if note is not None and (note.edited_at is not None or note.sent_at is not None):
            return f"you wrote to {step.person}"
    return ""


def _delete_notes(steps: Iterable[Step]) -> None:
    Note.objects.filter(pk__in=[step.note_id for step in steps if step.note_id]).delete()


def _is_known(person: Person, revisions: list[int]) -> bool:
    """Whether anything holds a person in the book besides some revisions of the card."""
    return any(
        held.exists()
        for held in (
            person.interviewed_me.all(),
            person.statements.all(),
            person.happenings.all(),
            person.correspondence.all(),
            person.revisions.filter(undone_at=None).exclude(before="").exclude(pk__in=revisions),
        )
    )
