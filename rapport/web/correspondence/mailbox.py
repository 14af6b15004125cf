"""Where the member's mail leaves from: kept, tried, forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from rapport.accounts.vault import Unreadable
from rapport.correspondence.message import mailable
from rapport.correspondence.models import Delivery, Mailbox
from rapport.gateways import imap, smtp
from rapport.gateways.reach import Unreachable
from rapport.journal.errors import NotAllowed
from rapport.web.door import page, refused, said, verb
from rapport.web.forms.mailbox import MailboxForm
from rapport.worker.accounts import incoming, outgoing

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from rapport.web.requests import MemberRequest


@require_safe
def mailbox(request: MemberRequest) -> HttpResponse:
    """The account as it is kept."""
    return _page(request, MailboxForm(member=request.member))


def _page(request: MemberRequest, form: MailboxForm, **tried: Any) -> HttpResponse:
    kept = form.mailbox
    troubles = (
        [kept.trouble, kept.reading_trouble, *(folder.trouble for folder in kept.folders.all())]
        if kept
        else []
    )
    return page(
        request,
        "settings/mailbox.html",
        timezone.now(),
        form=form,
        mailbox=kept,
        troubles=filter(None, troubles),
        **tried,
    )


@verb
def keeping(request: MemberRequest) -> HttpResponse:
    """Keep what was typed."""
    form = MailboxForm(request.POST, member=request.member)
    if not form.is_valid():
        return _page(request, form)
    kept = form.keep(now := timezone.now())
    Delivery.objects.file_again(request.member, now)
    return said(request, f"Noted: your mail leaves from {kept.address}. Try it now.", to=reverse("mailbox"))


@verb
def trial(request: MemberRequest) -> HttpResponse:
    """Try everything but sending, and say each step that went well and exactly what failed."""
    kept = get_object_or_404(Mailbox.objects.seen_by(request.member))
    trials = [_tried("Sending", lambda: smtp.check(outgoing(kept), mailable(kept.address)), kept.is_troubled)]
    if kept.reads_mail:
        trials.append(_tried("Answers and filing", lambda: _reading(kept), kept.has_reading_trouble))
    return _page(request, MailboxForm(member=request.member), trials=trials)


def _reading(kept: Mailbox) -> imap.Checked:
    watched = list(kept.folders.values_list("name", flat=True))
    return imap.check(incoming(kept), watched, kept.sent_folder)


class Trial(NamedTuple):
    """What was tried: the steps that went well, what failed, or "", and the folder that could be made, or ""."""

    what: str
    went_well: list[str]
    failed: str
    could_make: str = ""


def _tried(
    what: str, check: Callable[[], tuple[list[str], str] | imap.Checked], keep: Callable[[str], None]
) -> Trial:
    try:
        tried = Trial(what, *check())
    except (Unreadable, NotAllowed) as refusal:
        tried = Trial(what, [], str(refusal))
    keep(tried.failed)
    return tried


@verb
def sent_folder(request: MemberRequest) -> HttpResponse:
    """Make the folder of sent mail, where there is none."""
    kept, here = get_object_or_404(Mailbox.objects.seen_by(request.member)), reverse("mailbox")
    if not kept.reads_mail:
        return refused(request, "Rapport does not know yet where your mail is filed.", to=here)
    try:
        made = imap.make_sent_folder(incoming(kept), kept.sent_folder)
    except (Unreachable, imap.Refused, Unreadable) as refusal:
        return refused(request, str(refusal), to=here)
    kept.has_reading_trouble("")
    Delivery.objects.file_again(request.member, timezone.now())
    return said(request, f"What you send is filed in the folder {made} from now on.", to=here)


@verb
def removal(request: MemberRequest) -> HttpResponse:
    """Forget the account and its password."""
    kept = get_object_or_404(Mailbox.objects.seen_by(request.member))
    kept.forget(by=request.member, at=timezone.now())
    return said(request, f"Forgotten: {kept.address} and its password.", to=reverse("mailbox"))
