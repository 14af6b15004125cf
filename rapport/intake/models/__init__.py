"""Batches, and imports that wait to become one."""

from rapport.intake.models.batch import Batch
from rapport.intake.models.noted import Change, Made
from rapport.intake.models.waiting import Foreseen, Import, Piece

__all__ = ["Batch", "Change", "Foreseen", "Import", "Made", "Piece"]
