"""Schools, settings and what goes wrong, in a browser."""

from __future__ import annotations

import json
from zipfile import ZipFile

import pytest
from playwright.sync_api import expect

from rapport.people.models import Person
from tests.journeys.live import PHONE, other_look

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

COLUMNS = """[...document.querySelector('.debate').querySelectorAll('thead th')].map(
  head => head.getBoundingClientRect().left)"""
OPENED = "document.querySelectorAll('.debate details').forEach(school => { school.open = true })"
TOUCHING = """[...document.querySelectorAll('.debate td > .verdict')].filter(verdict => verdict.offsetParent &&
  verdict.getBoundingClientRect().right + 4 > verdict.nextElementSibling.getBoundingClientRect().left).length"""
"""How many verdicts of a debate touch the schools beside them."""


def test_a_school_of_ones_own_is_copied_and_edited_and_a_mistake_stands_beside_its_field(live, axe, book):
    page = live.page(book.member, width=PHONE)
    page.goto("/schools")
    axe(page)
    page.get_by_role("link", name="After a no", exact=True).click()
    axe(page)
    page.get_by_role("button", name="Copy it and make it my own").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("After a no, my way")
    page.get_by_role("link", name="Add a norm").click()
    page.get_by_label("To which act").select_option(label="Call first")
    page.get_by_label("What it says").select_option("optional")
    page.get_by_label("When it holds").fill("rapprt = strong")
    page.get_by_label("Because").fill("A good talk bears a call.")
    page.get_by_role("button", name="Keep").click()
    wrong = page.get_by_text("Line 1: 'rapprt' is no fact. Did you mean 'rapport'?")
    expect(page.get_by_label("When it holds")).to_be_focused()
    foot = wrong.bounding_box()["y"] + wrong.bounding_box()["height"]
    assert 0 < foot <= page.get_by_role("navigation", name="Rooms").bounding_box()["y"]
    axe(page)
    page.get_by_text("What can be written here").click()
    page.get_by_text("What time can be counted from").click()
    axe(page)
    page.get_by_label("When it holds").fill("rapport = strong")
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_text("A good talk bears a call.")).to_be_visible()
    page.get_by_role("button", name="Let this school advise me").click()
    expect(page.get_by_text("advises you", exact=True)).to_be_visible()
    axe(page)


def test_a_situation_is_tried_and_the_debate_is_read(live, axe, book):
    page = live.page(book.member)
    page.goto("/situation")
    axe(page)
    counsel = page.get_by_role("region", name="Considerate, to you")
    expect(counsel).to_contain_text("wait until the decision")
    page.get_by_label("Decision", exact=True).select_option("rejected")
    page.get_by_label("Worth keeping in touch", exact=True).select_option("yes")
    expect(counsel).to_contain_text("Invite them on the professional network")
    school = page.locator("summary", has_text="After a no").first
    school.click()
    expect(page.locator("details[open] .cite").first).to_be_visible()
    axe(page)
    page.goto(f"/interviewers/{book.interviewer().pk}/debate")
    expect(page.get_by_role("heading", level=1)).to_have_text("The debate about Dana Lee")
    axe(page)
    before = page.evaluate(COLUMNS)
    page.evaluate(OPENED)
    assert page.evaluate(COLUMNS) == before
    assert before[-1] < 1280
    with other_look(page):
        assert page.evaluate(TOUCHING) == 0


def test_settings_are_kept_and_everything_can_be_taken_along(live, axe, book):
    page = live.page(book.member, width=PHONE)
    page.goto("/settings")
    axe(page)
    page.get_by_label("Your time zone").fill("Europe/Lisbn")
    page.get_by_role("button", name="Keep").first.click()
    expect(page.get_by_text("Did you mean 'Europe/Lisbon'?")).to_be_visible()
    axe(page)
    page.get_by_label("Your time zone").fill("Europe/Lisbon")
    page.get_by_role("button", name="Keep").first.click()
    expect(page.get_by_role("status")).to_contain_text("Times are shown in your zone")
    page.get_by_label("After the decision, please").check()
    page.get_by_role("button", name="Keep").last.click()
    expect(page.get_by_label("After the decision, please")).to_be_checked()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Take everything with you").click()
    with ZipFile(taken.value.path()) as bundle:
        assert len(json.loads(bundle.read("people.person.json"))) == 3
    page.get_by_role("link", name="Delete everything").click()
    axe(page)
    page.get_by_role("button", name="Delete everything").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Delete everything")


def test_a_bad_file_has_its_place_and_the_batch_is_undone(live, axe, alex, tmp_path):
    (tmp_path / "noor.vcf").write_text("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Noor Haddad\r\nEND:VCARD\r\n")
    (tmp_path / "torn.ics").write_text("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:2026")
    page = live.page(alex)
    page.goto("/add")
    axe(page)
    page.get_by_label("A file", exact=True).set_input_files([tmp_path / "noor.vcf", tmp_path / "torn.ics"])
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", name="Could not be read")).to_be_visible()
    expect(page.get_by_text("torn.ics, line")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Undo all of it").click()
    expect(page.get_by_role("status")).to_contain_text("Taken back:")
    assert not Person.objects.filter(member=alex).exists()


def test_without_javascript_a_question_is_answered_and_a_note_sent(live, book, chromium, settings):
    page = live.page(book.member)
    context = chromium.new_context(
        base_url=live.address, java_script_enabled=False, viewport={"width": PHONE, "height": 740}
    )
    context.add_cookies(page.context.cookies())
    plain = context.new_page()
    plain.goto(f"/interviews/{book.interview.pk}")
    dana = plain.get_by_role("region", name="Dana Lee")
    dana.get_by_role("group", name="Did you ask whether you may connect").get_by_role(
        "button", name="yes", exact=True
    ).click()
    expect(plain.get_by_role("status")).to_contain_text("is now “do”")
    plain.goto(f"/steps/{book.step().pk}")
    plain.get_by_label("The words to Dana Lee").fill("Thank you, Dana.")
    plain.get_by_role("button", name="I sent it").click()
    expect(plain.get_by_role("status")).to_contain_text("Sent: Thank Dana Lee by e-mail.")
    context.close()
    assert book.step().note.text == "Thank you, Dana."
