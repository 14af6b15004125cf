"""How much one request may bring: decided by its stated length, before any of it is read or written to disk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

FROM_MEMBERS = 320 << 20  # bytes; the importers read 256 MB of one file and say so when it is longer
FROM_STRANGERS = 64 << 10  # bytes; a sign-in form has a few hundred


class UploadLimit:
    """Refuses what is too long. Stands before the check of CSRF tokens, which reads the whole of a form.

    The server gives no more of a body than its Content-Length states, so the stated length can be relied upon.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; `process_view` comes once it is known who asks."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        """Answer with a page that says so when the request is too long; None lets it pass."""
        stated = request.META.get("CONTENT_LENGTH") or "0"
        length = int(stated) if stated.isascii() and stated.isdigit() else 0
        if length <= FROM_STRANGERS:
            return None
        if request.user.is_authenticated and length <= FROM_MEMBERS:
            return None
        return render(request, "413.html", status=413)
