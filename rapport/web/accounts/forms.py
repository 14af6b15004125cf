"""The forms of joining and of choosing a password."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from rapport.web.forms.zones import zone_called

if TYPE_CHECKING:
    from rapport.accounts.models import Member


class PasswordForm(forms.Form):
    """A new password, measured against the rules of settings and the member's own name and address."""

    password = forms.CharField(
        min_length=12,
        strip=False,
        help_text="At least twelve characters; a sentence is easiest to remember.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *arguments: Any, member: Member, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.member = member

    def clean_password(self) -> str:
        """Give the password, or say beside the field why it will not do."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self.member)
        return password


class JoinForm(PasswordForm):
    """What a new member says about themselves; everything else can be changed later in Settings."""

    name = forms.CharField(max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    time_zone = forms.CharField(
        initial="UTC",
        max_length=64,
        help_text="As in Europe/Berlin or America/New_York: times are shown in it.",
    )
    field_order = ["name", "time_zone", "password"]

    def clean_time_zone(self) -> str:
        """Give the zone's name as the time-zone data spells it."""
        return zone_called(self.cleaned_data["time_zone"])


class AdmissionForm(forms.Form):
    """The address of somebody who may join."""

    email = forms.EmailField(label="E-mail address", widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    as_administrator = forms.BooleanField(required=False, label="May admit others, too")
