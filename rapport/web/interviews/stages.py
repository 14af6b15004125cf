"""Applications under their stages, with what was decided, or how long an organisation has been silent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapport.followups.silence import silence_since
from rapport.followups.situation import silence_of
from rapport.interviews.models.application import DECISIONS_SAID
from rapport.rules.application import OFFERED, STAGES

if TYPE_CHECKING:
    from datetime import datetime

    from rapport.interviews.models import Application

NAMES = {
    "prospect": "Thinking about it",
    "applied": "Applied",
    "screening": "First calls",
    "interviewing": "Interviews",
    "decided": "Decided",
}
"""Each stage as a heading."""

_LONG_SILENT = "their silence counts as a no by now; you last spoke"


@dataclass(frozen=True, slots=True)
class Standing:
    """One application and where it stands in words, which `since` completes when there is a day to tell.

    `owes`: they have met the member and not decided. `is_late`: a day they promised has gone by.
    """

    application: Application
    says: str
    since: datetime | None = None
    owes: bool = False
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage and the applications that stand there."""

    name: str
    standings: tuple[Standing, ...]


def by_stage(applications: Iterable[Application], now: datetime) -> tuple[Stage, ...]:
    """The stages that have applications, the furthest first, the decided last; `interviews` are prefetched."""
    found = [standing_of(application, now) for application in applications]
    order = (*reversed(STAGES), "decided")
    stages = (
        Stage(NAMES[name], tuple(one for one in found if one.application.stage == name)) for name in order
    )
    return tuple(stage for stage in stages if stage.standings)


def standing_of(application: Application, now: datetime) -> Standing:
    """Say where one application stands (read with `followups.silence.reading_ahead`)."""
    if application.decision != "none":
        return _decided(application)
    met = [held.ends_at for held in application.interviews.all() if not held.cancelled_at]
    past, coming = [at for at in met if at <= now], [at for at in met if at > now]
    if coming:
        return Standing(application, "the next interview is", min(coming))
    if silence_of(application, now):
        return Standing(application, _LONG_SILENT, max(met))
    return (
        _owing(application, max(past), now)
        if past
        else Standing(application, "open since", application.opened_at)
    )


def _decided(application: Application) -> Standing:
    """Tell the latest decision; of the member's answer to an offer only the offer's day is known, so none is told."""
    words = DECISIONS_SAID[application.decision]
    if application.decision in OFFERED - {"offer"}:
        return Standing(application, words)
    words += " since" if application.decision == "silent" else ""
    return Standing(application, words, application.decided_at)


def _owing(application: Application, last_met: datetime, now: datetime) -> Standing:
    """Tell what they promised, else their silence once it counts as one, in their working days."""
    silence = silence_since(last_met, application, now)
    here, day = now.astimezone(application.member.zone).date(), application.reply_by
    if day is not None:
        gone = here > day
        words = f"they promised an answer by {day:%A %-d %B}"
        if gone and silence.working_days:
            words += f", {_days(silence.working_days)} of silence since"
            return Standing(application, words, silence.since, owes=True, is_late=True)
        return Standing(application, words, owes=True, is_late=gone)
    if silence.counts:
        words = f"{_days(silence.working_days)} of silence since"
        return Standing(application, words, silence.since, owes=True)
    return Standing(
        application,
        "you met" if silence.since == last_met else "you last heard from them",
        silence.since,
        owes=True,
    )


def _days(count: int) -> str:
    return f"{count} working day{'' if count == 1 else 's'}"
