"""What was asked for in place may not come: then the page stays, with the words being written, and says why."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from rapport.followups.models import Step
from tests.journeys.live import PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WORDS = "Dana, the way you put Lisbon made my day."


@pytest.fixture
def heard(live):
    """Let the browser's console tell of requests that failed: that is what these journeys are about."""
    yield
    assert all("htmx:" in one or "Response Status Error Code" in one for one in live.complaints)
    live.complaints.clear()


def writing(page, book):
    """The step's page opened in place, with words in it that are kept nowhere."""
    page.goto(f"/interviews/{book.interview.pk}")
    step = page.locator(f"#step-{book.step().pk}")
    step.locator("> a").click()
    step.get_by_label("The words to Dana Lee").fill(WORDS)
    return step


def signed_in_anew(page, live, member):
    client = Client()
    client.force_login(member)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live.address}])
    page.context.clear_cookies(name=settings.CSRF_COOKIE_NAME)  # signing in makes the older one stale


def test_without_a_network_the_page_says_so_and_keeps_the_words(live, axe, book, heard):
    page = live.page(book.member, width=PHONE)
    step = writing(page, book)
    page.context.set_offline(True)
    step.get_by_role("button", name="I sent it").click()
    status = page.get_by_role("status")
    expect(status).to_have_text(
        "Rapport did not answer. Try again in a moment. What you wrote is still here."
    )
    expect(step.get_by_label("The words to Dana Lee")).to_have_value(WORDS)
    axe(page)
    sams = page.locator(f"#step-{book.step(name='Sam Ortiz').pk} > a")
    sams.click()
    expect(sams).to_have_attribute("aria-expanded", "false")
    assert page.url == f"{live.address}/interviews/{book.interview.pk}"
    page.context.set_offline(False)
    sams.click()
    expect(page.get_by_label("The words to Sam Ortiz")).to_be_visible()
    step.get_by_role("button", name="I sent it").click()
    expect(status).to_contain_text("Sent: Thank Dana Lee by e-mail.")
    assert book.step().note.text == WORDS


def test_whoever_is_signed_out_meanwhile_keeps_the_words_and_sends_them_once_signed_in(
    live, axe, book, heard
):
    page = live.page(book.member, width=PHONE)
    step = writing(page, book)
    words, status = step.get_by_label("The words to Dana Lee"), page.get_by_role("status")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    step.get_by_role("button", name="Keep my words").click()
    expect(status).to_contain_text("You are signed out here, so nothing was changed.")
    expect(status.get_by_role("link", name="Sign in")).to_be_visible()
    expect(words).to_have_value(WORDS)
    axe(page)
    signed_in_anew(page, live, book.member)
    step.get_by_role("button", name="Keep my words").click()
    expect(status).to_contain_text("The page had been open for too long. Nothing was changed. Press again.")
    step.get_by_role("button", name="Keep my words").click()
    expect(status).to_contain_text("Kept: your words to Dana Lee.")
    assert book.step().note.text == WORDS


def test_another_member_who_signs_in_meanwhile_is_not_put_into_the_page(live, book, stranger, heard):
    page = live.page(book.member)
    step = writing(page, book)
    signed_in_anew(page, live, stranger)
    step.get_by_role("button", name="Keep my words").click()
    expect(page.get_by_role("status")).to_contain_text("You are signed out here, so nothing was changed.")
    expect(step.get_by_label("The words to Dana Lee")).to_have_value(WORDS)


def test_what_was_taken_back_in_another_window_is_said_and_the_words_beside_it_stay(live, book, heard):
    page = live.page(book.member)
    step = writing(page, book)
    sams = page.locator(f"#step-{book.step(name='Sam Ortiz').pk} .tick")
    Step.objects.filter(pk=book.step(name="Sam Ortiz").pk).delete()
    sams.click()
    expect(page.get_by_role("status")).to_contain_text("There is no such page.")
    expect(step.get_by_label("The words to Dana Lee")).to_have_value(WORDS)
