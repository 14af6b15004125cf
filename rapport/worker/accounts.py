"""A member's mailbox as the gateways want it."""

from __future__ import annotations

from django.conf import settings

from rapport.correspondence.models import Mailbox
from rapport.gateways.account import Account
from rapport.gateways.mail_url import account_at


def outgoing(mailbox: Mailbox) -> Account:
    """Give the server that mail leaves by; raises `vault.Unreadable`."""
    return _account(mailbox, mailbox.smtp_host, mailbox.smtp_port, mailbox.smtp_security)


def incoming(mailbox: Mailbox) -> Account:
    """Give the server that mail is read from; raises `vault.Unreadable`."""
    return _account(mailbox, mailbox.imap_host, mailbox.imap_port, mailbox.imap_security)


def own() -> Account:
    """Give the server that Rapport's own mail leaves by; raises ValueError with a sentence."""
    return account_at(settings.MAIL_URL)


def _account(mailbox: Mailbox, host: str, port: int, security: str) -> Account:
    return Account(
        host=host,
        port=port,
        security=security,
        username=mailbox.username,
        password=mailbox.password,
        token_command=mailbox.token_command if settings.LAPTOP else "",
        anywhere=settings.LAPTOP,
    )
