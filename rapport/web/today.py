"""Today: what to do now, what waits for what, what happened, and what was done."""

from __future__ import annotations

from datetime import timedelta
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.utils import timezone
from django.views.decorators.http import require_safe

from rapport.correspondence.models import Delivery
from rapport.followups.happenings import refresh_due
from rapport.followups.models import Step
from rapport.followups.silence import reading_ahead
from rapport.followups.touch import due_touches
from rapport.intake.models import Batch, Import, Photograph
from rapport.interviews.models import Application, Interview
from rapport.network.models import Invitation
from rapport.notifications.news import gathered
from rapport.notifications.telling import told
from rapport.people.birthdays import coming_up
from rapport.people.models import CardIndex, Suggestion
from rapport.web.door import page
from rapport.web.forms.intake import BringForm, TypeForm
from rapport.web.interviews.stages import Standing, standing_of
from rapport.web.people.narrowing import BIRTHDAYS

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponse

    from rapport.accounts.models import Member
    from rapport.notifications.news import News
    from rapport.web.requests import MemberRequest

_AT_ONCE = 12
_A_PAGE = 50
_A_FEW = 5

_READ = 200
"""Cards that changed since, read for their birthdays; after a large import the worker reads the rest."""

_RECENT = timedelta(days=7)


@require_safe
def today(request: MemberRequest) -> HttpResponse:
    """The page a day begins and ends with; while the book is empty it offers the one thing to do first."""
    member, now = request.member, timezone.now()
    CardIndex.catch_up(member, at_most=_READ)
    quiet = _quiet(member, now)
    if not any(quiet.values()) and not Interview.objects.seen_by(member).exists():
        return page(request, "empty.html", now, bring=BringForm(), typed=TypeForm(), **_on_the_way(member))
    refresh_due(member, at=now)
    return page(request, "today.html", now, **_lists(member, now), **quiet)


@require_safe
def steps(request: MemberRequest, which: str) -> HttpResponse:
    """One of Today's lists in full, page by page."""
    now = timezone.now()
    mine = Step.objects.seen_by(request.member)
    found = {"now": mine.to_do_now, "waiting": mine.waiting}[which](now)
    leaves = Paginator(found.in_lists(), _A_PAGE)
    return page(request, "steps/list.html", now, leaf=leaves.get_page(request.GET.get("page")), which=which)


def _quiet(member: Member, now: datetime) -> dict[str, Any]:
    """What presses nobody: birthdays of the next two weeks, and whom it is time to write to again."""
    here = now.astimezone(member.zone).date()
    birthdays = coming_up(member, here, days=BIRTHDAYS, at_most=_A_FEW)
    return {"birthdays": birthdays, "touches": due_touches(member, now)[:_AT_ONCE]}


def _lists(member: Member, now: datetime) -> dict[str, Any]:
    doubted = list(Delivery.objects.seen_by(member).in_doubt()[:_A_FEW])
    news = gathered(member, now - _RECENT)
    lines = told(news)
    return {
        "doubted": doubted,
        **_steps(member, now, {delivery.note_id for delivery in doubted}, _freed(news, now)),
        "silent": _silent(member, now),
        "to_look_at": Invitation.objects.seen_by(member).to_look_at(now).prefetch_related("person")[:_A_FEW],
        "news": lines[:_A_FEW],
        "older_news": lines[_A_FEW:],
        "changes": Suggestion.objects.seen_by(member).open().count(),
        **_on_the_way(member),
        "batches": Batch.objects.seen_by(member).standing().filter(applied_at__gte=now - timedelta(days=1)),
    }


def _steps(member: Member, now: datetime, doubted: set[int], freed: list[int]) -> dict[str, Any]:
    """The lists of steps: the keys of each in its order, then the few lines that are shown, read together."""
    mine, here = Step.objects.seen_by(member), now.astimezone(member.zone).date()
    to_do = list(mine.to_do_now(now).values_list("pk", flat=True))
    waiting = list(mine.waiting(now).values_list("pk", "note"))
    certain = (key for key, note in waiting if note not in doubted)
    keys = {
        "to_do": to_do[:_AT_ONCE],
        "freed": [key for key in freed if key not in to_do][:_AT_ONCE],
        "waiting": list(islice(certain, _AT_ONCE)),
        "settled": list(mine.settled_on(here, member.zone).values_list("pk", flat=True)),
    }
    lines = mine.in_lists().in_bulk(list(chain(*keys.values())))
    shown = {name: [lines[key] for key in its if key in lines] for name, its in keys.items()}
    return {**shown, "to_do_count": len(to_do), "waiting_count": len(waiting)}


def _on_the_way(member: Member) -> dict[str, Any]:
    """What was brought and is not in the book yet."""
    return {
        "imports": Import.objects.seen_by(member).waiting(),
        "photographs": Photograph.objects.seen_by(member).defer("jpeg"),
    }


def _freed(news: News, now: datetime) -> list[int]:
    """What was held and may be done now: it stands where what is to be done stands, for as long as that is news."""
    freed = (change.step for change in news.changed if change.is_free)
    return [step.pk for step in freed if step.snoozed_until is None or step.snoozed_until <= now]


def _silent(member: Member, now: datetime) -> list[Standing]:
    """Open applications in which they owe an answer."""
    held = Prefetch("interviews", Interview.objects.only("application", "ends_at", "cancelled_at"))
    found = Application.objects.seen_by(member).open().select_related("organisation").prefetch_related(held)
    standings = []
    for application in reading_ahead(found).order_by("opened_at")[:_AT_ONCE]:
        application.member = member
        standings.append(standing_of(application, now))
    return [standing for standing in standings if standing.owes]
