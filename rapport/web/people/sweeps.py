"""What is done to many people of a list at once, each with its undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from rapport.correspondence.models import Delivery
from rapport.people.models import Sweep
from rapport.people.models.sweep import MOST
from rapport.web.door import said, verb
from rapport.web.people.narrowing import Narrowing

if TYPE_CHECKING:
    from django.http import HttpResponse

    from rapport.web.requests import MemberRequest


@verb
def tagging(request: MemberRequest) -> HttpResponse:
    """Put a tag on those chosen, or take it off."""
    label = request.POST.get("label", "")
    how = {"take_off": label} if "off" in request.POST else {"put_on": label}
    return _done(request, Sweep.tag(_chosen(request), by=request.member, at=timezone.now(), **how))


@verb
def moving(request: MemberRequest) -> HttpResponse:
    """Let those chosen belong to business, social or both."""
    sphere = request.POST.get("to", "")
    return _done(request, Sweep.put_in_sphere(_chosen(request), sphere, by=request.member, at=timezone.now()))


@verb
def deletion(request: MemberRequest) -> HttpResponse:
    """Delete those chosen, with all that belongs to them."""
    return _done(request, Sweep.delete_people(_chosen(request), by=request.member, at=timezone.now()))


@verb
def undo(request: MemberRequest, pk: int) -> HttpResponse:
    """Let all be as before."""
    found = get_object_or_404(Sweep.objects.seen_by(request.member).defer("kept"), pk=pk)
    now = timezone.now()
    with transaction.atomic():
        lost = found.undo(by=request.member, at=now)
        Delivery.objects.wait_anew(request.member, now)  # mails to whoever is back
    return said(request, f"Taken back: {found}{lost}", to=reverse("people"))


def _chosen(request: MemberRequest) -> list[int]:
    """Give the keys that were ticked, or of all who fit what the list is narrowed by, up to one more than may be."""
    if "everybody" in request.POST:
        narrowing = Narrowing(request.member, request.POST, timezone.now())
        return list(narrowing.keys()[: MOST + 1])
    return [int(key[:18]) for key in request.POST.getlist("person")[: MOST + 1] if key.isdecimal()]


def _done(request: MemberRequest, sweep: Sweep) -> HttpResponse:
    return said(request, str(sweep), undo=reverse("sweep-undo", args=[sweep.pk]), to=reverse("people"))
