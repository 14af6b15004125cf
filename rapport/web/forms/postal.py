"""A postal address as it is typed: one set of fields for people and for the member."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from rapport.rules.card import PostalAddress
from rapport.rules.countries import country_names
from rapport.web.forms.countries import CountryField
from rapport.web.forms.lines import Lines

PARTS = ("street", "extended", "po_box", "postal_code", "locality", "region", "country")


class PostalForm(forms.Form):
    """An address; all of it may be left empty, but half of one reaches nobody."""

    street = Lines(
        max_length=300,
        required=False,
        label="Street and number",
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "street-address"}),
    )
    extended = forms.CharField(max_length=200, required=False, label="Building, floor, door")
    po_box = forms.CharField(max_length=60, required=False, label="Post office box")
    postal_code = forms.CharField(max_length=20, required=False, label="Postal code")
    locality = forms.CharField(max_length=100, required=False, label="Town")
    region = forms.CharField(max_length=100, required=False, label="State or region, where one is written")
    country = CountryField(required=False, label="Country")

    def clean(self) -> dict[str, Any]:
        """Somewhere, in a town, in a country; or nothing at all."""
        cleaned = super().clean() or self.cleaned_data
        if not is_said(cleaned):
            return cleaned
        if not any(cleaned.get(part) for part in ("street", "extended", "po_box")):
            self.add_error("street", "Write a street and number, or a post office box.")
        if not cleaned.get("locality"):
            self.add_error("locality", "In which town is that?")
        if not cleaned.get("country"):
            self.add_error("country", "Choose the country: it decides how the address is written.")
        return cleaned


class AddressNeededForm(PostalForm):
    """An address that a letter is waiting for: what nearly every address has, and room for the rest in the street."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        del self.fields["extended"], self.fields["po_box"]

    def clean(self) -> dict[str, Any]:
        """All that an address needs, this time."""
        cleaned = super().clean()
        if not is_said(cleaned):
            self.add_error("street", "Write a street and number, or a post office box.")
        return cleaned


def is_said(cleaned: Mapping[str, Any]) -> bool:
    """Whether anything but the country was written."""
    return any(cleaned.get(part) for part in PARTS if part != "country")


def written_in(address: PostalAddress | None, country: str = "") -> dict[str, str]:
    """Give the fields as an address fills them; `country` where there is none yet."""
    address = address or PostalAddress()
    return {part: getattr(address, part) for part in PARTS} | {"country": address.country or country}


def address_in(cleaned: Mapping[str, Any], place: str) -> PostalAddress | None:
    """Give the address that was typed, for `place`; None when none was."""
    if not is_said(cleaned):
        return None
    street = "\n".join(line.strip() for line in cleaned["street"].splitlines() if line.strip())
    parts = {part: cleaned.get(part, "") for part in PARTS} | {"street": street}
    return PostalAddress(**parts, country_name=country_names()[parts["country"]], place=place)
