"""What a page of a signed-in member knows about its request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from rapport.accounts.models import Member


class MemberRequest(HttpRequest):
    """A request with its member; `rapport.config.member` sets it, and no page is shown without signing in."""

    member: Member
    htmx: HtmxDetails
