"""Proposed words are plain, and what is told of the matter has nothing to reach anybody by."""

from __future__ import annotations

import pytest

from rapport.rules.drafts.known import Known
from rapport.rules.drafts.proposal import plain, without_addresses

DANA = Known(me="Alex Morgan", name="Dana Lee")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("write to dana.lee@initech.example soon", "write to [address] soon"),
        ("her number +351 210 000 000, mornings", "her number [number], mornings"),
        ("(212) 555-0143 or 212.555.0143", "([number] or [number]"),
        ("see https://initech.example/jobs?x=1 and www.initech.example", "see [address] and [address]"),
        ("Dana Lee grew a team of 12 to 40 in 2026", "[name] grew a team of 12 to 40 in 2026"),
    ],
)
def test_addresses_numbers_and_the_name_are_taken_out(said, told):
    assert without_addresses(said, "Dana Lee") == told


def test_names_are_put_in_at_home():
    assert plain("Dear [name],\n\nthank you.\n\n[me]", DANA) == "Dear Dana,\n\nthank you.\n\nAlex"


def test_nothing_invisible_stays_and_nothing_is_read_as_markup():
    said = "\u202eHi\u200b \x00[name]\x1b[31m,\r\n\r\n\r\n\r\n<b>thanks</b>\ue000 {{ 7|add:7 }}"
    assert plain(said, DANA) == "Hi Dana[31m,\n\n<b>thanks</b> {{ 7|add:7 }}"


def test_a_fence_around_the_words_is_no_part_of_them():
    assert plain("```text\nThank you.\n```", DANA) == "Thank you."


def test_words_are_never_cut():
    assert len(plain("x" * 30_000, DANA)) == 30_000
