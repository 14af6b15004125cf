"""Where the member's mail leaves from: kept, tried, forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from rapport.accounts.vault import Unreadable
from rapport.correspondence.message import mailable
from rapport.correspondence.models import Mailbox
from rapport.gateways import smtp
from rapport.web.door import page, said, verb
from rapport.web.forms.mailbox import MailboxForm
from rapport.worker.accounts import outgoing

if TYPE_CHECKING:
    from django.http import HttpResponse

    from rapport.web.requests import MemberRequest


@require_safe
def mailbox(request: MemberRequest) -> HttpResponse:
    """The account as it is kept."""
    return _page(request, MailboxForm(member=request.member))


def _page(request: MemberRequest, form: MailboxForm, **tried: Any) -> HttpResponse:
    return page(request, "settings/mailbox.html", timezone.now(), form=form, mailbox=form.mailbox, **tried)


@verb
def keeping(request: MemberRequest) -> HttpResponse:
    """Keep what was typed."""
    form = MailboxForm(request.POST, member=request.member)
    if not form.is_valid():
        return _page(request, form)
    kept = form.keep(timezone.now())
    return said(request, f"Noted: your mail leaves from {kept.address}. Try it now.", to=reverse("mailbox"))


@verb
def trial(request: MemberRequest) -> HttpResponse:
    """Try everything but sending, and say each step that went well and exactly what failed."""
    kept = get_object_or_404(Mailbox.objects.seen_by(request.member))
    try:
        went_well, failed = smtp.check(outgoing(kept), mailable(kept.address))
    except Unreadable as unreadable:
        went_well, failed = [], str(unreadable)
    kept.is_troubled(failed)
    return _page(request, MailboxForm(member=request.member), went_well=went_well, failed=failed, tried=True)


@verb
def removal(request: MemberRequest) -> HttpResponse:
    """Forget the account and its password."""
    kept = get_object_or_404(Mailbox.objects.seen_by(request.member))
    kept.forget(by=request.member, at=timezone.now())
    return said(request, f"Forgotten: {kept.address} and its password.", to=reverse("mailbox"))
