"""Addresses of profiles: one spelling for each, so that the same profile is found again however it was copied."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote, urlsplit

_LINKEDIN = "linkedin.com"
_PEOPLE = (f"https://www.{_LINKEDIN}/in/", f"https://www.{_LINKEDIN}/pub/")
_LOCALE = re.compile(r"/[a-z]{2}(?:[-_][a-z]{2})?", re.IGNORECASE)
_MOBILE = re.compile(r"^(?:www|m|mobile|touch|[a-z]{2})\.(?=linkedin\.com$)")
_PLAIN = re.compile(r"https://www\.linkedin\.com/in/[a-z0-9._-]{1,200}")
LONGEST = 500
"""Characters; longer ones are no profile's address."""


def normalised(address: str) -> str:
    """Give one spelling of a profile's address; "" when it is none of a web page.

    https, no `www.` differences (always with it on the professional network), no country or mobile host, no locale
    at the end of the path (`/in/dana-lee/de`), letters instead of percent signs made canonical, no query, no
    fragment, no slash at the end. On the professional network names in addresses are the same in any capitals.
    """
    if _PLAIN.fullmatch(address):
        return address
    text = "".join(sign for sign in address.strip() if sign.isprintable() and sign != " ")
    if not text or len(text) > LONGEST:
        return ""
    if "://" not in text:
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in {"http", "https"} or "." not in host:
        return ""
    host = _MOBILE.sub("", host)
    path = quote(unquote(parts.path), safe="/@:+,;=~!$&'()*-._").rstrip("/")
    if host == _LINKEDIN:
        host, path = f"www.{_LINKEDIN}", _of_the_professional_network(path)
    written = f"https://{host}{f':{port}' if port and port not in {80, 443} else ''}{path}"
    return written if len(written) <= LONGEST else ""


def is_professional(address: str) -> bool:
    """Whether an address is a person's on the professional network."""
    return normalised(address).startswith(_PEOPLE)


def _of_the_professional_network(path: str) -> str:
    named = re.match(r"(/in/[^/]+)(/[^/]*)?$", path, re.IGNORECASE)
    if named and (named[2] is None or _LOCALE.fullmatch(named[2])):
        path = named[1]
    return quote(unquote(path).lower(), safe="/@:+,;=~!$&'()*-._")
