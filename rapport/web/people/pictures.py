"""A picture out of a card, as a browser may show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse

from rapport.rules.card.photos import photo_of

if TYPE_CHECKING:
    from rapport.rules.card import Card


def picture(card: Card) -> HttpResponse:
    """The card's own picture, by the type that its content shows; without one it is as if there were nothing."""
    found = photo_of(card)
    if found is None:
        raise Http404
    return HttpResponse(found.octets, content_type=found.kind)
