"""Whose domain an address is: a company's, a mail provider's, a scheduling tool's."""

from __future__ import annotations

import re

from rapport.importers.text.names import folded
from rapport.importers.text.words import is_host_of, listed

_SECOND_LEVEL = frozenset({"co", "com", "org", "net", "ac", "gov", "edu", "gob", "or", "ne", "go"})
_URL = re.compile(r"https?://([^\s/<>\"'()\[\]:?#]+)[^\s<>\"'()\[\]]*", re.IGNORECASE)
_TOP_AND_COUNTRY = 3


def domain(address: str) -> str:
    """Give the part after the @ in lower case."""
    return address.rpartition("@")[2].lower().strip(".> ") if "@" in address else ""


def is_scheduler(host: str) -> bool:
    """Say whether a host belongs to a tool that makes appointments."""
    return is_host_of(host, "schedulers", "hiring") or is_host_of(host, "schedulers", "general")


def is_company(host: str) -> bool:
    """Say whether a host is likely an employer's: no mail provider, no scheduling tool, no calendar service."""
    if not host or "." not in host or is_scheduler(host) or is_host_of(host, "mailboxes", "free"):
        return False
    return not host.endswith((".calendar.google.com", "calendar.google.com", ".local", ".invalid"))


def label(host: str) -> str:
    """Give the name in a domain: "mail.initech.co.uk" gives "initech"."""
    parts = host.split(".")
    if len(parts) >= _TOP_AND_COUNTRY and parts[-2] in _SECOND_LEVEL:
        return parts[-3]
    return parts[-2] if len(parts) > 1 else parts[0]


def organisation(host: str, text: str) -> str:
    """Give an organisation's name for its domain, spelled as the text spells it, else with a capital."""
    name = folded(label(host)).replace("-", "")
    runs = re.findall(r"[\w&.\-]+", _URL.sub(" ", re.sub(r"\S{1,64}@\S{1,255}", " ", text)))
    words = [word for run in runs if (word := run.rstrip("&.-"))]
    for count in (1, 2, 3):
        for start in range(len(words) - count + 1):
            together = words[start : start + count]
            if re.sub(r"[^\w]", "", folded("".join(together))) == name and together[0][0].isupper():
                return " ".join((*together, *_form(words[start + count : start + count + 1])))
    return " ".join(part.capitalize() for part in label(host).split("-"))


def _form(words: list[str]) -> list[str]:
    """Give the word after a name when it belongs to an organisation's name: Corp, GmbH, Industries."""
    return [word for word in words if word[:1].isupper() and word.lower() in listed("names", "organisation")]


def urls(text: str) -> list[tuple[str, str]]:
    """Give every web address of a text with its host."""
    return [(match[0].rstrip(".,;>"), match[1].lower()) for match in _URL.finditer(text)]


def video_url(text: str) -> str:
    """Give the first link to a video meeting, known by its host, or an empty text."""
    return next((url for url, host in urls(text) if is_host_of(host, "places", "video")), "")
