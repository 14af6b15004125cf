"""The member's own card and how long the post takes: two sections of the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from django.urls import reverse

from rapport.web.door import said, verb
from rapport.web.forms.own_card import OwnCardForm, PostalTimeForm
from rapport.web.settings import settings_page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from rapport.accounts.models import PostalTime
    from rapport.web.requests import MemberRequest


@verb
def card(request: MemberRequest) -> HttpResponse:
    """What stands on the member's letters and envelopes."""
    form = OwnCardForm(request.POST, member=request.member)
    if not form.is_valid():
        return settings_page(request, card=form)
    form.save()
    return said(request, "Noted. Your letters carry it from now on.", to=reverse("settings"))


@verb
def postal_times(request: MemberRequest) -> HttpResponse:
    """How long letters take between two countries."""
    form = PostalTimeForm(request.POST, member=request.member)
    if not form.is_valid():
        return settings_page(request, postal_time=form)
    return said(request, f"Noted: {in_words(form.keep())}.", to=reverse("settings"))


@verb
def postal_time_removal(request: MemberRequest, pk: int) -> HttpResponse:
    """Back to the usual figure."""
    found = get_object_or_404(request.member.postal_times, pk=pk)
    found.delete()
    words = f"The usual figure counts again from {found.sender_name} to {found.destination_name}."
    return said(request, words, to=reverse("settings"))


def in_words(time: PostalTime) -> str:
    """One pair as a phrase."""
    days = f"{time.working_days} working day{'' if time.working_days == 1 else 's'}"
    return f"from {time.sender_name} to {time.destination_name} {days}"
