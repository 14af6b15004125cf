"""The evidence in sentences: a member sees what is the same and what is not before any number."""

from __future__ import annotations

from rapport.rules.sameness.comparing import Comparison, Evidence

RARE, COMMON = 9.5, 7.0
"""Bits of a name from which on it is called rare here (one in about a thousand), and up to which common."""

_SAID = {
    "profile same": "The same profile on the professional network.",
    "mail same": "The same e-mail address, {about}.",
    "mail differs": "Different e-mail addresses.",
    "phone same": "The same telephone number, ending in {end}.",
    "phone differs": "Different telephone numbers.",
    "switchboard": "They share {about}, as others do.",
    "employer same": "The same company, {about}.",
    "employer differs": "Different companies, {about}.",
    "title same": "The same job title.",
    "title alike": "Similar job titles.",
    "title differs": "Different job titles.",
    "born same": "Born on the same day.",
    "given same": "The same first name",
    "given sound": "First names that sound the same",
    "given nickname": "First names that are forms of one",
    "given near": "First names that differ by a letter or two",
    "given initial": "The first name fits the initial.",
    "given across": "First names that are one in two scripts",
    "given differs": "Different first names.",
    "family same": "The same last name",
    "family sound": "Last names that sound the same",
    "family near": "Last names that differ by a letter or two",
    "family part": "A part of the last name is the same",
    "family initial": "The last name fits the initial.",
    "family across": "Last names that are one in two scripts",
    "family elsewhere": "The last name stands in the other's address",
    "family differs": "Different last names.",
    "swapped yes": "First and last name are in each other's place.",
}


def reasons(comparison: Comparison) -> tuple[str, ...]:
    """Give a sentence for each piece of evidence that a person would name, the weightiest first."""
    ordered = sorted(comparison.evidence, key=lambda found: -abs(found.bits))
    return tuple(_sentence(found) for found in ordered if found.outcome in _SAID)


def _sentence(found: Evidence) -> str:
    said = _SAID[found.outcome].format(about=found.about, end=found.about.partition("x")[0][-4:])
    if said.endswith("."):
        return said.removesuffix(", .").rstrip(".") + "."
    if found.bits >= RARE:
        return f"{said}, rare in this book."
    return f"{said}, a common one." if found.bits <= COMMON else f"{said}."
