"""The form of a person: it makes a card, because a card is the only way in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from rapport.followups import happenings
from rapport.people.models import Person
from rapport.people.models.person import Sphere
from rapport.rules.card import Card
from rapport.web.forms.postal import PARTS, PostalForm, address_in, written_in

if TYPE_CHECKING:
    from datetime import datetime

    from rapport.accounts.models import Member


class PersonForm(PostalForm):
    """What the member says about a person. Empty fields of the card say nothing; they take nothing away."""

    field_order = ["name", "title", "organisation", "email", "phone", "profile", *PARTS]

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
        self.initial = written_in(person.postal_address, person.country) | {
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

    def _place(self) -> str:
        """Of which address it is a correction; a first one is taken to be where they work."""
        former = self.person.postal_address
        return former.place if former else "work"

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
        ).saying(address=address_in(said, self._place()))
        # What is typed a second time counts again: the moment tells it from the same words typed before.
        dated = Card([*card.lines, f"REV:{at:%Y%m%dT%H%M%S.%fZ}"])
        happenings.update_card(self.person, dated, source="what you typed", at=at)
        self.person.describe(
            how_met=said["how_met"], notes=said["notes"], spheres=said["spheres"], by=by, at=at
        )
