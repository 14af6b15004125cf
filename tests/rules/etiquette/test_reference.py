"""The reference in the documents is what the tables say today."""

from __future__ import annotations

from pathlib import Path

from rapport.rules.etiquette import ACTS, EVENTS, FACTS, VERDICTS, load_schools
from rapport.rules.etiquette.reading import hard_norms, stated_norms
from rapport.rules.etiquette.reference import norms_reference

PAGE = Path(__file__).parents[3] / "docs" / "norms.md"
WRITE = "python -c 'from rapport.rules.etiquette.reference import norms_reference as n; print(n(), end=\"\")'"


def test_the_page_equals_the_tables():
    page = PAGE.read_text(encoding="utf-8")
    assert page == norms_reference(), f"docs/norms.md is out of date. Write it anew: {WRITE} > docs/norms.md"


def test_every_word_of_the_vocabulary_and_every_norm_is_in_it():
    lines = norms_reference().splitlines()
    first_cells = {line.split(" | ")[0].removeprefix("| ") for line in lines if line.startswith("| ")}
    norms = {
        norm.identifier
        for school in (*load_schools().values(), hard_norms(), stated_norms())
        for norm in school.norms
    }
    assert {*ACTS, *VERDICTS, *FACTS, *norms} <= first_cells
    assert all(event in norms_reference() for event in EVENTS)


def test_conditions_read_as_sentences():
    text = norms_reference()
    assert "role is not recruiter" in text
    assert "connections is at least 10 and at most 200" in text
    assert "working days since reply_by is at least 2" in text
    assert "do, after 1 working day of rejection, within 10 working days of rejection" in text
    assert "hold until decision" in text
