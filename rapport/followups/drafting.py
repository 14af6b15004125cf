"""The words of steps: each its own, kept apart from what was written before, never over the member's own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q, QuerySet

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
"""With how many texts to the same person new words are compared; more would only take time."""

_COLLEAGUES = 24
"""With how many notes of the same kind to colleagues: those sent first, then the latest."""

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
    wanting = [found for occasion in occasions for found in _wanting(occasion, at)]
    if not wanting:
        return []
    desk = _Desk(occasions, at)
    for occasion, step, about in wanting:
        desk.write(occasion, step, about)
    desk.keep()
    return [step for _, step, _ in wanting]


def _wanting(occasion: Occasion, at: datetime) -> Iterator[tuple[Occasion, Step, Known]]:
    """Give the steps whose words are to be about something else than before, with what is known; they say so now."""
    about = replace(known_of(occasion, at), now=None)
    known = repr(about)
    for step in occasion.steps:
        if _wants_words(step):
            now = read_from(step, at)
            matter = _matter(step, known, now, occasion)
            if step.words_from != matter:
                step.words_from = matter
                yield occasion, step, about


def _wants_words(step: Step) -> bool:
    return step.state == "open" and step.closed_at is None and step.in_force in _WORDED


def read_from(step: Step, at: datetime) -> datetime:
    """Give the moment as of which words are written: for a step whose window is still to open, its opening."""
    return max(at, step.earliest) if step.earliest else at


def _matter(step: Step, known: str, now: datetime, occasion: Occasion) -> str:
    """Tell by 64 hex digits whether words written as of a moment would be about the same as before."""
    is_recent = now - occasion.plan.interview.ends_at < _NAMES_THE_DAY
    day = now.astimezone(occasion.plan.member.zone).date() if is_recent else None
    about = f"({step.act!r}, {step.channel!r}, {known}, {day!r})"
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
        self._places = {
            occasion.interviewer.person_id: occasion.interviewer.person.organisation_id
            for occasion in occasions
        }
        self._notes: dict[int, Note] = {}
        self._to: dict[int, dict[int, Note]] = defaultdict(dict)
        self._alike: dict[tuple[str, str], dict[int, Note]] = defaultdict(dict)
        self._new: list[tuple[Step, Note]] = []
        self._drafts: dict[Note, Draft] = {}
        places = set(self._places.values()) - {None}
        near = Q(person__in=set(self._places)) | Q(person__organisation__in=places)
        written = Note.objects.filter(near, member=occasions[0].plan.member_id)
        placed: QuerySet[Any] = written.annotate(place=F("person__organisation"))
        for note in reversed(placed.order_by("-composed_at", "-pk")[:_REMEMBERED]):
            self._notes[note.pk] = note
            self._places[note.person_id] = note.place
            self._lay_down(note, note.pk)

    def _lay_down(self, note: Note, place: int) -> None:
        """Keep a note as the latest of those to its person and of those of its kind, for an earlier wording of it."""
        for notes in (self._to[note.person_id], self._alike[note.act, note.channel]):
            notes.pop(place, None)
            notes[place] = note

    def write(self, occasion: Occasion, step: Step, about: Known) -> None:
        """Compose the words of a step, or new ones beside its note; some acts have no words."""
        known = replace(about, now=read_from(step, self.at), written=self._beside(step))
        draft = compose(step.act, step.channel, known)
        if draft is None:
            return
        note = step.note_id and (self._notes.get(step.note_id) or step.note)
        if note:
            # At hand here, where the journal may tell of it.
            note.member, note.person = occasion.plan.member, step.person
            self._drafts[note] = draft
            self._lay_down(note.redrafted(draft, at=self.at), note.pk)
        else:
            note = Note.drafted(occasion.plan.member, step.person, step.act, step.channel, draft, at=self.at)
            self._new.append((step, note))
            self._lay_down(note, -len(self._new))

    def keep(self) -> None:
        """Write the new notes, and bring those up to date that were there."""
        write_new([note for _, note in self._new])
        for step, note in self._new:
            step.note = note
        Note.refresh_all(self._drafts, at=self.at)

    def _beside(self, step: Step) -> tuple[str, ...]:
        """Give the texts to stay apart from: those to the person, and the same kind of note to colleagues."""
        place = self._places[step.person_id]
        others = [
            note
            for note in reversed(self._alike[step.act, step.channel].values())
            if note.person_id != step.person_id
            and (place is None or self._places[note.person_id] in {place, None})
        ]
        others.sort(key=lambda note: note.sent_at is None)
        own = [
            note
            for note in reversed(self._to[step.person_id].values())
            if note.pk is None or note.pk != step.note_id
        ]
        return tuple(note.text for note in (*others[:_COLLEAGUES], *own[:_COMPARED]))
