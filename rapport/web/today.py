"""Today: what to do now, what waits for what, what happened, and what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.utils import timezone
from django.views.decorators.http import require_safe

from rapport.followups import refresh_due
from rapport.followups.models import Step
from rapport.intake.models import Batch
from rapport.interviews.models import Application, Interview
from rapport.journal.models import Entry
from rapport.web.door import page
from rapport.web.forms.intake import BringForm, TypeForm

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponse

    from rapport.accounts.models import Member
    from rapport.web.requests import MemberRequest

_AT_ONCE = 12
_A_PAGE = 50


@require_safe
def today(request: MemberRequest) -> HttpResponse:
    """The page a day begins and ends with; while the book is empty it offers the one thing to do first."""
    member, now = request.member, timezone.now()
    if not Interview.objects.seen_by(member).exists():
        return page(request, "empty.html", now, bring=BringForm(), typed=TypeForm())
    refresh_due(member, at=now)
    return page(request, "today.html", now, **_lists(member, now))


@require_safe
def steps(request: MemberRequest, which: str) -> HttpResponse:
    """One of Today's lists in full, page by page."""
    now = timezone.now()
    found = {"now": Step.objects.to_do_now, "waiting": Step.objects.waiting}[which](now)
    leaves = Paginator(_shown(found.seen_by(request.member)), _A_PAGE)
    return page(
        request, "steps/list.html", now, leaf=leaves.get_page(request.GET.get("page")), which=which
    )


def _lists(member: Member, now: datetime) -> dict[str, object]:
    mine = Step.objects.seen_by(member)
    to_do, waiting = mine.to_do_now(now), mine.waiting(now)
    here = now.astimezone(member.zone).date()
    return {
        "to_do": _shown(to_do.filter(verdict="do"))[:_AT_ONCE],
        "to_do_count": to_do.count(),
        "waiting": _shown(waiting)[:_AT_ONCE],
        "waiting_count": waiting.count(),
        "silent": Application.objects.seen_by(member).open().select_related("organisation")[:_AT_ONCE],
        "news": Entry.objects.seen_by(member).order_by("-at", "-pk")[:6],
        "settled": _shown(mine.settled_on(here)),
        "batches": Batch.objects.filter(member=member, undone_at=None).order_by("-applied_at")[:3],
    }
