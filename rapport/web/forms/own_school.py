"""The heading of a member's own school."""

from __future__ import annotations

from django import forms

from rapport.accounts.models import OwnSchool


class OwnSchoolForm(forms.ModelForm):  # type: ignore[type-arg]  # only the stubs are generic
    """Its name, its opinion in a sentence or two, and whose it is."""

    opinion = forms.CharField(
        max_length=2000,
        required=False,
        label="Its opinion, in a sentence or two",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    class Meta:
        model = OwnSchool
        fields = ("name", "opinion", "source")
        labels = {"source": "Where it comes from"}
