"""How a member hears of what is due: the calendar feed, the daily mail, and this browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from rapport.accounts.vault import Unreadable
from rapport.notifications.address import absolute
from rapport.notifications.mail import recipient_of, why_not
from rapport.notifications.models import DailyMail, Feed, Silence
from rapport.web.door import page, refused, said, verb
from rapport.web.forms.daily import DailyForm

if TYPE_CHECKING:
    from django.http import HttpResponse

    from rapport.web.requests import MemberRequest

HERE = "settings-notifications"


@never_cache
@require_safe
def notifications(request: MemberRequest) -> HttpResponse:
    """Everything about being told, on a page of its own, since it shows a secret address."""
    return _page(request, DailyForm.of(DailyMail.objects.filter(member=request.member).first()))


def _page(request: MemberRequest, form: DailyForm) -> HttpResponse:
    member = request.member
    feed = Feed.objects.filter(member=member).first()
    mail = DailyMail.objects.filter(member=member).first()
    reason = why_not(member)
    recipient = "" if reason else recipient_of(member)
    return page(
        request,
        "settings/notifications.html",
        timezone.now(),
        feed=feed,
        form=form,
        daily=mail if mail and mail.due_at else None,
        trouble=mail.said if mail else "",
        why_not=reason,
        recipient=recipient,
        is_silent=bool(recipient) and Silence.covers(recipient),
        **_address(feed),
    )


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
    had_one = Feed.objects.filter(member=request.member).exists()
    Feed.make(request.member, at=timezone.now())
    words = "Your calendar feed has an address."
    if had_one:
        words = "Your calendar feed has a new address. The one before opens nothing any more."
    return said(request, words, to=reverse(HERE))


@verb
def feed_removal(request: MemberRequest) -> HttpResponse:
    """No feed any more."""
    found = Feed.objects.filter(member=request.member).first()
    if found is None:
        return refused(request, "There is no calendar feed to remove.", to=reverse(HERE))
    found.remove(by=request.member, at=timezone.now())
    return said(request, "The feed's address opens nothing any more.", to=reverse(HERE))


@verb
def daily(request: MemberRequest) -> HttpResponse:
    """A mail a day, at an hour of the member's day."""
    form = DailyForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    if reason := why_not(request.member):
        return refused(request, reason, to=reverse(HERE))
    DailyMail.switch_on(request.member, form.cleaned_data["hour"], at=timezone.now())
    words = "A mail will tell you each day what is due; on a day without anything to say there is none."
    return said(request, words, to=reverse(HERE))


@verb
def daily_off(request: MemberRequest) -> HttpResponse:
    """No mail a day."""
    found = DailyMail.objects.filter(member=request.member).exclude(due_at=None).first()
    if found is None:
        return refused(request, "There is no daily mail to stop.", to=reverse(HERE))
    found.switch_off(by=request.member, at=timezone.now())
    return said(request, "There will be no daily mail.", to=reverse(HERE))


@verb
def mail_again(request: MemberRequest) -> HttpResponse:
    """Mail may go again to the address that the member signs in with."""
    Silence.lift(request.member, at=timezone.now())
    return said(request, f"Rapport may send mail to {request.member.email} again.", to=reverse(HERE))
