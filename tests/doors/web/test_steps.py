"""The verbs of a step, as a form sends them."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone


def said(answer):
    return " ".join(str(message) for message in answer.context["messages"])


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


def test_a_verb_is_no_page(book, as_alex):
    assert as_alex.get(f"/steps/{book.step().pk}/completion").status_code == 405
