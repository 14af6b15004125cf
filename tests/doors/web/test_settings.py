"""Settings, the export of everything, and the deletion of everything."""

from __future__ import annotations

import json

from rapport.accounts.models import Member
from rapport.rules.etiquette import read_school
from rapport.web.settings.export import LEFT_OUT, paths_to_member
from tests.doors.web.book import exported
from tests.doors.web.forms import filled_in


def test_you_are_who_you_say_and_a_zone_that_is_none_is_refused_beside_the_field(book, as_alex):
    you = {
        "name": "Alex M.",
        "time_zone": "europe/lisbon",
        "country": "PT",
        "works_from": "09:00",
        "works_until": "17:30",
    }
    as_alex.post("/settings/you", you)
    book.member.refresh_from_db()
    assert (book.member.name, book.member.time_zone, book.member.country) == (
        "Alex M.",
        "Europe/Lisbon",
        "PT",
    )
    page = as_alex.post("/settings/you", you | {"time_zone": "Europe/Lissabon", "works_until": "08:00"})
    assert "Did you mean 'Europe/Lisbon'?" in page.context["you"].errors["time_zone"][0]
    assert page.context["you"].errors["works_until"]


def test_the_country_is_chosen_from_the_list_and_one_that_is_none_is_refused(book, as_alex):
    as_alex.post("/settings/you", filled_in(as_alex, "/settings", of="form") | {"country": "PT"})
    assert filled_in(as_alex, "/settings", of="form")["country"] == ["PT"]
    page = as_alex.post("/settings/you", filled_in(as_alex, "/settings", of="form") | {"country": "XX"})
    assert page.context["you"].errors["country"]
    as_alex.post("/settings/you", filled_in(as_alex, "/settings", of="form") | {"country": ""})
    book.member.refresh_from_db()
    assert book.member.country == ""


def test_addresses_that_are_me(book, as_alex):
    as_alex.post("/settings/addresses", {"email": "Alex@Work.example"})
    assert "alex@work.example" in book.member.own_addresses
    page = as_alex.post("/settings/addresses", {"email": "alex@work.example"})
    assert page.context["address"].errors["email"] == ["alex@work.example is in the list already."]
    as_alex.post(f"/settings/addresses/{book.member.addresses.get(email='alex@work.example').pk}/removal")
    assert "alex@work.example" not in book.member.own_addresses


def test_the_limits_of_a_site(book, as_alex):
    as_alex.post("/settings/limits", {"note_limit": 300, "notes_a_month": 10, "invitations_a_week": 50})
    book.member.refresh_from_db()
    assert (book.member.note_limit, book.member.notes_a_month, book.member.invitations_a_week) == (
        300,
        10,
        50,
    )


def test_every_wish_about_being_approached_is_a_school_that_can_be_read(book, as_alex):
    wishes = [
        {"invite": "do", "thank": "email", "phone": "optional", "follow": "optional"},
        {"invite": "hold", "thank": "letter", "phone": "avoid", "follow": "avoid"},
        {"invite": "avoid", "thank": "", "phone": "", "follow": ""},
    ]
    for wish in wishes:
        as_alex.post("/settings/reception", wish)
        book.member.refresh_from_db()
        assert read_school("reception", "Their word", "", "", book.member.reception, place="settings").norms
        shown = as_alex.get("/settings").context["reception"].initial
        assert shown == wish


def test_the_export_holds_every_row_and_every_card_and_no_secret(book, as_alex):
    files = exported(as_alex)
    for kind, path in paths_to_member():
        if kind._meta.label_lower in LEFT_OUT:
            continue
        rows = json.loads(files[f"{kind._meta.label_lower}.json"])
        assert len(rows) == kind.objects.filter(**{path: book.member.pk}).count(), kind
    assert files["people.vcf"].decode().count("BEGIN:VCARD") == book.member.people.count()
    assert b"password" not in files["accounts.member.json"]


def test_everything_is_deleted_only_with_the_words(book, as_alex, stranger):
    page = as_alex.post("/settings/deletion/confirmed", {"word": "please"})
    assert "Nothing was deleted" in page.context["form"].errors["word"][0]
    as_alex.post("/settings/deletion/confirmed", {"word": "Delete everything"})
    assert list(Member.objects.all()) == [stranger]
    assert as_alex.get("/").status_code == 302
