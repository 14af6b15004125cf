"""One template and its data through typst, with the fonts inside it; what cannot be set is said in a sentence."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst

_STANDARD = "a-2b"
"""PDF/A-2b (ISO 19005-2) forbids a glyph that is missing, so typst names each instead of printing an empty box."""

_MISSING = re.compile(r'the text `"(?P<text>(?:[^"\\]|\\.)+)"` could not be displayed')
_ESCAPE = re.compile(r"\\(?:u\{(?P<code>[0-9a-f]+)\}|(?P<sign>.))")
_NAMED = 8
_TOO_MUCH = "too much for the envelope"


class CannotBeSet(Exception):
    """Something on the sheet cannot be typeset; carries the sentence to show."""


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """The fonts inside typst alone, so that a letter looks the same on every machine."""
    return typst.Fonts(include_system_fonts=False)


def printed(template: str, data: Mapping[str, Any]) -> bytes:
    """Give a PDF. `data` reaches the template as JSON and is never read as markup. Raises CannotBeSet."""
    return _compiled(template, data, format="pdf", pdf_standards=[_STANDARD])[0]


def pictured(template: str, data: Mapping[str, Any], *, dots: int = 110) -> list[bytes]:
    """Give a PNG a page, at so many dots an inch. Raises CannotBeSet as printing would."""
    printed(template, data)
    return _compiled(template, data, format="png", ppi=float(dots))


def _compiled(template: str, data: Mapping[str, Any], **how: Any) -> list[bytes]:
    place = files("rapport.gateways.typesetting").joinpath(f"{template}.typ")
    given = {"data": json.dumps(data)}
    try:
        made, _ = typst.compile_with_warnings(
            Path(str(place)), font_paths=_fonts(), ignore_system_fonts=True, sys_inputs=given, **how
        )
    except typst.TypstError as error:
        raise CannotBeSet(_sentence(f"{error.message}\n{error.diagnostic}")) from error
    return made if isinstance(made, list) else [made]


def _sentence(said: str) -> str:
    found = (sign for match in _MISSING.finditer(said) for sign in _unescaped(match["text"]))
    missing = list(dict.fromkeys(found))
    if missing:
        named = ", ".join(map(_named, missing[:_NAMED]))
        more = f" and {len(missing) - _NAMED} more" if len(missing) > _NAMED else ""
        return (
            f"This cannot be printed: the fonts that come with Rapport have no sign for {named}{more}."
            " Write it in other letters, or copy it by hand."
        )
    if _TOO_MUCH in said:
        return "The address is too long for this envelope. Shorten it, or choose a larger envelope."
    return f"This cannot be printed: {said.splitlines()[0]}."


def _named(sign: str) -> str:
    code = f"U+{ord(sign):04X}"
    return f"“{sign}” ({code})" if sign.isprintable() else code


def _unescaped(text: str) -> Iterator[str]:
    plain = _ESCAPE.sub(lambda found: chr(int(found["code"], 16)) if found["code"] else found["sign"], text)
    yield from plain
