"""The link that ends all mail: it asks a person, and obeys a mail program."""

from __future__ import annotations

import pytest
from django.test import Client

from rapport.notifications.models import DailyMail, Silence
from tests import world

pytestmark = pytest.mark.django_db

DANA = "dana.lee@initech.example"


@pytest.fixture
def link() -> str:
    return f"/no-mail/{Silence.token_of(DANA)}"


def test_opening_the_link_changes_nothing(link, signed_out):
    for _ in range(3):
        page = signed_out.get(link)
        assert page.status_code == 200
        signed_out.head(link)
    assert "End it, for good" in page.content.decode()
    assert "dana" not in page.content.decode().lower()
    assert (page["Referrer-Policy"], "no-store" in page["Cache-Control"]) == ("no-referrer", True)
    assert not Silence.covers(DANA)


def test_the_button_ends_it_for_somebody_who_is_no_member(link, signed_out):
    page = signed_out.post(link)
    assert "Rapport sends nothing to your address any more" in page.content.decode()
    assert Silence.covers("Dana.Lee@Initech.example")


def test_a_mail_program_ends_it_without_a_cookie_or_a_form_of_ours(link):
    program = Client(enforce_csrf_checks=True)
    answer = program.post(
        link, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
    )
    assert (answer.status_code, "Location" in answer) == (200, False)
    assert Silence.covers(DANA)
    assert program.post(link).status_code == 200


def test_an_invented_link_is_no_page(signed_out):
    for method in (signed_out.get, signed_out.post):
        assert method("/no-mail/" + "A" * 64).status_code == 404
    assert not Silence.objects.exists()


def test_a_member_starts_again_for_their_own_address_only(alex, as_alex, as_stranger, settings, server):
    settings.MAIL_URL, settings.MAIL_FROM = "smtp://127.0.0.1:1", "rapport@rapport.example"
    Silence.begin(Silence.token_of(alex.email), at=world.NOW)
    as_stranger.post("/settings/notifications/mail", secure=True)
    assert Silence.covers(alex.email)
    page = as_alex.get("/settings/notifications", secure=True).content.decode()
    assert f"Allow mail to {alex.email} again" in page
    as_alex.post("/settings/notifications/mail", secure=True)
    assert not Silence.covers(alex.email)


def test_the_daily_mail_is_off_until_it_is_put_on_at_an_hour(alex, as_alex, as_stranger, settings, server):
    settings.MAIL_URL, settings.MAIL_FROM = "smtp://127.0.0.1:1", "rapport@rapport.example"
    assert not DailyMail.objects.exists()
    as_alex.post("/settings/notifications/daily", {"hour": "7"}, secure=True)
    assert DailyMail.objects.get().hour == 7
    as_stranger.post("/settings/notifications/daily/off", secure=True)
    assert DailyMail.objects.get().due_at is not None
    page = as_alex.post("/settings/notifications/daily", {"hour": "25"}, secure=True)
    assert page.context["form"].errors["hour"]
    as_alex.post("/settings/notifications/daily/off", secure=True)
    assert DailyMail.objects.get().due_at is None


def test_where_no_mail_can_go_the_setting_says_so(alex, as_alex, server):
    page = as_alex.get("/settings/notifications", secure=True).content.decode()
    assert "This server sends no mail." in page
    as_alex.post("/settings/notifications/daily", {"hour": "7"}, secure=True)
    assert not DailyMail.objects.exists()


def test_on_a_laptop_without_a_mailbox_the_setting_says_where_to_name_one(as_alex):
    assert "Say so in Settings, under Mail" in as_alex.get("/settings/notifications").content.decode()
