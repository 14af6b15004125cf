"""Taking a batch back: rows it made go, rows it changed stand as before, what was acted upon since stays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from rapport.accounts.models import Member
from rapport.correspondence.models import Attachment, Note
from rapport.followups.models import Happening, Plan, Step
from rapport.intake.bringing_up import forget
from rapport.intake.ledger import prints
from rapport.interviews.models import Application, Interview, Interviewer
from rapport.journal.rows import restore
from rapport.network.models import Connection, Invitation
from rapport.people.models import (
    CardRevision,
    DetailsRequest,
    Keeping,
    Kind,
    Merge,
    Organisation,
    Person,
    Source,
    Statement,
    Suggestion,
)
from rapport.people.showing import put_back_own_card

if TYPE_CHECKING:
    from rapport.intake.models.noted import Noted, OfKinds


_NAMED = 10
"""People who stay for the same reason; the rest are counted."""


class Undoing:
    """One batch being taken back, the latest rows first."""

    def __init__(self, by: Member, at: datetime) -> None:
        self.by = by
        self.at = at
        self.kept: list[str] = []
        self._people: set[int] = set()
        self._stay: set[int] = set()
        self._restored: list[int] = []

    def undo(self, kinds: OfKinds) -> list[str]:
        """Take changes back; give a sentence for each row that stays. An archive's tens of thousands go in parts."""
        self._undo_interviews(kinds)
        for change, interviewer in _rows(Interviewer, kinds.all(Interviewer)):
            self._undo_interviewer(change, interviewer)
        for change, application in _rows(Application, kinds.all(Application)):
            if change.before is None:
                self._delete_when_free(change, application, in_use=application.interviews.exists())
            else:
                self._restore(change, application)
        self._undo_ties(kinds)
        self.kept += forget(kinds.keys(Suggestion))
        for change, source in _rows(Source, kinds.changed(Source)):
            if change.is_as_left(source):
                restore(source, _before(change))
        self._undo_people(kinds)
        self._undo_own_card(kinds)
        met = Interviewer.objects.filter(interview__member=self.by).values_list("person", flat=True)
        touched = Q(interview__in=self._restored) | Q(
            interview__interviewers__person__in=self._people & set(met)
        )
        Plan.objects.filter(touched).recompute(self.at, "an import was taken back")
        return self.kept

    def _undo_interviews(self, kinds: OfKinds) -> None:
        made_interviewers = {change.key: change for change in kinds.all(Interviewer)}
        for change, interview in _rows(Interview, kinds.all(Interview)):
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

    def _undo_ties(self, kinds: OfKinds) -> None:
        """Let invitations and connections be as before; one that the member has moved since stays.

        What is new goes first: only one invitation waits at a time.
        """
        for kind in (Invitation, Connection):
            for made in kinds.made(kind):
                keys = [one.key for one in made]
                self._people.update(kind.objects.filter(pk__in=keys).values_list("person", flat=True))
                self._delete_all_free(kind, made, in_use=set())
            for change, row in _rows(kind, kinds.changed(kind)):
                self._people.add(row.person_id)
                self._restore_tie(change, row)

    def _restore_tie(self, change: Noted, row: Invitation | Connection) -> None:
        """A later invitation that waits by now cannot be put beside another."""
        before = _before(change)
        if isinstance(row, Invitation) and before["answered_at"] is None:
            later = Invitation.objects.waiting().filter(
                person=row.person_id, channel=row.channel, direction=row.direction
            )
            if later.exclude(pk=row.pk).exists():
                self.kept.append(f"{_begun(row)} stays as it is: a later one waits by now.")
                return
        self._restore(change, row)

    def _undo_people(self, kinds: OfKinds) -> None:
        """Let people go whom nothing else holds; who was in the book before is as before the batch's cards."""
        made = kinds.keys(Person)
        revisions = [
            revision
            for _, revision in _rows(CardRevision, kinds.all(CardRevision))
            if revision.person_id not in made
        ]
        for revision in revisions:
            if revision.undone_at is None:
                revision.undo(by=self.by, at=self.at)
                self._people.add(revision.person_id)
        for change, person in _rows(Person, kinds.changed(Person)):
            if change.is_as_left(person):
                restore(person, _before(change))
                self._people.add(person.pk)
        met = Interviewer.objects.filter(interview__member=self.by).values("person")
        known_still: list[Person] = []
        of_the_batch, noted = kinds.keys(CardRevision), kinds.keys_in_any_batch(Connection)
        for changes in kinds.made(Person):
            merged = _merged([change.key for change in changes])
            self.kept += [f"{person} stays: you merged them with somebody since." for person in merged]
            known = _known(changes, of_the_batch, noted) - {person.pk for person in merged}
            known_still += Person.objects.filter(pk__in=known).exclude(pk__in=met).order_by("pk")
            in_use = known | {person.pk for person in merged}
            self._delete_all_free(Person, changes, in_use=in_use)
        self._say_who_stays(known_still)
        for changes in kinds.made(Organisation):
            keys = [change.key for change in changes]
            held = Person.objects.filter(organisation__in=keys).values_list("organisation", flat=True)
            applied = Application.objects.filter(organisation__in=keys)
            in_use = {*held, *applied.values_list("organisation", flat=True)}
            self._delete_all_free(Organisation, changes, in_use=in_use)

    def _say_who_stays(self, people: Sequence[Person]) -> None:
        """Say who stays because something else in the book holds them, but for those whom a sentence names already."""
        first, rest = map(str, people[:_NAMED]), len(people) - _NAMED
        names = [name for name in first if not any(name in sentence for sentence in self.kept)]
        if rest > 0:
            names.append(f"{rest} more")
        if names:
            stay = "stays" if len(names) == 1 else "stay"
            self.kept.append(f"{', '.join(names)} {stay}: more is known of them by now.")

    def _undo_own_card(self, kinds: OfKinds) -> None:
        for change, member in _rows(Member, kinds.changed(Member)):
            if change.is_as_left(member):
                put_back_own_card(member, _before(change)["card"], at=self.at)
            else:
                self.kept.append("Your own card stays as it is: you have changed it since.")

    def _restore(self, change: Noted, row: models.Model) -> bool:
        if not change.is_as_left(row):
            self.kept.append(f"{_begun(row)} stays as it is: it has changed since.")
            return False
        restore(row, _before(change))
        return True

    def _why_kept(self, interview: Interview, change: Noted, made: dict[int, Noted]) -> str:
        """Say what the member, or a later import, did with an interview; nothing when it stands as it came."""
        if not change.is_as_left(interview):
            return "it has changed since"
        for interviewer in interview.interviewers.all():
            came = made.get(interviewer.pk)
            if came is None:
                return f"{interviewer.person} came to it later"
            if not came.is_as_left(interviewer):
                return f"you said more about {interviewer.person} since"
        return _acted_upon(Step.objects.filter(plan__interview=interview))

    def _undo_interviewer(self, change: Noted, interviewer: Interviewer) -> None:
        if change.before is not None:
            if change.is_as_left(interviewer):
                restore(interviewer, _before(change))
                self._people.add(interviewer.person_id)
            return
        if interviewer.interview_id in self._stay:
            return
        steps = Step.objects.filter(plan__interview=interviewer.interview_id, person=interviewer.person_id)
        if not change.is_as_left(interviewer) or _acted_upon(steps):
            self.kept.append(f"{interviewer} stays: you have acted upon it since.")
            return
        self._people.update(interviewer.interview.interviewers.values_list("person", flat=True))
        self._restored.append(interviewer.interview_id)
        _delete_notes(steps)
        steps.delete()
        interviewer.delete()

    def _delete_all_free(self, kind: type[Any], made: Sequence[Noted], *, in_use: set[int]) -> None:
        left = {one.key: one.print for one in made if one.key not in in_use}
        now = prints(kind, left, made[0].columns)
        free = [key for key, seen in now.items() if seen == left[key]]
        acted_upon = kind.objects.filter(pk__in=now.keys() - set(free)).order_by("-pk")
        self.kept += [f"{_begun(row)} stays: you have acted upon it since." for row in acted_upon]
        kind.objects.filter(pk__in=free).delete()

    def _delete_when_free(self, change: Noted, row: models.Model, *, in_use: bool) -> None:
        if in_use:
            return
        if not change.is_as_left(row):
            self.kept.append(f"{row} stays: you have acted upon it since.")
        else:
            row.delete()


def _begun(row: models.Model) -> str:
    said = str(row)
    return said[:1].upper() + said[1:]


def _rows(kind: type[Any], changes: Sequence[Noted]) -> list[tuple[Noted, Any]]:
    """Give what was noted of rows of one kind with these rows; what is gone needs no taking back."""
    rows = apps.get_model(kind._meta.label).objects.in_bulk([change.key for change in changes])
    return [(change, rows[change.key]) for change in changes if change.key in rows]


def _before(change: Noted) -> dict[str, Any]:
    return dict(change.before or {})


def _acted_upon(steps: QuerySet[Step]) -> str:
    files = Attachment.objects.going().filter(note=OuterRef("note"))
    for step in steps.select_related("note", "person").annotate(has_files=Exists(files)):
        note = step.note
        if step.was_touched:
            return f"you have acted upon {str(step)!r}"
        if note is not None and (note.edited_at or note.queued_at or note.sent_at or step.has_files):
            return f"you wrote to {step.person}"
    return ""


def _delete_notes(steps: QuerySet[Step]) -> None:
    keys = steps.exclude(note=None).order_by().values_list("note", flat=True)
    Note.objects.filter(pk__in=list(keys)).delete()


def _known(changes: Sequence[Noted], revisions: set[int], connections: set[int]) -> set[int]:
    """Give the keys of people whom anything holds in the book besides some revisions of their cards.

    Of connections only those hold that a batch brought to somebody it knew, not those that came with the person.
    """
    keys = [change.key for change in changes]
    held = (
        kind.objects.filter(person__in=keys).values_list("person", flat=True)
        for kind in (Interviewer, Statement, Happening, Note, Invitation, DetailsRequest, Keeping)
    )
    heard = Source.objects.filter(person__in=keys, heard_at__isnull=False).exclude(kind=Kind.IMPORT)
    tied = Connection.objects.filter(person__in=keys).values_list("pk", "person")
    later = CardRevision.objects.filter(person__in=keys, undone_at=None).exclude(before="")
    since = {person for key, person in later.values_list("pk", "person") if key not in revisions}
    since |= {person for key, person in tied if key in connections}
    return {*since, *heard.values_list("person", flat=True), *chain.from_iterable(held)}


def _merged(keys: Sequence[int]) -> list[Person]:
    """Give those of some people who stand for somebody else, or for whom somebody else stands."""
    standing = Merge.objects.standing().filter(Q(person__in=keys) | Q(other__in=keys))
    both = set(chain.from_iterable(standing.values_list("person", "other")))
    return list(Person.objects.filter(pk__in=both & set(keys)).order_by("pk"))
