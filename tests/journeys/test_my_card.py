"""The member's own card in a browser: filled in, shown to some, seen as they see it, and reached by its link."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.live import PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_card_is_filled_in_shown_to_some_and_reached_by_its_link(live, axe, alex):
    page = live.page(alex, width=PHONE)
    page.goto("/settings/card")
    page.get_by_role("group", name="Telephone", exact=True).get_by_label("Number").fill("+351 91 000 0000")
    page.get_by_role("group", name="Work", exact=True).get_by_label("Job title").fill("Platform Engineer")
    axe(page)
    page.get_by_role("button", name="Keep", exact=True).last.click()
    expect(page.get_by_role("status")).to_contain_text("Your letters carry it from now on.")
    page.get_by_role("link", name="say who sees what").click()
    page.get_by_role("group", name="Phone: +351 91 000 0000").get_by_label("Anyone with the link").check()
    page.get_by_role("group", name="Work: Platform Engineer").get_by_label("Business").check()
    axe(page)
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Noted who sees what")
    page.get_by_role("button", name="Make a link").click()
    expect(page.get_by_alt_text("The link as a QR code")).to_have_js_property("complete", True)
    assert page.get_by_alt_text("The link as a QR code").evaluate("image => image.naturalWidth") > 100
    axe(page)
    address = page.get_by_label("Its address").input_value()
    page.get_by_role("link", name="See it as somebody else does").click()
    seen = page.get_by_role("main")
    expect(seen).to_contain_text("Platform Engineer")
    expect(seen).not_to_contain_text("+351 91")
    page.get_by_label("See it as").select_option("Anyone with the link")
    page.get_by_role("button", name="Show it so").click()
    expect(seen).to_contain_text("+351 91 000 0000")
    expect(seen).not_to_contain_text("Platform Engineer")
    axe(page)
    anyone = live.page(width=PHONE)
    anyone.goto(re.sub(r"^https?://[^/]+", "", address))
    expect(anyone.get_by_role("heading", level=1)).to_have_text("Alex Morgan")
    expect(anyone.get_by_role("main")).not_to_contain_text("Platform Engineer")
    axe(anyone)
    with anyone.expect_download() as taken:
        anyone.get_by_role("link", name="Keep in your address book").click()
    assert taken.value.suggested_filename == "alex-morgan.vcf"
