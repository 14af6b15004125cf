"""From when on it counts as silence that an organisation has not decided: the norms say when asking is fair."""

from __future__ import annotations

from datetime import datetime, time
from typing import NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery

from rapport.followups.models import Happening, Step
from rapport.interviews.models import Application
from rapport.rules.calendar import WorkingCalendar
from rapport.rules.looking import UNTIL_FAIR

_CALENDAR = WorkingCalendar()


class Silence(NamedTuple):
    """Since when nothing came from them, how many working days of theirs that are, and whether it counts already."""

    since: datetime
    working_days: int
    counts: bool


def reading_ahead(applications: QuerySet[Application]) -> QuerySet[Application]:
    """Give the applications with what their silence is told by, in the same query.

    That is from when on the plan of the latest interview would ask how things stand, and when somebody met there last
    wrote or rang.
    """
    asking = Step.objects.filter(
        plan__interview__application=OuterRef("pk"),
        plan__interview__cancelled_at=None,
        act="check_in",
        closed_at=None,
        earliest__isnull=False,
    ).order_by("-plan__interview__starts_at", "earliest")
    heard = Happening.objects.filter(
        person__interviewed_me__interview__application=OuterRef("pk"), event="reply", taken_back_at=None
    ).order_by("-happened_at")
    return applications.annotate(
        asks_at=Subquery(asking.values("earliest")[:1]), heard_at=Subquery(heard.values("happened_at")[:1])
    )


def silence_since(met: datetime, application: Application, now: datetime) -> Silence:
    """Tell of the silence of an application since an interview, or since they wrote; `reading_ahead` read it.

    Where no plan would ask, or they wrote meanwhile, it counts after the days that the norms give them.
    """
    read = vars(application)
    heard = read.get("heard_at")
    since = max(met, heard) if heard is not None else met
    country = application.organisation.country if application.organisation else ""
    zone = application.member.zone
    begins, here = since.astimezone(zone).date(), now.astimezone(zone).date()
    fair = datetime.combine(_CALENDAR.working_day(begins, UNTIL_FAIR, country), time(0), zone)
    asks_at = fair if heard is not None and heard >= met else read.get("asks_at") or fair
    return Silence(since, _CALENDAR.working_days_between(begins, here, country), counts=asks_at <= now)
