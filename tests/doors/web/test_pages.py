"""What each page shows to its owner."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from rapport.journal.models import record
from rapport.people.models import Person
from rapport.rules.card import Card
from rapport.rules.etiquette import FACTS
from tests.doors.web.book import filled

PAGES = ["/", "/interviews", "/people", "/applications", "/schools", "/situation", "/settings", "/add", "/shortcuts",
         "/search?q=dana", "/lists/now", "/lists/waiting", "/settings/deletion"]  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_a_page_has_one_heading_and_neither_inline_script_nor_style(book, as_alex, address):
    page = as_alex.get(address).content.decode()
    assert len(re.findall(r"<h1[ >]", page)) == 1
    assert not re.search(r"<[^>]+\s(style|onclick|onchange|onsubmit)=", page)
    assert not re.search(r"<script(?![^>]+src=)", page)
    assert "<style" not in page


def test_the_empty_today_offers_the_first_thing_to_do(alex, as_alex):
    page = as_alex.get("/").content.decode()
    assert "Drop the invitation here" in page
    assert 'type="file"' in page


def test_today_says_what_to_do_now_and_what_waits(book, as_alex):
    book.open_windows()
    page = as_alex.get("/")
    assert "Read draft" in page.content.decode()
    assert {step.in_force for step in page.context["to_do"]} == {"do"}
    assert "until the decision" in page.content.decode()


def test_the_news_are_ones_own_and_lead_to_what_they_are_about(book, as_alex, stranger, as_stranger):
    as_alex.post(f"/people/{book.person().pk}/contact", {"channel": "email"})
    record(stranger, "person.wrote", "Erin Walsh wrote to you (email).", at=timezone.now())
    page = as_alex.get("/")
    assert f'<a href="/people/{book.person().pk}">Dana Lee wrote to you (email).</a>' in page.content.decode()
    assert {entry.member for entry in page.context["news"]} == {book.member}
    assert "Erin Walsh" not in page.content.decode()


@pytest.mark.parametrize(("kind", "is_advised"), [("individual", True), ("org", False)])
def test_a_companys_card_is_in_the_book_without_advice(alex, as_alex, kind, is_advised):
    card = Card(["VERSION:4.0", f"KIND:{kind}", "FN:Globex", "EMAIL:hello@globex.example"])
    one = Person.make(alex, card, source="a book", at=timezone.now(), met="event")
    page = as_alex.get(f"/people/{one.pk}").content.decode()
    assert "Globex" in page
    assert ("What to do" in page) == is_advised


def test_a_new_title_comes_before_newer_news_of_anybodys_card(book, as_alex):
    dana, now = book.person(), timezone.now()
    dana.absorb(Card.of(name=dana.name, title="Director"), source="an archive", at=now - timedelta(days=1))
    for number in range(6):
        dana.absorb(Card.of(name=dana.name, phone=f"+351 {number}"), source="a book", at=now)
    of_cards = [one.says for one in as_alex.get("/").context["news"] if one.verb == "person.absorbed"]
    assert "→ Director" in of_cards[0]  # advice changes beside it when an hour strikes
    dana.revisions.get(source="an archive").undo(by=book.member, at=now)
    assert not any("→ Director" in entry.says for entry in as_alex.get("/").context["news"])


def test_a_person_shows_card_timeline_and_how_you_met(book, as_alex):
    page = as_alex.get(f"/people/{book.person().pk}").content.decode()
    for words in (
        "dana.lee@initech.example",
        "VP Engineering",
        "came into the book",
        "You met in an interview.",
    ):
        assert words in page


@pytest.mark.parametrize(
    ("kind", "held"), [("video", ["video call"]), ("on_site", ["on site", "video call"])]
)
def test_how_an_interview_is_held_is_said_once(book, as_alex, kind, held):
    interview = book.interview
    interview.kind, interview.video_url = kind, "https://meet.example/initech"
    interview.save()
    page = as_alex.get(f"/interviews/{interview.pk}").content.decode()
    facts = re.search(r'<p class="facts-line timed.*?</p>', page)[0]
    assert re.findall(r">([^<>]*(?:video|site)[^<>]*)<", facts) == held


def test_search_finds_people_and_interviews_by_every_word(book, as_alex):
    assert [person.name for person in as_alex.get("/search?q=dana+vp").context["people"]] == ["Dana Lee"]
    assert list(as_alex.get("/search?q=platform").context["interviews"]) == [book.interview]
    assert "Nothing fits" in as_alex.get("/search?q=zzz").content.decode()
    assert as_alex.get("/search").status_code == 302


def test_a_page_that_is_not_there_is_said_in_style(book, as_alex, signed_out):
    page = as_alex.get("/people/999999")
    assert page.status_code == 404
    assert "There is no such page" in page.content.decode()


def test_one_list_in_full_has_leaves(book, as_alex):
    page = as_alex.get("/lists/waiting")
    assert page.context["leaf"].paginator.count == len(page.context["leaf"].object_list)


def test_nobody_is_asked_before_the_interview_what_only_the_interview_can_tell(alex, as_alex):
    now = timezone.now()
    ahead = filled(alex, starts=now + timedelta(days=2), ends=now + timedelta(days=2, hours=1))
    page = as_alex.get(f"/interviews/{ahead.interview.pk}").content.decode()
    assert FACTS["may_connect"].asks not in page
    assert FACTS["rapport"].asks not in page


def test_afterwards_they_are_asked(book, as_alex):
    page = as_alex.get(f"/interviews/{book.interview.pk}").content.decode()
    assert FACTS["may_connect"].asks in page
