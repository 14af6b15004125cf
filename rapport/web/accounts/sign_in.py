"""Signing in: on a laptop by a link of the terminal, on a server by password, passkey and second step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_safe

from rapport.accounts.models import SignInLink
from rapport.accounts.secret_link import LinkRefused

if TYPE_CHECKING:
    from django.http import HttpRequest

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@login_not_required
@never_cache
@require_safe
def sign_in(request: HttpRequest) -> HttpResponse:
    """Say how to sign in on a laptop; send on to the sign-in form of a server."""
    if settings.LAPTOP:
        return render(request, "accounts/sign_in.html", status=200 if request.user.is_authenticated else 401)
    wanted = request.GET.urlencode()
    return redirect(reverse("account_login") + (f"?{wanted}" if wanted else ""))


@login_not_required
@never_cache
@require_GET
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in with the link that the terminal printed.

    A plain GET does it, as with a notebook server: one click in a terminal, and nothing previews an address
    on 127.0.0.1. What might fetch it unasked, a browser's prefetch, is turned away without using the link up.
    A server has no such links, because they would go round the second step.
    """
    if not settings.LAPTOP:
        raise Http404
    if "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", "")):
        return HttpResponse(status=204)
    try:
        member = SignInLink.use(token, at=timezone.now())
    except LinkRefused:
        return render(request, "accounts/sign_in.html", {"refused": True}, status=403)
    auth.login(request, member, backend=BACKEND)
    return redirect(settings.LOGIN_REDIRECT_URL)  # away from the token in the address bar
