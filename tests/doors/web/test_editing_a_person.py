"""The form of a person: what is not touched stays, what is wrong is said beside its field, and one undo."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from rapport.people.models import Person
from rapport.rules.card import Card
from rapport.rules.card.photos import photo_of
from tests.doors.web.forms import filled_in

ODD = (
    "VERSION:3.0",
    "FN:Sam Ortiz",
    "N:Ortiz;Sam;Q.;Dr.;",
    "item1.EMAIL;type=INTERNET;type=HOME;type=pref:sam@home.example",
    "item1.X-ABLabel:_$!<HomePage>!$_",
    "TEL;type=CELL:not a number",
    "item2.ADR;type=WORK;type=pref:;;Main Street 1\\nHall B;Springfield;IL;62701;USA",
    "item2.X-ABADR:us",
    "BDAY;X-APPLE-OMIT-YEAR=1604:1604-05-21",
    "URL:xmpp:sam",
    "X-ODD;P=1:kept as it is",
    "NOTE:First line\\nsecond\\, third",
    "CATEGORIES:friends,choir",
)


@pytest.fixture
def sam(alex):
    return Person.make(alex, Card(ODD), source="sam.vcf", at=timezone.now())


def page_of(person):
    return f"/people/{person.pk}/edit"


def test_a_form_sent_as_it_is_changes_nothing_however_odd_the_card(as_alex, sam):
    answer = as_alex.post(page_of(sam), filled_in(as_alex, page_of(sam)), follow=True)
    assert "Nothing was changed." in answer.content.decode()
    sam.refresh_from_db()
    assert Card.parse(sam.card).lines == ODD


def test_a_job_that_a_source_ended_is_shown_and_stands_in_the_form(as_alex, sam):
    for title, place in (("Staff Engineer", "Acme"), ("Director", "Initech")):
        sam.absorb(
            Card.of(name="Sam Ortiz", title=title, organisation=place), source=place, at=timezone.now()
        )
    page = as_alex.get(f"/people/{sam.pk}").content.decode()
    assert "<dt>Work</dt><dd>Director, Initech</dd><dt>Before</dt><dd>Staff Engineer, Acme" in page
    said = filled_in(as_alex, page_of(sam))
    assert (said["jobs-1-organisation"], said["jobs-1-is_former"]) == (["Acme"], ["on"])
    assert "Nothing was changed." in as_alex.post(page_of(sam), said, follow=True).content.decode()


def test_only_what_was_changed_changes_and_one_undo_takes_it_all_back(as_alex, sam, alex):
    boat = {
        "days-1-label": "Boat",
        "days-1-date_day": "3",
        "days-1-date_month": "7",
        "days-1-date_year": "2020",
    }
    job = {"jobs-0-title": "Director", "jobs-0-organisation": "Initech", "jobs-0-since_year": "2024"}
    beside = {"tags": "choir", "notes": "Sings tenor.", "spheres": ["professional", "social"]}
    said = filled_in(as_alex, page_of(sam), mails__0__sphere="professional") | boat | job | beside
    page = as_alex.post(page_of(sam), said, follow=True).content.decode()
    assert "Noted: Sam Ortiz." in page
    sam.refresh_from_db()
    lines = Card.parse(sam.card).lines
    assert set(ODD) - set(lines) == {ODD[3], ODD[12]}
    assert set(lines) - set(ODD) == {
        "item1.EMAIL;TYPE=work;TYPE=internet;TYPE=pref:sam@home.example",
        "item3.ORG:Initech",
        "item3.TITLE:Director",
        "item3.X-SINCE:2024",
        "item4.X-ABDATE:2020-07-03",
        "item4.X-ABLabel:Boat",
        "CATEGORIES:choir",
    }
    assert (sam.title, sam.notes, sam.is_social, sam.emails.get().sphere) == (
        "Director", "Sings tenor.", True, "professional",
    )  # fmt: skip
    assert alex.journal.filter(verb="person.edited").count() == 1
    as_alex.post(f"/revisions/{sam.revisions.last().pk}/undo")
    sam.refresh_from_db()
    assert (Card.parse(sam.card).lines, sam.notes, sam.is_social) == (ODD, "", False)


def test_rows_are_removed_by_their_box_or_by_being_emptied(as_alex, sam):
    said = filled_in(
        as_alex, page_of(sam), phones__0__DELETE="on", mails__0__address="", days__0__DELETE="on"
    )
    as_alex.post(page_of(sam), said)
    sam.refresh_from_db()
    assert set(ODD) - set(Card.parse(sam.card).lines) == {ODD[3], ODD[4], ODD[5], ODD[8]}
    assert not sam.emails.exists()


def test_mistakes_stand_beside_their_fields_and_nothing_is_kept(as_alex, sam):
    said = filled_in(as_alex, page_of(sam), name="", phones__1__number="12", mails__0__address="no address")
    said |= {"days-0-date_month": "2", "days-0-date_day": "30", "places-0-locality": ""}
    said |= {
        "pages-1-address": "javascript:alert(1)",
        "jobs-0-since_year": "2020",
        "jobs-0-until_year": "2019",
    }
    form = as_alex.post(page_of(sam), said).context["form"]
    assert list(form.basics.errors) == ["name"]
    wrong = {
        section.name: [list(errors) for errors in section.rows.errors if errors] for section in form.sections
    }
    assert wrong == {
        "jobs": [["until", "title"]],
        "mails": [["address"]],
        "phones": [["number"]],
        "places": [["locality"]],
        "pages": [["address"]],
        "days": [["date"]],
    }
    sam.refresh_from_db()
    assert Card.parse(sam.card).lines == ODD


def test_one_more_row_is_given_without_keeping_anything(as_alex, sam):
    said = filled_in(as_alex, page_of(sam), phones__1__number="+351 21 000 0000") | {"more": "phones"}
    answer = as_alex.post(page_of(sam), said)
    section = next(section for section in answer.context["form"].sections if section.name == "phones")
    assert [form["number"].value() for form in section.rows] == ["not a number", "+351 21 000 0000", None]
    assert sam.revisions.count() == 1


def test_what_a_source_said_while_the_form_was_open_is_not_lost(as_alex, sam):
    said = filled_in(as_alex, page_of(sam), jobs__0__title="Director")
    sam.absorb(Card.of(name="Sam Ortiz", phone="+351 21 000 0000"), source="new.vcf", at=timezone.now())
    as_alex.post(page_of(sam), said)
    sam.refresh_from_db()
    assert (sam.title, "+351 21 000 0000" in Card.parse(sam.card).phones) == ("Director", True)
    answer = as_alex.post(page_of(sam), said | {"shown": "of another day"}, follow=True)
    assert "older than what Rapport remembers" in answer.content.decode()


def test_a_photo_is_kept_small_and_shown_by_its_content(as_alex, as_stranger, signed_out, sam):
    held = BytesIO()
    Image.new("RGB", (1600, 1200), "teal").save(held, "PNG")
    upload = SimpleUploadedFile("me.exe", held.getvalue(), "application/octet-stream")
    as_alex.post(page_of(sam), filled_in(as_alex, page_of(sam), photo=upload))
    sam.refresh_from_db()
    assert photo_of(Card.parse(sam.card)).kind == "image/jpeg"
    answer = as_alex.get(f"/people/{sam.pk}/photo")
    assert (answer["Content-Type"], Image.open(BytesIO(answer.content)).size) == ("image/jpeg", (480, 360))
    assert as_stranger.get(f"/people/{sam.pk}/photo").status_code == 404
    assert signed_out.get(f"/people/{sam.pk}/photo")["Location"].startswith("/sign-in")
    text = SimpleUploadedFile("me.jpg", b"<svg onload=alert(1)>", "image/jpeg")
    page = as_alex.post(page_of(sam), filled_in(as_alex, page_of(sam), photo=text))
    assert "This is no picture" in page.context["form"].basics.errors["photo"][0]
    as_alex.post(page_of(sam), filled_in(as_alex, page_of(sam), no_photo="on"))
    assert as_alex.get(f"/people/{sam.pk}/photo").status_code == 404


def test_a_stranger_and_somebody_signed_out_edit_nothing(as_alex, as_stranger, signed_out, sam):
    said = filled_in(as_alex, page_of(sam), name="Mallory")
    assert as_stranger.post(page_of(sam), said).status_code == 404
    assert signed_out.post(page_of(sam), said)["Location"].startswith("/sign-in")
    sam.refresh_from_db()
    assert sam.name == "Sam Ortiz"


def test_broken_forms_are_answered_in_words(as_alex, sam):
    for said in ({}, {"phones-TOTAL_FORMS": "99999999999999999999"}, {"more": "phones", "shown": "x" * 900}):
        shown = filled_in(as_alex, page_of(sam))["shown"]
        assert as_alex.post(page_of(sam), {"shown": shown} | said, follow=True).status_code == 200
    sam.refresh_from_db()
    assert Card.parse(sam.card).lines == ODD
