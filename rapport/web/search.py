"""Search: people and interviews that fit every word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from rapport.interviews.models import Interview
from rapport.people.models import Person
from rapport.web.door import page

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
    people = Person.objects.seen_by(request.member).search(words).select_related("organisation")
    return page(
        request,
        "search.html",
        timezone.now(),
        words=words,
        people=people.order_by("name", "pk")[:_AT_MOST],
        interviews=_interviews(request.member, words)[:_AT_MOST],
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
