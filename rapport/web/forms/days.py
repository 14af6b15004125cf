"""Days that a member can mean: a slip of the pen in the year is refused beside its field."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError

from rapport.rules.etiquette.vocabulary import YEARS


def can_be_meant(day: date) -> None:
    """Refuse a day (or a moment) so far off that calendar arithmetic would leave the calendar."""
    if day.year not in YEARS[1:-1]:
        raise ValidationError(f"The year {day.year} cannot be meant. Write the day as 2026-11-24.")
