"""Batches, and imports and pictures that wait to become one."""

from rapport.intake.models.batch import Batch
from rapport.intake.models.noted import Change, Made
from rapport.intake.models.photograph import Photograph
from rapport.intake.models.waiting import Foreseen, Import, Piece

__all__ = ["Batch", "Change", "Foreseen", "Import", "Made", "Photograph", "Piece"]
