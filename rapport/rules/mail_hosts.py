"""Where the mail of an address probably leaves and comes in, so that nobody has to look it up."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple


class Host(NamedTuple):
    """A server: its name, port, and kind of security (tls or starttls)."""

    name: str
    port: int
    security: str


class MailHosts(NamedTuple):
    """Where mail leaves and comes in, and what to know about the password (may be empty)."""

    smtp: Host
    imap: Host
    password: str


SUBMISSIONS, IMAPS = 465, 993
"""RFC 8314, 3.3 and 3.2: TLS from the first byte."""


def mail_hosts(address: str) -> MailHosts:
    """Give the provider's servers as its help pages say; those of an unknown domain by their usual names."""
    domain = address.rpartition("@")[2].strip().lower()
    known = _providers().get(domain)
    return known or MailHosts(
        Host(f"smtp.{domain}", SUBMISSIONS, "tls"), Host(f"imap.{domain}", IMAPS, "tls"), ""
    )


@lru_cache(maxsize=1)
def _providers() -> dict[str, MailHosts]:
    read = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {
        domain: MailHosts(Host(*provider["smtp"]), Host(*provider["imap"]), provider["password"])
        for provider in read["provider"]
        for domain in provider["domains"]
    }
