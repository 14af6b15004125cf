"""The calendar feed: read by programs, which know nothing but its secret address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from rapport.notifications.calendar import birthdays_of, calendar_of, version_of
from rapport.notifications.models import Appointment, Feed

if TYPE_CHECKING:
    from rapport.accounts.models import Member
    from rapport.people.birthdays import Birthday


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """The member's steps as events; a wrong address is as if there were nothing."""
    member = Feed.holder(token)
    if member is None:
        raise Http404
    now = timezone.now()
    told, birthdays = Appointment.brought_up_to_date(member, at=now), birthdays_of(member, now)
    etag = f'"{version_of(member, told, birthdays)}"'
    answer = get_conditional_response(request, etag=etag) or _written(member, told, birthdays)
    answer["ETag"] = etag
    # As with every page, nothing between keeps it (`config.member`). A calendar program that remembers the ETag is
    # answered 304 most of the time.
    # The address is the secret: it is told to no other site and listed by no search engine.
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _written(member: Member, told: list[Appointment], birthdays: list[Birthday]) -> HttpResponse:
    answer = HttpResponse(calendar_of(member, told, birthdays), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="rapport.ics"'
    return answer
