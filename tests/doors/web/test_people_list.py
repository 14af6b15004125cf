"""The list of people: looked through, narrowed, kept, swept, taken along; each for its owner alone."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from rapport.people.models import CardIndex, Keeping, KeptSearch, Person, Sweep
from rapport.rules.card import Card


def make(member, name, lines=(), *, ago=0, **said):
    card = Card([*Card.of(name=name, **said).lines, *lines])
    return Person.make(member, card, source="a book", at=timezone.now() - timedelta(days=ago), met="event")


@pytest.fixture
def choir(alex):
    """Three people in Alex's book beside nobody else's."""
    zoe = make(alex, "Zoë Ortiz", ["CATEGORIES:choir,press"], organisation="Initech", ago=400)
    sam = make(alex, "Sam Ortiz", ["CATEGORIES:Choir"], ago=10)
    sam.describe(by=alex, at=timezone.now(), spheres=["professional", "social"])
    sam.was_in_contact(timezone.now() - timedelta(days=100))
    tomorrow = timezone.now().astimezone(alex.zone).date() + timedelta(days=1)
    dana = make(alex, "Dana Lee", [f"BDAY:--{tomorrow:%m%d}"], organisation="Acme", email="dana@acme.example")
    return zoe, sam, dana


def names(client, query):
    return [person.name for person in client.get(f"/people?{query}").context["leaf"]]


def test_words_and_filters_narrow_together_and_stand_in_the_address(choir, as_alex, as_stranger):
    day = (timezone.now() - timedelta(days=20)).date()
    shown = {
        "": ["Dana Lee", "Sam Ortiz", "Zoë Ortiz"],
        "q=ortiz": ["Sam Ortiz", "Zoë Ortiz"],
        "q=zoe+initech": ["Zoë Ortiz"],
        "q=ortis": ["Sam Ortiz", "Zoë Ortiz"],
        "q=dana@acme.example": ["Dana Lee"],
        "tag=choir": ["Sam Ortiz", "Zoë Ortiz"],
        "q=ortiz&tag=press": ["Zoë Ortiz"],
        "organisation=acme": ["Dana Lee"],
        "sphere=social": ["Sam Ortiz"],
        f"met_from={day}": ["Dana Lee", "Sam Ortiz"],
        f"met_until={day}": ["Zoë Ortiz"],
        "silent=3": ["Dana Lee", "Sam Ortiz", "Zoë Ortiz"],
        "silent=6": ["Dana Lee", "Zoë Ortiz"],
        "birthday=7": ["Dana Lee"],
        "q=%25&tag=choir": [],
        "met_from=nonsense&silent=99": ["Dana Lee", "Sam Ortiz", "Zoë Ortiz"],
    }
    assert {query: names(as_alex, query) for query in shown} == shown
    page = as_alex.get("/people?q=ortiz&tag=choir").content.decode()
    assert 'href="/people?q=ortiz&amp;tag=press"' in page
    assert "2 people" in page
    assert {query: names(as_stranger, query) for query in shown} == {query: [] for query in shown}
    assert "Enter a valid date" in as_alex.get("/people?met_from=nonsense").content.decode()


def test_a_search_is_kept_with_its_filters_and_a_sphere_and_forgotten(
    choir, as_alex, as_stranger, signed_out
):
    said = {"q": "ortiz", "tag": "choir", "name": "Singers", "of": "social"}
    page = as_alex.post("/people/kept-searches", said, follow=True).content.decode()
    kept = KeptSearch.objects.get()
    assert kept.filters == {"q": "ortiz", "tag": "choir", "sphere": "social"}
    assert "The search Singers is kept" in page
    assert '<a href="/people?q=ortiz&amp;tag=choir&amp;sphere=social">Singers</a>' in page
    again = as_alex.post("/people/kept-searches", said | {"name": "singers"}, follow=True)
    assert "There is a kept search called singers already" in again.content.decode()
    assert "Singers" not in as_stranger.get("/people").content.decode()
    for client, status in ((as_stranger, 404), (signed_out, 302), (as_alex, 302)):
        assert client.post(f"/kept-searches/{kept.pk}/removal").status_code == status
    assert not KeptSearch.objects.exists()


def test_those_chosen_are_tagged_moved_and_deleted_each_with_an_undo(choir, as_alex, as_stranger, signed_out):
    zoe, sam, dana = choir
    page = as_alex.post("/people/tagging", {"person": [zoe.pk, dana.pk], "label": "press"}, follow=True)
    assert "Tagged press: one person." in page.content.decode()
    sweep = Sweep.objects.get()
    assert f'action="/sweeps/{sweep.pk}/undo"' in page.content.decode()
    for client, status in ((as_stranger, 404), (signed_out, 302)):
        assert client.post(f"/sweeps/{sweep.pk}/undo").status_code == status
    as_alex.post("/people/tagging", {"everybody": "yes", "tag": "choir", "label": "choir", "off": "yes"})
    assert names(as_alex, "tag=choir") == []
    as_alex.post("/people/moving", {"person": sam.pk, "to": "professional"})
    as_alex.post("/people/deletion", {"everybody": "yes", "q": "ortiz"})
    assert names(as_alex, "") == ["Dana Lee"]
    for one in Sweep.objects.all():
        as_alex.post(f"/sweeps/{one.pk}/undo")
    assert (names(as_alex, "tag=choir"), names(as_alex, "tag=press")) == (
        ["Sam Ortiz", "Zoë Ortiz"],
        ["Zoë Ortiz"],
    )
    assert names(as_alex, "sphere=social") == ["Sam Ortiz"]
    as_stranger.post("/people/deletion", {"person": [zoe.pk]})
    assert len(names(as_alex, "")) == 3
    assert "Choose somebody first" in as_alex.post("/people/deletion", follow=True).content.decode()


def test_people_in_view_are_taken_along_in_every_format(choir, as_alex, as_stranger, signed_out):
    zoe = choir[0]
    four = as_alex.get("/people/export/vcard4?q=ortiz")
    assert four["Content-Disposition"] == 'attachment; filename="people.vcf"'
    assert [card.name for card in Card.all(four.getvalue().decode())] == ["Sam Ortiz", "Zoë Ortiz"]
    assert b"Ortiz" in as_alex.get("/people/export/csv?tag=press").getvalue()
    assert json.loads(as_alex.get("/people/export/json").getvalue())[0]["name"] == "Dana Lee"
    one = as_alex.get(f"/people/{zoe.pk}/export/vcard3").getvalue().decode()
    assert [card.version for card in Card.all(one)] == ["3.0"]
    assert as_alex.get("/people/export/pdf").status_code == 404
    assert as_stranger.get("/people/export/json").getvalue() == b"[]\n"
    assert as_stranger.get(f"/people/{zoe.pk}/export/json").status_code == 404
    assert signed_out.get("/people/export/json").status_code == 302


def test_today_tells_of_birthdays_and_whom_to_write_to_again(choir, alex, as_alex, as_stranger, signed_out):
    sam, dana = choir[1:]
    said = as_alex.post(
        f"/people/{sam.pk}/keeping", {"every": "3", "unit": "months"}, follow=True
    ).content.decode()
    assert "You keep in touch with Sam Ortiz about quarterly" in said
    page = as_alex.get("/").content.decode()
    assert "tomorrow" in page
    assert dana.name in page
    assert "you keep in touch about quarterly" in page
    assert f'action="/people/{sam.pk}/keeping/later"' in page
    assert f'action="/people/{sam.pk}/contact"' in page
    spoke = as_alex.post(f"/people/{sam.pk}/contact", {"channel": "meeting"}, follow=True).content.decode()
    assert "you keep in touch about quarterly" not in as_alex.get("/").content.decode()
    assert f'action="/people/{sam.pk}/contact/undo"' in spoke
    as_alex.post(f"/people/{sam.pk}/contact/undo")
    put_off = as_alex.post(f"/people/{sam.pk}/keeping/later", follow=True).content.decode()
    assert "Sam Ortiz comes back in two weeks" in put_off
    assert "you keep in touch about quarterly" not in as_alex.get("/").content.decode()
    as_alex.post(f"/people/{sam.pk}/keeping/later/undo")
    assert "you keep in touch about quarterly" in as_alex.get("/").content.decode()
    for address in ("keeping", "keeping/later", "keeping/later/undo"):
        assert (
            as_stranger.post(f"/people/{sam.pk}/{address}", {"every": "1", "unit": "weeks"}).status_code
            == 404
        )
        assert signed_out.post(f"/people/{sam.pk}/{address}").status_code == 302
    assert (
        "say which" in as_alex.post(f"/people/{sam.pk}/keeping", {"every": "x"}, follow=True).content.decode()
    )
    as_alex.post(f"/people/{sam.pk}/keeping", {"every": "0"})
    assert not Keeping.objects.exists()


def test_lists_cost_a_constant_number_of_queries(choir, alex, as_alex, django_assert_max_num_queries):
    for number in range(60):
        make(alex, f"Extra Ortiz {number}", ["CATEGORIES:choir"], organisation=f"Firm {number}")
    CardIndex.catch_up(alex, at_most=100)
    with django_assert_max_num_queries(14):
        assert len(names(as_alex, "q=ortiz&tag=choir")) == 50
    with django_assert_max_num_queries(14):
        assert len(names(as_alex, "page=2")) == 13
