"""Business cards drawn for tests: set by typst with the fonts inside it, with QR codes where some are wanted."""

from __future__ import annotations

import json
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

import segno
import typst
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Sequence

_SHEET = b"""#let lines = json(bytes(sys.inputs.lines))
#set page(width: 85mm, height: 55mm, margin: 6mm)
#for (number, line) in lines.enumerate() [ #text(size: if number == 1 {14pt} else {8.5pt}, line) \\ ]"""

INITECH = (
    "Initech GmbH",
    "Jürgen Müller-Lüdenscheidt",
    "Leiter Softwareentwicklung",
    "Hauptstraße 12 · 80331 München",
    "Tel. +49 89 1234567",
    "Mobil: +49 171 2345678",
    "Fax +49 89 1234568",
    "juergen.mueller@initech.example",
    "www.initech.example",
)
"""A card as one is handed over in Munich; its second line is the largest."""


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)


def drawn(lines: Sequence[str] = INITECH, *codes: str, dots: int = 250) -> Image.Image:
    """Give a card of 85 by 55 mm with its lines, the second the largest, and codes in its right half."""
    octets = typst.compile(
        _SHEET,
        format="png",
        ppi=float(dots),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"lines": json.dumps(list(lines))},
    )
    assert isinstance(octets, bytes)
    card = Image.open(BytesIO(octets)).convert("RGB")
    side = card.height // (2 if len(codes) < 2 else len(codes) + 1)
    for number, code in enumerate(codes):
        held = BytesIO()
        segno.make(code).save(held, kind="png", scale=8)
        square = Image.open(held).convert("RGB").resize((side, side))
        card.paste(square, (card.width - side - 20, card.height - (number + 1) * (side + 10)))
    return card


def jpeg(picture: Image.Image, **options: object) -> bytes:
    """Give a picture as a camera would save it."""
    held = BytesIO()
    picture.save(held, "JPEG", quality=85, **options)
    return held.getvalue()
