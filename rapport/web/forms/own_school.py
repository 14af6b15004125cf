"""The heading of a member's own school."""

from __future__ import annotations

from django import forms

from rapport.accounts.models import OwnSchool


class OwnSchoolForm(forms.ModelForm):  # type: ignore[type-arg]  # only the stubs are generic
    """Its name, its opinion in a sentence or two, and whose it is."""

    class Meta:
        model = OwnSchool
        fields = ("name", "opinion", "source")
        labels = {"opinion": "Its opinion, in a sentence or two", "source": "Where it comes from"}
        widgets = {"opinion": forms.Textarea(attrs={"rows": 4})}
