"""A time zone as it is typed, and a moment as the clocks of a zone show it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError

from rapport.rules.etiquette.conditions import nearest_spelling
from rapport.web.forms.days import can_be_meant


def zone_called(written: str) -> str:
    """Give the zone's name as the time-zone data spells it; an error names the nearest."""
    said = written.strip().replace(" ", "_")
    zones = {name.casefold(): name for name in available_timezones()}
    if said.casefold() not in zones:
        near = nearest_spelling(said, sorted(zones.values()))
        raise ValidationError(f"There is no time zone {said!r}.{near}")
    return zones[said.casefold()]


class ClockField(forms.Field):
    """Day and time as clocks show them where another field says; Django would read the member's own clocks."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    default_validators = [can_be_meant]

    def to_python(self, value: Any) -> datetime | None:
        """Give day and time without a zone."""
        if value in self.empty_values:
            return None
        try:
            return datetime.fromisoformat(str(value)).replace(tzinfo=None)
        except ValueError as error:
            raise ValidationError("Write the day and the time as 2026-11-24 10:00.") from error
