"""Two files that name one person, in a browser: brought in, merged with a choice, taken back from the timeline."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from rapport.rules.card import Card
from tests.journeys.live import PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PHONE_NUMBER = "+351 912 345 678"


def files(tmp_path):
    """Write two cards of one person, of which a telephone and an initial agree: not enough to join them unasked."""
    said = {
        "phone.vcf": Card.of(name="Dana Leeuwarden", phone=PHONE_NUMBER, title="VP Engineering"),
        "work.vcf": Card.of(
            name="D. Leeuwarden",
            phone=PHONE_NUMBER,
            title="CTO",
            email="dana@initech.example",
            organisation="Initech",
        ),
    }
    for name, card in said.items():
        (tmp_path / name).write_text(card.text())
    return [tmp_path / name for name in said]


def test_two_files_one_person_and_two_again(live, axe, alex, tmp_path):
    page = live.page(alex, width=PHONE, scheme="dark")
    for file in files(tmp_path):
        page.goto("/add")
        page.locator("input[type=file]").first.set_input_files(file)
        page.get_by_role("button", name="Read", exact=False).first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("one person")
    page.goto("/people/duplicates")
    group = page.locator(".double")
    expect(group).to_have_count(1)
    expect(group).to_contain_text("The same telephone number, ending in 5678.")
    axe(page)
    page.get_by_role("button", name="Not the same: Dana Leeuwarden").click()
    expect(page.get_by_role("status")).to_contain_text("not the same person")
    expect(group).to_have_count(0)
    page.keyboard.press("z")
    expect(group).to_have_count(1)
    page.goto("/people")
    page.get_by_role("link", name="1 perhaps twice").click()
    page.get_by_label("CTO").check()
    page.keyboard.press("e")
    expect(page.get_by_role("status")).to_contain_text("stands for both")
    axe(page)
    page.goto("/people")
    page.get_by_role("link", name="Dana Leeuwarden").click()
    expect(page.locator(".lead").first).to_contain_text("CTO, Initech")
    expect(page.get_by_role("main")).to_contain_text("dana@initech.example")
    axe(page)
    page.get_by_role("button", name="take back: Merged D. Leeuwarden").click()
    expect(page.get_by_role("status")).to_contain_text("Taken back: Merged D. Leeuwarden")
    expect(page.locator(".lead").first).to_contain_text("VP Engineering")
    page.goto("/people")
    expect(page.get_by_role("link", name="D. Leeuwarden")).to_have_count(1)
