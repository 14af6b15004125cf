"""What a photographed card was read as, to be put right: the form of a card, beside its picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms

from rapport.importers.pictures import portrait
from rapport.rules.card.photos import with_photo
from rapport.web.forms.card import CardForm

if TYPE_CHECKING:
    from django.http import QueryDict

    from rapport.rules.card import Card


class PictureForm(forms.Form):
    """What becomes of the picture."""

    keep = forms.BooleanField(
        required=False,
        label="Keep the picture on the card",
        help_text="Small, in place of a photo. Otherwise it is gone once you confirm.",
    )


class PhotographForm(CardForm):
    """A card as it was read; whoever has no name yet is nobody."""

    def __init__(self, card: Card, data: QueryDict | None = None, *, country: str = "") -> None:
        super().__init__(card, data, country=country)
        del self.basics.fields["photo"]
        if not card.every("FN"):  # what a card without a name is called elsewhere is nobody's name
            self.basics.initial["name"] = ""
        self.picture = PictureForm(data)

    def is_valid(self) -> bool:
        """See CardForm."""
        return all([super().is_valid(), self.picture.is_valid()])

    def edited_with(self, jpeg: bytes) -> Card:
        """Give the card as the form says it, with the picture when that is to be kept."""
        card = self.edited()
        return with_photo(card, portrait(jpeg)) if self.picture.cleaned_data["keep"] else card
