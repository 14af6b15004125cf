"""The form over a list of people: each field is a part of the page's address."""

from __future__ import annotations

from typing import Any

from django import forms

from rapport.people.models.card_index import LONGEST_TAG
from rapport.web.forms.days import can_be_meant

SILENT = (
    ("", "whenever"),
    ("1", "a month"),
    ("3", "three months"),
    ("6", "half a year"),
    ("12", "a year"),
    ("24", "two years"),
)
BIRTHDAY = (("", "whenever"), ("7", "within a week"), ("14", "within two weeks"), ("31", "within a month"))
_SPHERES = (("", "business and social"), ("professional", "business"), ("social", "social"))
_LONGEST = 200


class Words(forms.CharField):
    """A text somebody typed or pasted: of one too long the beginning counts, and NUL is nothing."""

    def to_python(self, value: Any) -> str:
        """Give the text in one line."""
        return " ".join(str(value or "").replace("\0", "")[:_LONGEST].split())


def _day(label: str) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"})
    return forms.DateField(label=label, required=False, validators=[can_be_meant], widget=widget)


class NarrowingForm(forms.Form):
    """Words and filters; none of them is needed."""

    q = Words(label="Name, organisation, number, or any word on the card", required=False)
    organisation = Words(label="Organisation", required=False)
    tag = Words(label="Tag", required=False, max_length=LONGEST_TAG)
    sphere = forms.ChoiceField(label="Sphere", required=False, choices=_SPHERES)
    met_from = _day("Met from")
    met_until = _day("Met until")
    silent = forms.ChoiceField(label="Not spoken for", required=False, choices=SILENT)

    birthday = forms.ChoiceField(label="Birthday", required=False, choices=BIRTHDAY)

    field_order = ("q", "organisation", "tag", "sphere", "met_from", "met_until", "silent", "birthday")
