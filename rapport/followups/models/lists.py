"""Which steps are to be done now, which wait, which are settled: what lists show of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Self
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, When

from rapport.accounts.models import Member
from rapport.correspondence.models import Delivery
from rapport.followups.models.outcome import OutcomeQuerySet
from rapport.interviews.models import Interviewer
from rapport.journal.errors import NotAllowed

PER_INTERVIEW = ("thank", "record")
"""Acts that each interview asks for anew; any other is due once a person, in the plan of the latest interview."""


ON_ITS_WAY = Q(note__queued_at__isnull=False, note__sent_at=None)
"""A step whose note is queued to leave by mail: it waits, and there is nothing to do."""


_WANTED = Q(choice="do") | Q(choice="", verdict="do")

_WAITED_FOR = ("thank", "invite", "answer", "check_in", "congratulate")
"""Acts that one waits to do while they are held; of any other, as of calling instead of writing, that it is held says
only that this is no time for it."""

_LATENT = ("their_invitation", "interview_end", "thank_you_sent")
"""Events that nobody sits and waits for: what did not happen, and need not, or what one does oneself."""

AWAITED = Q(choice="hold") | Q(choice="", verdict="hold", act__in=_WAITED_FOR) & ~Q(until__in=_LATENT)
"""Held, by the member's own word or until an event that one waits for knowingly."""

_NIGHT = timedelta(hours=12)
"""From the end of the hours in which words may arrive (`calendar.AWAKE`) to the beginning of the next."""

_A_LINE = (
    *(
        "act",
        "channel",
        "verdict",
        "choice",
        "until",
        "because",
        "earliest",
        "due",
        "latest",
        "arrives",
        "was_due",
    ),
    *("state", "settled_at", "posted_at", "snoozed_until", "note__queued_at", "note__sent_at"),
)
"""What a line on a page shows of a step."""

_BESIDES = (
    *("person__name", "person__time_zone"),
    *("plan__interview__time_zone", "plan__interview__application__organisation__name"),
)
"""What a line in a list says besides: to whom, in whose zone, and of which organisation."""


class State(models.TextChoices):
    """What the member did about a step."""

    OPEN = "open"
    DONE = "done"
    SKIPPED = "skipped"


class StepQuerySet(OutcomeQuerySet):
    """Steps in a book, with what a page shows of them."""

    def seen_by(self, member: Member) -> Self:
        """The member's own."""
        return self.filter(plan__member=member)

    def done_towards(self, people: Iterable[int]) -> Self:
        """What was done that counts in every interview with some people: talking first."""
        done = self.filter(person__in=people, state=State.DONE, act="talk_first")
        return done.only("person", "act", "state", "settled_at")

    def with_all(self) -> Self:
        """With the rows that a line on a page needs, in the same query."""
        return self._knowing_doubts().select_related(
            "person__organisation", "note", "plan__interview__application__organisation", "plan__member"
        )

    def in_lines(self) -> Self:
        """With what one line on the page of an interview shows; its person and plan are at hand there."""
        return self._knowing_doubts().select_related("note").only("person", "plan", *_A_LINE)

    def in_lists(self) -> Self:
        """With what one line among many interviews shows, and nothing besides."""
        rows = ("person", "note", "plan__interview__application__organisation")
        return self._knowing_doubts().select_related(*rows).only(*_A_LINE, *_BESIDES)

    def _knowing_doubts(self) -> Self:
        """Tell of each whether nobody knows if its mail left."""
        doubted = Delivery.objects.filter(note=OuterRef("note"), state="unknown")
        return self.annotate(is_in_doubt=Exists(doubted))

    def standing(self) -> Self:
        """Open steps of standing interviews, each act once a person: in the plan of the latest interview."""
        return self.filter(_in_the_latest(), state=State.OPEN, closed_at=None)

    def to_do_now(self, at: datetime) -> Self:
        """What to do at a moment: advised or chosen, not snoozed or on its way, its window open or its end near.

        A window that opens after the night counts as open: words are written in the evening, too.
        """
        return self.standing().filter(_to_do(at)).order_by(F("due").asc(nulls_last=True), "pk")

    def waiting(self, at: datetime) -> Self:
        """What is put off, on its way by mail, opens later, or is held until an event that one waits for.

        What opens soonest stands first. What is held until something that need not happen is not waited for: the page
        of the interview has it.
        """
        opens_at = Case(When(snoozed_until__gt=at, then=F("snoozed_until")), default=F("earliest"))
        return self.standing().filter(_waits(at)).order_by(opens_at.asc(nulls_last=True), "pk")

    def ask_that_nothing_leaves(self) -> None:
        """Raise NotAllowed when the mail of one of them is on its way: it would leave whatever is said of the step."""
        found = self.filter(ON_ITS_WAY).select_related("person").first()
        if found is not None:
            raise NotAllowed(f"{found}: its mail is on its way. Take that back first.")

    def settled_on(self, day: date, zone: ZoneInfo) -> Self:
        """What the member did or skipped on a day of their zone; what intake records itself is not among it."""
        begins = datetime.combine(day, time(0), zone)
        ends = datetime.combine(day + timedelta(days=1), time(0), zone)
        found = self.filter(settled_at__gte=begins, settled_at__lt=ends).exclude(act="record")
        return found.order_by("-settled_at", "-pk")


@cache
def _in_the_latest() -> Q:
    """Whether a step stands in the plan of the latest interview with its person, where that is asked for.

    Later interviews are looked for among who was met, a small table: a search among the steps themselves
    took PostgreSQL minutes while it had no statistics of them.
    """
    interview, starts_at = OuterRef("plan__interview"), OuterRef("plan__interview__starts_at")
    later = Interviewer.objects.present().filter(
        Q(interview__starts_at__gt=starts_at) | Q(interview__starts_at=starts_at, interview__gt=interview),
        person=OuterRef("person"),
        interview__cancelled_at=None,
    )
    return Q(act__in=PER_INTERVIEW) | Q(~Exists(later))


def _to_do(at: datetime) -> Q:
    awake = Q(snoozed_until=None) | Q(snoozed_until__lte=at)
    begun = Q(earliest=None) | Q(earliest__lte=at + _NIGHT) | Q(due__lte=at + timedelta(days=1))
    return _WANTED & awake & begun & ~ON_ITS_WAY


def _waits(at: datetime) -> Q:
    later = Q(snoozed_until__gt=at) | Q(earliest__gt=at + _NIGHT, due__gt=at + timedelta(days=1))
    return AWAITED | _WANTED & later | ON_ITS_WAY
