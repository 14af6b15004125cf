"""Tokens of links that are secrets: shown once, handed over by a person, stored only as a digest."""

from __future__ import annotations

import hashlib
import secrets


class LinkRefused(Exception):
    """A link that is spent, too old or was never given; carries the sentence to show."""


def new_token() -> str:
    """Give 256 random bits, in letters that survive being pasted into a chat."""
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """Give the SHA-256 of a token, in hex. A slow hash would add nothing to 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()
