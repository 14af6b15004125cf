"""Opening what is folded by keyboard, and reading the exact time of what is said in words."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from rapport.followups import happenings
from rapport.people.models import Person
from tests.doors.web.book import filled
from tests.journeys.live import DESK, PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
TOO_WIDE = """[...document.querySelectorAll("body *")].filter(one => one.checkVisibility() && !one.closest(".skip")
    && one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .map(one => one.outerHTML.slice(0, 90))"""
SHOWN = "time => { const after = getComputedStyle(time, '::after'); return after.display !== 'none' && after.content; }"


def test_a_step_opens_in_place_by_keyboard_and_stays_open_after_an_answer(live, axe, book):
    page = live.page(book.member)
    page.goto(f"/interviews/{book.interview.pk}")
    step = page.locator(f"#step-{book.step().pk}")
    line = step.locator("> a")
    expect(line).to_have_attribute("aria-expanded", "false")
    line.focus()
    page.keyboard.press("Enter")
    expect(line).to_have_attribute("aria-expanded", "true")
    words = step.get_by_label("The words to Dana Lee")
    expect(words).to_be_visible()
    axe(page)
    words.fill("Dana, the way you put Lisbon made my day.")
    dana = page.get_by_role("region", name="Dana Lee")
    dana.get_by_role("button", name="yes", exact=True).first.click()
    expect(page.get_by_role("status")).not_to_be_empty()
    expect(words).to_have_value("Dana, the way you put Lisbon made my day.")
    sams = page.locator(f"#step-{book.step(name='Sam Ortiz').pk}")
    sams.locator("> a").click()
    sams.get_by_label("The words to Sam Ortiz").fill("Thank you, Sam.")
    sams.locator(".tick").click()
    expect(page.get_by_role("status")).to_contain_text("Done: Thank Sam Ortiz by e-mail.")
    assert book.step(name="Sam Ortiz").note.text == "Thank you, Sam."
    expect(words).to_have_value("Dana, the way you put Lisbon made my day.")
    step.get_by_role("button", name="I sent it").click()
    expect(page.get_by_role("status")).to_contain_text("Sent: Thank Dana Lee by e-mail.")
    expect(step.get_by_text("You sent it today.")).to_be_visible()
    expect(line).to_be_focused()
    assert page.url.endswith(f"/interviews/{book.interview.pk}")
    axe(page)
    line.click()
    expect(line).to_have_attribute("aria-expanded", "false")
    expect(words).to_be_hidden()


def test_the_exact_time_shows_on_hover_and_on_focus_and_no_date_is_a_tab_stop(live, axe, book):
    page = live.page(book.member, width=PHONE)
    page.goto(f"/interviews/{book.interview.pk}")
    time = page.locator(f"#step-{book.step().pk} > a time").first
    exact = time.get_attribute("data-exactly")
    assert not time.evaluate(SHOWN)
    page.locator(f"#step-{book.step().pk} .tick, #step-{book.step().pk} > a").first.focus()
    while not time.evaluate(SHOWN):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('[data-step]') !== null")
    assert exact in time.evaluate(SHOWN)
    axe(page)
    page.keyboard.press("Escape")
    assert not time.evaluate(SHOWN)
    page.locator("h1").focus()
    page.evaluate("document.activeElement.blur()")
    time.hover()
    assert exact in time.evaluate(SHOWN)
    assert page.locator("time[tabindex]").count() == 0


def test_a_text_with_times_and_no_link_is_one_tab_stop(live, axe, book):
    page = live.page(book.member)
    for address in (f"/interviews/{book.interview.pk}", f"/people/{book.person().pk}"):
        page.goto(address)
        for text in page.locator(".timed").all():
            page.evaluate("document.activeElement.blur()")
            page.keyboard.press("Tab")  # the keyboard is what is used: focus is shown
            text.focus()
            for time in text.locator("time[data-exactly]").all():
                assert time.get_attribute("data-exactly") in time.evaluate(SHOWN)
        axe(page)


def test_no_word_is_wider_than_its_page(live, alex):
    long, link = (
        "w" * 300,
        "https://github.com/acme/platform/blob/main/docs/decisions/0042-migrate-off-the-monolith.md",
    )
    book = filled(alex, title=f"Interview: {long}", organisation=long, job_title=long)
    said = {"by": alex, "at": book.now}
    happenings.recall(book.interviewer(), f"their design doc: {link}\n{long}", **said)
    book.step().note.edit(f"{link} {long}", long, **said)
    Person.objects.filter(pk=book.person().pk).update(name=long, title=long, notes=long)
    addresses = (
        *(
            "/",
            "/interviews",
            "/applications",
            "/people",
            f"/batches/{book.batch.pk}",
            f"/steps/{book.step(name=long).pk}",
        ),
        *(
            f"/interviews/{book.interview.pk}",
            f"/applications/{book.application.pk}",
            f"/people/{book.person(long).pk}",
        ),
        *(
            f"/people/{book.person('Sam Ortiz').pk}",
            f"/people/{book.person(long).pk}/edit",
            "/people/duplicates",
        ),
    )
    page = live.page(alex, width=PHONE)
    for address in addresses:
        assert page.goto(address).ok
        for width in (PHONE, DESK):
            page.set_viewport_size({"width": width, "height": 740})
            assert (address, width, page.evaluate(TOO_WIDE)) == (address, width, [])
    for width in (740, 768, 840, 900, 1050, 1100):
        page.set_viewport_size({"width": width, "height": 740})
        assert page.locator(".letterhead-inner").bounding_box()["height"] < 60, width
        assert page.evaluate(TOO_WIDE) == []


def test_no_page_is_wider_than_a_small_phone_or_than_letters_of_twice_the_size_let_it(live, book):
    page = live.page(book.member, width=PHONE)
    twice = "[...document.styleSheets].at(-1).insertRule('html { font-size: 200% !important }')"
    for width, larger in ((320, False), (PHONE, True), (DESK, True)):
        page.set_viewport_size({"width": width, "height": 740})
        for address in ("/", f"/interviews/{book.interview.pk}", f"/steps/{book.step().pk}", "/add"):
            page.goto(address)
            if larger:
                page.evaluate(twice)
            wide = page.evaluate(
                "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
            )
            assert (address, larger, wide[0]) == (address, larger, wide[1])
            for name in ("Settings", "Schools"):
                link = page.get_by_role("link", name=name, exact=True)
                link.scroll_into_view_if_needed()
                box = link.bounding_box()
                assert 0 <= box["x"] <= box["x"] + box["width"] <= width
    page.set_viewport_size({"width": PHONE, "height": 740})
    page.goto("/")
    assert page.locator(".letterhead-inner").bounding_box()["height"] < 60


def test_a_message_does_not_slip_away_from_whoever_presses_its_undo(live, book):
    page = live.page(book.member, width=PHONE)
    page.goto(f"/interviews/{book.interview.pk}")
    status = page.get_by_role("status")
    answer = page.get_by_role("region", name="Dana Lee").get_by_role("button", name="yes", exact=True).first
    answer.evaluate("one => window.scrollBy(0, one.getBoundingClientRect().bottom - innerHeight + 70)")
    answer.click()
    expect(status).to_have_class("said is-floating is-high")
    status.get_by_role("button", name="Undo").click()
    expect(status).to_contain_text("not known any more")
    assert not book.person().statements.exists()


def test_a_confirmation_leads_back_to_its_step(live, book):
    page = live.page(book.member)
    page.goto(f"/interviews/{book.interview.pk}")
    step = book.step("invite", "social")
    row = page.locator(f"#step-{step.pk}")
    row.locator("> a").click()
    row.get_by_text("Against this advice").click()
    row.get_by_role("button", name="I did it all the same").click()
    page.get_by_role("button", name="Yes, I know what I am doing").click()
    expect(page).to_have_url(f"{live.address}/interviews/{book.interview.pk}#step-{step.pk}")
    expect(row.locator("> a")).to_have_attribute("aria-expanded", "true")
