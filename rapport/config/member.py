"""Every request knows its member, and shows times in that member's zone."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.utils import timezone
from django.utils.cache import patch_cache_control

from rapport.web.door import way_back

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
    from django.http.response import HttpResponseBase

    from rapport.web.requests import MemberRequest


class PageLoginRequiredMiddleware(LoginRequiredMiddleware):
    """No page without signing in; whoever sent a form comes back to the page it stood on, which can be read."""

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseRedirect:
        """Send on to the page of signing in."""
        if request.method in {"GET", "HEAD"}:
            return super().handle_no_permission(request, view_func)
        return redirect_to_login(way_back(request, "/"), self.get_login_url(view_func))


class MemberMiddleware:
    """Sets `request.member` (only when somebody is signed in) and activates their time zone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: MemberRequest) -> HttpResponse:
        """Answer the request, in the member's zone; nobody on the way keeps the answer, nor the browser's disk."""
        answer = self._answer(request)
        # Also for who is signed out: what they are refused says nothing to the next reader of a shared cache.
        patch_cache_control(answer, private=True, no_store=True)
        return answer

    def _answer(self, request: MemberRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        request.member = request.user
        with timezone.override(_zone(request.user.time_zone)):
            return self.get_response(request)


def _zone(name: str) -> ZoneInfo:
    """Give the zone; a name that this machine does not know shows UTC rather than no page at all."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def place(_request: HttpRequest) -> dict[str, bool]:
    """Tell templates whether this is one person's laptop, which has no passwords and no other members."""
    return {"laptop": settings.LAPTOP}
