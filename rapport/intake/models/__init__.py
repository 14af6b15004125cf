"""Batches."""

from rapport.intake.models.batch import Batch, Change

__all__ = ["Batch", "Change"]
