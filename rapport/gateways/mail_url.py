"""A mail server written as one address: smtp+starttls://user:password@host:587."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from rapport.gateways.account import Account

_KINDS = {"smtp": ("none", 25), "smtp+starttls": ("starttls", 587), "smtps": ("tls", 465)}
_FORM = "Write it as smtp+starttls://user:password@host:587 or smtps://user:password@host."


def account_at(url: str) -> Account:
    """Give the account that an address names; signs that mean something in an address are percent-encoded.

    `smtp://` is for a server on this very computer. ValueError with a sentence that does not repeat the password.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ValueError(f"RAPPORT_MAIL_URL cannot be read. {_FORM}") from error
    if parts.scheme not in _KINDS or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ValueError(f"RAPPORT_MAIL_URL names no mail server. {_FORM}")
    security, usual = _KINDS[parts.scheme]
    return Account(
        host=parts.hostname,
        port=port or usual,
        security=security,
        username=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        anywhere=True,  # who runs the server named it
    )
