"""Somebody's card as a QR code, for showing one's telephone to a colleague."""

from __future__ import annotations

from typing import TYPE_CHECKING

import segno
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from rapport.people.models import Person
from rapport.rules.card.passing_on import to_pass_on
from rapport.web.door import page
from rapport.web.people.cards import ShownCard

if TYPE_CHECKING:
    from django.http import HttpResponse

    from rapport.web.requests import MemberRequest


@require_safe
def code(request: MemberRequest, pk: int) -> HttpResponse:
    """A page with the code and the words that it holds: name, organisation, numbers and mails of business."""
    found = get_object_or_404(Person.objects.seen_by(request.member), pk=pk)
    card = to_pass_on(found.current_card)
    drawn = segno.make(card.octets(), error="l", micro=False, encoding=None)
    # Dark on white in any light, so that every telephone reads it; segno escapes nothing of the card into it.
    svg = drawn.svg_inline(
        scale=1, border=4, dark="#000", light="#fff", omitsize=True, svgclass="code", lineclass=None
    )
    return page(
        request,
        "people/code.html",
        timezone.now(),
        person=found,
        svg=mark_safe(svg),  # noqa: S308  drawn here, of lines alone
        shown=ShownCard.of(card, request.member.posts_from),
        organisation=card.organisation,
    )
