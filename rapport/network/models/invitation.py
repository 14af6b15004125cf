"""An invitation on a network outside of Rapport: recorded by the member's word or from their own archive."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self, cast

from django.db import IntegrityError, models, transaction
from django.db.models import Count, Q

from rapport.accounts.models import Member
from rapport.journal.errors import NeedsConfirmation, NotAllowed
from rapport.journal.models import Entry, record
from rapport.journal.rows import as_before, as_changes
from rapport.people.models import Person
from rapport.rules.invitation import (
    BEGINS,
    CHANNELS,
    LOOK_AGAIN,
    MOVES,
    WEEK,
    Allowance,
    Direction,
    Earlier,
    may_move,
    may_reconsider,
    month_of,
    reasons_to_pause,
    refusal,
)

WAITING = tuple(BEGINS.values())
ON = {
    "professional": "on the professional network",
    "social": "on a social network",
    "microblog": "on a microblog",
}
_SAID = {
    ("sent", "accept"): "{name} accepted your invitation {on}.",
    ("sent", "decline"): "{name} declined your invitation {on}.",
    ("sent", "ignore"): "{name} let your invitation {on} rest.",
    ("sent", "withdraw"): "You withdrew your invitation to {name} {on}.",
    ("received", "accept"): "You accepted the invitation of {name} {on}.",
    ("received", "decline"): "You declined the invitation of {name} {on}.",
    ("received", "ignore"): "You let the invitation of {name} {on} rest.",
}


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations of a book."""

    def seen_by(self, member: Member) -> Self:
        """The member's own."""
        return self.filter(member=member)

    def standing(self) -> Self:
        """Those that were not taken back as a slip, the earliest first."""
        return self.filter(taken_back_at=None).order_by("sent_at", "pk")

    def waiting(self) -> Self:
        """Those without an answer yet."""
        return self.standing().filter(state__in=WAITING)

    def to_look_at(self, at: datetime) -> Self:
        """Sent ones whose answer is worth looking for again."""
        return self.waiting().filter(direction="sent", look_again_at__lte=at)

    def sent_to(self, person: Person, channel: str) -> Self:
        """What was sent to a person on a channel."""
        return self.standing().filter(person=person, channel=channel, direction="sent")

    def received_from(self, person: Person, channel: str) -> Self:
        """What came from a person on a channel."""
        return self.standing().filter(person=person, channel=channel, direction="received")

    def allowances(self, member: Member, at: datetime) -> tuple[Allowance, Allowance]:
        """Give how many personal notes of the month, and invitations of the last week, the member has used.

        On the professional network; months are those of the member's zone. One query.
        """
        begins, ends = month_of(at.astimezone(member.zone))
        counted = self.filter(
            member=member, taken_back_at=None, direction="sent", channel="professional"
        ).aggregate(
            notes=Count("pk", filter=Q(sent_at__gte=begins, sent_at__lt=ends) & ~Q(words="")),
            invitations=Count("pk", filter=Q(sent_at__gt=at - WEEK, sent_at__lte=at)),
        )
        return (
            Allowance(counted["notes"], member.notes_a_month),
            Allowance(counted["invitations"], member.invitations_a_week),
        )


class Source(models.TextChoices):
    """Who says so."""

    HAND = "hand", "your word"
    ARCHIVE = "archive", "your archive"
    CONFIRMED = "confirmed", "your word, and your archive"


class Invitation(models.Model):
    """One invitation, sent by the member or received; its moves are those of `rules.invitation`.

    Rapport never acts on the site: whoever moved, the member tells it or their archive does. `answered_at` is when
    it left the waiting state. `look_again_at` is when to look for an answer again. `profile` is the address of the
    other's profile in its one spelling. Taken back by mistake, it stays as a row and counts for nothing.
    """

    member = models.ForeignKey(Member, models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, models.CASCADE, related_name="invitations")
    channel = models.CharField(max_length=16)
    direction = models.CharField(max_length=8)
    state = models.CharField(max_length=16)
    sent_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    look_again_at = models.DateTimeField(null=True)
    words = models.TextField(blank=True)
    source = models.CharField(max_length=16, choices=Source.choices, default=Source.HAND)
    profile = models.CharField(max_length=500, blank=True)
    taken_back_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "channel", "direction"],
                condition=Q(state__in=WAITING, taken_back_at=None),
                name="one_waiting_invitation_a_person",
            ),
            models.CheckConstraint(
                condition=Q(state__in=WAITING, answered_at=None)
                | ~Q(state__in=WAITING) & Q(answered_at__isnull=False),
                name="answered_invitations_say_when",
            ),
        ]
        indexes = [models.Index(fields=["member", "direction", "sent_at"], name="invitations_of_member")]

    def __str__(self) -> str:
        whose = "your invitation to" if self.direction == "sent" else "the invitation of"
        return f"{whose} {self.person}"

    @classmethod
    def record_sent(
        cls,
        person: Person,
        channel: str,
        *,
        by: Member,
        at: datetime,
        words: str = "",
        confirmed: bool = False,
    ) -> Invitation:
        """Record that the member sent one, with these words.

        NotAllowed when one is with them already or they are connected; NeedsConfirmation, with every reason, when
        it has no words, breaks a limit of the site or presses somebody who has answered.
        """
        earlier = cls._earlier(person, channel)
        if says := refusal(earlier):
            raise NotAllowed(f"{person}: {says}")
        if not confirmed and (reasons := cls.reasons_against(person, channel, words=words, by=by, at=at)):
            raise NeedsConfirmation(f"{person}: {' '.join(reasons)}", reasons)
        says = f"You invited {person} {_on(channel)}."
        return cls._record("sent", person, channel, words, says, by=by, at=at, look_again_at=at + LOOK_AGAIN)

    @classmethod
    def reasons_against(
        cls, person: Person, channel: str, *, words: str, by: Member, at: datetime
    ) -> tuple[str, ...]:
        """Give the reasons to ask once more before an invitation counts as sent."""
        notes, invitations = cls.objects.allowances(by, at)
        return reasons_to_pause(
            cls._earlier(person, channel),
            channel=channel,
            words=words,
            note_limit=by.note_limit,
            notes=notes,
            invitations=invitations,
            at=at,
        )

    @classmethod
    def record_received(
        cls, person: Person, channel: str, *, by: Member, at: datetime, words: str = ""
    ) -> Invitation:
        """Record that the person invited the member; NotAllowed while an earlier one of theirs waits."""
        return cls._record(
            "received", person, channel, words, f"{person} invited you {_on(channel)}.", by=by, at=at
        )

    @classmethod
    def _record(
        cls,
        direction: Direction,
        person: Person,
        channel: str,
        words: str,
        says: str,
        *,
        by: Member,
        at: datetime,
        look_again_at: datetime | None = None,
    ) -> Invitation:
        if channel not in CHANNELS:
            raise NotAllowed(f"Nobody is invited on {channel!r}: it is one of {', '.join(CHANNELS)}.")
        try:
            with transaction.atomic():
                made = cls.objects.create(
                    member=by,
                    person=person,
                    channel=channel,
                    direction=direction,
                    state=BEGINS[direction],
                    sent_at=at,
                    look_again_at=look_again_at,
                    words=words.strip(),
                    profile=person.profile,
                )
                record(by, f"invitation.{direction}", says, made, person, at=at)
        except IntegrityError:
            whose = "Your invitation is with them" if direction == "sent" else "An invitation of theirs waits"
            raise NotAllowed(f"{person}: {whose} already.") from None
        return made

    @classmethod
    def _earlier(cls, person: Person, channel: str) -> list[Earlier]:
        sent = cls.objects.sent_to(person, channel).values_list("state", "sent_at", "answered_at")
        return [Earlier(*columns) for columns in sent]

    def outweighs(self, other: Invitation) -> bool:
        """Of two people who are one, only one invitation waits: the later."""
        return self.sent_at > other.sent_at

    @property
    def is_waiting(self) -> bool:
        """Whether there is no answer yet."""
        return self.state in WAITING and self.taken_back_at is None

    @property
    def changed_at(self) -> datetime:
        """When it last became what it is: a statement made later counts over it."""
        return self.answered_at or self.sent_at

    def accept(self, *, by: Member, at: datetime) -> None:
        """Whoever received it agreed: both are connected."""
        self._move("accept", by, at)

    def decline(self, *, by: Member, at: datetime) -> None:
        """Whoever received it said no."""
        self._move("decline", by, at)

    def let_rest(self, *, by: Member, at: datetime) -> None:
        """Whoever received it does not answer, and that is taken as the answer."""
        self._move("ignore", by, at)

    def withdraw(self, *, by: Member, at: datetime) -> None:
        """Take back, on the site, what the member sent; they are not told."""
        self._move("withdraw", by, at)

    def look_again(self, *, by: Member, at: datetime, until: datetime | None = None) -> None:
        """Nothing yet: it stays with them, and is looked at again in a week, or at `until`."""
        if self.direction != "sent" or not self.is_waiting:
            raise NotAllowed(f"{_begun(self)}: there is nothing to wait for.")
        until = until or at + LOOK_AGAIN
        says = f"No answer yet from {self.person} to your invitation {_on(self.channel)}."
        changes = as_changes(self, {"look_again_at": until})
        self._change(by, at, "invitation.looked_at", says, changes, look_again_at=until)

    def reconsider(self, *, by: Member, at: datetime) -> None:
        """Take an answer back that was noted by mistake: it waits again."""
        direction = cast("Direction", self.direction)
        if not may_reconsider(direction, self.state):
            raise NotAllowed(f"{_begun(self)} has no answer to take back.")
        says = f"The answer to {self} is taken back: it was noted by mistake."
        self._wait(by, at, "invitation.reconsidered", says, state=BEGINS[direction], answered_at=None)

    def take_back(self, *, by: Member, at: datetime) -> None:
        """It was never sent, or never came: the record was a slip."""
        if not self.is_waiting:
            raise NotAllowed(
                f"{_begun(self)} has an answer: {self.state}. Take that back first, if it is wrong."
            )
        says = f"{_begun(self)} {_on(self.channel)} was noted by mistake."
        changes = {"taken_back_at": [None, at.isoformat()]}
        self._change(by, at, "invitation.taken_back", says, changes, taken_back_at=at)

    def put_back(self, entry: Entry, *, by: Member, at: datetime) -> None:
        """Let it, or its answer, count again as before an entry; NotAllowed when it was changed since."""
        self._wait(by, at, "invitation.put_back", entry.reversal, **as_before(self, entry.changes))

    def _wait(self, by: Member, at: datetime, verb: str, says: str, **fields: Any) -> None:
        """Let it be otherwise, perhaps waiting: NotAllowed when another waits in its place."""
        changes = as_changes(self, fields)
        try:
            with transaction.atomic():
                self._change(by, at, verb, says, changes, **fields)
        except IntegrityError:
            raise NotAllowed(f"{self.person}: a later invitation waits already.") from None

    def confirm(self, sent_at: datetime, words: str, profile: str, *, by: Member, at: datetime) -> None:
        """The archive knows it, too: its moment, its words and its profile stand from now on."""
        fields: dict[str, Any] = {
            "sent_at": sent_at,
            "words": words.strip() or self.words,
            "profile": profile or self.profile,
            "source": Source.CONFIRMED,
        }
        told = {name: value for name, value in fields.items() if getattr(self, name) != value}
        if told:
            says = f"Your archive confirms {self} {_on(self.channel)}."
            self._change(by, at, "invitation.confirmed", says, as_changes(self, told), **told)

    def _move(self, move: str, by: Member, at: datetime) -> None:
        direction = cast("Direction", self.direction)
        if self.taken_back_at is not None or not may_move(direction, self.state, move):
            raise NotAllowed(f"{_begun(self)} is {self.state} already.")
        to = MOVES[move].to
        says = _SAID[direction, move].format(name=self.person, on=_on(self.channel))
        changes = {"state": [self.state, to]}
        answered = max(at, self.sent_at)
        self._change(by, at, f"invitation.{to}", says, changes, state=to, answered_at=answered)

    def _change(
        self, by: Member, at: datetime, verb: str, says: str, changes: dict[str, Any], **fields: Any
    ) -> None:
        """Change it, provided it stands as it was read."""
        as_read = {name: getattr(self, name) for name in {*fields, "state", "taken_back_at"}}
        with transaction.atomic():
            if Invitation.objects.filter(pk=self.pk, **as_read).update(**fields) != 1:
                raise NotAllowed(f"{_begun(self)} has changed meanwhile; look at it again.")
            for name, value in fields.items():
                setattr(self, name, value)
            record(by, verb, says, self, self.person, at=at, changes=changes)


def _on(channel: str) -> str:
    return ON.get(channel, channel)


def _begun(invitation: Invitation) -> str:
    said = str(invitation)
    return said[:1].upper() + said[1:]
