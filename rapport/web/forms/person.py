"""The form of a person: their card, and what the member notes beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from rapport.people.models.sphere import Sphere
from rapport.web.forms.card import CardForm
from rapport.web.forms.lines import Lines
from rapport.web.forms.rows import SPHERES

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http import QueryDict
    from django.utils.datastructures import MultiValueDict

    from rapport.people.models import Person
    from rapport.rules.card import Card


class BesideForm(forms.Form):
    """What stands on no card: it is the member's alone."""

    spheres = forms.MultipleChoiceField(
        choices=SPHERES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        label="Business and social are kept apart",
        help_text="Somebody may be in both, on purpose.",
    )
    how_met = Lines(
        max_length=2000, required=False, label="How you met", widget=forms.Textarea(attrs={"rows": 2})
    )
    notes = Lines(
        max_length=50_000, required=False, label="Your notes", widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, *arguments: Any, person: Person, **options: Any) -> None:
        super().__init__(*arguments, **options)
        spheres = [Sphere.PROFESSIONAL.value] * person.is_professional + [
            Sphere.SOCIAL.value
        ] * person.is_social
        self.initial = {"spheres": spheres, "how_met": person.how_met, "notes": person.notes}

    @property
    def noted(self) -> dict[str, Any]:
        """The columns of a person that hold it."""
        said = self.cleaned_data
        return {
            "how_met": said["how_met"],
            "notes": said["notes"],
            "is_professional": Sphere.PROFESSIONAL.value in said["spheres"],
            "is_social": Sphere.SOCIAL.value in said["spheres"],
        }


class PersonForm(CardForm):
    """What the member says about a person, made of the card `card`, which the page showed."""

    def __init__(
        self,
        person: Person,
        card: Card,
        data: QueryDict | None = None,
        files: MultiValueDict[str, UploadedFile[Any]] | None = None,
        *,
        country: str = "",
    ) -> None:
        super().__init__(card, data, files, country=country)
        self.beside = BesideForm(data, person=person)

    def is_valid(self) -> bool:
        """See CardForm."""
        return all([super().is_valid(), self.beside.is_valid()])
