"""A card by hand, from the missing address to the post, in a browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.live import PHONE
from tests.pdf import pages

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_letter_is_addressed_copied_printed_and_posted(live, axe, book):
    step = book.step("thank", "letter")
    page = live.page(book.member)
    page.goto(f"/steps/{step.pk}")
    axe(page)
    to = page.locator("form", has=page.get_by_role("button", name="Keep the address"))
    to.get_by_label("Street and number").fill("Rua Augusta 10")
    to.get_by_label("Postal code").fill("1100-053")
    to.get_by_label("Town").fill("Lisboa")
    to.get_by_label("Country").select_option("PT")
    to.get_by_role("button").click()
    expect(page.get_by_role("status")).to_contain_text("Noted where letters reach Dana Lee.")
    sender = page.locator("form", has=page.get_by_role("button", name="Keep my address"))
    sender.get_by_label("Street and number").fill("Unter den Linden 5")
    sender.get_by_label("Postal code").fill("10117")
    sender.get_by_label("Town").fill("Berlin")
    sender.get_by_label("Country").select_option("DE")
    sender.get_by_role("button").click()
    expect(page.get_by_text("PORTUGAL")).to_be_visible()
    expect(page.get_by_text("GERMANY")).to_be_visible()
    axe(page)

    page.get_by_label("The words to Dana Lee").fill("Dear Dana,\n\nThank you for our talk.\n\nWarmly,\nAlex")
    page.get_by_role("button", name="Copy it by hand").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Copy it by hand")
    expect(page.get_by_text("9 words")).to_be_visible()
    first, second = page.get_by_role("radio", name="Dear Dana,"), page.get_by_role("radio", name="Thank you")
    expect(first).to_be_focused()
    expect(first).to_be_checked()
    page.keyboard.press("ArrowDown")
    expect(second).to_be_checked()
    assert page.evaluate(
        "document.querySelector('main').scrollWidth <= document.querySelector('main').clientWidth"
    )
    axe(page)

    page.get_by_role("link", name="Print it instead").click()
    picture = page.get_by_role("img", name="Page 1 of the letter")
    expect(picture).to_be_visible()
    expect(picture).to_have_js_property("complete", value=True)
    assert picture.evaluate("image => image.naturalWidth") > 800
    axe(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Envelope as PDF").click()
    (envelope,) = pages(download.value.path().read_bytes())
    assert envelope.lines[-3:] == ["Rua Augusta 10", "1100-053 LISBOA", "PORTUGAL"]


def test_a_letter_is_posted_shown_on_its_way_and_taken_back(live, axe, book):
    step = book.step("thank", "letter")
    page = live.page(book.member, width=PHONE)
    page.goto(f"/steps/{step.pk}")
    page.get_by_role("button", name="It is in the post").click()
    expect(page.get_by_role("status")).to_contain_text("Posted today, it arrives about")
    expect(page.get_by_role("button", name="It is not in the post")).to_be_visible()
    axe(page)
    page.goto(f"/interviews/{book.interview.pk}")
    dana = page.get_by_role("region", name="Dana Lee")
    expect(dana.get_by_text("posted today, arrives about").first).to_be_visible()
    axe(page)
    page.goto(f"/steps/{step.pk}")
    page.get_by_role("button", name="It is not in the post").click()
    expect(page.get_by_role("button", name="It is in the post")).to_be_visible()


def test_a_letter_is_copied_without_javascript(live, book):
    context = live.browser.new_context(base_url=live.address, java_script_enabled=False)
    page = live.page(book.member)
    context.add_cookies(page.context.cookies())
    plain = context.new_page()
    plain.goto(f"/steps/{book.step('thank', 'letter').pk}")
    plain.get_by_role("button", name="Copy it by hand").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Copy it by hand")
    plain.get_by_role("radio").first.focus()
    plain.keyboard.press("ArrowDown")
    expect(plain.get_by_role("radio").nth(1)).to_be_checked()
    context.close()


def test_the_card_of_ones_own_is_kept_on_its_page(live, axe, book):
    page = live.page(book.member, scheme="dark")
    page.goto("/settings")
    page.get_by_role("region", name="Your card").get_by_role("link", name="Look and change").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your card")
    page.get_by_label("How you sign").fill("With kind regards,\nAlex")
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_role("status")).to_contain_text("Your letters carry it from now on.")
    post = page.get_by_role("region", name="How long the post takes")
    post.get_by_label("From").select_option("DE")
    post.get_by_label("To").select_option("PT")
    post.get_by_label("Working days").fill("6")
    post.get_by_role("button", name="Note it").click()
    expect(post.get_by_text("Germany to Portugal")).to_be_visible()
    axe(page)
