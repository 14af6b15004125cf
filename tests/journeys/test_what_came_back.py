"""An answer is read where it belongs, and the member has the last word about it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from rapport.correspondence.models import Delivery, Mailbox, Received
from rapport.followups.answers import hear
from rapport.followups.sending import follow
from tests.doors.web.book import filled

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def answered(alex):
    """A book in which Dana has answered the thank-you, and her machine another mail."""
    book = filled(alex)
    Mailbox.keep(alex, at=book.now, address="alex@mail.example", username="", smtp_host="localhost")
    step = book.step()
    delivery = Delivery.queue(step.note, "dana.lee@initech.example", due_at=book.now, by=alex, at=book.now)
    claimed = Delivery.claim_next(alex, at=book.now)
    claimed.hand_over()
    claimed.accept("250 OK", at=book.now)
    follow(Delivery.objects.get(pk=delivery.pk), at=book.now)
    for kind, text in (
        ("automatic", "I am away until Monday."),
        ("reply", "Thank you, Alex.\n\nIt was good to talk."),
    ):
        kept = Received.objects.create(
            member=alex, person=book.person(), delivery=delivery, kind=kind, sender="dana.lee@initech.example",
            message_id=f"<{kind}@initech.example>", subject="Re: Thank you for talking about the role",
            text=text, received_at=book.now + timedelta(minutes=1), noticed_at=book.now,
        )  # fmt: skip
        hear(kept, at=book.now + timedelta(minutes=2))
    book.person().address_bounced("dana.lee@initech.example", "550 no", by=alex, at=book.now)
    return book


def test_an_answer_is_read_and_taken_for_none_and_for_one_again(live, axe, answered):
    page = live.page(answered.member)
    for path in (f"/people/{answered.person().pk}", f"/steps/{answered.step().pk}"):
        page.goto(path)
        page.get_by_text("Re: Thank you for talking").first.click()
        axe(page)
    expect(page.get_by_text("Dana Lee thanked back")).to_be_visible()
    page.get_by_role("button", name="This was no answer").click()
    expect(page.get_by_text("was no answer")).to_be_visible()
    expect(page.get_by_text("Dana Lee thanked back")).to_have_count(0)
    page.get_by_role("button", name="It was an answer after all").first.click()
    expect(page.get_by_text("Dana Lee thanked back")).to_be_visible()
