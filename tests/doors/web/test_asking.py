"""Asking for details: one person, one link, by one's own hand; its page shows what was chosen and no more."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from rapport.journal.errors import NotAllowed
from rapport.people.models import DetailsRequest, LeftAlone, Person, Suggestion
from rapport.people.models.details_request import LASTS
from rapport.rules.card import Card
from rapport.rules.card.hearing import ASKED
from tests.doors.web.forms import filled_in

SECRETS = {
    "title": "VP of Paper", "organisation": "Initech", "emails": "dana@initech.example", "phones": "+351 21 000 0000",
    "addresses": "Rua Augusta", "urls": "https://dana.example", "birthday": "1980", "days": "2011",
}  # fmt: skip
OTHERS = ("a private note", "colleague-of-mine", "How we met")


@pytest.fixture(autouse=True)
def a_new_hour():
    cache.clear()


@pytest.fixture
def dana(alex) -> Person:
    lines = [
        "TITLE:VP of Paper", "ORG:Initech", "EMAIL:dana@initech.example", "TEL;TYPE=work:+351 21 000 0000",
        "ADR;TYPE=work:;;Rua Augusta 1;Lisboa;;1100;Portugal", "URL:https://dana.example", "BDAY:19800521",
        "ANNIVERSARY:20110304", "SOURCE:https://cards.example/d.vcf",
        "NOTE:a private note", "CATEGORIES:colleague-of-mine",
    ]  # fmt: skip
    card = Card(["VERSION:4.0", "FN:Dana Lee", "N:Lee;Dana;;;", *lines])
    made = Person.make(alex, card, source="a card", at=timezone.now())
    made.describe(how_met="How we met", by=alex, at=timezone.now())
    return made


def ask(client, person, *fields) -> str:
    """Make a link and give its path, as the member finds it on the page."""
    client.post(f"/people/{person.pk}/asking", {"fields_shown": fields})
    return f"/details/{DetailsRequest.objects.filter(person=person).first().token}"


def waiting(person) -> dict[str, tuple[list[str], list[str]]]:
    return {one.field: (one.before, one.after) for one in Suggestion.objects.filter(person=person).open()}


def test_they_answer_without_an_account_and_it_waits_for_the_members_word(dana, as_alex, signed_out):
    link = ask(as_alex, dana, "title", "organisation", "phones")
    page = as_alex.get(f"/people/{dana.pk}/asking").content.decode()
    assert link in page
    shown = signed_out.get(link)
    assert (shown["X-Robots-Tag"], shown["Referrer-Policy"]) == ("noindex", "no-referrer")
    assert "no-store" in shown["Cache-Control"]
    assert shown.cookies == {}
    said = filled_in(signed_out, link) | {
        "jobs-0-title": "Chief of Paper",
        "phones-0-number": "+351 91 000 0000",
        "mails-0-address": "dana@home.example",
        "mails-0-sphere": "social",
    }
    assert said["name"] == [""]
    more = signed_out.post(link, said | {"more": "phones"}).content.decode()
    assert 'name="phones-2-number"' in more
    wrong = signed_out.post(link, said | {"mails-0-address": "no address"}).content.decode()
    assert "This is no e-mail address." in wrong
    assert "Thank you" in signed_out.post(link, said).content.decode()
    assert waiting(dana) == {
        "title": (["VP of Paper"], ["Chief of Paper"]),
        "emails": ([], ["dana@home.example"]),
        "phones": (["+351 21 000 0000"], ["+351 91 000 0000"]),
    }
    assert Person.objects.get(pk=dana.pk).card == dana.card
    again = signed_out.post(link, said).content.decode()
    assert "Thank you" in again
    assert "VP of Paper" not in again
    assert dana.member.journal.filter(verb="details.answered").count() == 1
    assert "their own answer" in as_alex.get(f"/people/{dana.pk}").content.decode()


def test_whatever_is_chosen_nothing_else_of_the_book_is_shown(dana, alex, signed_out):
    @settings(max_examples=12, deadline=None)
    @given(st.sets(st.sampled_from(sorted(ASKED))))
    def shows(fields):
        cache.clear()
        DetailsRequest.objects.all().delete()
        made = DetailsRequest.make(dana, fields, by=alex, at=timezone.now())
        page = signed_out.get(f"/details/{made.token}").content.decode()
        assert {field for field, secret in SECRETS.items() if secret in page} == fields & set(SECRETS)
        assert ("Dana Lee" in page) == ("name" in fields)
        assert not [other for other in OTHERS if other in page]

    shows()


def test_nobody_is_asked_twice_nor_under_another_entry(dana, alex, as_alex):
    link = ask(as_alex, dana)
    page = as_alex.post(
        f"/people/{dana.pk}/asking", {"fields_shown": ["title"]}, follow=True
    ).content.decode()
    assert "nobody is asked twice" in page
    twin = Person.make(
        alex, Card.of(name="D. Lee", email="DANA@initech.example"), source="x", at=timezone.now()
    )
    assert "nobody is asked twice" in as_alex.post(f"/people/{twin.pk}/asking", follow=True).content.decode()
    as_alex.post(f"/details-requests/{dana.details_requests.get().pk}/withdrawal")
    assert "good no more" in as_alex.get(link).content.decode()
    with pytest.raises(NotAllowed, match="nobody is asked twice"):
        DetailsRequest.make(dana, [], by=alex, at=timezone.now())
    assert DetailsRequest.objects.count() == 1
    later = DetailsRequest.make(dana, [], by=alex, at=timezone.now() + LASTS + timedelta(minutes=1))
    later.answer(at=later.made_at)
    assert DetailsRequest.make(dana, [], by=alex, at=later.made_at).is_open(later.made_at)


def test_one_click_ends_it_for_good_and_for_everybody_with_the_address(dana, as_alex, stranger, signed_out):
    link = ask(as_alex, dana, "title")
    assert signed_out.get(f"{link}/never").status_code == 405
    assert "Nobody asks you again" in signed_out.post(f"{link}/never").content.decode()
    assert "VP of Paper" not in signed_out.get(link).content.decode()
    assert signed_out.post(link, {}).status_code == 200
    assert waiting(dana) == {}
    long_after = timezone.now() + timedelta(days=3650)
    theirs = Person.make(
        stranger, Card.of(name="Dana", email="Dana@Initech.example"), source="x", at=long_after
    )
    for person, member in ((dana, dana.member), (theirs, stranger)):
        with pytest.raises(NotAllowed, match="asked not to be asked again"):
            DetailsRequest.make(person, [], by=member, at=long_after)
    assert not [row for row in LeftAlone.objects.values() if "dana" in str(row)]


def test_a_link_ends_by_time_and_what_never_was_one_opens_nothing(dana, as_alex, signed_out):
    link = ask(as_alex, dana, "title")
    DetailsRequest.objects.update(expires_at=timezone.now())
    page = signed_out.post(link, {"name": "Somebody"}).content.decode()
    assert "good no more" in page
    assert "VP of Paper" not in page
    assert waiting(dana) == {}
    assert {
        signed_out.get("/details/no-such-token").status_code,
        signed_out.post("/details/x/never").status_code,
    } == {404}


def test_who_asks_too_often_is_sent_away_for_an_hour(signed_out, db):
    answers = [signed_out.get("/details/guess").status_code for _ in range(62)]
    assert (answers[:60], answers[-1]) == ([404] * 60, 429)


def test_a_stranger_cannot_ask_in_anothers_name(dana, as_stranger, signed_out):
    assert as_stranger.get(f"/people/{dana.pk}/asking").status_code == 404
    assert as_stranger.post(f"/people/{dana.pk}/asking").status_code == 404
    assert signed_out.post(f"/people/{dana.pk}/asking")["Location"].startswith("/sign-in")
    assert not DetailsRequest.objects.exists()


def test_a_subscription_is_begun_from_the_page_of_a_person_and_from_add(dana, as_alex, as_stranger):
    address = f"/people/{dana.pk}/subscriptions"
    assert as_stranger.post(address, {"address": "https://cards.example/d.vcf", "days": 1}).status_code == 404
    refusal = as_alex.post(
        address, {"address": "http://10.0.0.1/d.vcf", "days": 1}, follow=True
    ).content.decode()
    assert "Only addresses that begin with https://" in refusal
    named = filled_in(as_alex, f"/people/{dana.pk}", of="subscribing")
    assert named["address"] == ["https://cards.example/d.vcf"]
    as_alex.post(address, named | {"days": 7})
    one = dana.sources.get().subscription
    assert (one.source.host, one.days) == ("cards.example", 7)
    page = as_alex.get(f"/people/{dana.pk}").content.decode()
    assert "looked at soon" in page
    assert "Their card says where it is kept" not in page
    as_alex.post(f"/subscriptions/{one.pk}/ending")
    one.refresh_from_db()
    assert one.due_at is None
    as_alex.post(f"/subscriptions/{one.pk}/ending/undo")
    as_alex.post(f"/subscriptions/{one.pk}/haste")
    one.refresh_from_db()
    assert one.due_at is not None
    as_alex.post("/add/typed", {"name": "Sam Ortiz", "card_at": "https://cards.example/sam.vcf"})
    sam = Person.objects.get(name="Sam Ortiz")
    assert sam.sources.get().subscription.due_at is not None
    assert (
        "no address on the web"
        in as_alex.post("/add/typed", {"name": "X", "card_at": "https://[::1"}).content.decode()
    )
