"""Whom a member asks for other words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.core.exceptions import ValidationError

from rapport.correspondence.models import SecondOpinion
from rapport.correspondence.models.second_opinion import acceptable
from rapport.journal.errors import NotAllowed

if TYPE_CHECKING:
    from datetime import datetime

    from rapport.accounts.models import Member


class SecondOpinionForm(forms.Form):
    """An endpoint, its model and its key. The key is taken, and never shown again."""

    url = forms.CharField(
        label="Address",
        help_text="As https://host/v1, or http://127.0.0.1:11434/v1 for a model on your own computer.",
        max_length=500,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "url"}),
    )
    model = forms.CharField(label="Model", help_text="Its name, as the endpoint knows it.", max_length=200)
    key = forms.CharField(
        label="Key",
        help_text="Where one is asked for. It is kept sealed and never shown again; leave it empty to keep the one "
        "that is there.",
        max_length=1000,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )

    @classmethod
    def of(cls, kept: SecondOpinion | None) -> SecondOpinionForm:
        """The form as the setting stands, without its key."""
        return cls(initial={"url": kept.url, "model": kept.model} if kept else {})

    def clean_url(self) -> str:
        """An address that words may be sent to."""
        try:
            return acceptable(self.cleaned_data["url"])
        except NotAllowed as refusal:
            raise ValidationError(refusal.sentence) from refusal

    def clean_key(self) -> str:
        """What can stand in a header."""
        key: str = self.cleaned_data["key"].strip()
        if not (key.isascii() and key.isprintable()) or " " in key:
            raise ValidationError("A key has plain letters, digits and signs, and no spaces.")
        return key

    def keep(self, member: Member, at: datetime) -> SecondOpinion:
        """Keep what was typed."""
        return SecondOpinion.keep(member, **self.cleaned_data, at=at)
