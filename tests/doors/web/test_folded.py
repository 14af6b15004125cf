"""What an interview's page keeps folded away: a page of its own, of which only the part is opened in place."""

from __future__ import annotations

import pytest

IN_PLACE = {"HX-Request": "true"}


def folded(book):
    who, step = book.interviewer().pk, book.step().pk
    return {
        f"/steps/{step}": 'name="text"',
        f"/interviewers/{who}/steps": "Look up their profile",
        f"/interviewers/{who}/questions": "becomes “",
        f"/interviewers/{who}/happened": "They invited me on",
        f"/interviews/{book.interview.pk}/questions": "becomes “",
    }


def test_the_page_links_to_what_is_folded_and_does_not_hold_it(book, as_alex):
    page = as_alex.get(f"/interviews/{book.interview.pk}").content.decode()
    for address in folded(book):
        assert f'href="{address}" data-opens=' in page
    for words in ('name="text"', "They invited me on", "Look up their profile"):
        assert words not in page


def test_each_is_a_page_and_opened_in_place_only_its_part(book, as_alex):
    for address, words in folded(book).items():
        whole, part = as_alex.get(address), as_alex.get(address, headers=IN_PLACE)
        assert words in whole.content.decode()
        assert "<h1>" in whole.content.decode()
        assert words in part.content.decode()
        assert "<h1>" not in part.content.decode()
        assert "<html" not in part.content.decode()
        boosted = as_alex.get(address, headers=IN_PLACE | {"HX-Boosted": "true"})
        assert "<h1>" in boosted.content.decode()


def test_what_is_opened_in_place_comes_back_to_the_page_around_it(book, as_alex):
    around = f"/interviews/{book.interview.pk}"
    headers = IN_PLACE | {"HX-Current-URL": f"http://testserver{around}"}
    part = as_alex.get(f"/steps/{book.step().pk}", headers=headers).content.decode()
    assert f'name="next" value="{around}"' in part
    elsewhere = IN_PLACE | {"HX-Current-URL": "https://evil.example/"}
    part = as_alex.get(f"/steps/{book.step().pk}", headers=elsewhere).content.decode()
    assert "evil.example" not in part


@pytest.mark.parametrize("name", ["steps", "questions", "happened"])
def test_nothing_is_folded_about_somebody_who_was_not_there(book, as_alex, name):
    sam = book.interviewer("Sam Ortiz")
    as_alex.post(f"/interviewers/{sam.pk}/dismissal")
    assert as_alex.get(f"/interviewers/{sam.pk}/{name}").status_code == 404


def test_after_a_refused_form_a_verb_comes_back_to_a_page(book, as_alex):
    page = as_alex.post("/settings/you", {"name": "Alex", "time_zone": "nowhere"})
    removal = f"/settings/addresses/{book.member.addresses.get().pk}/removal"
    assert 'name="next" value=""' in page.content.decode()
    assert as_alex.post(removal, {"next": ""})["Location"] == "/settings"
