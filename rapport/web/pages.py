"""Pages that hold no rows: the sheet of keys, and what is said when there is no page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from rapport.web.door import page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from rapport.web.requests import MemberRequest


@require_safe
def shortcuts(request: MemberRequest) -> HttpResponse:
    """The keys."""
    return page(request, "shortcuts.html", timezone.now())


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """The request is no form of ours, or longer than one may be."""
    return render(request, "400.html", status=400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """There is no such page, or it is somebody else's: both look alike."""
    return render(request, "404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Not for this member."""
    return render(request, "403.html", status=403)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """The form's token does not fit: usually a page left open for long."""
    return render(request, "403_csrf.html", status=403)
