"""One note on its way by mail, exactly once. The row is the queue."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Self
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.db import models, transaction
from django.db.models import F

from rapport.accounts.models import Member
from rapport.correspondence.models.filing import Filing
from rapport.correspondence.models.note import Note
from rapport.journal.errors import NotAllowed
from rapport.journal.models import Entry, record
from rapport.rules.calendar import WorkingCalendar
from rapport.rules.delivery import FILING, MOVES, ON_ITS_WAY, UNDO, hurried, next_try, opens_at
from rapport.rules.moments import exactly

LEASE = timedelta(minutes=10)
"""How long a worker may have one mail; one try ends within eight minutes, the largest mail's on the slowest line, so
whoever is later has died."""

YOUR_WORD = "You say so."
"""What is said of a mail of which only the member knows."""

BROKE_OFF = (
    "Rapport itself broke off at it each time. Take its files off, or change its words, and send it anew."
)
"""What is said of a mail at which one worker after the other died, and not by the server."""

_OURS = ".rapport@"
"""In the middle of each Message-ID that Rapport makes."""

_A_LINE = (
    *("state", "recipient", "said", "due_at", "sent_at", "filed_in", "filing_said", "filing_due_at"),
    *("note__subject", "note__act", "note__channel", "note__person__name", "note__step__id"),
)
"""What a line in the list of mails shows."""


class LeaseLost(NotAllowed):
    """The worker was so slow that its mail went to another one."""


class State(models.TextChoices):
    """Where a mail is (`rules.delivery`)."""

    WAITING = "waiting", "waiting to leave"
    SENDING = "sending", "leaving now"
    HANDING_OVER = "handing_over", "being handed over"
    SENT = "sent", "sent"
    RETURNED = "returned", "came back"
    UNKNOWN = "unknown", "not known whether it left"
    TAKEN_BACK = "taken_back", "taken back"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Mails on their way, and those that went."""

    def seen_by(self, member: Member) -> Self:
        """Give the member's own."""
        return self.filter(member=member)

    def due(self, at: datetime) -> Self:
        """Give those that may leave now."""
        return self.filter(state=State.WAITING, due_at__lte=at)

    def wait_anew(self, member: Member, at: datetime) -> None:
        """Let a member's that wait, and may leave any moment, wait as long as it takes to take them back."""
        self.filter(member=member, state=State.WAITING, due_at__lt=at + UNDO).update(due_at=at + UNDO)

    def to_follow(self) -> Self:
        """Give those that left and that no plan has heard of."""
        return self.filter(state=State.SENT, followed_at=None)

    def named(self, member: Member, message_ids: Iterable[str]) -> dict[str, Delivery]:
        """Give a member's by some Message-IDs; one that is not of our making is not looked for."""
        ours = [key for key in dict.fromkeys(message_ids) if _OURS in key]
        found = (
            self.filter(member=member, message_id__in=ours).defer("message").select_related("note__person")
        )
        return {delivery.message_id: delivery for delivery in found} if ours else {}

    def to_file(self, at: datetime) -> Self:
        """Give those to be put into the Sent folder now, or looked up there, where there is a server for it."""
        left = self.filter(filing_due_at__lte=at, state__in=(State.SENT, State.UNKNOWN))
        return left.exclude(member__mailbox=None).exclude(member__mailbox__imap_host="")

    def file_again(self, member: Member, at: datetime) -> None:
        """Let the member's that could not be filed so far be tried again now: where they are filed has changed."""
        left = self.filter(member=member, state=State.SENT, filed_at=None, filing_attempts__gt=0)
        left.update(filing_due_at=at, filing_attempts=0)

    def of_notes(self, notes: Iterable[int]) -> dict[int, Delivery]:
        """Give the latest delivery of each of some notes that has one and was not taken back, by note."""
        found = self.filter(note__in=notes).exclude(state=State.TAKEN_BACK).defer("message")
        return {delivery.note_id: delivery for delivery in found.order_by("queued_at", "pk")}

    def in_lists(self) -> Self:
        """Give them with what one line of the list of mails shows, and nothing besides."""
        return self.select_related("note__person", "note__step").only(*_A_LINE)

    def in_doubt(self) -> Self:
        """Give those of which nobody knows whether they left, with their notes' steps and people."""
        return self.filter(state=State.UNKNOWN).only("note").prefetch_related("note__person", "note__step")

    def abandoned(self, at: datetime) -> Self:
        """Give those whose worker has not come back."""
        return self.filter(claimed_until__lte=at, state__in=(State.SENDING, State.HANDING_OVER))


class Delivery(Filing):
    """One note on its way to one address.

    `message_id` is fixed when it is queued and `message` (RFC 5322, as bytes) before the first try, so that every
    try sends the same. `claim` names the worker that has it, until `claimed_until`. `said` is the server's last
    word. `zone` (IANA) and `country` are where the recipient is at work, and it leaves only then; without a zone it
    leaves at any hour. `sent_at` is when the server took it, `followed_at` when the plan heard of it.
    """

    member = models.ForeignKey(Member, models.CASCADE, related_name="deliveries")
    note = models.ForeignKey(Note, models.CASCADE, related_name="deliveries")
    recipient = models.CharField(max_length=320)
    message_id = models.CharField(max_length=255, unique=True)
    in_reply_to = models.CharField(max_length=998, blank=True)
    references = models.TextField(blank=True)
    message = models.BinaryField(null=True)
    state = models.CharField(max_length=16, choices=State.choices, default=State.WAITING)
    zone = models.CharField(max_length=64, blank=True)
    country = models.CharField(max_length=2, blank=True)
    queued_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    claim = models.CharField(max_length=32, blank=True)
    claimed_until = models.DateTimeField(null=True)
    said = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True)
    followed_at = models.DateTimeField(null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        ordering = ["-queued_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "due_at"], name="deliveries_by_due"),
            models.Index(fields=["member", "-queued_at"], name="deliveries_of_member"),
            models.Index(
                fields=["claimed_until"],
                condition=models.Q(claimed_until__isnull=False),
                name="deliveries_claimed",
            ),
            models.Index(
                fields=["member"],
                condition=models.Q(state="sent", followed_at=None),
                name="deliveries_to_follow",
            ),
            models.Index(
                fields=["filing_due_at"],
                condition=models.Q(filing_due_at__isnull=False),
                name="deliveries_to_file",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.note.label} ({self.recipient})"

    @classmethod
    def queue(
        cls,
        note: Note,
        recipient: str,
        *,
        due_at: datetime,
        by: Member,
        at: datetime,
        in_reply_to: str = "",
        references: str = "",
        at_work: tuple[str, str] = ("", ""),
    ) -> Delivery:
        """Let a note leave by mail at `due_at`; from now on its words do not change. NotAllowed when it went already.

        `at_work`: the zone and the country where it leaves while one is at work, however late that is.
        `in_reply_to` is the Message-ID of the mail it answers, `references` those of the whole thread.

        The part of the Message-ID after the @ is the sender's domain (RFC 5322, 3.6.4).
        """
        domain = by.mailbox.address.rpartition("@")[2].encode("idna").decode("ascii")
        with transaction.atomic():
            note.commit(at=at)
            queued = cls.objects.create(
                member=by,
                note=note,
                recipient=recipient,
                message_id=f"<{uuid4().hex}{_OURS}{domain}>",
                in_reply_to=in_reply_to,
                references=references or in_reply_to,
                zone=at_work[0],
                country=at_work[1],
                queued_at=at,
                due_at=due_at,
            )
            says = f"Queued: {note.label}, to leave {exactly(due_at, by.zone)}."
            record(by, "delivery.queued", says, note, note.person, at=at)
        return queued

    @classmethod
    def claim_next(cls, member: Member, *, at: datetime, lease: timedelta = LEASE) -> Delivery | None:
        """Give the member's next due mail, which nobody else gets while the lease lasts; None when none is due."""
        due = cls.objects.due(at).filter(member=member).order_by("due_at", "pk")
        for found, zone, country in due.values_list("pk", "zone", "country")[:16]:
            claim, move = uuid4().hex, MOVES["claim"]
            standing = cls.objects.filter(pk=found, state__in=move.origins, due_at__lte=at)
            opens = opens_at(at, WorkingCalendar(), ZoneInfo(zone), country) if zone else at
            if opens > at:
                standing.update(due_at=opens)
            elif standing.update(
                state=move.to, claim=claim, claimed_until=at + lease, attempts=F("attempts") + 1
            ):
                return cls.objects.select_related("member__mailbox", "note__person").get(pk=found)
        return None

    @property
    def is_waiting(self) -> bool:
        """Whether it can still be taken back without a doubt."""
        return self.state == State.WAITING

    @property
    def is_open(self) -> bool:
        """Whether something may still become of it."""
        return self.state in ON_ITS_WAY

    @property
    def fixed(self) -> bytes:
        """The message as it was fixed before the first try; empty until then."""
        return bytes(self.message or b"")

    def fix(self, message: bytes) -> bytes:
        """Fix the message before the first try; give the one that is fixed, from an earlier try perhaps."""
        if Delivery.objects.filter(pk=self.pk, message=None).update(message=message):
            self.message = message
        else:
            self.refresh_from_db(fields=["message"])
        return self.fixed

    def hand_over(self) -> None:
        """Say, before the final dot, that the server is about to have it; LeaseLost when another worker took over."""
        self._move("hand_over", claim=self.claim)

    def accept(self, said: str, *, at: datetime) -> None:
        """Note that the server took it."""
        with transaction.atomic():
            taken = {"said": said, "sent_at": at, "claimed_until": None, "filing_due_at": at + FILING}
            self._move("accept", claim=self.claim, to=taken)
            self.note.leave(at=at)
            self._record("delivery.sent", f"Sent: {self.note.label}.", at)

    def put_off(self, said: str, *, at: datetime) -> bool:
        """Try again later, as the server asked; False when it was tried often enough and comes back instead."""
        again = next_try(self.attempts, at)
        if again is None:
            self.give_back(said, at=at)
            return False
        self._move("put_off", claim=self.claim, to={"said": said, "due_at": again, "claimed_until": None})
        return True

    def give_back(self, said: str, *, at: datetime) -> None:
        """Give it back to the member with the server's words; the note can be changed and sent again."""
        with transaction.atomic():
            self._move("give_back", claim=self.claim, to={"said": said, "claimed_until": None})
            self.note.release()
            self._record("delivery.returned", f"Not delivered: {self.note.label}. {said}".strip(), at)

    def lose_sight(self, *, at: datetime, said: str = "") -> None:
        """Note that nobody knows whether the server took it; it is never sent again by itself."""
        with transaction.atomic():
            lost = {"said": said, "claimed_until": None, "filing_due_at": at + FILING}
            self._move("lose_sight", claim=self.claim, to=lost)
            says = f"Not known whether it left: {self.note.label}. Look into your Sent folder."
            self._record("delivery.unknown", says, at)

    def bounce(self, said: str, *, at: datetime) -> None:
        """Note that it came back after it had left, with the server's words; the note can be changed and sent again."""
        with transaction.atomic():
            self._move("bounce", to={"said": said, "filing_due_at": None, "filing_said": ""})
            self.note.come_back()
            self._record("delivery.returned", f"Came back: {self.note.label}. {said}".strip(), at)

    def was_found(self, said: str, *, at: datetime) -> None:
        """Note that it did leave: it stands in the Sent folder, was answered, or the member says so."""
        self._did("leave", "accept", said, at)

    def doubt(self, *, by: Member, at: datetime) -> None:
        """Note that nobody knows after all whether it left. NotAllowed where more than the member's word says so."""
        if self.said != YOUR_WORD or self.filed_at:
            raise NotAllowed(f"That it left is known by more than your word: {self.note.label}.")
        with transaction.atomic():
            taken = {"said": "", "sent_at": None, "followed_at": None, "filing_due_at": at + FILING}
            self._move("doubt", to=taken)
            self.note.come_back()
            self.note.commit(at=at)
            self._record(
                "delivery.unknown", f"Not known after all whether it left: {self.note.label}.", at, by
            )

    def was_no_bounce(self, said: str, *, at: datetime) -> None:
        """Note that it did arrive, whatever came back. NotAllowed once its note is on its way again."""
        with transaction.atomic():
            self.note.commit(at=at)
            self._did("arrive", "arrive", said, at)

    def _did(self, what: str, move: str, said: str, at: datetime) -> None:
        with transaction.atomic():
            to_file = {} if self.filed_at else {"filing_due_at": at, "filing_attempts": 0}
            sent_at = self.sent_at or at
            self._move(move, to={"said": said, "sent_at": sent_at, "followed_at": None, **to_file})
            self.note.leave(at=sent_at)
            self._record("delivery.sent", f"It did {what}: {self.note.label}. {said}".strip(), at)

    def take_back(self, *, by: Member, at: datetime) -> None:
        """Let it not leave; the note can be changed again. NotAllowed once it is leaving."""
        with transaction.atomic():
            self._move("take_back")
            self.note.release()
            self._record("delivery.taken_back", f"Taken back: {self.note.label}.", at, by)

    def send_again(self, *, by: Member, at: datetime) -> None:
        """Send the very same message once more, though it may have left already: only the member can want that.

        It leaves once that could have been thought better of (`leave_unknown`).
        """
        with transaction.atomic():
            self._move("send_again", to={"due_at": at + UNDO, "attempts": 0})
            self._record("delivery.queued", f"Once more, as you wished: {self.note.label}.", at, by)

    def leave_unknown(self, *, by: Member, at: datetime) -> None:
        """Do not send it once more after all: whether it left is open as before. NotAllowed once it is leaving."""
        if not self.may_have_left:
            raise NotAllowed(f"{self.note.label}: this is not sent once more.")
        with transaction.atomic():
            self._move("leave_unknown", to={"filing_due_at": at + FILING})
            self._record("delivery.unknown", f"Not sent once more: {self.note.label}.", at, by)

    @property
    def may_have_left(self) -> bool:
        """Whether an earlier try may have reached its recipient, as far as anybody knows."""
        doubted = Entry.objects.about(self.note).filter(verb="delivery.unknown", at__gte=self.queued_at)
        return self.state == State.UNKNOWN or (self.is_waiting and doubted.exists())

    def hurry(self, *, by: Member, at: datetime) -> None:
        """Let a waiting mail leave within minutes, whatever the hour is where it goes."""
        due_at = hurried(self.due_at, at)
        with transaction.atomic():
            now_due = {"due_at": due_at, "zone": ""}
            if not Delivery.objects.filter(pk=self.pk, state=State.WAITING).update(**now_due):
                raise NotAllowed(f"{self.note.label}: it is leaving already.")
            self.due_at, self.zone = due_at, ""
            says = f"{self.note.label}: leaves {exactly(due_at, by.zone)}."
            self._record("delivery.moved", says, at, by)

    @classmethod
    def release_abandoned(cls, at: datetime) -> int:
        """Take back what dead workers had: unsent mails wait again, those being handed over become unknown.

        One that they died at as often as a server is asked comes back.
        """
        number = 0
        abandoned = cls.objects.abandoned(at)
        if not abandoned.exists():  # asked every few seconds: a small part of what reading them costs
            return 0
        for lost in abandoned.select_related("member", "note__person").defer("message"):
            with suppress(LeaseLost):  # another worker took it back, or its own was only slow
                lost._let_go(at)  # noqa: SLF001  one of our own kind
                number += 1
        return number

    def _let_go(self, at: datetime) -> None:
        if self.state == State.HANDING_OVER:
            self.lose_sight(at=at)
        elif next_try(self.attempts, at) is None:
            self.give_back(BROKE_OFF, at=at)
        else:
            self._move("release", claim=self.claim, to={"due_at": at, "claimed_until": None})

    def _move(self, move: str, *, claim: str = "", to: dict[str, Any] | None = None) -> None:
        """Make a move of the table by compare-and-set, as the worker that holds the claim when one is named."""
        origins, state = MOVES[move]
        held = {"claim": claim} if claim else {}
        changed = {"state": state, **(to or {})}
        if Delivery.objects.filter(pk=self.pk, state__in=origins, **held).update(**changed) != 1:
            moved = LeaseLost if claim else NotAllowed
            raise moved(f"{self.note.label}: this mail is not where it was. Please look again.")
        for name, value in changed.items():
            setattr(self, name, value)

    def _record(self, verb: str, says: str, at: datetime, by: Member | None = None) -> None:
        record(by or self.member, verb, says, self.note, self.note.person, at=at)
