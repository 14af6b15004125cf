"""How a member hears of what is due: the calendar feed, the daily mail, and this browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from rapport.accounts.vault import Unreadable
from rapport.notifications.address import absolute
from rapport.notifications.models import Feed
from rapport.web.door import page, refused, said, verb

if TYPE_CHECKING:
    from django.http import HttpResponse

    from rapport.web.requests import MemberRequest

HERE = "settings-notifications"


@never_cache
@require_safe
def notifications(request: MemberRequest) -> HttpResponse:
    """Everything about being told, on a page of its own, since it shows a secret address."""
    context = {"feed": Feed.objects.filter(member=request.member).first()}
    answer = page(
        request, "settings/notifications.html", timezone.now(), **context, **_address(context["feed"])
    )
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def _address(feed: Feed | None) -> dict[str, str]:
    """The feed's whole address, or why it cannot be shown."""
    if feed is None:
        return {}
    try:
        return {"address": absolute(reverse("feed", args=[feed.token]))}
    except Unreadable:
        return {
            "sealed": "The address was sealed with a key that is not here any more. It still works where it is in "
            "use; to read it again, give it a new one."
        }


@verb
def feed(request: MemberRequest) -> HttpResponse:
    """A feed, or a new address for the one there is."""
    Feed.make(request.member, at=timezone.now())
    words = "Your calendar feed has an address. An older one opens nothing any more."
    return said(request, words, to=reverse(HERE))


@verb
def feed_removal(request: MemberRequest) -> HttpResponse:
    """No feed any more."""
    found = Feed.objects.filter(member=request.member).first()
    if found is None:
        return refused(request, "There is no calendar feed to remove.", to=reverse(HERE))
    found.remove(by=request.member, at=timezone.now())
    return said(request, "The feed's address opens nothing any more.", to=reverse(HERE))
