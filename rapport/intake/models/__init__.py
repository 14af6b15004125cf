"""Batches."""

from rapport.intake.models.batch import Batch
from rapport.intake.models.noted import Change, Made

__all__ = ["Batch", "Change", "Made"]
