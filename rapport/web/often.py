"""How often somebody without an account may do something, counted by where they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.adapter import get_adapter
from django.core.cache import cache

if TYPE_CHECKING:
    from django.http import HttpRequest

_HOUR = 3600


def is_too_often(request: HttpRequest, what: str, most: int) -> bool:
    """Count one more `what` from this visitor's address; whether there were more than `most` within an hour."""
    key = f"often:{what}:{get_adapter(request).get_client_ip(request)}"
    if cache.add(key, 1, _HOUR):
        return False
    try:
        return int(cache.incr(key)) > most
    except ValueError:  # the hour ended just now
        return False
