"""Subscribing to a card that somebody keeps on the web; the worker looks at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from rapport.people.models import Person, Subscription
from rapport.web.door import refused, said, sentences_of, verb
from rapport.web.forms.subscription import SubscribeForm

if TYPE_CHECKING:
    from django.http import HttpResponse

    from rapport.web.requests import MemberRequest


@verb
def beginning(request: MemberRequest, pk: int) -> HttpResponse:
    """Keep a person current from an address."""
    person = get_object_or_404(Person.objects.seen_by(request.member), pk=pk)
    form = SubscribeForm(request.POST, card=person.current_card)
    if not form.is_valid():
        return refused(request, sentences_of(form), to=_of(person))
    address, days = form.cleaned_data["address"], form.cleaned_data["days"]
    made = Subscription.begin(person, address, days=days, by=request.member, at=timezone.now())
    undo = reverse("subscription-ending", args=[made.pk])
    words = f"{person} is kept current from {made.source.host}. What it says anew waits for your word."
    return said(request, words, undo=undo, to=_of(person))


@verb
def haste(request: MemberRequest, pk: int) -> HttpResponse:
    """Look now."""
    found = _mine(request, pk)
    found.hurry(by=request.member, at=timezone.now())
    return said(request, f"{found.source.host} is looked at now.", to=_of(found.source.person))


@verb
def ending(request: MemberRequest, pk: int) -> HttpResponse:
    """Look no more."""
    found = _mine(request, pk)
    found.end(by=request.member, at=timezone.now())
    undo = reverse("subscription-ending-undo", args=[pk])
    return said(request, f"{found.source.host} is looked at no more.", undo=undo, to=_of(found.source.person))


@verb
def ending_undo(request: MemberRequest, pk: int) -> HttpResponse:
    """Take it up again."""
    found = _mine(request, pk)
    person, address = found.source.person, found.source.address
    Subscription.begin(person, address, days=found.days, by=request.member, at=timezone.now())
    return said(request, f"{found.source.host} is looked at again.", to=_of(person))


def _mine(request: MemberRequest, pk: int) -> Subscription:
    mine = Subscription.objects.seen_by(request.member).select_related("source__person")
    return get_object_or_404(mine, pk=pk)


def _of(person: Person) -> str:
    return reverse("person", args=[person.pk])
