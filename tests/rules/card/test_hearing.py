"""Hearing a source: what it says twice is no news, and no word of it touches what it does not speak of."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from rapport.rules.card import Card
from rapport.rules.card.hearing import FIELDS, heard, lines_of, values_of
from rapport.rules.card.history import applied

WORDS = ["Ada", "Bell", "Cole", "Dane"]


def each(line, *said):
    return st.sampled_from([line.format(*words) for words in product(*said)])


LINES = st.one_of(
    each("TITLE:{}", WORDS),
    each("ORG:{};{}", WORDS, WORDS),
    each("TEL;TYPE={}:+351{}", ["work", "cell"], range(1, 5)),
    each("item{0}.EMAIL:{1}@x.example\nitem{0}.X-ABLabel:{1}", range(1, 3), WORDS),
    each("ADR;TYPE={}:;;{} 1;Lisboa;;;PT", ["work", "home"], WORDS),
    each("BDAY:198{}0521", range(4)),
    each("URL:https://{}.example", WORDS),
    each("NOTE:{}", WORDS),
    each("CATEGORIES:{},{}", WORDS, WORDS),
    each("PHOTO;ENCODING=b;TYPE=JPEG:/9j/{}", ["AAAA", "BBBB"]),
)


@st.composite
def cards(draw, version="4.0"):
    # No value twice: of two equal ones an edit takes the first, and it is made once.
    said = st.lists(
        LINES, max_size=7, unique_by=lambda text: (text.lstrip("item12.")[:3], text.split(":", 1)[1])
    )
    lines = [line for text in draw(said) for line in text.splitlines()]
    return Card([f"VERSION:{version}", "FN:Sam Ortiz", "N:Ortiz;Sam;;;", *lines])


def said_of(card):
    return {field: lines for field in FIELDS if (lines := lines_of(card, field, version="4.0"))}


@settings(max_examples=100, deadline=None)
@given(cards("3.0"), cards(), cards())
def test_each_word_changes_its_field_alone_and_is_heard_once(word, before, standing):
    sayings = heard(word, said_of(before), standing)
    card = standing
    for field, saying in sayings.items():
        fresh = applied(card, saying.edit)
        mine = set(FIELDS[field])
        others = {value for value in values_of(card) if value[0] not in mine}
        assert {value for value in values_of(fresh) if value[0] not in mine} == others
        assert values_of(applied(fresh, saying.edit)) == values_of(fresh)
        card = fresh
    assert heard(word, said_of(word), card) == {}


@settings(max_examples=100, deadline=None)
@given(cards(), cards(), cards())
def test_what_somebody_else_said_is_never_lost_without_a_conflict(word, before, standing):
    others = values_of(standing)
    card = standing
    for saying in heard(word, said_of(before), standing, others=others).values():
        card = card if saying.is_conflict else applied(card, saying.edit)
    assert others <= values_of(card)


@settings(max_examples=100, deadline=None)
@given(cards(), cards(), cards())
def test_what_the_member_took_out_never_comes_back_without_a_conflict(word, before, standing):
    struck = values_of(word) - values_of(standing)
    for saying in heard(word, said_of(before), standing, struck=struck).values():
        came = applied(standing, saying.edit)
        assert saying.is_conflict or not values_of(came) & struck
