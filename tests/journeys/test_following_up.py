"""A member's way from the first invitation to the decision, in a browser."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from rapport.followups.models import Step
from tests.journeys.live import PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PLACES = """["#said ul", "nav.rooms", ":focus"]
    .map(one => document.querySelector(one).getBoundingClientRect().toJSON())"""
"""Where the message stands, the bar at the foot of a phone, and what has the focus."""


def invitation(folder: Path) -> Path:
    """An invitation as a calendar sends it, to an interview that ended two hours ago."""
    ends = timezone.now() - timedelta(hours=2)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "METHOD:REQUEST",
        "BEGIN:VEVENT",
        "UID:first@initech.example",
        f"DTSTART:{ends - timedelta(hours=1):%Y%m%dT%H%M%SZ}",
        f"DTEND:{ends:%Y%m%dT%H%M%SZ}",
        "SUMMARY:Interview: Platform team at Initech",
        "ATTENDEE;CN=Dana Lee:mailto:dana.lee@initech.example",
        "ATTENDEE;CN=Alex Morgan:mailto:alex.morgan@mail.example",
        "DESCRIPTION:You will meet Dana Lee\\, VP Engineering\\, and Sam Ortiz (Staff Engineer).",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    found = folder / "interview.ics"
    found.write_text("\r\n".join(lines) + "\r\n")
    return found


def test_the_first_invitation_on_an_empty_today_becomes_a_plan(live, axe, alex, tmp_path):
    page = live.page(alex, scheme="dark")
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Whom did you meet?")
    axe(page)
    page.get_by_label("A file", exact=True).set_input_files(invitation(tmp_path))
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("link", name="Dana Lee")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="See the plan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Initech")
    dana = page.get_by_role("region", name="Dana Lee")
    expect(dana.get_by_text("E-mail a thank-you", exact=True)).to_be_visible()
    sam = page.get_by_role("region", name="Sam Ortiz")
    sam.get_by_role("button", name="Yes: Sam Ortiz").click()
    expect(page.get_by_role("status")).to_contain_text("Sam Ortiz was there.")
    expect(sam.get_by_role("button", name="Yes: Sam Ortiz")).to_have_count(0)
    axe(page)


def test_a_file_dropped_on_any_page_is_read(live, alex, tmp_path):
    page = live.page(alex)
    page.goto("/schools")
    dropped = page.evaluate_handle(
        """text => { const bag = new DataTransfer(); bag.items.add(new File([text], "interview.ics")); return bag; }""",
        invitation(tmp_path).read_text(),
    )
    page.dispatch_event("main", "dragover", {"dataTransfer": dropped})
    expect(page.get_by_text("Let go, and Rapport reads it")).to_be_visible()
    page.dispatch_event("main", "drop", {"dataTransfer": dropped})
    expect(page.get_by_role("link", name="Dana Lee")).to_be_visible()


def test_an_answer_changes_the_advice_in_place_and_says_so(live, axe, book):
    page = live.page(book.member, width=PHONE)
    page.goto(f"/interviews/{book.interview.pk}")
    dana = page.get_by_role("region", name="Dana Lee")
    dana.get_by_text("more question").click()
    question = dana.get_by_role("group", name="Did you ask whether you may connect")
    question.get_by_role("button", name="yes", exact=True).scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    question.get_by_role("button", name="yes", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text(
        "“Invite Dana Lee on the professional network” is now “do”"
    )
    expect(page.locator(f"#step-{book.step('invite', 'professional').pk} > a")).to_contain_text("Do")
    page.wait_for_timeout(200)  # for what a browser does about the scroll once it has laid out the page
    assert (page.evaluate("scrollY"), before > 0) == (before, True)
    said, bar, focus = page.evaluate(PLACES)
    assert 0 <= said["top"] < said["bottom"] <= bar["top"]
    assert said["bottom"] <= focus["top"] or focus["bottom"] <= said["top"]
    axe(page)
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(page.locator(f"#step-{book.step('invite', 'professional').pk} > a")).to_contain_text(
        "until the decision"
    )


def test_a_pasted_text_that_gives_nothing_is_completed_in_the_form_beside_it(live, axe, alex):
    page = live.page(alex, width=PHONE)
    page.goto("/add")
    text = "Hi, you will meet Dana Lee, VP Engineering, on Friday at 10"
    page.get_by_label("Or paste the invitation").fill(text)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_label("Or paste the invitation")).to_be_focused()
    expect(page.get_by_label("Or paste the invitation")).to_have_value(text)
    axe(page)
    page.get_by_role("link", name="Or complete the form that your text filled in").click()
    expect(page.get_by_label("Whom did you meet?")).to_have_value("Dana Lee")
    page.get_by_role("button", name="Note it").click()
    expect(page.get_by_role("link", name="See the plan")).to_be_visible()


def test_a_draft_is_edited_counted_copied_and_sent(live, axe, book):
    page = live.page(book.member)
    page.goto(f"/steps/{book.step().pk}")
    words = page.get_by_label("The words to Dana Lee")
    words.fill("Thank you, Dana.")
    expect(page.get_by_text("16 characters")).to_be_visible()
    page.get_by_role("button", name="Copy").click()
    assert page.evaluate("navigator.clipboard.readText()") == "Thank you, Dana."
    assert book.step().note.sent_at is None
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_role("link", name="Today").click()
    page.get_by_role("searchbox").press_sequentially("Sam")
    page.get_by_text("Another time, or not at all").click()
    page.get_by_role("button", name="Put off").click()
    expect(page.get_by_role("status")).to_contain_text("Put off")
    expect(words).to_have_value("Thank you, Dana.")
    assert asked == ["beforeunload"]
    page.get_by_role("button", name="Keep my words").click()
    expect(page.get_by_text("Your own words, kept as they are.")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="I sent it").click()
    expect(page.get_by_role("status")).to_contain_text("Sent: Thank Dana Lee by e-mail.")
    expect(page.get_by_text("You sent it today.")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Today").click()
    expect(page.get_by_role("heading", level=1)).not_to_contain_text("Thank")
    assert asked == ["beforeunload"]


def test_a_step_is_done_and_undone_by_keyboard(live, axe, book):
    book.open_windows()
    page = live.page(book.member)
    page.goto("/")
    page.keyboard.press("z")
    page.keyboard.press("e")
    here = page.locator("[data-step].is-here")
    expect(here).to_contain_text("Dana Lee")
    following = page.locator("[data-step]").nth(1).get_attribute("id")
    page.keyboard.press("e")
    page.keyboard.press("e")
    expect(page.get_by_role("status")).to_contain_text("Done:")
    expect(here).to_have_attribute("id", following)
    assert here.evaluate("step => step.contains(document.activeElement)")
    assert Step.objects.seen_by(book.member).filter(state="done").exclude(act="record").count() == 1
    axe(page)
    page.keyboard.press("z")
    expect(page.get_by_role("status")).to_contain_text("Open again:")
    assert not Step.objects.seen_by(book.member).filter(state="done").exclude(act="record").exists()
    page.keyboard.press("z")
    for name in ("Dana Lee", "Sam Ortiz"):
        book.open_windows()  # what was done and undone is reckoned anew, and at night nobody is written to
        page.goto("/")
        page.get_by_role("button", name=f"Mark done: Thank {name} by e-mail").click()
        expect(page.get_by_role("status")).to_contain_text(f"Done: Thank {name}")
    page.goto("/interviews")
    for name in ("Sam Ortiz", "Dana Lee"):
        page.keyboard.press("z")
        expect(page.get_by_role("status")).to_contain_text(f"Open again: Thank {name}")
    page.keyboard.press("z")
    assert not Step.objects.seen_by(book.member).filter(state="done").exclude(act="record").exists()
    assert book.batch.undone_at is None
    page.keyboard.press("g")
    page.keyboard.press("p")
    expect(page.get_by_role("heading", level=1)).to_have_text("People")
    page.keyboard.press("/")
    page.keyboard.type("dana")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("dana")
    axe(page)
    page.get_by_role("link", name="Dana Lee").focus()
    page.keyboard.press("?")
    expect(page.get_by_role("heading", level=1)).to_have_text("Keys")
    axe(page)


def test_the_decision_releases_a_hold(live, axe, book):
    page = live.page(book.member)
    page.goto(f"/interviews/{book.interview.pk}")
    invite = page.locator(f"#step-{book.step('invite', 'professional').pk} > a")
    expect(invite).to_contain_text("until the decision")
    page.get_by_label("Where it stands").select_option(label="They said no")
    page.locator("form.control").get_by_role("button", name="Note it").click()
    expect(page.get_by_role("status")).to_contain_text("they said no")
    expect(invite).not_to_contain_text("until the decision")
    axe(page)
    page.get_by_role("link", name="Applications").click()
    expect(page.get_by_role("heading", name="Decided")).to_be_visible()
    axe(page)


def test_a_hard_norm_is_overruled_only_with_its_reason_in_view(live, axe, book):
    step = book.step("invite", "social")
    page = live.page(book.member, scheme="dark")
    page.goto(f"/steps/{step.pk}")
    page.get_by_text("Against this advice").click()
    page.get_by_label("I see it differently").select_option("do")
    page.get_by_role("button", name="This is my choice").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Send Dana Lee a friend request, all the same?")
    expect(page.get_by_text(step.because[0]["says"]).first).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Yes, I know what I am doing").click()
    expect(page.get_by_text("Your choice. The advice was:")).to_be_visible()
    expect(page.get_by_text(step.because[0]["says"]).first).to_be_visible()
    axe(page)
