"""What came of a step: kept as facts, since "does it help or hurt?" is answered from them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from rapport.followups.models.step import Step

ASKS_NOTHING = frozenset({"record", "look_up", "invite", "follow", "answer", "withdraw"})
"""Acts that nobody answers by a word; what comes of an invitation is the invitation's own state."""

ANSWERED_AT_ONCE = frozenset({"phone", "meeting"})

UNANSWERED: dict[str, Any] = {"answer": "", "answered_at": None, "answered_by": None}
"""What a step says of its outcome while there is none."""


class Answer(models.TextChoices):
    """How a step was answered."""

    THANKED_BACK = "thanked_back", "thanked back"
    REPLIED = "replied", "answered"
    SILENCE = "silence", "no answer"
    BOUNCED = "bounced", "came back"


class OutcomeQuerySet(models.QuerySet["Step"]):
    """Steps by what came of them."""

    def awaiting(self) -> models.QuerySet[Step]:
        """Give those that are done, ask for a word, and have none; silence so far may end."""
        answerable = ~Q(act__in=ASKS_NOTHING) & ~Q(channel__in=ANSWERED_AT_ONCE)
        return self.filter(answerable, state="done", answer__in=("", Answer.SILENCE))


class Outcome(models.Model):
    """The outcome of a step: `answer`, when it was given, and the happening that gave it, where one did.

    `answered_at` of a silence is from when on it counts as one; of what came back, when that was noticed.
    """

    answer = models.CharField(max_length=16, blank=True, choices=Answer.choices)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        "followups.Happening", models.SET_NULL, null=True, related_name="answered_steps"
    )

    class Meta:
        abstract = True

    @property
    def asks_for_an_answer(self) -> bool:
        """Whether it is done and of the kind that people answer by a word."""
        step: Any = self
        asks = step.act not in ASKS_NOTHING and step.channel not in ANSWERED_AT_ONCE
        return asks and step.state == "done"

    def is_answered(self, answer: Answer, *, at: datetime, by: models.Model | None = None) -> None:
        """Keep what came of it; `by` is the happening that said so."""
        kept = {"answer": answer, "answered_at": at, "answered_by": by}
        type(self)._default_manager.filter(pk=self.pk).update(**kept)
        for name, value in kept.items():
            setattr(self, name, value)
