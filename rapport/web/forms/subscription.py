"""The address of a card on the web."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from rapport.gateways.cards import LONGEST_ADDRESS, NotFetched, checked
from rapport.rules.fetching import EVERY

if TYPE_CHECKING:
    from collections.abc import Collection

    from rapport.rules.card import Card

_WORDS = dict(zip(EVERY, ("Once a day", "Once a week", "Once a month"), strict=True))


class CardAddressField(forms.CharField):
    """An https address that may be asked for a card; whether one is there is not asked yet."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            max_length=LONGEST_ADDRESS,
            widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
            **options,
        )

    def clean(self, value: Any) -> str:
        """Give the address as it is asked for."""
        written: str = super().clean(value)
        if not written:
            return written
        try:
            return str(checked(written))
        except NotFetched as refusal:
            raise ValidationError(refusal.sentence) from refusal


class SubscribeForm(forms.Form):
    """A card that somebody keeps on the web; the address that their card names (SOURCE) is proposed, unless `known`."""

    address = CardAddressField(label="Its address", help_text="As https://cards.example/dana.vcf")
    days = forms.TypedChoiceField(coerce=int, choices=list(_WORDS.items()), label="Looked at")

    def __init__(self, *arguments: Any, card: Card, known: Collection[str] = (), **options: Any) -> None:
        super().__init__(*arguments, **{"auto_id": "subscribe_%s"} | options)
        named = (prop.text.strip() for prop in card.every("SOURCE"))
        new = (address for address in named if address.startswith("https://") and address not in known)
        self.initial["address"] = next(new, "")
