"""Where this Rapport is, for links that are read outside of it: in a mail, in a calendar."""

from __future__ import annotations

from django.conf import settings


def absolute(path: str) -> str:
    """Give the whole address of a path: of the server's first name, or of this laptop."""
    return f"{base()}{path}"


def base() -> str:
    """Give the address without a path."""
    return f"https://{settings.HOSTS[0]}" if settings.HOSTS else f"http://127.0.0.1:{settings.PORT}"
