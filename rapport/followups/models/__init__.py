"""Plans and their steps."""

from rapport.followups.models.happening import Happening
from rapport.followups.models.plan import Plan
from rapport.followups.models.step import State, Step

__all__ = ["Happening", "Plan", "State", "Step"]
