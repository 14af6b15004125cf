"""The calendar feed at its secret address, and the page where it is made, read, renewed and removed."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from rapport.journal.models import Entry
from rapport.notifications.models import Feed
from tests.doors.web.book import exported


@pytest.fixture
def address(book, as_alex) -> str:
    as_alex.post("/settings/notifications/feed")
    return f"/feeds/{Feed.objects.get(member=book.member).token}.ics"


def test_there_is_no_feed_unless_it_is_made(book, as_alex):
    assert "Make a calendar feed" in as_alex.get("/settings/notifications").content.decode()
    assert not Feed.objects.exists()


def test_a_program_that_is_not_signed_in_reads_the_feed(address, signed_out):
    answer = signed_out.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer.cookies == {}
    titles = [str(one["SUMMARY"]) for one in Calendar.from_ical(answer.content).walk("VEVENT")]
    assert "Thank Dana Lee by e-mail" in titles


def test_what_is_known_already_is_not_sent_again(address, signed_out):
    etag = signed_out.get(address)["ETag"]
    again = signed_out.get(address, headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert signed_out.get(address, headers={"if-none-match": '"other"'}).status_code == 200


def test_what_has_changed_is_sent_again(address, book, signed_out):
    etag = signed_out.get(address)["ETag"]
    book.step().skip(by=book.member, at=book.now)
    again = signed_out.get(address, headers={"if-none-match": etag})
    assert (again.status_code, again["ETag"] == etag) == (200, False)


def test_only_the_digest_finds_it_and_the_member_can_read_the_address_again(address, book, as_alex):
    token = address[len("/feeds/") : -len(".ics")]
    assert len(token) >= 43  # 256 bits
    assert token not in str(Feed.objects.values().get())
    page = as_alex.get("/settings/notifications")
    assert f"http://127.0.0.1:8000{address}" in page.content.decode()
    assert page["Referrer-Policy"] == "same-origin"
    assert "no-store" in page["Cache-Control"]


def test_no_stranger_sees_the_address(address, as_stranger):
    assert address not in as_stranger.get("/settings/notifications").content.decode()


def test_a_new_address_ends_the_old_one_and_a_removed_feed_is_as_if_it_had_never_been(
    address, as_alex, signed_out
):
    never = signed_out.get("/feeds/" + "x" * 43 + ".ics")
    renewed = as_alex.post("/settings/notifications/feed", follow=True)
    assert "The one before opens nothing any more." in renewed.text
    assert signed_out.get(address).status_code == 404
    newer = f"/feeds/{Feed.objects.get().token}.ics"
    assert signed_out.get(newer).status_code == 200
    as_alex.post("/settings/notifications/feed/removal")
    gone = signed_out.get(newer)
    assert (gone.status_code, gone.content) == (never.status_code, never.content) == (404, never.content)
    verbs = list(Entry.objects.filter(verb__startswith="feed.").order_by("pk").values_list("verb", flat=True))
    assert verbs == ["feed.made", "feed.made", "feed.removed"]


def test_somebody_elses_removal_leaves_it(address, as_stranger, signed_out):
    as_stranger.post("/settings/notifications/feed/removal")
    assert signed_out.get(address).status_code == 200


def test_a_member_who_may_not_sign_in_any_more_has_no_feed(address, book, signed_out):
    book.member.is_active = False
    book.member.save()
    assert signed_out.get(address).status_code == 404


def test_a_feed_cannot_be_written_to(address, signed_out):
    assert signed_out.post(address).status_code == 405
    assert signed_out.head(address).status_code == 200


def test_a_lost_key_is_said_and_the_feed_goes_on(address, as_alex, signed_out, settings):
    settings.VAULT_KEY = "another key"
    assert "sealed with a key that is not here" in as_alex.get("/settings/notifications").content.decode()
    assert signed_out.get(address).status_code == 200


def test_the_address_is_in_no_export(address, as_alex):
    held = b"".join(exported(as_alex).values())
    assert b"alex.morgan@mail.example" in held
    assert address[len("/feeds/") : -len(".ics")].encode() not in held
    assert b"sealed_token" not in held


def test_links_of_a_server_lead_to_its_first_name(address, signed_out, server):
    body = signed_out.get(address, secure=True).content.decode().replace("\r\n ", "")
    assert "URL:https://rapport.example/steps/" in body


def test_it_costs_a_constant_number_of_queries(address, signed_out):
    signed_out.get(address)
    with CaptureQueriesContext(connection) as asked:
        signed_out.get(address)
    assert len(asked) <= 7
