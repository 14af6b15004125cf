"""A person's card edited in a browser: rows, mistakes beside their fields, a photo, and the undo."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def picture(path: Path) -> Path:
    held = BytesIO()
    Image.new("RGB", (1200, 900), "teal").save(held, "PNG")
    path.write_bytes(held.getvalue())
    return path


def test_a_card_is_edited_row_by_row_and_the_edit_is_undone(live, axe, book, tmp_path):
    person = book.person()
    page = live.page(book.member)
    page.goto(f"/people/{person.pk}")
    page.get_by_role("link", name="Edit", exact=True).click()
    axe(page)
    phones = page.get_by_role("group", name="Telephone", exact=True)
    phones.get_by_label("Number").fill("12")
    phones.get_by_role("button", name="One more number").click()
    expect(phones.get_by_label("Number")).to_have_count(2)
    expect(phones.get_by_label("Number").last).to_be_focused()
    phones.get_by_label("Number").last.fill("+351 21 000 0000")
    phones.get_by_label("Which").last.select_option("work")
    days = page.get_by_role("group", name="Days to remember", exact=True)
    days.get_by_label("What").fill("Birthday")
    days.get_by_label("Day", exact=True).fill("30")
    days.get_by_label("Month").select_option("2")
    jobs = page.get_by_role("group", name="Work", exact=True)
    jobs.get_by_label("Job title").first.fill("CTO")
    page.get_by_label("Photo").set_input_files(picture(tmp_path / "dana.png"))
    page.get_by_label("Social").last.check()
    page.get_by_role("button", name="Keep", exact=True).last.click()
    expect(days.get_by_text("There is no such day.")).to_be_visible()
    expect(phones.get_by_text("Write the number with its country's code")).to_be_visible()
    axe(page)
    days.get_by_label("Day", exact=True).fill("28")
    phones.get_by_label("Number").first.fill("")
    page.get_by_label("Photo").set_input_files(picture(tmp_path / "dana.png"))
    page.get_by_role("button", name="Keep", exact=True).last.click()
    expect(page.get_by_role("status")).to_contain_text("Noted: Dana Lee.")
    card = page.get_by_role("region", name="Card")
    for words in ("CTO, Initech", "+351 21 000 0000 work", "28 February", "business and social"):
        expect(card).to_contain_text(words)
    expect(page.locator("img.portrait")).to_have_js_property("naturalWidth", 480)
    axe(page)
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(card).not_to_contain_text("28 February")
    expect(page.locator("img.portrait")).to_have_count(0)
    assert book.person().title == "VP Engineering"
