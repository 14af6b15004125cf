"""A country as it is chosen: all of them, by their names."""

from __future__ import annotations

from functools import cache
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from rapport.rules.countries import country_names


class CountrySelect(forms.Select):
    """The list to choose from: its two hundred and fifty lines are written once, not by a template for each form."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Give the list with `value`, a code of ISO 3166, chosen; nothing is where it is none of them."""
        del renderer
        stated = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        lines, code = _lines(), str(value or "")
        chosen = lines.replace(f'value="{code}"', f'value="{code}" selected', 1) if code.isalpha() else lines
        return format_html("<select{}>{}</select>", flatatt(stated), mark_safe(chosen))  # noqa: S308  names of countries


class CountryField(forms.ChoiceField):
    """Chooses a country; the first line chooses none."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=_choices, widget=CountrySelect, **options)


def _choices() -> list[tuple[str, str]]:
    return [("", "—"), *country_names().items()]


@cache
def _lines() -> str:
    return format_html_join("\n", '<option value="{}">{}</option>', _choices())
