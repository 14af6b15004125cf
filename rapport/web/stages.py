"""Applications under their stages, with how long an organisation has been silent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapport.followups.situation import silence_of
from rapport.rules import phrases
from rapport.rules.application import STAGES

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
    """One application and where it stands: the decision, or the silence since we last met."""

    application: Application
    says: str
    since: datetime | None
    is_late: bool

    @property
    def has_met(self) -> bool:
        """Whether they owe an answer: it is silent since somebody met."""
        return self.says.endswith("silent since")


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
    """Say where one application stands."""
    if application.decision != "none":
        words = phrases.value_in_words("decision", application.decision)
        return Standing(application, words, application.decided_at, is_late=False)
    met = [held.ends_at for held in application.interviews.all() if not held.cancelled_at]
    past, coming = [at for at in met if at <= now], [at for at in met if at > now]
    if coming:
        return Standing(application, "the next interview is", min(coming), is_late=False)
    if silence_of(application, now):
        return Standing(application, _LONG_SILENT, max(met), is_late=False)
    here = now.astimezone(application.member.zone).date()
    if application.reply_by and application.reply_by < here:
        words = f"they promised an answer by {application.reply_by:%A %-d %B}"
        return Standing(
            application, f"{words}, silent since", max(past, default=application.opened_at), is_late=True
        )
    return Standing(application, "silent since", max(past, default=application.opened_at), is_late=False)
