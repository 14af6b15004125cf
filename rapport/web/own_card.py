"""The member's own card, which letters carry, and how long the post takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from rapport.web.door import page, said, verb
from rapport.web.forms.own_card import OwnCardForm, PostalTimeForm

if TYPE_CHECKING:
    from django.forms import BaseForm
    from django.http import HttpResponse

    from rapport.accounts.models import PostalTime
    from rapport.web.requests import MemberRequest


def _page(request: MemberRequest, **bound: BaseForm) -> HttpResponse:
    """The page, with one form as it was sent and the other as it stands."""
    member = request.member
    forms: dict[str, Any] = {
        "card": OwnCardForm(member=member),
        "postal_time": PostalTimeForm(member=member),
        **bound,
    }
    times = member.postal_times.all()
    return page(request, "settings/own_card.html", timezone.now(), postal_times=times, **forms)


@require_safe
def own_card(request: MemberRequest) -> HttpResponse:
    """The card as it stands."""
    return _page(request)


@verb
def card(request: MemberRequest) -> HttpResponse:
    """What stands on the member's letters and envelopes."""
    form = OwnCardForm(request.POST, member=request.member)
    if not form.is_valid():
        return _page(request, card=form)
    form.save()
    return said(request, "Noted. Your letters carry it from now on.", to=reverse("own-card"))


@verb
def postal_times(request: MemberRequest) -> HttpResponse:
    """How long letters take between two countries."""
    form = PostalTimeForm(request.POST, member=request.member)
    if not form.is_valid():
        return _page(request, postal_time=form)
    return said(request, f"Noted: {in_words(form.keep())}.", to=reverse("own-card"))


@verb
def postal_time_removal(request: MemberRequest, pk: int) -> HttpResponse:
    """Back to the usual figure."""
    found = get_object_or_404(request.member.postal_times, pk=pk)
    found.delete()
    words = f"The usual figure counts again from {found.sender_name} to {found.destination_name}."
    return said(request, words, to=reverse("own-card"))


def in_words(time: PostalTime) -> str:
    """One pair as a phrase."""
    days = f"{time.working_days} working day{'' if time.working_days == 1 else 's'}"
    return f"from {time.sender_name} to {time.destination_name} {days}"
