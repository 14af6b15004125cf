"""A second opinion on words, in a browser: named, read before it is sent, proposed, used, taken back."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.servers.endpoint import EndpointServer, streams

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_other_words_are_asked_for_used_and_taken_back(live, axe, book):
    page, draft = live.page(book.member, scheme="dark"), book.step().note.text
    with EndpointServer() as endpoint:
        endpoint.answer = streams("Dear [name],\n\nI keep thinking of our talk. Thank you for it.\n\n[me]")
        page.goto("/settings")
        page.locator("#opinion").locator("..").get_by_role("link").click()
        axe(page)
        page.get_by_label("Address").fill(endpoint.url)
        page.get_by_label("Model").fill("small-local")
        page.get_by_role("button", name="Keep", exact=True).click()
        page.goto(f"/steps/{book.step().pk}")
        page.get_by_role("link", name="Ask for other words").click()
        expect(page.get_by_label("What will be sent")).to_contain_text('"model": "small-local"')
        axe(page)
        assert endpoint.asked == []
        page.get_by_role("button", name="Send it").click()
        expect(page.get_by_label("The proposed words to Dana Lee")).to_have_value(
            "Dear Dana,\n\nI keep thinking of our talk. Thank you for it.\n\nAlex"
        )
        axe(page)
        page.get_by_role("button", name="Use these words").click()
    words = page.get_by_label("The words to Dana Lee")
    expect(words).to_have_value("Dear Dana,\n\nI keep thinking of our talk. Thank you for it.\n\nAlex")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_contain_text("You put the earlier words back")
    expect(words).to_have_value(draft)
