"""What must not be set, whatever else is: said by `check`, `rapport doctor` and `rapport serve`."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error


def names_of_the_server(**_: Any) -> list[CheckMessage]:
    """Refuse a server that answers to any name: links that it hands out would lead where a stranger says."""
    wild = [host for host in settings.HOSTS if "*" in host]
    if not wild:
        return []
    return [
        Error(
            f"RAPPORT_HOSTS holds {', '.join(wild)}: a Rapport that answers to every name hands out links to "
            "addresses that a stranger chose.",
            hint="Name the server, as in RAPPORT_HOSTS=rapport.example; several names are separated by commas.",
            id="rapport.E001",
        )
    ]
