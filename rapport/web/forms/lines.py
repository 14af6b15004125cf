"""Texts of several lines."""

from __future__ import annotations

from typing import Any

from django import forms


class Lines(forms.CharField):
    """A text of several lines; how a browser ends them is no change."""

    def to_python(self, value: Any) -> str:
        """Give the text with plain line ends."""
        return str(super().to_python(value)).replace("\r\n", "\n").replace("\r", "\n")
