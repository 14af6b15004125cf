"""A thank-you that really leaves: the account is set up and tried, the note queued, sent by the worker, and seen."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from rapport.correspondence.models import Delivery
from rapport.worker import following, sending

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def worked(member):
    """Let the worker do what is due, at the hour when it is."""
    due_at = Delivery.objects.get(state="waiting").due_at
    for kind in (sending, following):
        kind.work(member, lambda: due_at, lambda: False)


def test_a_thank_you_leaves_by_mail(live, axe, book, smtp_server):
    page = live.page(book.member)
    page.goto(f"/steps/{book.step().pk}")
    page.get_by_role("link", name="Say where your mail leaves from").click()
    page.get_by_label("Password").fill("a secret")
    page.get_by_text("Servers and sign-in").click()
    page.get_by_label("Server that mail leaves by").fill(smtp_server.hostname)
    page.get_by_label("Its port").first.fill(str(smtp_server.port))
    page.get_by_label("Its security").first.select_option("none")
    axe(page)
    smtp_server.users["alex.morgan@mail.example"] = "another secret"
    page.get_by_role("button", name="Keep").click()
    page.get_by_role("button", name="Try it").click()
    expect(page.get_by_role("heading", name="Sending: not yet")).to_be_visible()
    expect(page.get_by_text("does not let alex.morgan@mail.example sign in")).to_be_visible()
    smtp_server.users["alex.morgan@mail.example"] = "a secret"
    page.get_by_role("button", name="Try it").click()
    expect(page.get_by_role("heading", name="Sending: it works")).to_be_visible()
    axe(page)

    page.goto(f"/steps/{book.step().pk}")
    page.get_by_label("The words to Dana Lee").fill("Dear Dana,\n\nthank you for the hour.\n\nAlex")
    page.get_by_role("button", name="Send by e-mail").click()
    expect(page.get_by_role("status")).to_contain_text("To dana.lee@initech.example: leaves")
    axe(page)
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_role("status")).to_contain_text("It has not left.")
    page.get_by_role("button", name="Send by e-mail").click()
    expect(page.get_by_role("button", name="Take it back")).to_be_visible()
    worked(book.member)
    assert smtp_server.received[0].message.get_content().startswith("Dear Dana,")

    page.goto("/sent")
    expect(page.get_by_role("main")).to_contain_text("Dana Lee, dana.lee@initech.example")
    axe(page)
    page.goto(f"/steps/{book.step().pk}")
    expect(page.get_by_text("Sent to dana.lee@initech.example")).to_be_visible()
