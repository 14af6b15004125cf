"""Changes answered one by one, and somebody who says themselves how they want to be in the book."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import expect

from rapport.followups.hearing import hear
from rapport.people.models import DetailsRequest, Source
from rapport.rules.card import Card
from tests.journeys.live import PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_changes_are_applied_ignored_and_taken_back(live, axe, book):
    dana = book.person()
    said = Card(["VERSION:4.0", "FN:Dana Lee", "TITLE:Chief of Paper", "ORG:Hooli", "TEL:+351 21 000 0000"])
    hear(Source.of(dana, "card", "https://cards.example/dana.vcf"), said, at=timezone.now())
    page = live.page(book.member, scheme="dark")
    page.goto("/")
    page.get_by_role("link", name="3 changes wait").click()
    waiting = page.get_by_role("region", name="Waiting for your word")
    expect(waiting.get_by_role("listitem")).to_have_count(3)
    axe(page)
    waiting.get_by_role("button", name="Apply: title of Dana Lee").click()
    expect(page.get_by_role("status")).to_contain_text("VP Engineering → Chief of Paper")
    waiting.get_by_role("button", name="Keep both: organisation").click()
    expect(waiting.get_by_role("listitem")).to_have_count(1)
    waiting.get_by_role("button", name="Ignore: phones").click()
    expect(waiting).to_contain_text("Nothing waits.")
    lately = page.get_by_role("region", name="Lately")
    lately.get_by_role("button", name="Undo: phones of Dana Lee").click()
    expect(waiting.get_by_role("listitem")).to_have_count(1)
    expect(page.get_by_role("status")).to_contain_text("waits again")
    waiting.get_by_role("button", name="Always from this source").click()
    expect(page.get_by_role("status")).to_contain_text("applies by itself from now on")
    expect(page.get_by_role("region", name="What applies by itself")).to_contain_text(
        "the card at cards.example"
    )
    axe(page)
    page.goto(f"/people/{dana.pk}")
    expect(page.get_by_role("region", name="Card")).to_contain_text("Chief of Paper")
    expect(page.get_by_role("region", name="Card")).to_contain_text("+351 21 000 0000")


def test_somebody_is_asked_answers_and_is_never_asked_again(live, axe, book):
    cache.clear()
    dana = book.person()
    page = live.page(book.member, width=PHONE, scheme="dark")
    page.goto(f"/people/{dana.pk}")
    page.get_by_role("link", name="Ask for details").click()
    axe(page)
    page.get_by_label("Title").check()
    page.get_by_role("button", name="Make the link").click()
    expect(page.get_by_label("Words with the link")).to_contain_text("/details/")
    axe(page)
    theirs = live.page(width=PHONE, scheme="dark")
    theirs.goto(f"/details/{DetailsRequest.objects.get().token}")
    expect(theirs.get_by_label("What you do").first).to_have_value("VP Engineering")
    expect(theirs.locator("body")).not_to_contain_text("Initech")
    axe(theirs)
    theirs.get_by_label("What you do").first.fill("Chief of Paper")
    phones = theirs.get_by_role("group", name="Telephone", exact=True)
    phones.get_by_label("Number").fill("12")
    theirs.get_by_role("button", name="Send").last.click()
    expect(phones.get_by_text("Write the number with its country's code")).to_be_visible()
    axe(theirs)
    phones.get_by_label("Number").fill("+351 91 000 0000")
    phones.get_by_role("button", name="One more number").click()
    expect(phones.get_by_label("Number")).to_have_count(2)
    theirs.get_by_role("button", name="Send").last.click()
    expect(theirs.get_by_role("heading", name="Thank you")).to_be_visible()
    axe(theirs)
    theirs.get_by_role("button", name="Never ask me again").click()
    expect(theirs.get_by_role("heading", name="Nobody asks you again")).to_be_visible()
    page.goto(f"/people/{dana.pk}")
    changes = page.get_by_role("region", name="Changes that wait")
    expect(changes).to_contain_text("Chief of Paper")
    axe(page)
    changes.get_by_role("button", name="Apply: phones").click()
    expect(page.get_by_role("region", name="Card")).to_contain_text("+351 91 000 0000")
    page.goto(f"/people/{dana.pk}/asking")
    page.get_by_role("button", name="Make the link").click()
    expect(page.get_by_role("status")).to_contain_text("asked not to be asked again")
