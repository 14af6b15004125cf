"""Asking one person for their details: the member makes a link, and hands it over by their own hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from rapport.accounts.vault import Unreadable
from rapport.journal.errors import NotAllowed
from rapport.notifications.address import absolute
from rapport.people.models import DetailsRequest, Person
from rapport.web.door import page, refused, said, verb
from rapport.web.forms.details import ChoiceForm

if TYPE_CHECKING:
    from django.http import HttpResponse

    from rapport.web.requests import MemberRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def asking(request: MemberRequest, pk: int) -> HttpResponse:
    """Choose what they are shown, and make the link; while it waits, the words to send with it."""
    now, member = timezone.now(), request.member
    person = get_object_or_404(Person.objects.seen_by(member), pk=pk)
    here = reverse("asking", args=[pk])
    form = ChoiceForm(*((request.POST,) if request.method == "POST" else ()), card=person.current_card)
    if form.is_bound and form.is_valid():
        try:
            DetailsRequest.make(person, form.cleaned_data["fields_shown"], by=member, at=now)
        except NotAllowed as refusal:
            return refused(request, refusal.sentence, to=here)
        return said(request, "Here is the link. Rapport sends it to nobody: that is yours to do.", to=here)
    asked = list(DetailsRequest.objects.seen_by(member).filter(person=person))
    waits = next((one for one in asked if one.is_open(now)), None)
    return page(
        request,
        "people/asking.html",
        now,
        person=person,
        form=form,
        asked=asked,
        waits=waits,
        address=_address(waits),
        laptop=settings.LAPTOP,
    )


def _address(waits: DetailsRequest | None) -> str:
    """Where the link leads; "" without one, or when the key that it is sealed with is not here."""
    try:
        return absolute(reverse("details", args=[waits.token])) if waits else ""
    except Unreadable:
        return ""


@verb
def withdrawal(request: MemberRequest, pk: int) -> HttpResponse:
    """Let the link open nothing any more."""
    mine = DetailsRequest.objects.seen_by(request.member).select_related("person__member")
    found = get_object_or_404(mine, pk=pk)
    found.withdraw(by=request.member, at=timezone.now())
    words = (
        f"The link opens nothing any more. {found.person} may have read it, so nobody asks again meanwhile."
    )
    return said(request, words, to=reverse("asking", args=[found.person_id]))
