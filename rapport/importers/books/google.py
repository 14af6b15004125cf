"""Google's address book, new (`First Name`, `E-mail 1 - Label`) and old (`Given Name`, `E-mail 1 - Type`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from rapport.importers.books.writing import Writing, kinds_of, several
from rapport.importers.tables import Row
from rapport.rules.card import Card, PostalAddress
from rapport.rules.countries import code_of

_NUMBERED = re.compile(r"(.+) (\d+) - (.+)")
_NAMES = {
    "given": ("first name", "given name"),
    "middle": ("middle name", "additional name"),
    "family": ("last name", "family name"),
    "prefix": ("name prefix",),
    "suffix": ("name suffix",),
    "shown": ("name",),
}
_TEXTS = {
    "nickname": "NICKNAME",
    "phonetic first name": "X-PHONETIC-FIRST-NAME",
    "phonetic middle name": "X-PHONETIC-MIDDLE-NAME",
    "phonetic last name": "X-PHONETIC-LAST-NAME",
    "given name yomi": "X-PHONETIC-FIRST-NAME",
    "additional name yomi": "X-PHONETIC-MIDDLE-NAME",
    "family name yomi": "X-PHONETIC-LAST-NAME",
    "occupation": "ROLE",
    "hobby": "HOBBY",
}
_PASSED = frozenset({"yomi name", "initials", "short name"})  # made of the other names


def card_of(row: Row) -> Card:
    """Write a row as a card: labels stay, several values of a cell come apart, what has no property is kept by name."""
    return _Google(row).card()


class _Google:
    def __init__(self, row: Row) -> None:
        self._row = row
        self._left = {column: cell for column, cell in row.cells.items() if cell.strip()}
        self._writing = Writing()

    def card(self) -> Card:
        self._name()
        self._work()
        for label, value in self._valued("e-mail"):
            self._writing.labelled("EMAIL", value, label)
        for label, value in self._valued("phone"):
            self._writing.labelled("TEL", value, label)
        self._addresses()
        for label, value in self._valued("website"):
            self._writing.labelled("URL", value, label)
        self._writing.day("BDAY", self._take("birthday"))
        for label, value in self._valued("event"):
            is_anniversary = label.removeprefix("*").strip().casefold() == "anniversary"
            self._writing.day(
                "ANNIVERSARY" if is_anniversary else "X-ABDATE", value, "" if is_anniversary else label
            )
        self._others()
        for column, cell in self._left.items():
            if column not in _PASSED:
                self._writing.keep(column.capitalize(), cell)
        return self._writing.card

    def _name(self) -> None:
        parts = {part: self._first_of(columns) for part, columns in _NAMES.items()}
        filed = " ".join(self._take("file as").split())
        if filed and not any(parts.values()) and not self._left.get("organization name"):
            parts["shown"] = filed
        elif filed and not _is_usual(filed, parts):
            self._left["file as"] = filed
        self._writing.name(**parts)
        for column, name in _TEXTS.items():
            self._writing.say(name, self._take(column))

    def _work(self) -> None:
        jobs = [*self._numbered("organization")]
        plain = {part: self._take(f"organization {part}") for part in ("name", "title", "department")}
        jobs = [plain, *jobs] if any(plain.values()) else jobs
        found = [
            {part: split[at] for part, split in several_parts.items()}
            for job in jobs
            for several_parts in [_aligned(job)]
            for at in range(len(next(iter(several_parts.values()), [])))
        ]
        for job in found:
            self._writing.work(
                organisation=job.pop("name", ""),
                department=job.pop("department", ""),
                title=job.pop("title", ""),
                is_only=len(found) == 1,
            )
            for part, value in job.items():
                if part not in {"type", "label", "yomi name"}:
                    self._writing.keep(f"Organization {part}", value)

    def _addresses(self) -> None:
        for parts in self._numbered("address"):
            label = parts.pop("label", "") or parts.pop("type", "")
            kinds, _, _ = kinds_of(label)
            split = _aligned(parts)
            for at in range(len(next(iter(split.values()), []))):
                said = {part: values[at] for part, values in split.items()}
                address = PostalAddress(
                    street=said.get("street", ""),
                    extended=said.get("extended address", ""),
                    po_box=said.get("po box", ""),
                    locality=said.get("city", ""),
                    region=said.get("region", ""),
                    postal_code=said.get("postal code", ""),
                    country=code_of(said.get("country", "")) or "",
                    country_name=said.get("country", ""),
                    place=next(iter(kinds), ""),
                    label=said.get("formatted", ""),
                )
                self._writing.address(address, label)

    def _others(self) -> None:
        self._writing.say("GENDER", {"male": "M", "female": "F"}.get(self._row["gender"].lower(), ""))
        if self._row["gender"].lower() in {"male", "female", "unspecified"}:
            self._take("gender")
        for label, value in self._valued("relation"):
            self._writing.related(value, label.removeprefix("*").strip() or "Relation")
        for parts in self._numbered("im"):
            service = parts.get("service", "").casefold() or "im"
            for value in several(parts.get("value", "")):
                self._writing.labelled(
                    "IMPP", value if ":" in value else f"{service}:{value}", parts.get("type", "")
                )
        for label, value in self._valued("custom field"):
            self._writing.keep(label or "Custom field", value)
        self._writing.say("NOTE", self._take("notes").replace("\r\n", "\n"))
        self._writing.say("PHOTO", self._take("photo"))
        groups = [*several(self._take("labels")), *several(self._take("group membership"))]
        self._writing.labels([group.removeprefix("*") for group in groups])

    def _take(self, column: str) -> str:
        return self._left.pop(column, "").strip()

    def _first_of(self, columns: tuple[str, ...]) -> str:
        found = [" ".join(self._take(column).split()) for column in columns]
        return next(filter(None, found), "")

    def _numbered(self, kind: str) -> Iterator[dict[str, str]]:
        """Give the parts of each `Kind 1 - Part` in the order of the numbers; they count as read."""
        found: dict[int, dict[str, str]] = {}
        for column in list(self._left):
            match = _NUMBERED.fullmatch(column)
            if match and match[1] == kind:
                found.setdefault(int(match[2]), {})[match[3]] = self._take(column)
        yield from (parts for _, parts in sorted(found.items()))

    def _valued(self, kind: str) -> Iterator[tuple[str, str]]:
        """Give each value of `Kind 1 - Value` with its label."""
        for parts in self._numbered(kind):
            for value in several(parts.get("value", "")):
                yield parts.get("label", "") or parts.get("type", ""), value


def _is_usual(filed: str, parts: Mapping[str, str]) -> bool:
    """Whether somebody is filed as the book would file them anyway."""
    words = filed.replace(",", " ").split()
    return sorted(words) == sorted(" ".join(parts.values()).split()) or set(words) == {
        *parts["given"].split(),
        *parts["family"].split(),
    }


def _aligned(parts: Mapping[str, str]) -> dict[str, list[str]]:
    """Give the values of cells that belong together side by side; one that has fewer is empty at the others."""
    split = {part: several(cell) for part, cell in parts.items()}
    most = max(map(len, split.values()), default=0)
    return {part: [*values, *[""] * (most - len(values))] for part, values in split.items()}
