"""Mail that Rapport itself sends: there is one way to write it, and it asks first whether the address wants any."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime, parseaddr
from uuid import uuid4

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from rapport.accounts.models import Member
from rapport.correspondence.message import mailable, one_line
from rapport.correspondence.models import Mailbox
from rapport.journal.errors import NotAllowed
from rapport.notifications.address import absolute
from rapport.notifications.models.silence import Silence

_WHOLE_LINES = 998
"""Octets in a line at most (RFC 5322, 2.1.1): a link that is broken over two lines is none any more."""


class Unwanted(NotAllowed):
    """The address has ended all mail from Rapport."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A message that may leave: from whom, to whom, and its bytes (RFC 5322)."""

    sender: str
    recipient: str
    message: bytes

    def ask_again(self) -> None:
        """Raise Unwanted when the address ended all mail while the letter was on its way."""
        _ask(self.recipient)


def write(member: Member, subject: str, text: str, html: str, *, at: datetime) -> Letter:
    """Write to a member: `text` in plain words and `html` as safe markup, both without greeting and foot.

    Raises Unwanted when the address wants no mail, and NotAllowed when there is no way to send any.
    """
    if reason := why_not(member):
        raise NotAllowed(reason)
    sender, recipient = mailable(sender_for(member)), mailable(recipient_of(member))
    _ask(recipient)
    end = absolute(reverse("no-mail", args=[Silence.token_of(recipient)]))
    message = EmailMessage(policy=SMTP)
    message["From"] = Address("Rapport", addr_spec=sender)
    message["To"] = Address(one_line(member.name).replace("@", " at "), addr_spec=recipient)
    message["Subject"] = one_line(subject)
    message["Date"] = format_datetime(at.astimezone(member.zone))
    message["Message-ID"] = f"<{uuid4().hex}.rapport@{sender.rpartition('@')[2]}>"
    message["List-Unsubscribe"] = f"<{end}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058, 3.1
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834, 5: no automatic answer, please
    shown = {"text": text, "html": html, "end": end, "subject": subject, "settings": _settings()}
    message.set_content(render_to_string("notifications/mail.txt", shown), cte="quoted-printable")
    message.add_alternative(
        render_to_string("notifications/mail.html", shown), subtype="html", cte="quoted-printable"
    )
    policy = SMTP if (sender + recipient).isascii() else SMTPUTF8
    return Letter(sender, recipient, message.as_bytes(policy=policy.clone(max_line_length=_WHOLE_LINES)))


def why_not(member: Member) -> str:
    """Say why no mail can go to a member at all; "" when it can."""
    if settings.LAPTOP:
        if not Mailbox.objects.seen_by(member).exists():
            return "Rapport does not know yet where your mail leaves from. Say so in Settings, under Mail."
        return ""
    if not settings.MAIL_URL or not settings.MAIL_FROM:
        return "This server sends no mail. Whoever runs it can set RAPPORT_MAIL_URL and RAPPORT_MAIL_FROM."
    return "" if member.email else "You have no address to send to."


def sender_for(member: Member) -> str:
    """Give the address that Rapport's mail to a member comes from: on a laptop the member's own."""
    return member.mailbox.address if settings.LAPTOP else parseaddr(settings.MAIL_FROM)[1]


def recipient_of(member: Member) -> str:
    """Give the address that a member reads: the one they sign in with, else the one they send from."""
    return member.email or member.mailbox.address


def _ask(address: str) -> None:
    if Silence.covers(address):
        raise Unwanted(f"All mail from Rapport to {address} was ended there.")


def _settings() -> str:
    return absolute(reverse("settings-notifications"))
