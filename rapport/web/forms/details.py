"""Asking somebody for their details: what the member chooses to show, and the form that the person fills in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from rapport.rules.card import Card
from rapport.rules.card.hearing import ASKED, lines_of
from rapport.rules.card.jobs import JOBS, Job
from rapport.rules.card.naming import named
from rapport.rules.phrases import CARD_FIELDS
from rapport.web.forms.card import KINDS, BasicsForm, CardForm
from rapport.web.forms.rows import Row

if TYPE_CHECKING:
    from django.http import QueryDict


class ChoiceForm(forms.Form):
    """Which fields of the person's card they are shown; nothing is chosen at first."""

    fields_shown = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        required=False,
        label="What the page shows them to confirm",
        help_text="They see nothing else of your book. What you do not choose, they may fill in.",
    )

    def __init__(self, *arguments: Any, card: Card, **options: Any) -> None:
        super().__init__(*arguments, **options)
        known = [field for field in ASKED if lines_of(card, field)]
        self.fields["fields_shown"].choices = [(field, CARD_FIELDS[field]) for field in known]  # type: ignore[attr-defined]


class NameForm(BasicsForm):
    """Their name, which nobody has to say."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields = {"name": self.fields["name"]}
        self.fields["name"].required = False
        if not self.card.every("FN"):
            # A card without one is called by its company, which is no name to confirm.
            self.initial["name"] = ""

    def edited(self, card: Card) -> Card:
        """See BasicsForm."""
        name = self.cleaned_data["name"] if "name" in self.changed_data else ""
        return named(card, name=name, given=card.given_name, family=card.family_name) if name else card


class WorkRow(Row):
    """What they do now."""

    title = forms.CharField(max_length=300, required=False, label="What you do")
    organisation = forms.CharField(max_length=300, required=False, label="Where")

    @staticmethod
    def initial_of(value: Job) -> dict[str, Any]:
        """See Row."""
        return {"title": value.title, "organisation": value.organisation}

    def value(self) -> Job | None:
        """See Row."""
        said = self.cleaned_data
        is_said = said.get("title") or said.get("organisation")
        return Job(said["organisation"], said["title"]) if is_said else None


class DetailsForm(CardForm):
    """What somebody says of themselves, made of what they are shown."""

    kinds = (("jobs", "Work", "job", JOBS, WorkRow), *KINDS[1:])

    def __init__(self, shown: Card, data: QueryDict | None = None, *, country: str = "") -> None:
        super().__init__(shown, data, country=country)
        self.basics = NameForm(data, card=shown)
