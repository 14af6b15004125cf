"""An interview and its application are put right on their pages, and whom it left out is added."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from rapport.followups.models import Step
from rapport.interviews.models import Application, Interview
from rapport.people.models import Person
from tests import world
from tests.doors.web.forms import filled_in, undo_in

LISBON = ZoneInfo("Europe/Lisbon")


def sent(client, address, **said):
    """Send the form of a page as a browser would, with some fields said anew."""
    return client.post(address, filled_in(client, address, of="edit-form") | said)


def stands(book):
    """What the pages show of the interview and its application, as they are now."""
    interview = Interview.objects.select_related("application__organisation").get(pk=book.interview.pk)
    columns = ("title", "starts_at", "ends_at", "time_zone", "kind", "location", "video_url", "typed")
    return [*(getattr(interview, name) for name in columns), str(interview.application)]


def test_a_form_sent_as_it_is_changes_nothing(book, as_alex):
    before = stands(book)
    for address in (f"/interviews/{book.interview.pk}/edit", f"/applications/{book.application.pk}/edit"):
        answer = as_alex.post(address, filled_in(as_alex, address, of="edit-form"), follow=True)
        assert "Nothing was changed." in answer.content.decode()
    assert stands(book) == before


def test_everything_of_an_interview_is_put_right_with_one_undo_and_its_drafts_follow(book, as_alex):
    before, here = stands(book), f"/interviews/{book.interview.pk}"
    own = book.step(name="Sam Ortiz").note
    as_alex.post(f"/notes/{own.pk}", {"text": "My own words, Sam.", "subject": "Thanks"})
    day = (timezone.now() - timedelta(days=1)).date()
    answer = sent(
        as_alex,
        f"{here}/edit",
        job_title="Staff Baker",
        organisation="Crumb & Sons",
        title="Meet the ovens",
        starts=f"{day}T10:00",
        ends=f"{day}T11:30",
        time_zone="america/new york",
        kind="on_site",
        location="Rua Augusta 100\r\nLisbon",
        video_url="",
    )
    assert answer["Location"] == here
    page = as_alex.get(here).content.decode()
    for words in ("Crumb &amp; Sons", "Staff Baker", "Meet the ovens", "on site", "10:00", "New York time"):
        assert words in page
    interview = book.interview
    there = interview.starts_at.astimezone(ZoneInfo("America/New_York"))
    assert (f"{there:%H:%M}", interview.time_zone) == ("10:00", "America/New_York")
    assert interview.location == "Rua Augusta 100\nLisbon"
    assert "Staff Baker" in book.step().note.text
    assert book.step(name="Sam Ortiz").note.text == "My own words, Sam."
    again = as_alex.post(undo_in(answer))
    assert stands(book) == before
    assert "Platform Engineer" in book.step().note.text
    as_alex.post(undo_in(again))
    assert str(book.application) == "Staff Baker, Crumb & Sons"
    timeline = as_alex.get(f"/applications/{book.application.pk}").content.decode()
    assert "You put right of Interview: Platform team: what it is called, how it is held," in timeline


def test_only_what_was_typed_over_is_kept_against_a_later_invitation_which_the_page_tells(book, as_alex):
    here, found = f"/interviews/{book.interview.pk}", book.interview
    ends = (found.ends_at + timedelta(minutes=30)).astimezone(LISBON)
    sent(as_alex, f"{here}/edit", ends=f"{ends:%Y-%m-%dT%H:%M}")
    assert set(book.interview.typed) == {"starts_at", "ends_at", "time_zone"}
    kept = book.interview.ends_at
    later = world.meeting(
        starts=found.starts_at + timedelta(days=1),
        ends=found.ends_at + timedelta(days=1),
        sequence=1,
        title="Moved",
        location="Room 4",
    )
    batch = world.taken_in(later, member=book.member, at=timezone.now())
    assert (book.interview.ends_at, book.interview.title, book.interview.location) == (
        kept,
        "Moved",
        "Room 4",
    )
    said = "What you typed stays; the invitation says:"
    assert said in as_alex.get(f"/batches/{batch.pk}").content.decode()
    page = as_alex.get(here).content.decode()
    assert "The invitation says <time" in page
    assert "what you typed stays." in page


def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_kept(book, as_alex):
    address, before = f"/interviews/{book.interview.pk}/edit", stands(book)
    for wrong, words in (
        ({"ends": "2020-01-01T10:00"}, "It ends before it begins"),
        ({"starts": "soon"}, "Write the day and the time as 2026-11-24 10:00."),
        ({"starts": "0001-01-01T00:00"}, "The year 1 cannot be meant."),
        ({"time_zone": "Europe/Lisboa"}, "Europe/Lisbon"),
        ({"video_url": "javascript:alert(1)"}, "That is no link."),
        ({"title": ""}, "This field is required."),
        ({"kind": "by pigeon"}, "by pigeon is not one of the available choices"),
    ):
        page = sent(as_alex, address, **wrong)
        assert (page.status_code, words in page.content.decode(), wrong) == (200, True, wrong)
    assert stands(book) == before


def test_an_application_is_named_and_its_interview_with_it(book, as_alex):
    address = f"/applications/{book.application.pk}/edit"
    answer = sent(as_alex, address, job_title="", organisation="Noname")
    assert str(book.application) == "Application, Noname"
    assert "Job not named" in as_alex.get(f"/applications/{book.application.pk}").content.decode()
    as_alex.post(undo_in(answer))
    assert str(book.application) == "Platform Engineer, Initech"


def test_whom_the_invitation_left_out_is_added_with_a_plan_and_an_undo(book, as_alex):
    address = f"/interviews/{book.interview.pk}/people"
    said = {"name": "Ana Reis", "email": "ana@initech.example", "title": "Designer", "role": "peer"}
    answer = as_alex.post(address, said)
    assert answer["Location"] == f"/interviews/{book.interview.pk}"
    ana = book.interviewer("Ana Reis")
    assert (ana.role, bool(ana.confirmed_at), str(ana.person.organisation)) == ("peer", True, "Initech")
    assert Step.objects.filter(person=ana.person, act="thank").exists()
    assert "Ana Reis" in as_alex.get(answer["Location"]).content.decode()
    again = as_alex.post(address, said, follow=True)
    assert "Nothing was changed: Ana Reis is among those you met." in again.content.decode()
    as_alex.post(undo_in(answer))
    assert not Person.objects.filter(name="Ana Reis").exists()
    wrong = as_alex.post(address, {"name": "", "email": "nowhere"}).content.decode()
    assert "This field is required." in wrong
    assert "Enter a valid email address." in wrong


def test_a_typed_interview_says_which_job_it_was_for(alex, as_alex):
    said = {"name": "Ana Reis", "organisation": "Acme", "job_title": "Baker"}
    page = as_alex.post("/add/typed", said).content.decode()
    assert "When was it? A job is kept with the interview for it." in page
    assert not Application.objects.exists()
    as_alex.post("/add/typed", said | {"when": f"{timezone.now() - timedelta(hours=3):%Y-%m-%dT%H:%M}"})
    assert str(Application.objects.get()) == "Baker, Acme"
    assert "Baker" in Step.objects.get(act="thank", channel="email").note.text


@pytest.mark.parametrize("page", ["interviews/{}/edit", "interviews/{}/people", "applications/{}/edit"])
def test_only_its_owner_puts_it_right(book, as_alex, as_stranger, signed_out, page):
    address, before = f"/{page.format(book.interview.pk)}", stands(book)
    address = address.replace(str(book.interview.pk), str(book.application.pk)) if "appl" in page else address
    said = filled_in(as_alex, address, of="edit-form") | {"job_title": "Mine", "name": "Mallory"}
    assert as_alex.get(address).status_code == 200
    for client, status in ((as_stranger, 404), (signed_out, 302)):
        assert (client.get(address).status_code, client.post(address, said).status_code) == (status, status)
    assert stands(book) == before
    assert not Person.objects.filter(name="Mallory").exists()
