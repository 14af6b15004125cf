"""A business card photographed in a browser: read, looked at beside its fields, confirmed, and shown as a code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from rapport.gateways.photographs.codes import codes_in
from rapport.importers.pictures import photograph
from rapport.worker import photographs
from tests.drawn_cards import INITECH, drawn, jpeg
from tests.journeys.live import PHONE

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
VCARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Jürgen Müller\r\nTEL;TYPE=CELL:+49 171 2345678\r\nEND:VCARD"


def test_a_card_is_photographed_read_confirmed_and_shown_as_a_code(live, axe, alex, tmp_path: Path):
    taken = tmp_path / "card.jpg"
    taken.write_bytes(jpeg(drawn(INITECH[:5], VCARD)))
    page = live.page(alex, width=PHONE)
    page.goto("/add")
    axe(page)
    page.get_by_label("Or photograph a business card").set_input_files(taken)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("main")).to_contain_text("The card is being read")
    axe(page)
    photographs.work(alex, timezone.now, lambda: False)
    expect(page.get_by_role("heading", level=1)).to_have_text("Is this right?")
    picture = page.get_by_alt_text("The picture you took: card.jpg")
    assert picture.evaluate("image => image.naturalWidth") > 600
    expect(page.get_by_label("Name", exact=True)).to_have_value("Jürgen Müller")
    expect(page.get_by_label("Last name")).to_have_value("Müller")
    axe(page)
    page.get_by_role("group", name="Work", exact=True).get_by_label("Job title").first.fill("CTO")
    page.get_by_role("button", name="Put into the book").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recorded one person")
    page.get_by_role("link", name="Jürgen Müller").click()
    expect(page.get_by_role("main")).to_contain_text("CTO")
    page.get_by_role("link", name="Show as a code").click()
    axe(page)
    (code,) = codes_in(photograph(page.screenshot(full_page=True)))
    assert "TEL;TYPE=cell:+49 171 2345678" in code.replace("CELL", "cell")
