"""Whom the member asks for other words: kept and forgotten. Without it no page says a word of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from rapport.correspondence.models import SecondOpinion
from rapport.web.door import page, said, verb
from rapport.web.forms.second_opinion import SecondOpinionForm

if TYPE_CHECKING:
    from django.http import HttpResponse

    from rapport.web.requests import MemberRequest


@require_safe
def second_opinion(request: MemberRequest) -> HttpResponse:
    """The endpoint as it is kept."""
    return _page(request, SecondOpinionForm.of(_kept(request)))


def _kept(request: MemberRequest) -> SecondOpinion | None:
    return SecondOpinion.objects.filter(member=request.member).first()


def _page(request: MemberRequest, form: SecondOpinionForm) -> HttpResponse:
    return page(request, "settings/second_opinion.html", timezone.now(), form=form, kept=_kept(request))


@verb
def keeping(request: MemberRequest) -> HttpResponse:
    """Keep what was typed."""
    form = SecondOpinionForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    kept = form.keep(request.member, timezone.now())
    words = f"Noted: you may ask {kept.host} for other words, on the page of a step."
    return said(request, words, to=reverse("second-opinion"))


@verb
def removal(request: MemberRequest) -> HttpResponse:
    """Forget it, and its key."""
    kept = get_object_or_404(SecondOpinion, member=request.member)
    kept.forget(by=request.member, at=timezone.now())
    return said(request, f"Forgotten: {kept.host} and its key.", to=reverse("second-opinion"))
