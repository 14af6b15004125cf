"""The page behind a personal link: somebody says how they want to be in the address book of one member.

It needs no account and sets no cookie; the link is the proof. It shows what the member chose and nothing else.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from rapport.followups.hearing import answer
from rapport.journal.errors import NotAllowed
from rapport.people.models import DetailsRequest
from rapport.web.forms.details import DetailsForm
from rapport.web.often import is_too_often

_MOST = 60
"""Times an hour that one visitor may open or send something here; each further row of the form is one."""


@csrf_exempt  # there is no session whose owner another site could act for: who has the link may answer it
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def details(request: HttpRequest, token: str) -> HttpResponse:
    """What the person says of themselves; sent once, it arrives as a proposal."""
    if is_too_often(request, "details", _MOST):
        return _shown(request, "details/too_often.html", status=429)
    found, now = _found(token), timezone.now()
    if not found.is_open(now):
        return _over(request, found, token)
    form = DetailsForm(
        found.shown_card,
        request.POST if request.method == "POST" else None,
        country=found.person.member.posts_from,
    )
    if request.method == "POST" and not form.is_asking and form.is_valid():
        try:
            answer(found, form.edited(), at=now)
        except NotAllowed:  # from two windows at once: one answer counts
            found = _found(token)
        return _over(request, found, token)
    return _shown(request, "details/form.html", asked=found, form=form, token=token)


@csrf_exempt  # as above
@login_not_required
@require_POST
def never(request: HttpRequest, token: str) -> HttpResponse:
    """One click, also long after the link was answered: nobody who knows these addresses asks again."""
    found = _found(token)
    found.refuse(at=timezone.now())
    return _over(request, found, token)


def _found(token: str) -> DetailsRequest:
    found = DetailsRequest.found(token)
    if found is None:
        raise Http404
    return found


def _over(request: HttpRequest, found: DetailsRequest, token: str) -> HttpResponse:
    return _shown(request, "details/over.html", asked=found, token=token)


def _shown(request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """The address is the secret: it is told to no other site and listed by no search engine."""
    shown = render(request, template, context, status=status)
    shown["Referrer-Policy"] = "no-referrer"
    shown["X-Robots-Tag"] = "noindex"
    return shown
