"""The card itself: an immutable sequence of properties with typed readings of what is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from rapport.rules.card.addresses import PostalAddress, addresses_of
from rapport.rules.card.dates import PartialDate, partial_date
from rapport.rules.card.folding import charset_of, content_lines, encoded, folded
from rapport.rules.card.lines import Property, escape, properties_of, split_unescaped, unescape, written
from rapport.rules.card.names import put_together, taken_apart

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Card:
    """Contact data as a vCard holds it: the unfolded lines between BEGIN and END, in their order.

    Unedited, the lines come back exactly as they were read; only what is asked for is taken apart.
    """

    __slots__ = ("_by_name", "_properties", "lines")

    lines: tuple[str, ...]
    _properties: tuple[Property, ...] | None
    _by_name: dict[str, list[Property]] | None

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = tuple(lines)
        self._properties = None
        self._by_name = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the first card of a text; raises ValueError when there is none."""
        for card in cls.all(text):
            return card
        raise ValueError("This is not a vCard: there is no line BEGIN:VCARD.")

    @classmethod
    def all(cls, text: str) -> Iterator[Self]:
        """Read every card of a text; lines outside of cards are passed over, an unfinished card ends with the text."""
        depth = 0
        lines: list[str] = []
        for line in content_lines(text):
            word = line[:12].rstrip().upper() if line[0] in "BbEe" else ""
            if word == "BEGIN:VCARD":
                depth += 1
                if depth == 1:
                    lines = []
                    continue
            elif word == "END:VCARD" and depth:
                depth -= 1
                if not depth:
                    yield cls(lines)
                    continue
            if depth:
                lines.append(line)
        if depth:
            yield cls(lines)

    @classmethod
    def of(  # noqa: PLR0913  (one argument a property, all by name)
        cls,
        *,
        name: str,
        given: str = "",
        family: str = "",
        email: str = "",
        phone: str = "",
        title: str = "",
        organisation: str = "",
        url: str = "",
        note: str = "",
        uid: str = "",
    ) -> Self:
        """Make a vCard 4.0 of plain texts; empty ones are left out. Without its parts, a name is taken apart."""
        if not given and not family:
            family, given = taken_apart(name)
        said = [
            ("UID", escape(uid)),
            ("FN", escape(_one_line(name))),
            ("N", f"{escape(_one_line(family))};{escape(_one_line(given))};;;" if name.strip() else ""),
            ("EMAIL", escape(_one_line(email))),
            ("TEL", escape(_one_line(phone))),
            ("ORG", escape(_one_line(organisation))),
            ("TITLE", escape(_one_line(title))),
            ("URL", _one_line(url)),
            ("NOTE", escape(note.strip())),
        ]
        return cls(["VERSION:4.0", *(f"{key}:{value}" for key, value in said if value)])

    def saying(self, *, address: PostalAddress | None = None, signature: str = "") -> Self:
        """Give the card with a postal address and a signature added; what says nothing is left out."""
        lines = list(self.lines)
        if address is not None and str(address):
            lines.append(written(address.prop))
        if signature.strip():
            lines.append(f"X-SIGNATURE:{escape(signature.strip())}")
        return type(self)(lines)

    @property
    def properties(self) -> tuple[Property, ...]:
        """Give the lines taken apart; a card nested in this one (AGENT of vCard 2.1) is not looked into."""
        if self._properties is None:
            self._properties = properties_of(self.lines)
        return self._properties

    def every(self, name: str) -> tuple[Property, ...]:
        """Give all properties of a name (in capitals) that have a value, the preferred ones first."""
        if self._by_name is None:
            self._by_name = {}
            for prop in self.properties:
                if prop.value.strip():
                    self._by_name.setdefault(prop.name, []).append(prop)
        found = self._by_name.get(name)
        if found is None:
            return ()
        return tuple(sorted(found, key=_preference)) if len(found) > 1 else tuple(found)

    def _texts(self, name: str) -> tuple[str, ...]:
        texts = [prop.text.strip() for prop in self.every(name)]
        return tuple(dict.fromkeys(filter(None, texts))) if texts else ()

    def _first(self, name: str) -> str:
        return next(iter(self._texts(name)), "")

    @property
    def version(self) -> str:
        """Give 2.1, 3.0 or 4.0; 3.0 when the card does not say."""
        return self._first("VERSION") or "3.0"

    @property
    def name(self) -> str:
        """Give the formatted name; without one the name put together, or what else there is to call somebody by."""
        formatted = self._first("FN")
        if formatted:
            return " ".join(formatted.split())
        for prop in self.every("N"):
            family, given, middle, prefix, suffix = (*(part.strip() for part in prop.components), *("",) * 5)[
                :5
            ]
            together = put_together(given, family, middle=middle, prefix=prefix, suffix=suffix)
            if together:
                return together
        known = (self._first("NICKNAME"), self.organisation, *self.emails, *self.phones, *self.urls)
        return next(filter(None, known), "") or next(map(str, self.addresses), "")

    @property
    def family_name(self) -> str:
        """Give the family name as the structured name states it."""
        return next((prop.components[0].strip() for prop in self.every("N")), "")

    @property
    def given_name(self) -> str:
        """Give the given name as the structured name states it."""
        parts = next((prop.components for prop in self.every("N")), ())
        return parts[1].strip() if len(parts) > 1 else ""

    @property
    def emails(self) -> tuple[str, ...]:
        """Give the e-mail addresses as written, without repeats."""
        return tuple(text.removeprefix("mailto:") for text in self._texts("EMAIL"))

    @property
    def phones(self) -> tuple[str, ...]:
        """Give the telephone numbers as written, without repeats."""
        return tuple(text.removeprefix("tel:") for text in self._texts("TEL"))

    @property
    def organisation(self) -> str:
        """Give the organisation's name, without its departments."""
        names = (prop.components[0].strip() for prop in self.every("ORG"))
        return next(filter(None, names), "")

    @property
    def title(self) -> str:
        """Give the job title as written; without one the stated ROLE."""
        return self._first("TITLE") or self._first("ROLE")

    @property
    def urls(self) -> tuple[str, ...]:
        """Give web addresses, profiles on networks among them."""
        return tuple(
            dict.fromkeys(
                (*self._texts("URL"), *self._texts("X-SOCIALPROFILE"), *self._texts("SOCIALPROFILE")),
            ),
        )

    @property
    def note(self) -> str:
        """Give all notes as one text, a blank line between two."""
        return "\n\n".join(self._texts("NOTE"))

    @property
    def addresses(self) -> tuple[PostalAddress, ...]:
        """Give the postal addresses, the preferred one first, without repeats."""
        return addresses_of(self.properties, self.every("ADR"))

    @property
    def postal_address(self) -> PostalAddress | None:
        """Give where letters go: the preferred address that names a street or a box, at work before at home."""
        usable = (address for address in self.addresses if address.reaches or address.label)
        return min(usable, key=lambda address: address.place == "home", default=None)

    @property
    def birthday(self) -> PartialDate | None:
        """Give the birthday, also one without its year; None when the card states none that can be read."""
        return next(filter(None, (partial_date(prop.text) for prop in self.every("BDAY"))), None)

    @property
    def dates(self) -> tuple[tuple[str, PartialDate], ...]:
        """Give other days with their labels, each once: programs write one as ANNIVERSARY and as X-ABDATE, too."""
        found: dict[PartialDate, str] = {}
        for name in ("ANNIVERSARY", "X-ANNIVERSARY", "X-EVOLUTION-ANNIVERSARY", "X-ABDATE"):
            for prop in self.every(name):
                day = partial_date(prop.text)
                if day is not None:
                    label = self.label_of(prop) if name == "X-ABDATE" else "Anniversary"
                    found.setdefault(day, label)
        return tuple((label, day) for day, label in found.items())

    @property
    def categories(self) -> tuple[str, ...]:
        """Give the labels the card is kept under, without repeats."""
        said = (
            unescape(part).strip()
            for prop in self.every("CATEGORIES")
            for part in split_unescaped(prop.decoded, ",")
        )
        return tuple(dict.fromkeys(filter(None, said)))

    def label_of(self, prop: Property) -> str:
        """Give the words beside a property (X-ABLabel of its group), without the marks of Apple's own; "" for none."""
        if not prop.group:
            return ""
        group = prop.group.lower()
        said = (other.text.strip() for other in self.every("X-ABLABEL") if other.group.lower() == group)
        return next(said, "").removeprefix("_$!<").removesuffix(">!$_")

    @property
    def is_organisation(self) -> bool:
        """Say whether the card is that of a company (KIND:org, Apple's X-ABShowAs:COMPANY), not of somebody in it."""
        return self._first("KIND").lower() == "org" or self._first("X-ABSHOWAS").upper() == "COMPANY"

    @property
    def is_somebodys(self) -> bool:
        """Say whether the card is a person's: it is where KIND is missing or unknown (RFC 6350, 6.1.4).

        Companies, lists, places, programs (RFC 6473) and devices (RFC 6869) are nobody one meets.
        """
        kind = self._first("KIND").lower()
        return not (self.is_organisation or self.is_group or kind in {"location", "application", "device"})

    @property
    def signature(self) -> str:
        """Give what its owner writes under letters and mails (X-SIGNATURE, Rapport's own), or an empty text."""
        return self._first("X-SIGNATURE")

    @property
    def uid(self) -> str:
        """Give the card's identifier, or an empty text."""
        return self._first("UID")

    @property
    def is_group(self) -> bool:
        """Say whether the card is a list of people (KIND:group and Apple's older word for it)."""
        return "group" in {self._first("KIND").lower(), self._first("X-ADDRESSBOOKSERVER-KIND").lower()}

    def text(self) -> str:
        """Write the card, folded, with CRLF; vCard 2.1 folds by other rules and is therefore left unfolded."""
        is_old = any("2.1" in line for line in self.lines) and self.version == "2.1"
        lines = self.lines if is_old else map(folded, self.lines)
        return "\r\n".join(["BEGIN:VCARD", *lines, "END:VCARD", ""])

    def octets(self) -> bytes:
        """Give `text` as a file holds it: UTF-8, and each line that states another charset in that one."""
        if not any("CHARSET" in line.upper() for line in self.lines):
            return self.text().encode("utf-8", "surrogatepass")
        lines = [encoded(line) if charset_of(line) else encoded(folded(line)) for line in self.lines]
        return b"\r\n".join([b"BEGIN:VCARD", *lines, b"END:VCARD", b""])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Card) and self.lines == other.lines

    def __hash__(self) -> int:
        return hash(self.lines)

    def __repr__(self) -> str:
        return f"<Card {self.name!r}, {len(self.lines)} lines>"


def _preference(prop: Property) -> int:
    """Order by PREF: 1 first (RFC 6350 section 5.3), TYPE=pref as 1, unsaid last."""
    stated = prop.parameter("PREF")
    if stated.isascii() and stated.isdigit():
        return int(stated[:4])
    return 1 if "pref" in prop.types else 101


def _one_line(text: str) -> str:
    return " ".join(text.split())
