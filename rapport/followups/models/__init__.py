"""Plans and their steps."""

from rapport.followups.models.plan import Plan
from rapport.followups.models.step import Step

__all__ = ["Plan", "Step"]
