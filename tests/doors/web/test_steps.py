"""The verbs of a step, as a form sends them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from rapport.correspondence.models import Mailbox, Note
from rapport.followups.models import Step
from rapport.rules.card import Card
from tests.doors.web.forms import filled_in, said

COPIED = "Dear all, thank you for the hour on Friday. I liked how plainly you spoke of the move to Lisbon."


def test_done_and_undone_again(book, as_alex):
    step = book.step()
    answer = as_alex.post(f"/steps/{step.pk}/completion", {"next": "/"}, follow=True)
    assert answer.redirect_chain == [("/", 302)]
    assert "Done: Thank Dana Lee by e-mail." in said(answer)
    assert f'action="/steps/{step.pk}/completion/undo"' in answer.content.decode()
    as_alex.post(f"/steps/{step.pk}/completion/undo")
    assert book.step().state == "open"


def test_the_way_back_never_leaves_the_house(book, as_alex):
    answer = as_alex.post(f"/steps/{book.step().pk}/completion", {"next": "https://evil.example/"})
    assert answer["Location"] == "/"


def test_skipping_and_putting_off(book, as_alex):
    step = book.step()
    as_alex.post(f"/steps/{step.pk}/skip")
    assert book.step().state == "skipped"
    as_alex.post(f"/steps/{step.pk}/skip/undo")
    until = timezone.now().date() + timedelta(days=3)
    answer = as_alex.post(f"/steps/{step.pk}/snooze", {"until": until.isoformat()}, follow=True)
    assert "Put off until" in said(answer)
    assert book.step().snoozed_until.astimezone(book.member.zone).date() == until


def test_putting_off_says_when_it_is_for_longer_than_is_good_and_never_until_a_day_past(book, as_alex):
    step, today = book.step(), timezone.now().date()
    Step.objects.filter(pk=step.pk).update(latest=book.now + timedelta(days=3))
    for days, is_late in ((1, False), (9, True)):
        answer = as_alex.post(
            f"/steps/{step.pk}/snooze", {"until": (today + timedelta(days=days)).isoformat()}, follow=True
        )
        assert ("That is later than advised: " in said(answer)) == is_late
    for days in (-2, -30):
        day = (today + timedelta(days=days)).isoformat()
        assert "has begun or is past" in said(
            as_alex.post(f"/steps/{step.pk}/snooze", {"until": day}, follow=True)
        )
    assert book.step().snoozed_until.date() == today + timedelta(days=9)


def test_a_day_that_is_none_is_refused_in_a_sentence(book, as_alex):
    answer = as_alex.post(f"/steps/{book.step().pk}/snooze", {"until": "soon"}, follow=True)
    assert "That is no day. Write it as 2026-11-24." in said(answer)
    assert book.step().snoozed_until is None


def test_a_choice_stands_beside_the_advice_and_can_be_taken_back(book, as_alex):
    step = book.step("invite", "professional")
    assert step.verdict == "hold"
    as_alex.post(f"/steps/{step.pk}/choice", {"verdict": "do"})
    assert (book.step("invite", "professional").choice, book.step("invite", "professional").verdict) == (
        "do",
        "hold",
    )
    as_alex.post(f"/steps/{step.pk}/choice/undo")
    assert book.step("invite", "professional").choice == ""


def test_what_the_advice_says_is_not_told_as_the_reason_for_a_choice_against_it(book, as_alex):
    as_alex.post(f"/people/{book.person().pk}/their-invitation", {"channel": "professional"})
    step = book.step("invite", "professional")
    assert step.verdict == "avoid"
    answer = as_alex.post(f"/steps/{step.pk}/choice", {"verdict": "do"}, follow=True)
    assert "Your choice stands: “Invite Dana Lee on the professional network” is “do”." in said(answer)
    line = f"your choice; the advice was otherwise: {step.because[0]['says']}"
    for address in ("/", f"/interviews/{book.interview.pk}"):
        assert line in as_alex.get(address).content.decode()
    as_alex.post(f"/steps/{step.pk}/choice/undo")
    assert line not in as_alex.get(f"/interviews/{book.interview.pk}").content.decode()


def test_a_hard_norm_asks_once_more_with_its_reason_in_view(book, as_alex):
    step = book.step("invite", "social")
    page = as_alex.post(f"/steps/{step.pk}/choice", {"verdict": "do", "next": "/"})
    assert step.because[0]["says"] in page.content.decode()
    assert book.step("invite", "social").choice == ""
    as_alex.post(f"/steps/{step.pk}/choice", {"verdict": "do", "confirmed": "yes"})
    assert book.step("invite", "social").choice == "do"


def test_sending_keeps_the_words_in_the_form_first(book, as_alex):
    step = book.step()
    as_alex.post(f"/steps/{step.pk}/delivery", {"text": "Thank you, Dana.", "subject": "Thank you"})
    sent = book.step()
    assert (sent.state, sent.note.text, sent.note.subject) == ("done", "Thank you, Dana.", "Thank you")
    assert sent.note.sent_at
    as_alex.post(f"/steps/{step.pk}/delivery/undo")
    assert (book.step().state, book.step().note.sent_at) == ("open", None)


def test_marking_it_done_keeps_the_words_in_the_form_first(book, as_alex):
    step = book.step()
    drafted = step.note.text
    as_alex.post(f"/steps/{step.pk}/completion", {"text": "Thank you, Dana.", "subject": "Thank you"})
    done = book.step()
    assert (done.state, done.note.text, done.note.subject) == ("done", "Thank you, Dana.", "Thank you")
    sams = book.step(name="Sam Ortiz")
    as_alex.post(f"/steps/{sams.pk}/completion")
    assert (book.step(name="Sam Ortiz").note.text, book.step(name="Sam Ortiz").note.edited_at) == (
        sams.note.text,
        None,
    )
    as_alex.post(f"/steps/{step.pk}/completion", {"text": drafted})
    assert book.step().note.text == "Thank you, Dana."


@pytest.mark.parametrize("verb", ["notes", "delivery", "completion"])
def test_a_form_of_another_window_does_not_put_the_draft_back_over_ones_own_words(book, as_alex, verb):
    step = book.step()
    form = {
        name: values[0] for name, values in filled_in(as_alex, f"/steps/{step.pk}", "letter-form").items()
    }
    assert form["text"].replace("\r\n", "\n") == step.note.text
    as_alex.post(f"/notes/{step.note_id}", {"text": "My own words.", "subject": "Mine"})
    address = f"/notes/{step.note_id}" if verb == "notes" else f"/steps/{step.pk}/{verb}"
    as_alex.post(address, form)
    assert (book.step().note.text, book.step().note.subject) == ("My own words.", "Mine")
    assert book.step().state == ("open" if verb == "notes" else "done")


def test_what_is_written_in_another_window_is_the_members_latest_word(book, as_alex):
    step = book.step()
    form = {
        name: values[0] for name, values in filled_in(as_alex, f"/steps/{step.pk}", "letter-form").items()
    }
    as_alex.post(f"/notes/{step.note_id}", {"text": "My own words.", "subject": "Mine"})
    as_alex.post(f"/notes/{step.note_id}", form | {"text": "Better words."})
    assert book.step().note.text == "Better words."


def test_a_words_of_ones_own_are_kept_and_the_draft_comes_back_on_purpose(book, as_alex):
    note = book.step().note
    as_alex.post(f"/notes/{note.pk}", {"text": "My own words.", "subject": note.subject})
    assert book.step().note.text == "My own words."
    as_alex.post(f"/notes/{note.pk}/original")
    assert book.step().note.text == note.text


def test_a_near_copy_says_on_the_page_what_it_resembles_before_it_is_used(book, as_alex):
    danas, sams = book.step().note, book.step(name="Sam Ortiz").note
    page = f"/steps/{book.step(name='Sam Ortiz').pk}"
    assert "% the same words" not in as_alex.get(page).content.decode()
    as_alex.post(f"/notes/{sams.pk}", {"text": danas.text.replace("Dana", "Sam"), "subject": sams.subject})
    shown = as_alex.get(page).content.decode()
    assert "% the same words" in shown
    assert f'<a href="/steps/{book.step().pk}">' in shown


@pytest.mark.parametrize(
    ("verb", "act", "channel", "form"),
    [
        ("delivery", "thank", "email", {}),
        ("completion", "thank", "email", {}),
        ("dispatch", "thank", "email", {}),
        ("delivery", "thank", "letter", {"posted_on": f"{timezone.now():%Y-%m-%d}"}),
        ("completion", "thank", "letter", {}),
        ("delivery", "invite", "professional", {}),
    ],
)
def test_a_near_copy_asks_once_more_before_it_counts_as_used(book, as_alex, verb, act, channel, form):
    Mailbox.keep(
        book.member, at=book.now, address="alex@mail.example", username="alex", smtp_host="m.example"
    )
    first = book.step()
    as_alex.post(f"/notes/{first.note_id}", {"text": COPIED, "subject": "Thank you"})
    as_alex.post(f"/steps/{first.pk}/delivery", {"next": "/"})
    dana, sam = book.person(), book.person("Sam Ortiz")
    sam.absorb(Card.of(name="Sam Ortiz", email="sam@initech.example"), source="a card", at=book.now)
    step = book.step(act, channel, "Sam Ortiz")
    here = f"/steps/{step.pk}"
    words = {"text": COPIED, "subject": "Thanks"}
    if verb == "completion":  # a tick says no words: those that were kept count
        as_alex.post(f"/notes/{step.note_id}", words)
    shown = as_alex.post(f"{here}/{verb}", {"next": here, **words, **form}).content.decode()
    assert "all the same?" in shown
    assert f"this looks like your thank-you by e-mail to {dana}, 100 % the same words." in shown
    step.refresh_from_db()
    note = Note.objects.get(pk=step.note_id)
    assert (step.state, note.text, note.sent_at, note.queued_at) == ("open", COPIED, None, None)
    as_alex.post(f"{here}/{verb}", {"confirmed": "yes", "next": here, **form})
    note.refresh_from_db()
    step.refresh_from_db()
    assert step.state == "done" or note.queued_at
    assert "100 % the same words" in as_alex.get(here).content.decode()


def test_a_verb_is_no_page(book, as_alex):
    assert as_alex.get(f"/steps/{book.step().pk}/completion").status_code == 405


def test_only_what_the_advice_lets_one_do_has_a_filled_button(book, as_alex):
    shown = {
        step.in_force: as_alex.get(f"/steps/{step.pk}").content.decode()
        for step in Step.objects.seen_by(book.member).order_by("-note")
    }
    assert {"do", "hold", "avoid", "never"} <= set(shown)
    assert {verdict for verdict, page in shown.items() if 'class="primary"' in page} <= {"do", "optional"}
    assert 'class="primary"' in as_alex.get(f"/steps/{book.step().pk}").content.decode()


def test_a_held_step_says_what_it_waits_for_and_why_and_folds_the_deed_away(book, as_alex):
    step = book.step("invite", "professional")
    page = as_alex.get(f"/steps/{step.pk}").content.decode()
    front, _, folded = page.partition("Do it all the same</summary>")
    assert "It waits until the decision" in front
    assert step.because[0]["says"] in front
    for deed in ("<textarea", "Address of their profile", "I sent it"):
        assert deed not in front
        assert deed in folded
    as_alex.post(f"/steps/{step.pk}/choice", {"verdict": "do"})
    page = as_alex.get(f"/steps/{step.pk}").content.decode()
    assert "Do it all the same" not in page
    assert "Your choice. The advice was:" in page


def test_a_step_that_is_never_to_be_done_has_nothing_to_do_it_with_but_may_have_happened(book, as_alex):
    step = book.step("invite", "social")
    page = as_alex.get(f"/steps/{step.pk}").content.decode()
    for deed in ("Address of their profile", "<textarea", "Put off until", "Leave it out", ">Done<"):
        assert deed not in page
    assert f'action="/steps/{step.pk}/completion"' in page.partition("Against this advice</summary>")[2]
    asked = as_alex.post(f"/steps/{step.pk}/completion", {"next": "/"}).content.decode()
    assert step.because[0]["says"] in asked
    as_alex.post(f"/steps/{step.pk}/completion", {"confirmed": "yes"})
    assert book.step("invite", "social").state == "done"
    assert "Not done after all" in as_alex.get(f"/steps/{step.pk}").content.decode()


def test_their_invitation_where_one_never_accepts_can_still_be_answered(book, as_alex):
    as_alex.post(f"/people/{book.person().pk}/their-invitation", {"channel": "social"})
    step = book.step("answer", "social")
    as_alex.post(f"/steps/{step.pk}/choice", {"verdict": "never"})
    page = as_alex.get(f"/steps/{step.pk}").content.decode()
    assert "<textarea" not in page
    assert "I declined" in page
    assert "I did it all the same" not in page
