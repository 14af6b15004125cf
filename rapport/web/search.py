"""Search: people and interviews that fit every word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from rapport.followups.contact import last_contacts
from rapport.interviews.models import Interview
from rapport.people.finding import AT_ONCE, best
from rapport.people.models import CardIndex, Person
from rapport.web.door import page
from rapport.web.people.people_list import rows_of

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from rapport.accounts.models import Member
    from rapport.web.requests import MemberRequest

_AT_MOST = 50
_WORDS = 12
"""Words that are looked for; each one more makes the question to the database longer."""
_LETTERS = 200


@require_safe
def search(request: MemberRequest) -> HttpResponse:
    """What fits; without words, everybody."""
    words = " ".join(request.GET.get("q", "").replace("\0", "")[:_LETTERS].split()[:_WORDS])
    if not words:
        return redirect("people")
    now, member = timezone.now(), request.member
    waiting = CardIndex.catch_up(member, at_most=AT_ONCE)
    found = best(Person.objects.seen_by(member), words, member)
    shown = rows_of(found[:_AT_MOST])
    return page(
        request,
        "search.html",
        now,
        words=words,
        people=shown,
        contacts=last_contacts([one.pk for one in shown], now),
        number=len(found),
        waiting=waiting,
        interviews=_interviews(member, words)[:_AT_MOST],
    )


def _interviews(member: Member, words: str) -> QuerySet[Interview]:
    found = Interview.objects.seen_by(member).select_related("application__organisation")
    for word in words.split():
        found = found.filter(
            Q(title__icontains=word)
            | Q(application__job_title__icontains=word)
            | Q(application__organisation__name__icontains=word)
        )
    return found.order_by("-starts_at")
