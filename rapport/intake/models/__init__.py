"""Batches, and pictures that wait."""

from rapport.intake.models.batch import Batch, Change
from rapport.intake.models.photograph import Photograph

__all__ = ["Batch", "Change", "Photograph"]
