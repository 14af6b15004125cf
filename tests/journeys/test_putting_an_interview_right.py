"""What an invitation has wrong is put right in a browser, and whom it left out is added."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from rapport.followups import happenings
from tests.journeys.live import PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_an_interview_is_put_right_and_somebody_added_each_with_its_undo(live, axe, book):
    page = live.page(book.member, width=PHONE)
    page.goto(f"/interviews/{book.interview.pk}")
    page.get_by_role("link", name="Edit").click()
    axe(page)
    page.get_by_label("Which job?").fill("Staff Baker")
    page.get_by_label("Organisation", exact=True).fill("Crumb & Sons")
    page.get_by_label("How it is held").select_option("on site")
    page.get_by_label("It ends").fill("2020-01-01T10:00")
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_text("It ends before it begins; write a later time.")).to_be_visible()
    axe(page)
    page.get_by_label("It ends").fill(page.get_by_label("It begins").input_value())
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Crumb & Sons")
    expect(page.get_by_text("what you typed stays.")).to_be_visible()
    axe(page)
    page.keyboard.press("z")
    expect(page.get_by_role("heading", level=1)).to_have_text("Initech")
    page.get_by_role("link", name="Add a person").click()
    page.get_by_label("Whom did you meet?").fill("Ana Reis")
    page.get_by_label("Their part").select_option("peer")
    axe(page)
    page.get_by_role("button", name="Add them").click()
    expect(page.get_by_role("region", name="Ana Reis")).to_be_visible()
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("region", name="Ana Reis")).to_have_count(0)
    page.goto(f"/applications/{book.application.pk}")
    page.get_by_role("link", name="Edit").click()
    page.get_by_label("Which job?").fill("Baker")
    axe(page)
    page.get_by_label("Which job?").press("Enter")
    expect(page.get_by_text("Baker").first).to_be_visible()
    axe(page)


def test_the_same_words_twice_are_asked_about_with_what_they_resemble(live, axe, book):
    dana, sam = book.step(), book.step(name="Sam Ortiz")
    happenings.sent(dana, by=book.member, at=book.now)
    page = live.page(book.member, width=PHONE, scheme="dark")
    page.goto(f"/steps/{sam.pk}")
    page.get_by_label("The words to Sam Ortiz").fill(dana.note.text)
    page.get_by_role("button", name="I sent it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank Sam Ortiz by e-mail, all the same?")
    expect(page.get_by_text("this looks like your thank-you by e-mail to Dana Lee")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Leave it").click()
    expect(page.get_by_role("link", name="your thank-you by e-mail to Dana Lee")).to_be_visible()
    page.get_by_role("button", name="I sent it").click()
    page.get_by_role("button", name="Yes, I know what I am doing").click()
    expect(page.get_by_role("status")).to_contain_text("Sent")
    axe(page)
