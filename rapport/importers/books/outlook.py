"""Outlook's address book in its three shapes: the desktop's, the site's, and what Google exports for it."""

from __future__ import annotations

import re

from rapport.importers.books.writing import Writing
from rapport.importers.tables import Row
from rapport.rules.card import Card, PostalAddress
from rapport.rules.countries import code_of

_EMAILS = ("e-mail address", "e-mail 2 address", "e-mail 3 address")
_PHONES: dict[str, tuple[tuple[str, ...], str]] = {
    "primary phone": ((), ""),
    "mobile phone": (("cell",), ""),
    "business phone": (("work",), ""),
    "business phone 2": (("work",), ""),
    "home phone": (("home",), ""),
    "home phone 2": (("home",), ""),
    "other phone": ((), ""),
    "company main phone": (("work",), "Company main phone"),
    "assistant's phone": ((), "Assistant"),
    "business fax": (("work", "fax"), ""),
    "home fax": (("home", "fax"), ""),
    "other fax": (("fax",), ""),
    "pager": (("pager",), ""),
    "tty/tdd phone": (("textphone",), ""),
    "callback": ((), "Callback"),
    "car phone": ((), "Car"),
    "isdn": ((), "ISDN"),
    "radio phone": ((), "Radio"),
    "telex": ((), "Telex"),
}
_PLACES = {"business": "work", "home": "home", "other": ""}
_RELATIONS = {
    "spouse": "Spouse",
    "children": "Child",
    "manager's name": "Manager",
    "assistant's name": "Assistant",
    "referred by": "Referred by",
}
_TEXTS = {
    "nickname": "NICKNAME",
    "given yomi": "X-PHONETIC-FIRST-NAME",
    "surname yomi": "X-PHONETIC-LAST-NAME",
    "company yomi": "X-PHONETIC-ORG",
    "profession": "ROLE",
    "hobby": "HOBBY",
    "web page": "URL",
    "personal web page": "URL",
    "internet free busy": "FBURL",
}
_USUAL = frozenset({"unspecified", "normal", "false", "smtp", "0", "0/0/00"})
_PASSED = frozenset(
    {"initials", *(column.replace("address", "type") for column in _EMAILS)}
    | {column.replace("address", "display name") for column in _EMAILS}
)  # made of the other columns


def card_of(row: Row) -> Card:
    """Write a row as a card; what has no property is kept by the name of its column."""
    return _Outlook(row).card()


class _Outlook:
    def __init__(self, row: Row) -> None:
        self._left = {column: cell.strip() for column, cell in row.cells.items() if cell.strip()}
        self._writing = Writing()

    def card(self) -> Card:
        self._writing.name(
            given=self._line("first name"),
            middle=self._line("middle name"),
            family=self._line("last name"),
            prefix=self._line("title"),
            suffix=self._line("suffix"),
        )
        self._writing.work(
            organisation=self._line("company"),
            department=self._line("department"),
            title=self._line("job title"),
        )
        self._reach()
        for column, label in _RELATIONS.items():
            self._writing.related(self._line(column), label)
        for place, kind in _PLACES.items():
            self._address(place, kind)
        self._writing.day("BDAY", self._take("birthday"))
        self._writing.day("ANNIVERSARY", self._take("anniversary"))
        for column, name in _TEXTS.items():
            self._writing.say(name, self._take(column))
        self._others()
        return self._writing.card

    def _reach(self) -> None:
        for column in _EMAILS:
            if "@" in self._left.get(column, ""):  # a colleague's may be the path of an Exchange server
                self._writing.say("EMAIL", self._line(column))
        for column, (types, label) in _PHONES.items():
            is_first = column == "primary phone"
            self._writing.say("TEL", self._line(column), types=types, label=label, is_first=is_first)
        chat = self._line("imaddress")
        self._writing.say("IMPP", chat if ":" in chat or not chat else f"im:{chat}")

    def _address(self, place: str, kind: str) -> None:
        parts = {
            part: self._take(f"{place} {part}")
            for part in ("street", "street 2", "street 3", "city", "state", "postal code")
        }
        country = self._line(f"{place} country/region") or self._line(f"{place} country")
        streets = (parts["street"], parts["street 2"], parts["street 3"])
        address = PostalAddress(
            street="\n".join(part.replace("\r\n", "\n") for part in streets if part),
            po_box=self._line(f"{place} address po box"),
            locality=parts["city"],
            region=parts["state"],
            postal_code=parts["postal code"],
            country=code_of(country) or "",
            country_name=country,
            place=kind,
            label=self._take(f"{place} address").replace("\r\n", "\n"),
        )
        self._writing.address(address, place if kind else "")

    def _others(self) -> None:
        self._writing.say(
            "GENDER", {"male": "M", "female": "F"}.get(self._left.get("gender", "").lower(), "")
        )
        if self._left.get("gender", "").lower() in {"male", "female"}:
            self._take("gender")
        self._writing.say("NOTE", self._take("notes").replace("\r\n", "\n"))
        self._writing.labels(re.split(r"[;,]", self._take("categories")))
        for column, cell in self._left.items():
            if column not in _PASSED and cell.casefold() not in _USUAL:
                self._writing.keep(column.capitalize(), cell)

    def _take(self, column: str) -> str:
        return self._left.pop(column, "")

    def _line(self, column: str) -> str:
        return " ".join(self._take(column).split())
