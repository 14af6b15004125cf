"""The photo of a card: read from every version's way of holding it, and put on."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from binascii import Error
from typing import NamedTuple

from rapport.rules.card.card import Card
from rapport.rules.card.editing import Editing
from rapport.rules.card.lines import Property, written

_DATA = re.compile(r"data:[^,;]*(?:;[^,;]*)*;base64,", re.IGNORECASE)
_BEGINNINGS = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
}
_LONGEST = 8 << 20  # letters of BASE64; more is no portrait


class Photo(NamedTuple):
    """A picture's octets, and its media type as its content shows it."""

    kind: str
    octets: bytes


def photo_of(card: Card) -> Photo | None:
    """Give the first picture that the card itself holds; one that is but an address is not fetched."""
    return next(filter(None, (_photo(prop) for prop in card.every("PHOTO"))), None)


def has_photo(card: Card) -> bool:
    """Whether the card holds a picture; that it can be shown is found when it is."""
    return any(_encoded(prop) for prop in card.every("PHOTO"))


def _encoded(prop: Property) -> str:
    value = prop.value.strip()
    if match := _DATA.match(value):
        return value[match.end() :]
    return value if prop.parameter("ENCODING").upper() in {"B", "BASE64"} else ""


def _photo(prop: Property) -> Photo | None:
    encoded = _encoded(prop)
    if not encoded or len(encoded) > _LONGEST:
        return None
    try:
        octets = b64decode("".join(encoded.split()))
    except (Error, ValueError):
        return None
    kind = next((kind for beginning, kind in _BEGINNINGS.items() if octets.startswith(beginning)), "")
    if octets[:4] == b"RIFF" and octets[8:12] == b"WEBP":
        kind = "image/webp"
    return Photo(kind, octets) if kind else None


def with_photo(card: Card, jpeg: bytes | None) -> Card:
    """Give the card with a picture in place of those it has; with none, without."""
    editing = Editing(card)
    places = editing.places("PHOTO")
    first = next(iter(places), None)
    for place in places[1:]:
        editing.remove(place)
    if jpeg is not None:
        encoded = b64encode(jpeg).decode("ascii")
        prop = Property("PHOTO", f"data:image/jpeg;base64,{encoded}")
        if not editing.version.startswith("4"):
            encoding = "BASE64" if editing.version.startswith("2") else "b"
            prop = Property("PHOTO", encoded, (("ENCODING", encoding), ("TYPE", "JPEG")))
        if first is None:
            editing.insert(written(prop))
        else:
            editing.put(first, written(prop._replace(group=editing.at(first).group)))
    elif first is not None:
        editing.remove(first)
    return editing.card
