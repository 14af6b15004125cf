"""A day of which a part may be unknown: day, month and year, each in a field of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from rapport.rules.card import PartialDate

_LEAP = 2000  # a year that has every day
_MONTHS = [("", "Month"), *((str(month), f"{date(_LEAP, month, 1):%B}") for month in range(1, 13))]


class PartialDayWidget(forms.MultiWidget):
    """The parts side by side, each with a name for who cannot see it."""

    use_fieldset = True

    def __init__(self, *, has_day: bool) -> None:
        digits = {"inputmode": "numeric", "autocomplete": "off"}
        day = forms.TextInput(attrs={"aria-label": "Day", "placeholder": "Day", "size": 3, **digits})
        month = forms.Select(attrs={"aria-label": "Month"}, choices=_MONTHS)
        year = forms.TextInput(attrs={"aria-label": "Year", "placeholder": "Year", "size": 5, **digits})
        super().__init__(
            {"day": day, "month": month, "year": year} if has_day else {"month": month, "year": year}
        )

    def decompress(self, value: PartialDate | None) -> list[Any]:
        """Give the parts as the fields hold them."""
        found = value or PartialDate()
        parts = [str(part or "") for part in (found.day, found.month, found.year)]
        return parts[-len(self.widgets) :]


class PartialDayField(forms.MultiValueField):
    """Gives a PartialDate, or None while nothing is written. Without `has_day` it is a month or a year."""

    def __init__(self, *, has_day: bool = True, **options: Any) -> None:
        self.has_day = has_day
        day, year = (forms.CharField(required=False, max_length=4) for _ in range(2))
        month = forms.ChoiceField(choices=_MONTHS, required=False)
        super().__init__(
            fields=(day, month, year) if has_day else (month, year),
            widget=PartialDayWidget(has_day=has_day),
            require_all_fields=False,
            required=False,
            **options,
        )

    def compress(self, data_list: Sequence[str]) -> PartialDate | None:
        """Put the parts together; an error says what to write."""
        if not any(data_list):
            return None
        try:
            parts = [int(part) if part else 0 for part in data_list]
        except ValueError as error:
            raise ValidationError("Write the day and the year in digits.") from error
        day, month, year = parts if self.has_day else (0, *parts)
        found = PartialDate(year, month, day)
        self._check(found)
        return found

    def _check(self, found: PartialDate) -> None:
        if self.has_day and not (found.day and found.month):
            raise ValidationError("Write the day and the month; the year may stay empty.")
        if not self.has_day and not found.year:
            raise ValidationError("Write the year, too.")
        if found.year and not 1000 <= found.year <= 2200:  # noqa: PLR2004  (four digits, and nobody's future)
            raise ValidationError(f"The year {found.year} cannot be meant. Write four digits, as 1980.")
        try:
            date(found.year or _LEAP, found.month or 1, found.day or 1)
        except ValueError as error:
            raise ValidationError("There is no such day.") from error
