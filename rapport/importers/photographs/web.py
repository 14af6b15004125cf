"""Mail addresses and web pages as cards print them and readers misread them."""

from __future__ import annotations

import re

_TOP = r"[a-z]{2,24}"
_MAIL = re.compile(
    rf"(?:(?<!\w)(?:e-?\s?mail|mail|correo(?: electrónico)?|courriel|e)\s*[:.]?\s+|(?<!\w)(?:e-?mail|mail)[:.]\s*)?"
    rf"(?P<local>[\w.+\-]{{1,64}})\s?(?:@|\(at\)|\[at\]|©|®)\s?"
    rf"(?P<host>[\w\-]+(?:\s?[.,]\s?[\w\-]+)*?\s?[.,]\s?{_TOP})(?![\w@])",
    re.IGNORECASE,
)
_PAGE = re.compile(
    rf"(?:(?<!\w)(?:web(?:site)?|internet|site|url|w)\s*[:.]?\s+|(?<!\w)web[:.]\s*)?"
    rf"(?P<address>(?:(?P<scheme>https?)\s?[:;]\s?//|(?P<www>www)\s?[.,]\s?)"
    rf"[\w\-]+(?:[.,][\w\-]+)*[.,]{_TOP}(?:/[\w\-./~%?=&#+]*)?|(?<![\w@.])[a-z0-9][a-z0-9\-]*(?:\.[a-z0-9\-]+)*\.{_TOP}"
    rf"(?:/[\w\-./~%?=&#+]*)?)(?![\w@])",
)


def mails_in(text: str) -> tuple[list[str], str]:
    """Give the addresses of a line in lower case, and what else it says.

    A reader puts blanks beside the @, and commas where dots are: nobody's host has either.
    """
    found: list[str] = []

    def take(match: re.Match[str]) -> str:
        host = re.sub(r"\s", "", match["host"]).replace(",", ".")
        found.append(f"{match['local'].strip('.')}@{host}".lower())
        return " "

    return found, _rest(_MAIL.sub(take, text)) if "@" in text or _could_be(text) else text


def pages_in(text: str) -> tuple[list[str], str]:
    """Give the web addresses of a line, those without a scheme as https, and what else it says.

    Without www and scheme only small letters are one: "St.Gallen" is a town.
    """
    found: list[str] = []

    def take(match: re.Match[str]) -> str:
        address = re.sub(r"\s", "", match["address"]).replace(",", ".").replace(";", ":").rstrip("./")
        found.append(address if match["scheme"] else f"https://{address}")
        return " "

    return found, _rest(_PAGE.sub(take, text)) if "." in text or "," in text else text


def _could_be(text: str) -> bool:
    return any(sign in text.lower() for sign in ("(at)", "[at]", "©", "®"))


def _rest(text: str) -> str:
    return " ".join(text.split()).strip(" |/,;:·•-–")
