"""The words of steps: each its own, kept apart from what was written before, never over the member's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db.models import Q

from rapport.correspondence.models import Note
from rapport.interviews.models import Interviewer
from rapport.rows import write_new
from rapport.rules.drafts import Draft, Known, compose
from rapport.rules.etiquette import Situation

if TYPE_CHECKING:
    from rapport.followups.models.plan import Plan
    from rapport.followups.models.step import Step

_WORDED = frozenset({"do", "optional", "hold", "ask"})
_NAMES_THE_DAY = timedelta(days=14)
"""How long after an interview words may name its day as "today" or "on Friday": a new day means new words."""

_COMPARED = 12
"""With how many texts new words are compared, the nearest first; more would only take time."""

_REMEMBERED = 300


@dataclass(frozen=True, slots=True)
class Occasion:
    """One person in one plan, as just computed: what words are about."""

    plan: Plan
    interviewer: Interviewer
    situation: Situation
    steps: tuple[Step, ...]


def find_words(occasions: Sequence[Occasion], at: datetime) -> list[Step]:
    """Compose or refresh the notes of open steps whose matter has changed; give the steps to be saved."""
    wanting = [
        (occasion, step, known, matter)
        for occasion in occasions
        if (about := known_of(occasion, at))
        for step in occasion.steps
        if _wants_words(step)
        and (known := replace(about, now=read_from(step, at)))
        and step.words_from != (matter := _matter(step, known, occasion))
    ]
    if not wanting:
        return []
    desk = _Desk(occasions, at)
    for occasion, step, known, matter in wanting:
        desk.write(occasion, step, known)
        step.words_from = matter
    desk.keep()
    return [step for _, step, _, _ in wanting]


def _wants_words(step: Step) -> bool:
    return step.state == "open" and step.closed_at is None and step.in_force in _WORDED


def read_from(step: Step, at: datetime) -> datetime:
    """Give the moment as of which words are written: for a step whose window is still to open, its opening."""
    return max(at, step.earliest) if step.earliest else at


def _matter(step: Step, known: Known, occasion: Occasion) -> str:
    """Tell by 64 hex digits whether words would be about the same as before."""
    is_recent = known.now and known.now - occasion.plan.interview.ends_at < _NAMES_THE_DAY
    day = known.now.astimezone(occasion.plan.member.zone).date() if known.now and is_recent else None
    about = repr((step.act, step.channel, replace(known, now=None), day))
    return sha256(about.encode()).hexdigest()


def known_of(occasion: Occasion, at: datetime) -> Known:
    """Give what may stand in words to the person of an occasion, at a moment."""
    interview, person = occasion.plan.interview, occasion.interviewer.person
    application, facts = interview.application, occasion.situation.facts
    hires = str(application.organisation or "")
    employer = str(person.organisation or "")
    topics = occasion.interviewer.topics.replace(";", "\n").splitlines()
    return Known(
        me=occasion.plan.member.name,
        name=person.name,
        role=facts.get("role", ""),
        title=person.title,
        organisation=hires or employer,
        works_for=employer if employer != hires else "",
        job_title=application.job_title,
        interviewed_at=interview.starts_at,
        time_zone=occasion.situation.time_zone,
        kind=interview.kind,
        interviews=facts.get("interviews", 1),
        met="interview",
        topics=tuple(topic.strip() for topic in topics if topic.strip()),
        decision=facts.get("decision", "none"),
        joins_on=application.joins_on,
        reply_by=application.reply_by,
        degree=facts.get("degree"),
        country=facts.get("country", ""),
        note_limit=occasion.plan.member.note_limit,
        now=at,
    )


class _Desk:
    """What was written to these people and to others of their organisations, growing while words are found."""

    def __init__(self, occasions: Sequence[Occasion], at: datetime) -> None:
        self.at = at
        people = {occasion.interviewer.person_id for occasion in occasions}
        places = {occasion.interviewer.person.organisation_id for occasion in occasions} - {None}
        self._places = {
            occasion.interviewer.person_id: occasion.interviewer.person.organisation_id
            for occasion in occasions
        }
        near = Q(person__in=people) | Q(person__organisation__in=places)
        written = Note.objects.filter(near, member=occasions[0].plan.member_id).select_related("person")
        self._notes = {note.pk: note for note in written.order_by("-composed_at", "-pk")[:_REMEMBERED]}
        self._new: list[tuple[Step, Note]] = []
        self._drafts: dict[Note, Draft] = {}

    def write(self, occasion: Occasion, step: Step, known: Known) -> None:
        """Compose the words of a step, or new ones beside its note; some acts have no words."""
        draft = compose(step.act, step.channel, replace(known, written=self._beside(step)))
        if draft is None:
            return
        if step.note is None:
            note = Note.drafted(occasion.plan.member, step.person, step.act, step.channel, draft, at=self.at)
            self._new.append((step, note))
        else:
            self._drafts[step.note] = draft
            redrafted = self._notes[step.note.pk] = step.note.redrafted(draft, at=self.at)
            redrafted.person = step.person  # at hand here, and read where words are compared

    def keep(self) -> None:
        """Write the new notes, and bring those up to date that were there."""
        write_new([note for _, note in self._new])
        for step, note in self._new:
            step.note = note
        Note.refresh_all(self._drafts, at=self.at)

    def _beside(self, step: Step) -> tuple[str, ...]:
        """Give the texts to stay apart from: those to the person, and the same kind of note to colleagues."""
        place = self._places[step.person_id]
        written = [*self._notes.values(), *(note for _, note in self._new)]
        theirs = [note for note in written if note.person_id == step.person_id]
        others = [
            note
            for note in written
            if note.person_id != step.person_id
            and (note.act, note.channel) == (step.act, step.channel)
            and (place is None or note.person.organisation_id in {place, None})
        ]
        others.sort(key=lambda note: note.sent_at is None)
        near = [
            note.text
            for note in (*others[: _COMPARED // 2], *theirs)
            if note.pk is None or note.pk != step.note_id
        ]
        return tuple(near[:_COMPARED])
