"""Today and an interview on paper: what is due and whom one met, without what only a screen can use."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_today_and_an_interview_print_what_one_needs_on_paper(live, book):
    book.open_windows()
    page = live.page(book.member, scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    page.goto("/")
    expect(page.get_by_role("heading", name="Now")).to_be_visible()
    expect(page.get_by_text("Thank Dana Lee by e-mail", exact=True).first).to_be_visible()
    exactly = page.locator("main time[data-exactly]").first
    assert exactly.evaluate("time => getComputedStyle(time, '::after').content").startswith('" (')
    page.goto(f"/interviews/{book.interview.pk}")
    for name in ("Dana Lee", "Sam Ortiz"):
        expect(page.get_by_role("heading", name=name)).to_be_visible()
    expect(page.locator(".timeline svg").first).to_be_visible()
    expect(page.locator(".step .deed").first).to_be_visible()
    for gone in (".letterhead nav", "main button", ".questions", ".colophon", "#call-off"):
        assert page.locator(f"{gone}:visible").count() == 0, gone
    colour = "name => getComputedStyle(document.documentElement)[name]"
    assert page.evaluate(colour, "backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate(colour, "color") == "rgb(0, 0, 0)"
