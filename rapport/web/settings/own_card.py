"""The member's own card, which letters carry, and how long the post takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from rapport.journal.models import Entry
from rapport.people.showing import KEPT, keep_own_card, undo_own_card
from rapport.rules.card.photos import has_photo
from rapport.web.door import page, refused, said, verb
from rapport.web.forms.own_card import OwnCardForm, PostalTimeForm
from rapport.web.people.pictures import picture

if TYPE_CHECKING:
    from django.http import HttpResponse

    from rapport.accounts.models import PostalTime
    from rapport.web.requests import MemberRequest


def _page(request: MemberRequest, **bound: Any) -> HttpResponse:
    """The page, with one form as it was sent and the other as it stands."""
    member = request.member
    forms: dict[str, Any] = {
        "form": bound.get("form") or OwnCardForm(member),
        "postal_time": bound.get("postal_time") or PostalTimeForm(member=member),
    }
    picture_at = reverse("own-photo") if has_photo(member.own_card) else ""
    times = member.postal_times.all()
    return page(
        request, "settings/own_card.html", timezone.now(), postal_times=times, portrait=picture_at, **forms
    )


@require_http_methods(["GET", "HEAD", "POST"])
def own_card(request: MemberRequest) -> HttpResponse:
    """The card as it stands, and what is changed about it: on letters and envelopes, and for whom it is shown to."""
    if request.method != "POST":
        return _page(request)
    form = OwnCardForm(request.member, request.POST, request.FILES)
    if not form.is_asking and not form.is_of_today:
        return refused(
            request, "Your card was changed meanwhile. Here it is as it stands.", to=reverse("own-card")
        )
    if form.is_asking or not form.is_valid():
        return _page(request, form=form)
    card = form.edited()
    if card == request.member.own_card:
        return said(request, "Nothing was changed.", to=reverse("own-card"))
    kept = keep_own_card(request.member, card, at=timezone.now())
    undo = reverse("own-card-undo", args=[kept.pk])
    return said(request, "Noted. Your letters carry it from now on.", undo=undo, to=reverse("own-card"))


@verb
def undo(request: MemberRequest, pk: int) -> HttpResponse:
    """The card, and who sees it, as before."""
    kept = get_object_or_404(Entry.objects.seen_by(request.member), pk=pk, verb=KEPT)
    undo_own_card(kept, by=request.member, at=timezone.now())
    return said(request, "Your card is as it was before.", to=reverse("own-card"))


@require_safe
def photo(request: MemberRequest) -> HttpResponse:
    """The picture on the member's own card."""
    return picture(request.member.own_card)


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
