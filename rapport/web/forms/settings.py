"""What a member sets: who they are, their hours, their limits."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from rapport.accounts.models import Address, Member
from rapport.web.forms.countries import CountryField
from rapport.web.forms.zones import zone_called


class YouForm(forms.ModelForm):  # type: ignore[type-arg]  # only the stubs are generic
    """Name, zone, country and working hours: plans are made and times are shown by them."""

    country = CountryField(required=False, label="Your country", help_text="For working days and the post.")

    class Meta:
        model = Member
        fields = ("name", "time_zone", "country", "works_from", "works_until")
        labels = {
            "name": "Your name",
            "time_zone": "Your time zone",
            "works_from": "Your day begins",
            "works_until": "Your day ends",
        }
        help_texts = {
            "name": "Drafts are signed with it, and invitations are read by it.",
            "time_zone": "As in Europe/Lisbon or America/New_York.",
        }
        widgets = {
            "works_from": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "works_until": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }

    def clean_time_zone(self) -> str:
        """Give the zone's name as the time-zone data spells it."""
        return zone_called(self.cleaned_data["time_zone"])

    def clean(self) -> dict[str, Any]:
        """A day ends after it begins."""
        cleaned = super().clean() or self.cleaned_data
        begins, ends = cleaned.get("works_from"), cleaned.get("works_until")
        if begins and ends and ends <= begins:
            self.add_error("works_until", "Your day ends before it begins; write a later time.")
        return cleaned


class LimitsForm(forms.ModelForm):  # type: ignore[type-arg]  # only the stubs are generic
    """What a site allows: sites change these, so they are settings."""

    class Meta:
        model = Member
        fields = ("note_limit", "notes_a_month", "invitations_a_week")
        labels = {
            "note_limit": "Characters in a note",
            "notes_a_month": "Notes a month",
            "invitations_a_week": "Invitations a week",
        }
        help_texts = {
            "note_limit": "200 on a free account, 300 on a paid one.",
            "notes_a_month": "A free account has between 3 and 10.",
        }


class AddressForm(forms.ModelForm):  # type: ignore[type-arg]  # only the stubs are generic
    """One more address that is the member."""

    class Meta:
        model = Address
        fields = ("email",)
        labels = {"email": "Another address of yours"}

    def __init__(self, *arguments: Any, member: Member, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.member = member

    def clean_email(self) -> str:
        """Lower case, and not there yet."""
        email: str = self.cleaned_data["email"].lower()
        if email in self.member.own_addresses:
            raise ValidationError(f"{email} is in the list already.")
        return email

    def save(self, commit: bool = True) -> Address:
        """Keep it as the member's."""
        self.instance.member = self.member
        saved: Address = super().save(commit)
        return saved


class DeletionForm(forms.Form):
    """The word that deletes everything."""

    word = forms.CharField(
        label="Type “delete everything”", widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def clean_word(self) -> str:
        """The exact words, in any capitals."""
        word: str = self.cleaned_data["word"].strip().lower()
        if word != "delete everything":
            raise ValidationError("Nothing was deleted. Type the two words: delete everything.")
        return word
