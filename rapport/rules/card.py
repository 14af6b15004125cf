"""The card: contact data as a vCard holds it, the one currency for people between rooms."""

from __future__ import annotations


class Card: ...
