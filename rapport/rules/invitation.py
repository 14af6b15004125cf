"""An invitation's states and moves, who may make them, and what a site allows: pure, without a clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from rapport.rules.drafts.lengths import length

Direction: TypeAlias = Literal["sent", "received"]
Mover: TypeAlias = Literal["sender", "receiver"]

CHANNELS: tuple[str, ...] = ("professional", "social", "microblog")
"""The networks outside of Rapport; on a microblog an invitation is a follow, and accepting is following back."""

BEGINS: Mapping[Direction, str] = {"sent": "sent", "received": "open"}
"""The state in which an invitation waits for its answer, by its direction as the member sees it."""

STATES: Mapping[Direction, frozenset[str]] = {
    "sent": frozenset({"sent", "accepted", "declined", "ignored", "withdrawn"}),
    "received": frozenset({"open", "accepted", "declined", "ignored"}),
}


@dataclass(frozen=True, slots=True)
class Move:
    """One move: the state it leads to, and which side of the invitation makes it."""

    to: str
    mover: Mover


MOVES: Mapping[str, Move] = {
    "accept": Move("accepted", "receiver"),
    "decline": Move("declined", "receiver"),
    "ignore": Move("ignored", "receiver"),
    "withdraw": Move("withdrawn", "sender"),
}
"""The answers. Each leads away from the waiting state; `reconsider` alone leads back, as the correction of a slip.

"Nothing yet" is no move: the invitation stays where it is, to be looked at again. A site tells nobody that an
invitation was ignored, so that state is the member's own reading of a long silence.
"""

LATE_ANSWERS = frozenset({"accept", "decline"})
"""What an invitation that was left to rest can still be answered by."""

LOOK_AGAIN = timedelta(days=7)
"""When to look for an answer again: once a week, so that looking is no brooding (Rapport's own choice)."""

AFTER_A_WITHDRAWAL = timedelta(weeks=3)
"""How long the professional network refuses another invitation to the same person: "up to", say its help pages."""

WEEK = timedelta(days=7)
"""The span over which invitations are counted: the professional network's limit is a rolling one."""

NEAR = 0.8
"""From which share of a limit on a warning is due."""


def may_move(direction: Direction, state: str, move: str) -> bool:
    """Whether an invitation that the member sent or received may be moved so from a state.

    A received one is never withdrawn here: when its sender takes it back, it is simply gone.
    """
    if move not in MOVES or MOVES[move].to not in STATES[direction]:
        return False
    return state == BEGINS[direction] or (state == "ignored" and move in LATE_ANSWERS)


def may_reconsider(direction: Direction, state: str) -> bool:
    """Whether there is an answer to take back."""
    return state in STATES[direction] and state != BEGINS[direction]


@dataclass(frozen=True, slots=True)
class Allowance:
    """How much of a site's limit is used up; the limits change, so they are the member's settings."""

    used: int
    of: int

    @property
    def is_near(self) -> bool:
        """Whether it is time to be told: four fifths are used."""
        return self.used >= NEAR * self.of

    @property
    def is_spent(self) -> bool:
        """Whether the site is likely to refuse one more."""
        return self.used >= self.of


def month_of(at: datetime) -> tuple[datetime, datetime]:
    """Give the calendar month around a moment, in that moment's zone, as beginning and end."""
    begins = at.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    later = begins + timedelta(days=32)
    return begins, later.replace(day=1)


@dataclass(frozen=True, slots=True)
class Earlier:
    """An invitation sent to the same person on the same channel before."""

    state: str
    sent_at: datetime
    answered_at: datetime | None


def refusal(earlier: Iterable[Earlier]) -> str:
    """Say why nobody can be invited a second time, whatever the member wants; "" when they can."""
    states = {one.state for one in earlier}
    if "accepted" in states:
        return "You are connected already; there is nothing to invite."
    if "sent" in states:
        return "Your invitation is with them already; the site lets nobody send a second one."
    return ""


def reasons_to_pause(
    earlier: Iterable[Earlier],
    *,
    channel: str,
    words: str,
    note_limit: int,
    notes: Allowance,
    invitations: Allowance,
    at: datetime,
) -> tuple[str, ...]:
    """Give the reasons to ask once more before an invitation goes out, as sentences; empty when there are none.

    `notes` counts personal notes of this month, `invitations` those of the last seven days, both before this one.
    Only the professional network counts; a friend request, too, wants words; a follow carries none.
    """
    if channel == "microblog":
        return ()
    told = [*_from_before(earlier, at)]
    if not words.strip():
        told.append(
            "There is no personal note with it. The canned invitation is what everybody complains about: write two "
            "sentences of your own."
        )
    if channel == "professional":
        told += _from_limits(words, note_limit, notes, invitations)
    return tuple(told)


def _from_before(earlier: Iterable[Earlier], at: datetime) -> Iterable[str]:
    states = {one.state: one for one in sorted(earlier, key=lambda one: one.sent_at)}
    if "declined" in states:
        yield "They declined an invitation of yours; asking again would press them."
    if "ignored" in states:
        yield "They let an invitation of yours rest; that is an answer, and one that deserves no reminder."
    withdrawn = states.get("withdrawn")
    if withdrawn and withdrawn.answered_at and at < withdrawn.answered_at + AFTER_A_WITHDRAWAL:
        until = withdrawn.answered_at + AFTER_A_WITHDRAWAL
        yield (
            "You withdrew an invitation to them; the site refuses another one for up to three weeks, until about "
            f"{until:%-d %B %Y}."
        )


def _from_limits(words: str, note_limit: int, notes: Allowance, invitations: Allowance) -> Iterable[str]:
    if words.strip() and length(words) > note_limit:
        yield f"Your note has {length(words)} characters; the site takes {note_limit} and cuts off the rest."
    if words.strip() and notes.is_spent:
        yield f"You have sent {notes.used} of {notes.of} personal notes this month; the site may refuse another."
    if invitations.is_spent:
        yield (
            f"You have sent {invitations.used} of about {invitations.of} invitations within a week; beyond that the "
            "site restricts accounts."
        )
