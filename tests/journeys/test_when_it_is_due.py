"""The settings of being told, in a browser; and the link that ends all mail."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from rapport.followups.models import Step
from rapport.notifications.models import Silence
from tests.journeys.live import PHONE
from tests.worker.conftest import mailbox_at

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

RECORDS = """
window.shown = [];
window.Notification = class {
  static permission = "default";
  static async requestPermission() { return (this.permission = "granted"); }
  constructor(title, options) { window.shown.push([title, options.tag]); }
  close() {}
};
const every = window.setInterval;
window.setInterval = (asks, after) => { window.asks = asks; window.asksEvery = after; return every(asks, 1e9); };
"""
"""The browser's own window for notices, so that they can be read; and the clock, so that nobody waits."""


def test_a_feed_is_made_and_renewed_and_a_mail_is_asked_for(live, axe, book, smtp_server):
    mailbox_at(smtp_server, member=book.member)
    page = live.page(book.member, width=PHONE, scheme="dark")
    page.goto("/settings")
    page.get_by_role("link", name="Your calendar, a daily mail, this browser").click()
    axe(page)
    page.get_by_role("button", name="Make a calendar feed").click()
    address = page.get_by_label("Its address").input_value()
    assert page.request.get(live.address + address.partition("8000")[2]).status == 200
    page.get_by_role("button", name="Give it a new address").click()
    assert page.get_by_label("Its address").input_value() != address
    page.get_by_label("At what hour of your day").select_option("07:00")
    page.get_by_role("button", name="Send me a mail a day").click()
    expect(page.get_by_role("button", name="Stop it")).to_be_visible()
    axe(page)


def test_this_browser_tells_each_thing_once_from_the_moment_it_is_allowed(live, axe, book):
    Step.objects.update(earliest=None, due=None, verdict="avoid")
    page = live.page(book.member)
    page.add_init_script(RECORDS)
    page.goto("/settings/notifications")
    assert page.evaluate("window.asks(), window.asksEvery") >= 60_000
    page.get_by_role("button", name="Tell me in this browser").click()
    expect(page.get_by_text("This browser tells you.")).to_be_visible()
    axe(page)
    page.evaluate("window.Notification.permission = 'granted'")
    now = timezone.now()
    Step.objects.filter(pk=book.step().pk).update(verdict="do", earliest=now, due=now, latest=now)
    for _ in range(3):
        page.evaluate("window.asks()")
        page.wait_for_timeout(400)
    assert [title for title, _ in page.evaluate("window.shown")] == ["Thank Dana Lee by e-mail"]
    page.get_by_role("button", name="Stop telling me here").click()
    Step.objects.filter(pk=book.step(channel="letter").pk).update(
        verdict="do", earliest=now, due=now, latest=now
    )
    page.evaluate("window.asks()")
    page.wait_for_timeout(400)
    assert len(page.evaluate("window.shown")) == 1


def test_who_is_no_member_ends_all_mail_with_one_button(live, axe):
    page = live.page()
    page.goto(f"/no-mail/{Silence.token_of('dana.lee@initech.example')}")
    axe(page)
    page.get_by_role("button", name="End it, for good").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("No more mail")
    axe(page)
    assert Silence.covers("dana.lee@initech.example")
