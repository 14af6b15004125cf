"""What the script of an open page asks: the member's own steps that are due, and nothing else."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.doors.web.test_pages_cost_a_constant_number_of_queries import multiplied


def test_it_gives_what_is_to_be_done_now(book, as_alex):
    book.open_windows()
    answer = as_alex.get("/due.json")
    assert "no-store" in answer["Cache-Control"]
    titles = {step["title"]: step["url"] for step in answer.json()["due"]}
    assert titles["Thank Dana Lee by e-mail"] == f"/steps/{book.step().pk}"


def test_a_step_that_comes_back_is_another_thing_to_tell(book, as_alex):
    def key() -> str:
        due = {step["title"]: step["key"] for step in as_alex.get("/due.json").json()["due"]}
        return due["Thank Dana Lee by e-mail"]

    book.open_windows()
    before, step = key(), book.step()
    step.snoozed_until = book.now - timedelta(minutes=1)
    step.save()
    assert key() != before


def test_a_stranger_hears_nothing_of_it(book, as_stranger, signed_out):
    book.open_windows()
    assert as_stranger.get("/due.json").json() == {"due": []}
    assert signed_out.get("/due.json").status_code == 302


def test_a_thousand_steps_cost_as_many_queries_as_a_few(book, as_alex):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert len(as_alex.get("/due.json").json()["due"]) <= 50
        return len(queries)

    book.open_windows()
    few = asked()
    multiplied(book.step(), 1000)
    assert asked() == few <= 5
