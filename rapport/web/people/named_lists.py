"""Lists of people: begun, filled and ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from rapport.people.models import KeptSearch, NamedList, Person
from rapport.people.models.sphere import Sphere
from rapport.web.door import page, said, verb
from rapport.web.taking_back import undo_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from rapport.web.requests import MemberRequest


@require_safe
def named_lists(request: MemberRequest) -> HttpResponse:
    """Every list with its sphere and how many are on it."""
    of_sphere = Q(sphere=Sphere.PROFESSIONAL, listings__person__is_professional=True) | Q(
        sphere=Sphere.SOCIAL, listings__person__is_social=True
    )
    found = NamedList.objects.seen_by(request.member).annotate(
        number=Count("listings", filter=of_sphere & Q(listings__person__merged_into=None))
    )
    kept = KeptSearch.objects.seen_by(request.member)
    return page(
        request, "people/named_lists.html", timezone.now(), lists=found, kept=kept, spheres=Sphere.choices
    )


@verb
def beginning(request: MemberRequest) -> HttpResponse:
    """Begin a list."""
    made = NamedList.make(
        request.POST.get("name", ""), request.POST.get("sphere", ""), by=request.member, at=timezone.now()
    )
    return said(
        request, f"The list {made} is there. Put people on it from their pages.", to=reverse("named-lists")
    )


@verb
def ending(request: MemberRequest, pk: int) -> HttpResponse:
    """End a list; the people on it stay."""
    found = get_object_or_404(NamedList.objects.seen_by(request.member), pk=pk)
    now = timezone.now()
    found.remove(by=request.member, at=now)
    words = f"The list {found} is no more; the people on it stay."
    return said(request, words, undo=undo_of(request.member, now), to=reverse("named-lists"))


@verb
def putting_on(request: MemberRequest, pk: int) -> HttpResponse:
    """Put a person on a list."""
    person, found, now = *_both(request, pk), timezone.now()
    found.put_on(person, by=request.member, at=now)
    undo, to = undo_of(request.member, now), reverse("person", args=[pk])
    return said(request, f"{person} is on the list {found}.", undo=undo, to=to)


@verb
def taking_off(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a person off a list."""
    person, found, now = *_both(request, pk), timezone.now()
    found.take_off(person, by=request.member, at=now)
    undo, to = undo_of(request.member, now), reverse("person", args=[pk])
    return said(request, f"{person} is not on the list {found} any more.", undo=undo, to=to)


def _both(request: MemberRequest, pk: int) -> tuple[Person, NamedList]:
    person = get_object_or_404(Person.objects.seen_by(request.member), pk=pk)
    key = request.POST.get("list", "")
    mine = NamedList.objects.seen_by(request.member)
    return person, get_object_or_404(mine, pk=int(key[:18]) if key.isdecimal() else 0)
