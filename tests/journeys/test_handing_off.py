"""The hand-off to a site that has no interface, in a browser: copied, sent, answered, and the archive brought in."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect

from rapport.network.models import Invitation
from tests.journeys.live import PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

CORPUS = Path(__file__).parents[1] / "corpus" / "linkedin"


def test_an_invitation_is_handed_over_answered_and_taken_back(live, axe, book):
    step = book.step("invite", "professional")
    page = live.page(book.member, width=PHONE)
    page.goto(f"/steps/{step.pk}")
    expect(page.get_by_text("It waits until the decision")).to_be_visible()
    page.get_by_text("Do it all the same").click()
    expect(page.get_by_text("0 of 5 notes this month")).to_be_visible()
    page.get_by_label("Address of their profile").fill("http://linkedin.com/in/dana-lee/")
    page.get_by_role("button", name="Keep it").click()
    link = page.get_by_role("link", name="Open the profile")
    expect(link).to_have_attribute("href", "https://www.linkedin.com/in/dana-lee")
    axe(page)
    page.get_by_label("The words to Dana Lee").fill("Glad we talked, Dana.")
    expect(page.get_by_text("21 of 200 characters")).to_be_visible()
    page.get_by_role("button", name="Copy").click()
    assert page.evaluate("navigator.clipboard.readText()") == "Glad we talked, Dana."
    assert not Invitation.objects.exists()
    page.get_by_role("button", name="I sent it").click()
    confirm = page.get_by_role("button", name="Yes, I know what I am doing")
    expect(page.get_by_text("With them since today.").or_(confirm).first).to_be_visible()
    if confirm.is_visible():
        axe(page)
        confirm.click()
    expect(page.get_by_text("With them since today.")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Nothing yet: Dana Lee").click()
    expect(page.get_by_role("status")).to_contain_text("Rapport asks again in a week.")
    page.get_by_role("button", name="They accepted: Dana Lee").click()
    expect(page.get_by_role("status")).to_contain_text("Dana Lee accepted.")
    expect(page.get_by_text("They accepted today.")).to_be_visible()
    axe(page)
    page.keyboard.press("z")
    expect(page.get_by_text("With them since today.")).to_be_visible()
    page.goto("/network")
    expect(page.get_by_role("heading", name="With them")).to_be_visible()
    expect(page.get_by_text("1 of 5 notes this month")).to_be_visible()
    axe(page)


def test_the_archive_tells_who_is_meant(live, axe, book, tmp_path):
    packed = tmp_path / "Basic_LinkedInDataExport_11-24-2026.zip"
    with zipfile.ZipFile(packed, "w") as bundle:
        bundle.write(CORPUS / "connections-2026.csv", "Connections.csv")
        bundle.write(CORPUS / "invitations-2026.csv", "Invitations.csv")
    page = live.page(book.member)

    def bring(foreseen: str) -> None:
        page.goto("/add")
        page.get_by_label("A file", exact=True).set_input_files(packed)
        page.get_by_role("button", name="Read it").click()
        expect(page.get_by_text(foreseen)).to_be_visible()
        page.get_by_role("button", name="Bring it in").click()

    dana = book.person().pk
    bring("6 new people")
    expect(page.get_by_role("heading", name="The same person?")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="The same person: Sam Ortiz").click()
    expect(page.get_by_role("status")).to_contain_text("Noted: the profile of Sam Ortiz.")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sam Ortiz")
    page.goto("/people/duplicates")
    expect(page.locator(".double")).to_contain_text("The same company, Initech.")
    page.keyboard.press("j")
    page.keyboard.press("e")
    expect(page.get_by_role("status")).to_contain_text("stands for both")
    bring("Sam Ortiz")
    page.goto(f"/people/{dana}")
    expect(page.get_by_text("Connected since 23 November 2026")).to_be_visible()
    expect(page.get_by_role("region", name="Invitations")).to_contain_text("They accepted")
    axe(page)
    page.goto("/network")
    expect(page.get_by_role("heading", name="They invited you")).to_be_visible()
    axe(page)
