"""Plans, steps, what came of them, and what other people did."""

from rapport.followups.models.happening import Happening
from rapport.followups.models.lists import State
from rapport.followups.models.outcome import Answer
from rapport.followups.models.plan import Plan
from rapport.followups.models.step import Step

__all__ = ["Answer", "Happening", "Plan", "State", "Step"]
