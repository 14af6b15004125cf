"""The form of a person: it makes a card, because a card is the only way in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from rapport.people.models import Person
from rapport.people.models.person import Sphere
from rapport.rules.card import Card

if TYPE_CHECKING:
    from datetime import datetime

    from rapport.accounts.models import Member


class PersonForm(forms.Form):
    """What the member says about a person. Empty fields of the card say nothing; they take nothing away."""

    name = forms.CharField(max_length=300)
    title = forms.CharField(max_length=300, required=False, label="What they do")
    organisation = forms.CharField(max_length=300, required=False, label="Where")
    email = forms.EmailField(required=False, label="E-mail")
    phone = forms.CharField(max_length=64, required=False)
    profile = forms.URLField(max_length=500, required=False, label="Profile", assume_scheme="https")
    spheres = forms.MultipleChoiceField(
        choices=Sphere.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        label="Business and social are kept apart",
    )
    how_met = forms.CharField(
        max_length=2000, required=False, label="How you met", widget=forms.Textarea(attrs={"rows": 2})
    )
    notes = forms.CharField(
        max_length=20_000, required=False, label="Notes", widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, *arguments: Any, person: Person, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.person = person
        first = person.emails.first()
        spheres = [Sphere.PROFESSIONAL] * person.is_professional + [Sphere.SOCIAL] * person.is_social
        self.initial = {
            "name": person.name,
            "title": person.title,
            "organisation": person.organisation or "",
            "email": first.email if first else "",
            "phone": person.phone,
            "profile": person.profile,
            "spheres": spheres,
            "how_met": person.how_met,
            "notes": person.notes,
        }

    def save(self, *, by: Member, at: datetime) -> None:
        """Bring the person up to date, as one card and one description."""
        said = self.cleaned_data
        card = Card.of(
            name=said["name"],
            title=said["title"],
            organisation=said["organisation"],
            email=said["email"],
            phone=said["phone"],
            url=said["profile"],
        )
        self.person.absorb(card, source="what you typed", at=at)
        self.person.describe(
            how_met=said["how_met"], notes=said["notes"], spheres=said["spheres"], by=by, at=at
        )
