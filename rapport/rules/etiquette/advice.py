"""What the engine gives: for every act a verdict, a window of time, the reasons, and what would change it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple


class Reason(NamedTuple):
    """One norm's say: the sentence for the member, whose it is, and where it comes from."""

    norm: str
    school: str
    says: str
    source: str
    verdict: str

    def as_json(self) -> dict[str, str]:
        """The four fields that documents and tables hold."""
        return {"norm": self.norm, "school": self.school, "says": self.says, "source": self.source}


class Change(NamedTuple):
    """An unknown fact, one value it may turn out to have, and the verdict that would follow.

    `until` is the event that a hold would wait for. `besides` holds the other unknown facts and their values that
    it takes as well; it is empty when this answer alone changes the verdict.
    """

    fact: str
    value: Any
    verdict: str
    until: str | None = None
    besides: tuple[tuple[str, Any], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The three fields that documents and tables hold, and `besides` where this answer alone is not enough."""
        told = {"fact": self.fact, "value": self.value, "verdict": self.verdict}
        return told | {"besides": dict(self.besides)} if self.besides else told


class Window(NamedTuple):
    """When to act, aware datetimes in UTC: `earliest <= due <= latest`; `arrives` only for a posted letter.

    `was_due`: the end of the window that the norm set, where it has gone by and this one is opened instead.
    """

    earliest: datetime
    due: datetime
    latest: datetime
    arrives: datetime | None = None
    was_due: datetime | None = None


class ActAdvice(NamedTuple):
    """The advice on one act by one channel ("" for an act without a channel).

    `until` names the event that a hold waits for. `because` begins with the norm that decided; `against` holds
    those that lost. `is_hard`: a hard norm decided. `falls_back`: the chosen school is silent here and the
    default spoke. A window is given for the verdicts `do` and `optional` only.
    """

    act: str
    channel: str
    verdict: str
    until: str | None
    window: Window | None
    because: tuple[Reason, ...]
    against: tuple[Reason, ...]
    would_change: tuple[Change, ...]
    is_hard: bool
    falls_back: bool


class Question(NamedTuple):
    """An unknown fact worth asking about, and the acts it would change; `weight` orders the questions."""

    fact: str
    asks: str
    weight: int
    changes: tuple[tuple[str, str, Change], ...]


@dataclass(frozen=True, slots=True)
class Advice:
    """All acts in the vocabulary's order, and the open questions, the most telling first."""

    school: str
    acts: tuple[ActAdvice, ...]
    questions: tuple[Question, ...]

    def on(self, act: str, channel: str = "") -> ActAdvice:
        """The advice on one act by one channel; a KeyError when the vocabulary has no such pair."""
        for advised in self.acts:
            if advised.act == act and advised.channel == channel:
                return advised
        raise KeyError((act, channel))
