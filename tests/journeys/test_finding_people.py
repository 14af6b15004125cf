"""Finding people in a browser: as one types, narrowed, kept under a name, tagged and deleted with undo."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from rapport.people.models import Person
from rapport.rules.card import Card
from tests.journeys.live import PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PEOPLE = {
    "Dana Lee": ["ORG:Initech", "TITLE:VP Engineering", "CATEGORIES:press"],
    "Zoë Ångström": ["ORG:Acme", "CATEGORIES:choir", f"BDAY:--{timezone.now():%m%d}"],
    "Sam Ortiz": ["ORG:Initech", "TITLE:Staff Engineer", "CATEGORIES:choir,press"],
}


def test_people_are_found_narrowed_kept_and_swept(live, axe, alex):
    for name, lines in PEOPLE.items():
        Person.make(
            alex, Card([*Card.of(name=name).lines, *lines]), source="a book", at=timezone.now(), met="event"
        )
    page = live.page(alex, width=PHONE)
    page.goto("/")
    expect(page.get_by_role("region", name="Birthdays")).to_contain_text("Zoë Ångström")
    axe(page)
    page.keyboard.press("/")
    page.keyboard.type("angstr")
    expect(page.get_by_role("main").get_by_role("link", name="Zoë Ångström")).to_be_visible()
    expect(page.get_by_label("Search people and interviews")).to_be_focused()
    axe(page)
    page.goto("/people")
    found = page.locator("#found")
    words = page.get_by_label("Name, organisation, number")
    words.press_sequentially("enginer")
    expect(found.get_by_role("link", name="Zoë Ångström")).to_have_count(0)
    expect(found.get_by_role("link", name="Sam Ortiz")).to_be_visible()
    expect(words).to_be_focused()
    expect(page).to_have_url(re.compile(r"/people\?q=enginer$"))
    axe(page)
    page.get_by_text("Filters").click()
    page.get_by_label("Tag", exact=True).first.fill("choir")
    page.get_by_role("button", name="Narrow").click()
    expect(found).to_contain_text("1 person")
    axe(page)
    page.get_by_label("Keep this search as").fill("Engineers who sing")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("link", name="Engineers who sing")).to_be_visible()
    page.goto("/people")
    page.get_by_role("link", name="Engineers who sing").click()
    expect(found).to_contain_text("1 person")
    page.get_by_label("Choose Sam Ortiz").check()
    page.get_by_text("Do something with those chosen").click()
    axe(page)
    page.get_by_role("button", name="Delete").click()
    expect(page.locator("#said")).to_contain_text("Deleted Sam Ortiz.")
    expect(found).to_contain_text("Nobody fits")
    page.keyboard.press("z")
    expect(page.locator("#said")).to_contain_text("Taken back: Deleted Sam Ortiz.")
    expect(found.get_by_role("link", name="Sam Ortiz")).to_be_visible()
