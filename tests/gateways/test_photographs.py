"""Codes and printed lines of pictures: real reading, of cards as cameras see them."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys

import pytest
from PIL import Image, ImageEnhance, ImageFilter

from rapport.gateways.photographs import reader
from rapport.gateways.photographs.codes import codes_in
from rapport.gateways.photographs.lines import GIVES_BACK, NotRead, lines_in
from rapport.importers.photographs.printed import Printed
from rapport.importers.photographs.reading import read_printed
from rapport.importers.pictures import LEGIBLE
from tests.drawn_cards import drawn, jpeg

VCARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Jürgen Müller\r\nEND:VCARD"


def test_all_codes_of_a_picture_are_read_from_the_top_also_slanted_and_dark():
    card = drawn((), VCARD, "https://initech.example")
    assert codes_in(jpeg(card)) == ["https://initech.example", VCARD]
    seen = ImageEnhance.Brightness(card.rotate(12, expand=True, fillcolor="gray")).enhance(0.4)
    assert codes_in(jpeg(seen)) == ["https://initech.example", VCARD]
    assert codes_in(jpeg(drawn())) == []


@pytest.fixture(scope="module")
def on_its_side():
    """The lines of a card photographed on its side: read once, which compiles all that the reader loads."""
    return lines_in(jpeg(drawn(dots=180).rotate(90, expand=True)))


def test_a_card_photographed_on_its_side_is_read_as_upright(on_its_side):
    card, _ = read_printed([Printed(*line) for line in on_its_side])
    assert card is not None
    assert (card.name, card.organisation) == ("Jürgen Müller-Lüdenscheidt", "Initech GmbH")
    assert (card.emails, len(card.phones)) == (("juergen.mueller@initech.example",), 3)


@pytest.mark.usefixtures("on_its_side")  # compiling would take up to 60 MB of the memory
def test_cards_are_read_in_low_light_noisy_and_slanted_with_bounded_memory_from_the_largest_picture():
    """Cards of three people in one picture, each as bad a photograph as another."""
    rows = ("Dana Lee", "Sam Ortiz", "Ana Reis")
    cards = [
        drawn(
            ("Initech GmbH", name, "VP Engineering", f"{name.split()[0].lower()}@initech.example"), dots=150
        )
        for name in rows
    ]
    chance = random.Random(4)  # noqa: S311  noise, not a secret
    noise = Image.frombytes("L", cards[1].size, chance.randbytes(cards[1].width * cards[1].height))
    seen = [
        ImageEnhance.Brightness(cards[0]).enhance(0.35).filter(ImageFilter.GaussianBlur(0.7)),
        Image.blend(cards[1], noise.convert("RGB"), 0.25),
        cards[2].rotate(6, expand=True, fillcolor="gray"),
    ]
    sheet, top = Image.new("RGB", (LEGIBLE, LEGIBLE), "gray"), 0
    for card in seen:
        sheet.paste(card, (0, top))
        top += card.height
    lines, peak = read_alone(jpeg(sheet))
    assert {*rows, "dana@initech.example", "sam@initech.example", "ana@initech.example"} <= lines
    assert peak < 400_000  # kilobytes: 335 to 343 MB were measured, and 780 MB at its full size


def read_alone(picture: bytes) -> tuple[set[str], int]:
    """Run the reader as `lines_in` does; give the texts of the lines, and its peak of memory in kilobytes."""
    run = "import runpy, sys; sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name='__main__')"
    told = "sys.stderr.write(open('/proc/self/status').read())"
    command = [sys.executable, "-c", f"{run}; {told}", reader.__file__, "60"]
    done = subprocess.run(  # noqa: S603  our own program
        command, input=picture, capture_output=True, check=True, env=os.environ | GIVES_BACK
    )
    peak = int(done.stderr.partition(b"VmHWM:")[2].split()[0])
    return {text for text, *_ in json.loads(done.stdout)}, peak


def test_a_reading_that_takes_too_long_or_breaks_off_is_a_sentence():
    with pytest.raises(NotRead, match="within 0 seconds"):
        lines_in(jpeg(drawn()), seconds=0.2)
    with pytest.raises(NotRead, match="could not be read"):
        lines_in(b"\xff\xd8\xff")


def test_without_the_extra_it_is_said_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    with pytest.raises(NotRead, match=r"pip install 'rapport\[ocr\]'"):
        lines_in(b"")
