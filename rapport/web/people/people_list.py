"""The list of people: looked through as one types, narrowed by filters that stand in the address, and kept."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from rapport.followups.contact import last_contacts
from rapport.people.exporting import FORMATS
from rapport.people.finding import AT_ONCE, MOST
from rapport.people.models import CardIndex, KeptSearch, Person, Proposal, Tag
from rapport.people.models.sweep import MOST as MOST_AT_ONCE
from rapport.web.door import is_opened_in_place, page, said, verb
from rapport.web.forms.rows import SPHERES
from rapport.web.people.narrowing import Narrowing
from rapport.web.taking_back import undo_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse

    from rapport.accounts.models import Member
    from rapport.web.requests import MemberRequest

_A_PAGE = 50
_COUNTED = 10_000
"""Of those who fit a filter so many are counted; nobody reads on, and a page answers in a blink."""
_TAGS = 40


class Leaves(Paginator):  # type: ignore[type-arg]  # generic to the type checker only
    """Leaves of fifty, by the keys of people; of a narrowed list the first ten thousand."""

    def __init__(self, narrowing: Narrowing) -> None:
        keys = narrowing.keys()
        self._is_whole = isinstance(keys, list) or not narrowing.filters
        super().__init__(keys, _A_PAGE)

    @cached_property
    def count(self) -> int:
        """How many there are to leaf through."""
        found: Any = self.object_list
        if isinstance(found, list):
            return len(found)
        found = found.order_by()
        return int(found.count() if self._is_whole else found[:_COUNTED].count())

    @property
    def is_cut(self) -> bool:
        """Whether there may be more than are counted."""
        return self.count == (MOST if isinstance(self.object_list, list) else _COUNTED) and bool(self.count)


@require_safe
def people(request: MemberRequest) -> HttpResponse:
    """Everybody in the book by name, or who fits what is asked for, the likeliest first."""
    now, member = timezone.now(), request.member
    waiting = CardIndex.catch_up(member, at_most=AT_ONCE)
    narrowing = Narrowing(member, request.GET, now)
    leaf = Leaves(narrowing).get_page(request.GET.get("page"))
    leaf.object_list = shown = rows_of(list(leaf.object_list))
    answer = page(
        request,
        "people/list.html",
        now,
        leaf=leaf,
        contacts=last_contacts([one.pk for one in shown], now),
        narrowing=narrowing,
        form=narrowing.form,
        narrowed=f"{narrowing.query()}&" if narrowing.filters else "",
        spheres=[(narrowing.query(sphere=key, list=""), key, word) for key, word in [("", "All"), *SPHERES]],
        kept=KeptSearch.objects.seen_by(member),
        tags=_tags(member, narrowing) if leaf.number == 1 else (),
        most=MOST_AT_ONCE,
        formats=FORMATS.items(),
        waiting=waiting,
        doubles=Proposal.objects.heads(member).count(),
    )
    if is_opened_in_place(request):  # the address as a link would have it, without the fields left empty
        answer["HX-Replace-Url"] = (
            f"{request.path}?{narrowing.query()}" if narrowing.filters else request.path
        )
    return answer


def rows_of(keys: Sequence[int]) -> list[Person]:
    """Load people for a list, in the order of their keys, without what a list does not show."""
    found = Person.objects.select_related("organisation").defer("card", "how_met", "notes").in_bulk(keys)
    return [found[key] for key in keys if key in found]


def _tags(member: Member, narrowing: Narrowing) -> list[tuple[str, str, int]]:
    """The tags of the book with the address of those who have them, and how many they are."""
    counted = Tag.objects.filter(member=member).values_list("name")
    most = counted.annotate(number=Count("person")).order_by("-number", "name")[:_TAGS]
    return [(name, narrowing.query(tag=name), number) for name, number in sorted(most)]


@verb
def keeping(request: MemberRequest) -> HttpResponse:
    """Keep what is looked for, under a name and for a sphere."""
    narrowing = Narrowing(request.member, request.POST, timezone.now())
    made = KeptSearch.keep(
        request.POST.get("name", ""),
        request.POST.get("of", ""),
        narrowing.filters,
        by=request.member,
        at=timezone.now(),
    )
    to = f"{reverse('people')}?{Narrowing(request.member, made.filters, timezone.now()).query()}"
    return said(request, f"The search {made} is kept: it stands above the list of people.", to=to)


@verb
def forgetting(request: MemberRequest, pk: int) -> HttpResponse:
    """Keep a search no more."""
    found = get_object_or_404(KeptSearch.objects.seen_by(request.member), pk=pk)
    now = timezone.now()
    found.forget(by=request.member, at=now)
    words = f"The search {found} is not kept any more."
    return said(request, words, undo=undo_of(request.member, now), to=reverse("named-lists"))
