"""The wording files can be read, and a mistake in one is named with its place."""

import pytest

from rapport.rules.drafts.wording import WordingError, read_wording, shipped_wording
from rapport.rules.etiquette.vocabulary import PAIRS

SHARED = {"hints": {}, "dear": [{"say": ["Dear {name},"]}]}


def test_every_shipped_form_is_for_a_pair_of_the_vocabulary() -> None:
    assert set(shipped_wording().forms) <= set(PAIRS)


def test_the_thank_you_by_e_mail_has_six_ways_for_each_part() -> None:
    form = shipped_wording().forms["thank", "email"][0]
    for part in ("opening", "talked", "interest", "closing"):
        assert all(len(shelf.phrases) >= 6 for shelf in form.parts[part]), part


def test_every_part_ends_with_a_shelf_that_needs_nothing_unless_it_may_be_left_out() -> None:
    for forms in shipped_wording().forms.values():
        for form in forms:
            for part, shelves in form.parts.items():
                assert any(not phrase.needs for phrase in shelves[-1].phrases) or part == "text_thanks", part


def test_no_phrase_stands_twice_on_one_shelf() -> None:
    for forms in shipped_wording().forms.values():
        for form in forms:
            for part, shelves in form.parts.items():
                for shelf in shelves:
                    says = [phrase.says for phrase in shelf.phrases]
                    assert len(says) == len(set(says)), part


def test_a_field_that_does_not_exist_is_named_with_its_file_and_part() -> None:
    file = {"act": "thank", "form": [], "opening": [{"say": ["Thank you, {nmae}."]}]}
    with pytest.raises(WordingError, match=r"thank_email, opening.*nmae"):
        read_wording({"shared": SHARED, "thank_email": file})


def test_a_part_that_does_not_exist_is_named_with_its_form() -> None:
    file = {"act": "thank", "form": [{"channels": ["email"], "text": ["dear openning"]}]}
    with pytest.raises(WordingError, match=r"thank_email.*thank email.*openning"):
        read_wording({"shared": SHARED, "thank_email": file})
