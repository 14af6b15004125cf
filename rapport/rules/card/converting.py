"""A card written in another version of vCard: 2.1 and 3.0 (RFC 2426) as 4.0 (RFC 6350), and back to 3.0.

A card that is of the version already comes back line by line as it was read. What a version has no word for keeps its
name: every reader passes over properties that it does not know, and Rapport reads them again.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Iterator, Mapping

from rapport.rules.card.card import Card
from rapport.rules.card.dates import partial_date
from rapport.rules.card.lines import Property, escape, outer, unescape, written
from rapport.rules.card.names import taken_apart

_DATA = re.compile(r"data:([^,;]*)(?:;[^,;]*)*;base64,", re.IGNORECASE)
_PICTURES = frozenset({"PHOTO", "LOGO", "SOUND", "KEY"})
_DAYS = frozenset({"BDAY", "ANNIVERSARY"})
_MEDIA = {"SOUND": "audio", "KEY": "application"}
_TO_4: Mapping[str, str] = {
    "X-ANNIVERSARY": "ANNIVERSARY",
    "X-EVOLUTION-ANNIVERSARY": "ANNIVERSARY",
    "X-ADDRESSBOOKSERVER-KIND": "KIND",
    "X-ADDRESSBOOKSERVER-MEMBER": "MEMBER",
    "X-SOCIALPROFILE": "SOCIALPROFILE",
    "X-GENDER": "GENDER",
}
_TO_3: Mapping[str, str] = {
    "ANNIVERSARY": "X-ANNIVERSARY",
    "KIND": "X-ADDRESSBOOKSERVER-KIND",
    "MEMBER": "X-ADDRESSBOOKSERVER-MEMBER",
    "SOCIALPROFILE": "X-SOCIALPROFILE",
    "GENDER": "X-GENDER",
}
_URIS = ("tel:", "mailto:")


def converted(card: Card, version: str) -> Card:
    """Give a card in version "3.0" or "4.0"; ValueError for another one."""
    if version not in {"3.0", "4.0"}:
        raise ValueError(f"Cards are written as vCard 3.0 or 4.0, not {version}.")
    if card.version == version and card.every("FN"):
        return card
    change = _to_4 if version == "4.0" else _to_3
    lines: list[str] = []
    stated = set[str]()
    for line, prop in zip(card.lines, outer(card.lines), strict=True):
        if prop is None or prop.name == "VERSION" or (prop.name == "AGENT" and not prop.value.strip()):
            continue  # the card of an agent within this one (2.1) has no place in another version
        stated |= {prop.name} if prop.value.strip() else set()
        lines += map(written, change(_plain(prop))) if card.version != version else [line]
    return Card([f"VERSION:{version}", *_names(card, version, stated), *lines])


def _names(card: Card, version: str, stated: set[str]) -> Iterator[str]:
    """FN is asked for in both versions, N in 3.0."""
    if "FN" not in stated:
        yield f"FN:{escape(card.name)}"
    if version == "3.0" and "N" not in stated:
        family, given = taken_apart(card.name)
        yield f"N:{escape(family)};{escape(given)};;;"


def _plain(prop: Property) -> Property:
    """Write the value in plain letters: what QUOTED-PRINTABLE and CHARSET were for is UTF-8 now."""
    parameters = tuple((name, said) for name, said in prop.parameters if name != "CHARSET")
    if prop.parameter("ENCODING").upper() == "QUOTED-PRINTABLE":
        parameters = tuple((name, said) for name, said in parameters if name != "ENCODING")
        value = prop.decoded.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")
        return prop._replace(value=value, parameters=parameters)
    return prop._replace(parameters=parameters)


def _to_4(prop: Property) -> Iterator[Property]:
    types = [kind for kind in _types(prop) if kind not in {"pref", "internet", "x400"}]
    parameters = [*_others(prop), *(("TYPE", kind) for kind in types)]
    if "pref" in prop.types and not prop.parameter("PREF"):
        parameters.append(("PREF", "1"))
    fresh = prop._replace(name=_TO_4.get(prop.name, prop.name), parameters=tuple(parameters))
    if prop.name in _PICTURES and prop.parameter("ENCODING").upper() in {"B", "BASE64"}:
        kind = next(iter(types), "").lower()
        media = kind if "/" in kind else f"{_MEDIA.get(prop.name, 'image')}/{kind or 'jpeg'}"
        encoded = "".join(prop.value.split())
        kept = tuple((name, said) for name, said in parameters if name not in {"ENCODING", "TYPE", "VALUE"})
        yield fresh._replace(value=f"data:{media};base64,{encoded}", parameters=kept)
    elif fresh.name in _DAYS and (day := partial_date(prop.text)):
        kept = tuple((name, said) for name, said in parameters if name not in {"VALUE", "X-APPLE-OMIT-YEAR"})
        yield fresh._replace(value=day.basic, parameters=kept)
    elif prop.name == "GEO" and ";" in prop.value:
        yield fresh._replace(value=f"geo:{prop.value.replace(';', ',')}")
    else:
        yield fresh


def _to_3(prop: Property) -> Iterator[Property]:
    types = _types(prop)
    if prop.parameter("PREF") == "1" and "pref" not in types:
        types.append("pref")
    label = prop.parameter("LABEL") if prop.name == "ADR" else ""
    left_out = {"PREF", "MEDIATYPE", "ALTID", "PID", *(("LABEL",) if label else ())}
    parameters = [(name, said) for name, said in _others(prop) if name not in left_out]
    parameters += [("TYPE", kind) for kind in types]
    fresh = prop._replace(name=_TO_3.get(prop.name, prop.name), parameters=tuple(parameters))
    if prop.name in _PICTURES and (match := _DATA.match(prop.value.strip())):
        yield _picture(fresh, match[1], prop.value.strip()[match.end() :])
    elif prop.name in _DAYS and (day := partial_date(prop.text)) and day.month and day.day:
        kept = [(name, said) for name, said in parameters if name not in {"VALUE", "CALSCALE"}]
        # How Apple writes a birthday without its year, and others read it; 3.0 has nothing for it.
        omitted = [] if day.year else [("X-APPLE-OMIT-YEAR", "1604")]
        value = str(day if day.year else day._replace(year=1604))
        yield fresh._replace(value=value, parameters=tuple(kept + omitted))
    elif prop.name == "GEO":
        yield fresh._replace(value=prop.value.removeprefix("geo:").replace(",", ";"))
    else:
        value = next(
            (prop.value[len(uri) :] for uri in _URIS if prop.value.lower().startswith(uri)), prop.value
        )
        is_uri = value != prop.value
        kept = [(name, said) for name, said in parameters if not (is_uri and name == "VALUE")]
        yield fresh._replace(value=value, parameters=tuple(kept))
    if label:
        kinds = tuple(("TYPE", kind) for kind in types if kind != "pref")
        yield Property("LABEL", escape(unescape(label)), kinds, prop.group)


def _picture(prop: Property, media: str, encoded: str) -> Property:
    try:
        octets = b64encode(b64decode("".join(encoded.split()))).decode("ascii")
    except (Error, ValueError):
        return prop
    kind = media.rpartition("/")[2].upper()
    others = tuple((name, said) for name, said in prop.parameters if name != "VALUE")
    return prop._replace(
        value=octets, parameters=(*others, ("ENCODING", "b"), *((("TYPE", kind),) if kind else ()))
    )


def _types(prop: Property) -> list[str]:
    """The values of TYPE in their order, each once and in small letters."""
    said = (
        part.strip().lower() for name, value in prop.parameters if name == "TYPE" for part in value.split(",")
    )
    return list(dict.fromkeys(filter(None, said)))


def _others(prop: Property) -> list[tuple[str, str]]:
    return [(name, said) for name, said in prop.parameters if name != "TYPE"]
