"""A meeting in an application, with its interviewers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Self
from zoneinfo import ZoneInfo

from django.db import models, transaction

from rapport.accounts.models import Member
from rapport.interviews.models.application import Application
from rapport.journal.errors import NotAllowed
from rapport.journal.models import Entry, record
from rapport.journal.rows import as_before
from rapport.rules import moments, phrases

TYPED_BY_HAND = "typed:"
"""How the `uid` begins of an interview that no invitation tells of."""

_WHEN = frozenset({"starts_at", "ends_at", "time_zone"})
_WORDS: Mapping[str, str] = {
    "starts_at": "when it is",
    "title": "what it is called",
    "kind": "how it is held",
    "location": "the place",
    "video_url": "the link",
}
EDITED = (*sorted(_WHEN), *(name for name in _WORDS if name not in _WHEN))
"""What a member may type over."""


class InterviewQuerySet(models.QuerySet["Interview"]):
    """Interviews in a book."""

    def seen_by(self, member: Member) -> Self:
        """The member's own."""
        return self.filter(member=member)

    def standing(self) -> Self:
        """Those that were not cancelled."""
        return self.filter(cancelled_at=None)


class Interview(models.Model):
    """A meeting in an application. Times are UTC; `time_zone` is the zone the invitation was written in.

    `left_out` is a list of `{"address", "why"}`: who was invited and is nobody to thank. `typed` holds what the member
    typed over (`edit`): each field with what the invitation says of it, as JSON holds it. `moved_by_mail` while only a
    mail says, in sentences, when it is now; `stamped_at` is then when that was written.
    """

    member = models.ForeignKey(Member, models.CASCADE, related_name="interviews")
    application = models.ForeignKey(Application, models.CASCADE, related_name="interviews")
    uid = models.CharField(max_length=500)
    recurrence_id = models.CharField(max_length=64, blank=True)
    sequence = models.IntegerField(default=0)
    stamped_at = models.DateTimeField(null=True)
    title = models.CharField(max_length=500)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    time_zone = models.CharField(max_length=64, blank=True)
    location = models.TextField(blank=True)
    video_url = models.URLField(max_length=1000, blank=True)
    kind = models.CharField(max_length=16, default="unknown")
    description = models.TextField(blank=True)
    left_out = models.JSONField(default=list)
    typed = models.JSONField(default=dict)
    moved_by_mail = models.BooleanField(default=False)
    cancelled_at = models.DateTimeField(null=True)

    objects = InterviewQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["member", "starts_at"], name="interviews_by_start")]
        constraints = [
            models.UniqueConstraint(fields=["member", "uid", "recurrence_id"], name="one_interview_a_uid"),
            models.CheckConstraint(
                condition=models.Q(ends_at__gte=models.F("starts_at")), name="interview_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def move(
        self,
        starts_at: datetime,
        ends_at: datetime,
        *,
        sequence: int,
        by: Member,
        at: datetime,
        **stated: Any,
    ) -> bool:
        """Follow a later invitation; False, and nothing changed, when it is not later than what stands.

        `stated` holds further fields as the invitation states them (title, location, video_url, kind, ...); one with
        another `uid` is the invitation to what a mail had told of before, and later than that; a mail that moves it
        (`moved_by_mail`) has the sequence of what it moves.
        A later invitation after a cancellation brings the interview back. What the member typed over stays, and is
        said beside what the invitation says now (`says_otherwise`); where that is the same, it follows it again.
        """
        is_told = stated.get("moved_by_mail", False) or stated.get("uid", self.uid) != self.uid
        if sequence <= self.sequence and not is_told:
            return False
        if ends_at < starts_at:
            raise NotAllowed(f"{self}: an interview cannot end before it starts.")
        fields = {"starts_at": starts_at, "ends_at": ends_at, "cancelled_at": None} | stated
        told = {name: _plain(fields[name]) if name in fields else said for name, said in self.typed.items()}
        fields = {name: value for name, value in fields.items() if name not in told}
        fields["typed"] = _apart(told, {name: getattr(self, name) for name in told})
        changes = self._changes(fields)
        moved = "starts_at" in changes or "ends_at" in changes
        with transaction.atomic():
            self._set(sequence=sequence, **fields)
            says = (
                f"{self} moved to {starts_at:%-d %B %Y %H:%M} UTC." if moved else f"{self}: details changed."
            )
            says = " ".join(filter(None, (says, self.says_otherwise(by.zone))))
            record(by, "interview.moved", says, self, at=at, changes=changes)
        return True

    def edit(self, fields: Mapping[str, Any], *, by: Member, at: datetime) -> bool:
        """Let the member type over what an invitation, or a guess, says; False when nothing reads otherwise.

        `fields` are some of `EDITED`; moments are aware, in UTC. As with a card, what is typed over stays whatever
        sources say later: a later invitation moves only the rest. When it is (start, end and zone) is typed over
        together; what is typed as the invitation has it follows the invitation from then on.
        """
        says = {name: value for name, value in fields.items() if getattr(self, name) != value}
        if not says:
            return False
        stands = {name: getattr(self, name) for name in EDITED} | says
        if stands["ends_at"] < stands["starts_at"]:
            raise NotAllowed(f"{self}: an interview cannot end before it starts.")
        told = {name: self.typed.get(name, _plain(getattr(self, name))) for name in EDITED}
        changes = self._changes(says | {"typed": _apart(told, stands)})
        words = dict.fromkeys(_WORDS["starts_at" if name in _WHEN else name] for name in says)
        sentence = f"You put right of {self}: {', '.join(words)}."
        with transaction.atomic():
            self._set(**says, typed=_apart(told, stands))
            record(by, "interview.edited", sentence, self, self.application, at=at, changes=changes)
        return True

    @property
    def invited_for(self) -> tuple[datetime, datetime] | None:
        """From when until when it is as the invitation says, where the member typed something else."""
        if "starts_at" not in self.typed or self.uid.startswith(TYPED_BY_HAND):
            return None
        starts, ends = (datetime.fromisoformat(self.typed[name]) for name in ("starts_at", "ends_at"))
        return starts, ends

    def says_otherwise(self, zone: ZoneInfo) -> str:
        """Say what the invitation says where the member typed something else; "" where there is nothing.

        Moments are told in `zone`.
        """
        parts = []
        for name, said in self.typed.items():
            if name == "starts_at":
                ends = datetime.fromisoformat(self.typed["ends_at"])
                starts = moments.exactly(datetime.fromisoformat(said), zone)
                parts.append(f"{starts}, until {moments.clock_in_words(ends, zone)}")
            elif name in _WORDS:
                words = phrases.value_in_words(name, said) if said else "none"
                parts.append(f"{_WORDS[name]}: {words}")
        told = "; ".join(parts)
        source = "mail" if self.moved_by_mail else "invitation"
        return f"What you typed stays; the {source} says: {told}." if told else ""

    def cancel(self, *, by: Member, at: datetime, sequence: int | None = None, says: str = "") -> bool:
        """Close the interview; False when it was cancelled before or a later invitation stands.

        `says` is for the timeline where it was not the other side that cancelled.
        """
        told = self.sequence if sequence is None else sequence
        if self.cancelled_at or told < self.sequence:
            return False
        with transaction.atomic():
            self._set(sequence=told, cancelled_at=at)
            changes = {"cancelled_at": [None, at.isoformat()]}
            record(by, "interview.cancelled", says or f"{self} was cancelled.", self, at=at, changes=changes)
        return True

    def put_back(self, entry: Entry, *, by: Member, at: datetime) -> None:
        """Let it be as before an entry, called off or typed over; NotAllowed when it was changed since."""
        with transaction.atomic():
            before = as_before(self, entry.changes)
            changes = {name: [getattr(self, name), value] for name, value in before.items()}
            self._set(**before)
            told = {name: [_plain(one) for one in pair] for name, pair in changes.items()}
            record(by, "interview.put_back", entry.reversal, self, at=at, changes=told)

    def _changes(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """Give `[before, after]` of each field that would read otherwise, as the journal keeps them."""
        return {
            name: [_plain(getattr(self, name)), _plain(value)]
            for name, value in fields.items()
            if getattr(self, name) != value
        }

    def _set(self, **fields: Any) -> None:
        standing = Interview.objects.filter(
            pk=self.pk, sequence=self.sequence, cancelled_at=self.cancelled_at, starts_at=self.starts_at
        )
        if standing.update(**fields) != 1:
            raise NotAllowed(f"{self} has changed meanwhile; look at it again.")
        for name, value in fields.items():
            setattr(self, name, value)


def _apart(told: Mapping[str, Any], stands: Mapping[str, Any]) -> dict[str, Any]:
    """Give what an invitation tells where something else stands; of when it is, all or nothing."""
    others = {name for name, said in told.items() if said != _plain(stands[name])}
    others |= _WHEN & told.keys() if others & _WHEN else set()
    return {name: told[name] for name in sorted(others)}


def _plain(value: Any) -> Any:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value
