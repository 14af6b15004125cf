"""What came back stands on the person's page and the step's, and the member has the last word about it."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rapport.correspondence.message import message_of
from rapport.correspondence.models import Delivery, Mailbox, Received
from rapport.followups.answers import hear
from rapport.followups.models import Step
from rapport.followups.sending import follow
from rapport.people.models import EmailAddress
from tests.doors.web.book import exported

MARK = b"A word in confidence"


@pytest.fixture
def mail(book):
    """A thank-you that left by mail, and Dana's answer to it."""
    Mailbox.keep(book.member, at=book.now, address="alex@mail.example", username="alex", smtp_host="localhost",
                 imap_host="localhost", password="a long enough sentence")  # fmt: skip
    step = book.step()
    delivery = Delivery.queue(
        step.note, "dana.lee@initech.example", due_at=book.now, by=book.member, at=book.now
    )
    claimed = Delivery.claim_next(book.member, at=book.now)
    claimed.hand_over()
    claimed.accept("250 OK", at=book.now)
    follow(Delivery.objects.get(pk=delivery.pk), at=book.now)
    kept = Received.objects.create(
        member=book.member, person=book.person(), delivery=delivery, kind="reply", sender="dana.lee@initech.example",
        message_id="<1@initech.example>", subject="Re: Thank you", text=MARK.decode(),
        received_at=book.now + timedelta(minutes=1), noticed_at=book.now,
    )  # fmt: skip
    hear(kept, at=book.now + timedelta(minutes=2))
    return kept


def page(client, name, pk):
    return client.get(reverse(name, args=[pk])).content


def test_an_answer_stands_on_the_pages_of_the_person_and_the_step(book, mail, as_alex):
    for seen in (page(as_alex, "person", mail.person_id), page(as_alex, "step", book.step().pk)):
        assert MARK in seen
        assert b"This was no answer" in seen
    assert b"Dana Lee thanked back" in page(as_alex, "step", book.step().pk)


def test_it_was_no_answer_and_that_is_taken_back(book, mail, as_alex):
    answer = as_alex.post(reverse("no-answer", args=[mail.pk]), follow=True)
    assert b"was no answer" in answer.content
    assert book.step().answer == ""
    assert b"It was an answer after all" in page(as_alex, "person", mail.person_id)
    as_alex.post(reverse("no-answer-undo", args=[mail.pk]))
    assert book.step().answer == "thanked_back"


@pytest.mark.parametrize("name", ["no-answer", "no-answer-undo", "mail-arrival", "mail-arrival-undo"])
def test_a_stranger_and_somebody_signed_out_say_nothing_about_it(mail, as_stranger, signed_out, name):
    assert as_stranger.post(reverse(name, args=[mail.pk])).status_code == 404
    assert signed_out.post(reverse(name, args=[mail.pk])).status_code == 302
    assert Received.objects.get().dismissed_at is None


def test_an_automatic_answer_says_that_it_counts_as_none(book, mail, as_alex):
    Received.objects.update(kind="automatic")
    seen = page(as_alex, "person", mail.person_id)
    assert b"answered by itself, which counts as no answer" in seen
    assert b"This was no answer" not in seen
    assert b"A person wrote this" in seen


def test_a_mail_that_came_back_did_arrive_and_that_is_taken_back(book, mail, as_alex):
    Delivery.objects.update(message=message_of(mail.delivery, book.now))
    sent = Delivery.objects.get()
    bounce = Received.objects.create(
        member=book.member, person=mail.person, delivery=sent, kind="bounce", sender="mailer-daemon@x.example",
        message_id="<2@initech.example>", received_at=book.now, noticed_at=book.now, is_address_bad=True,
    )  # fmt: skip
    hear(bounce, at=book.now)
    assert b"It did arrive" in page(as_alex, "step", book.step().pk)
    answer = as_alex.post(reverse("mail-arrival", args=[bounce.pk]), follow=True).content
    assert b"your mail to Dana Lee did arrive" in answer
    assert (Delivery.objects.get().state, book.step().state) == ("sent", "done")
    assert b"It did come back" in page(as_alex, "person", mail.person_id)
    as_alex.post(reverse("mail-arrival-undo", args=[bounce.pk]))
    assert (Delivery.objects.get().state, book.step().state) == ("returned", "open")


def test_an_address_from_which_mail_comes_back_is_marked(book, mail, as_alex):
    EmailAddress.objects.filter(person=mail.person).update(bounced_at=book.now)
    assert b"mail comes back since" in page(as_alex, "person", mail.person_id)


@pytest.mark.parametrize(
    ("answer", "words"),
    [("silence", b"No answer so far"), ("bounced", b"Your mail came back"), ("replied", b"answered")],
)
def test_the_outcome_stands_on_the_steps_page(book, mail, as_alex, answer, words):
    Step.objects.filter(pk=book.step().pk).update(answer=answer)
    assert words in page(as_alex, "step", book.step().pk)


def test_it_is_in_the_members_own_export_and_in_no_other(mail, as_alex, as_stranger):
    mine, theirs = exported(as_alex), exported(as_stranger)
    own = {
        name: json.loads(mine[f"{name}.json"])
        for name in ("correspondence.received", "followups.step", "correspondence.watchedfolder")
    }
    assert own["correspondence.received"][0]["text"] == MARK.decode()
    assert [step["answer"] for step in own["followups.step"] if step["answer"]] == ["thanked_back"]
    assert own["correspondence.watchedfolder"][0]["name"] == "INBOX"
    assert not [name for name, held in theirs.items() if MARK in held]


def test_the_pages_ask_no_more_for_many_mails(book, mail, as_alex, django_assert_max_num_queries):
    with CaptureQueriesContext(connection) as for_one:
        page(as_alex, "person", mail.person_id)
    for number in range(2, 9):
        Received.objects.create(
            member=book.member, person=book.person(), delivery=mail.delivery, kind="reply", sender=mail.sender,
            message_id=f"<{number}@initech.example>", received_at=book.now, noticed_at=book.now, followed_at=book.now,
        )  # fmt: skip
    with django_assert_max_num_queries(len(for_one)):
        page(as_alex, "person", mail.person_id)
