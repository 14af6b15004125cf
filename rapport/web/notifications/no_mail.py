"""One click that ends all mail from Rapport to an address, for good: also for people who are no members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from rapport.notifications.models import Silence

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@csrf_exempt  # a mail program posts without a cookie and without our form (RFC 8058, 3.2); the address is the proof
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def no_mail(request: HttpRequest, token: str) -> HttpResponse:
    """Ask with one button, because programs that look for viruses open every link; a POST ends it at once."""
    if not Silence.is_token(token):
        raise Http404
    if request.method == "POST":
        Silence.begin(token, at=timezone.now())
    answer = render(request, "no_mail.html", {"has_ended": request.method == "POST", "token": token})
    answer["Referrer-Policy"] = "no-referrer"
    return answer
