"""Letters and envelopes as typst prints them, read back from the PDF."""

import struct
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapport.gateways.typesetting import (
    CannotBeSet,
    envelope_pdf,
    envelope_pictures,
    letter_pdf,
    letter_pictures,
)
from rapport.rules.card import PostalAddress
from rapport.rules.letter import ENVELOPES, PAPERS, Party, letter_of
from tests.pdf import pages

LISBON = PostalAddress(street="Rua Augusta 10", locality="Lisboa", postal_code="1100-053", country="PT")
BERLIN = PostalAddress(street="Unter den Linden 5", locality="Berlin", postal_code="10117", country="DE")
ALEX = Party("Alex Morgan", address=BERLIN, email="alex.morgan@mail.example")
DANA = Party("Dana Lee", "Initech", LISBON)
WORDS = "Dear Dana,\n\nThank you for our talk.\n\nWith my thanks,\nAlex Morgan"
TO = DANA.block(ALEX)
FROM = ALEX.block(DANA)


def letter(text=WORDS):
    return letter_of(text, sender=ALEX, recipient=DANA, day=date(2026, 11, 23))


def size_of(picture):
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", picture[16:24])


@pytest.mark.parametrize(("paper", "width", "height"), [("a4", 210, 297), ("us-letter", 215.9, 279.4)])
def test_a_letter_has_the_size_of_its_paper_and_says_everything_once(paper, width, height):
    (page,) = pages(letter_pdf(letter(), PAPERS[paper]))
    assert (page.width, page.height) == pytest.approx((width, height), abs=0.1)
    assert page.lines == [
        *FROM, "alex.morgan@mail.example",
        *TO,
        "Berlin, 23 November 2026",
        "Dear Dana,", "Thank you for our talk.", "With my thanks,", "Alex Morgan",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("size", "width", "height"), [("dl", 220, 110), ("c6", 162, 114), ("no10", 241.3, 104.8)]
)
def test_an_envelope_has_its_size_and_its_addresses_where_the_post_reads_them(size, width, height):
    (page,) = pages(envelope_pdf(TO, FROM, ENVELOPES[size]))
    assert (page.width, page.height) == pytest.approx((width, height), abs=0.1)
    assert page.lines == [*FROM, *TO]
    to = [run for run in page.runs if run.text in TO and run.y > 40]
    assert [run.text for run in to] == list(TO)
    assert all(run.y - run.size * 0.3528 >= 40 for run in to), (
        "above the address: 40 mm for the postage and marks"
    )
    assert all(run.x >= width - 140 for run in to), "no more than 140 mm from the right edge"
    assert all(run.y <= height - 15.9 for run in to), "below it the bar code's 5/8 inch"
    sender = [run for run in page.runs if run not in to]
    assert all(run.x < 15 and run.y < 40 for run in sender)


@pytest.mark.parametrize("size", ENVELOPES)
def test_a_long_address_is_set_smaller_until_it_fits(size):
    lines = [f"Department number {number} of a very long name indeed" for number in range(11)]
    (page,) = pages(envelope_pdf(lines, FROM, ENVELOPES[size]))
    to = [run for run in page.runs if run.text.startswith("Department")]
    assert [run.text for run in to] == lines
    assert to[-1].y <= page.height - 15.9
    assert to[0].size < 13


def test_an_address_that_fits_on_no_envelope_is_said():
    with pytest.raises(CannotBeSet, match="too long for this envelope"):
        envelope_pdf(["A very long line of an address " * 6] * 20, FROM, ENVELOPES["c6"])


@pytest.mark.parametrize(
    "hostile",
    [
        '#panic("run")', "$ x^2 $", "\\", '"', "= Heading", "*bold* _thin_", '#read("/etc/passwd")', "@label <label>",
        "`raw`", "// no comment", "#sys.inputs.data", "{{ 7 * 7 }}", "<b>", "https://rapport.example/#a",
    ],
)  # fmt: skip
def test_words_are_never_read_as_markup(hostile):
    words = letter(f"Dear Dana,\n\n{hostile} and more.\n\nWarmly,\n{hostile}")
    made = replace(words, sender=(hostile,), recipient=(hostile,), place_and_date=hostile, contact=())
    (page,) = pages(letter_pdf(made, PAPERS["a4"]))
    assert page.lines == [hostile, hostile, hostile, "Dear Dana,", f"{hostile} and more.", "Warmly,", hostile]
    (page,) = pages(envelope_pdf([hostile, "x"], [hostile], ENVELOPES["dl"]))
    assert page.lines == [hostile, hostile, "x"]


def test_scripts_that_the_fonts_cover_are_printed():
    (page,) = pages(letter_pdf(letter("Łódź, Ελλάδα, Привет, ß, Å, ő, №, “ ” – — … €"), PAPERS["a4"]))
    assert "Łódź, Ελλάδα, Привет, ß, Å, ő, №, “ ” – — … €" in page.lines


def test_a_missing_glyph_is_named_in_a_sentence():
    with pytest.raises(CannotBeSet) as refused:
        letter_pdf(letter("Thank you, 山田さん 😀."), PAPERS["a4"])
    sentence = str(refused.value)
    assert (
        "no sign for “山” (U+5C71), “田” (U+7530), “さ” (U+3055), “ん” (U+3093), “😀” (U+1F600)." in sentence
    )
    assert "copy it by hand" in sentence
    with pytest.raises(CannotBeSet, match="no sign for “山”"):
        envelope_pdf(["山"], [], ENVELOPES["dl"])
    with pytest.raises(CannotBeSet, match="U\\+5C71"):
        letter_pictures(letter("山"), PAPERS["a4"])


def test_many_missing_glyphs_are_counted():
    with pytest.raises(CannotBeSet, match=r"and \d+ more"):
        letter_pdf(letter("一二三四五六七八九十"), PAPERS["a4"])


def test_a_long_letter_runs_over_pages_and_a_word_without_end_stays_on_the_paper():
    text = "Dear Dana,\n\n" + "\n\n".join(["A sentence of some length, said again and again. " * 12] * 12)
    made = pages(letter_pdf(letter(text), PAPERS["a4"]))
    assert len(made) > 1
    (page,) = pages(letter_pdf(letter("x" * 500), PAPERS["a4"]))
    long = [run for run in page.runs if set(run.text) == {"x"}]
    assert sum(run.text.count("x") for run in long) == 500
    assert len({round(run.y) for run in long}) > 5


def test_a_picture_shows_each_page_at_its_size():
    (picture,) = letter_pictures(letter(), PAPERS["a4"])
    assert size_of(picture) == pytest.approx((210 / 25.4 * 110, 297 / 25.4 * 110), abs=2)
    (envelope,) = envelope_pictures(TO, FROM, ENVELOPES["dl"])
    assert size_of(envelope) == pytest.approx((220 / 25.4 * 110, 110 / 25.4 * 110), abs=2)
    assert envelope_pictures(TO, (), ENVELOPES["dl"])[0] != envelope


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(), max_size=120))
def test_any_text_is_printed_or_refused_with_a_sentence(text):
    try:
        made = letter_pdf(letter(text), PAPERS["a4"])
    except CannotBeSet as refusal:
        sentence = str(refusal)
    else:
        sentence = ""
        assert pages(made)[0].lines[0] == "Alex Morgan"
    assert not sentence or sentence.startswith(
        "This cannot be printed: the fonts that come with Rapport have no sign for"
    )
