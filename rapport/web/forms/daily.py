"""At what hour the daily mail comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms

if TYPE_CHECKING:
    from rapport.notifications.models import DailyMail


class DailyForm(forms.Form):
    """An hour of the member's day."""

    hour = forms.TypedChoiceField(
        label="At what hour of your day",
        choices=[(hour, f"{hour:02}:00") for hour in range(24)],
        coerce=int,
        initial=8,
    )

    @classmethod
    def of(cls, mail: DailyMail | None) -> DailyForm:
        """The form as the setting stands."""
        return cls(initial={"hour": mail.hour if mail else 8})
