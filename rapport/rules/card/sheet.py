"""A card as a row of a table, with the columns that Google's address book writes and reads (as of 2024)."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from io import StringIO

from rapport.rules.card.addresses import PostalAddress
from rapport.rules.card.card import Card
from rapport.rules.card.jobs import JOBS
from rapport.rules.card.reach import MAILS, PHONES, WEB_PAGES

_AND = " ::: "
"""What Google writes between several values of one cell."""

_SEVERAL = 3
_PLACES = 2
_ADDRESS = ("Label", "Street", "City", "PO Box", "Region", "Postal Code", "Country", "Extended Address")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""With any of these first, a spreadsheet takes a cell for a formula (OWASP, "CSV Injection")."""

_NUMBER = re.compile(r"[+-]{1,2}[0-9][0-9 ().-]*")


def _numbered(name: str, parts: Sequence[str], count: int) -> list[str]:
    return [f"{name} {number} - {part}" for number in range(1, count + 1) for part in parts]


HEADER = (
    *("Name Prefix", "First Name", "Middle Name", "Last Name", "Name Suffix", "Nickname"),
    *("Organization Name", "Organization Title", "Organization Department", "Birthday", "Notes", "Labels"),
    *_numbered("E-mail", ("Label", "Value"), _SEVERAL),
    *_numbered("Phone", ("Label", "Value"), _SEVERAL),
    *_numbered("Address", _ADDRESS, _PLACES),
    *_numbered("Website", ("Label", "Value"), 2),
)


def row_of(card: Card) -> list[str]:
    """Give the cells of a card, as many as `HEADER` has columns; what has no column is left out."""
    family, given, middle, prefix, suffix = _name(card)
    jobs = [job for job in JOBS.of(card) if not job.is_former]
    departments = [", ".join(prop.components[1:]).strip(", ") for prop in card.every("ORG")]
    return [
        *(prefix, given, middle, family, suffix),
        next((prop.text for prop in card.every("NICKNAME")), ""),
        _AND.join(job.organisation for job in jobs),
        _AND.join(job.title for job in jobs),
        _AND.join(departments) if any(departments) else "",
        str(card.birthday or next((prop.text for prop in card.every("BDAY")), "")),
        card.note,
        _AND.join(card.categories),
        *_cells(
            [({"social": "Home"}.get(mail.sphere, "Work"), mail.address) for mail in MAILS.of(card)], _SEVERAL
        ),
        *_cells([(phone.kind.capitalize(), phone.number) for phone in PHONES.of(card)], _SEVERAL),
        *_places(card.addresses),
        *_cells([(page.label, page.address) for page in WEB_PAGES.of(card)], 2),
    ]


def line(cells: Sequence[str]) -> bytes:
    """Write a row in UTF-8; a cell that a spreadsheet would take for a formula begins with an apostrophe."""
    kept = StringIO()
    csv.writer(kept, lineterminator="\r\n").writerow([safe(cell) for cell in cells])
    return kept.getvalue().encode("utf-8", "replace")


def safe(cell: str) -> str:
    """Give a cell that no spreadsheet takes for a formula, also behind blanks that it passes over.

    A telephone number or a day without a year begins like one and stays: of digits and what stands between them no
    spreadsheet makes more than a sum, and an address book would not know the number again behind an apostrophe.
    """
    cell = cell.replace("\0", "")
    return f"'{cell}" if _begins_like_a_formula(cell) and not _NUMBER.fullmatch(cell) else cell


def bare(cell: str) -> str:
    """Give a cell as it was before `safe`, as others write it, too, who guard numbers as well."""
    return cell[1:] if cell.startswith("'") and _begins_like_a_formula(cell[1:]) else cell


def _begins_like_a_formula(cell: str) -> bool:
    return cell.startswith(_FORMULA) or cell.lstrip().startswith(_FORMULA)


def _name(card: Card) -> tuple[str, str, str, str, str]:
    parts = next((prop.components for prop in card.every("N")), ())
    family, given, middle, prefix, suffix = (*(part.strip() for part in parts), *("",) * 5)[:5]
    if not any((family, given, middle)):
        return "", "" if card.name == card.organisation else card.name, "", "", ""
    return family, given, middle, prefix, suffix


def _cells(said: Sequence[tuple[str, str]], count: int) -> list[str]:
    """Pairs of label and value; what is more than there are columns stands in the last one."""
    kept, more = [list(one) for one in said[:count]], said[count:]
    if more:
        kept[-1][1] = _AND.join([kept[-1][1], *(value for _, value in more)])
    return [cell for one in [*kept, *[["", ""]] * (count - len(kept))] for cell in one]


def _places(addresses: Sequence[PostalAddress]) -> list[str]:
    cells = [
        cell
        for one in addresses[:_PLACES]
        for cell in (
            *(one.place.capitalize(), one.street, one.locality, one.po_box, one.region, one.postal_code),
            *(one.country_name or one.country, one.extended),
        )
    ]
    return [*cells, *[""] * (_PLACES * len(_ADDRESS) - len(cells))]
