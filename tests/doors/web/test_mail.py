"""Sending from the page of a step: queued, taken back, hurried; what came back and what nobody knows."""

from __future__ import annotations

import html
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from rapport.accounts.models import Member
from rapport.accounts.vault import unseal
from rapport.correspondence.models import Attachment, Delivery, Mailbox
from rapport.followups.models import Step
from rapport.worker import forgetting, sending
from tests.doors.web.book import exported
from tests.doors.web.forms import undo_in

DANA = "dana.lee@initech.example"


@pytest.fixture
def mailbox(book, smtp_server):
    return Mailbox.keep(
        book.member, at=book.now, address="alex.morgan@mail.example", username="alex", smtp_host=smtp_server.hostname,
        smtp_port=smtp_server.port, smtp_security="none", signature="Alex Morgan\nLisbon",
    )  # fmt: skip


def page_of(client, step):
    return client.get(reverse("step", args=[step.pk])).content.decode()


def queue(client, step, **said):
    return client.post(reverse("step-dispatch", args=[step.pk]), said, follow=True).content.decode()


def test_without_an_account_the_page_says_how_it_could_be_sent(book, as_alex):
    assert "Say where your mail leaves from" in page_of(as_alex, book.step())
    assert "does not know yet where your mail leaves from" in queue(as_alex, book.step())


def test_the_words_of_the_form_are_queued_and_can_be_taken_back(book, mailbox, as_alex):
    step = book.step()
    assert "Send by e-mail" in page_of(as_alex, step)
    answer = queue(as_alex, step, text="Dear Dana, thank you.", subject="Thank you")
    queued = Delivery.objects.get()
    assert (queued.recipient, queued.note.text, queued.state) == (DANA, "Dear Dana, thank you.", "waiting")
    assert queued.due_at >= queued.queued_at + timedelta(minutes=10)
    assert f"To {DANA}: leaves" in answer
    shown = page_of(as_alex, step)
    assert "Take it back" in shown
    assert "I sent it" not in shown
    as_alex.post(reverse("delivery-undo", args=[queued.pk]))
    assert "Send by e-mail" in page_of(as_alex, step)


def test_a_mail_on_its_way_waits_on_today(book, mailbox, as_alex):
    book.open_windows()
    queue(as_alex, book.step())
    today = as_alex.get("/").content.decode()
    now, _, waiting = today.partition('id="waiting-title"')
    assert "on its way by mail" in waiting
    assert reverse("step-completion", args=[book.step().pk]) not in now


def test_what_is_on_its_way_is_taken_back_before_it_is_left_out_or_put_off(book, mailbox, as_alex):
    step = book.step()
    assert "Another time, or not at all" in page_of(as_alex, step)
    queue(as_alex, step)
    assert "Another time, or not at all" not in page_of(as_alex, step)
    tomorrow = (timezone.now() + timedelta(days=1)).date().isoformat()
    for verb, form in (("skip", {}), ("snooze", {"until": tomorrow}), ("choice", {"verdict": "never"})):
        answer = as_alex.post(f"/steps/{step.pk}/{verb}", form | {"confirmed": "yes"}, follow=True)
        assert ("its mail is on its way. Take that back first." in answer.text, verb) == (True, verb)
    for address in (
        f"interviewers/{book.interviewer().pk}/dismissal",
        f"interviews/{book.interview.pk}/cancellation",
    ):
        answer = as_alex.post(f"/{address}", follow=True)
        assert ("its mail is on its way. Take that back first." in answer.text, address) == (True, address)
    step.refresh_from_db()
    assert (step.state, step.snoozed_until, step.choice, step.closed_at) == ("open", None, "", None)


def test_a_mail_to_somebody_who_was_deleted_waits_anew_once_they_are_back(book, mailbox, as_alex):
    queue(as_alex, book.step(), soon="on")
    Delivery.objects.update(due_at=timezone.now())
    deleted = as_alex.post(reverse("people-deletion"), {"person": [book.person().pk]})
    assert not Delivery.objects.exists()
    as_alex.post(undo_in(deleted))
    back = Delivery.objects.get()
    assert (back.state, back.due_at > timezone.now() + timedelta(minutes=9)) == ("waiting", True)


def test_what_left_by_mail_is_told_without_an_undo_that_nobody_has(book, mailbox, as_alex):
    step = book.step()
    queue(as_alex, step)
    delivery = Delivery.objects.get()
    delivery.note.leave(at=timezone.now())
    step.complete(by=book.member, at=timezone.now(), confirmed=True)
    _, _, done = as_alex.get("/").text.partition('id="done-title"')
    assert "it left by mail" in done
    assert reverse("step-completion-undo", args=[step.pk]) not in done


def test_it_leaves_within_minutes_when_asked_to(book, mailbox, as_alex):
    queue(as_alex, book.step(), soon="on")
    queued = Delivery.objects.get()
    assert queued.due_at == queued.queued_at + timedelta(minutes=10)


def test_a_mail_queued_long_ago_can_be_hurried_and_for_ten_minutes_that_takes_it_back(
    book, mailbox, as_alex, smtp_server
):
    queue(as_alex, book.step())
    queued, before = Delivery.objects.get(), timezone.now()
    long_ago, later = before - timedelta(days=1), before + timedelta(days=3)
    Delivery.objects.update(queued_at=long_ago, due_at=later)
    assert "Let it leave in ten minutes" in page_of(as_alex, book.step())
    slip = as_alex.post(reverse("delivery-haste", args=[queued.pk]))
    hurried = Delivery.objects.get().due_at
    assert before + timedelta(minutes=10) <= hurried <= timezone.now() + timedelta(minutes=10)
    assert "Let it leave in ten minutes" not in page_of(as_alex, book.step())
    sending.work(book.member, lambda: hurried - timedelta(seconds=1), lambda: False)
    assert "It has not left" in as_alex.post(undo_in(slip), follow=True).content.decode()
    sending.work(book.member, lambda: later + timedelta(days=9), lambda: False)
    assert (Delivery.objects.get().state, smtp_server.received) == ("taken_back", [])
    assert "Send by e-mail" in page_of(as_alex, book.step())


def test_only_an_address_of_the_person_is_written_to(book, mailbox, as_alex):
    assert "is no address of Dana Lee" in queue(as_alex, book.step(), recipient="else@elsewhere.example")
    assert not Delivery.objects.exists()


def test_what_came_back_says_the_servers_words_and_lets_the_words_change(book, mailbox, as_alex, smtp_server):
    smtp_server.when("RCPT", "550 5.1.1 No such user")
    queue(as_alex, book.step(), soon="on")
    sending.work(book.member, lambda: book.now + timedelta(days=1), lambda: False)
    shown = page_of(as_alex, book.step())
    assert "550 5.1.1 No such user" in shown
    assert "Send by e-mail" in shown
    assert "550 5.1.1 No such user" in as_alex.get("/sent").content.decode()
    assert "Not delivered" in as_alex.get("/").content.decode()


def test_of_what_nobody_knows_the_member_decides(book, mailbox, as_alex):
    queue(as_alex, book.step())
    queued = Delivery.objects.get()
    Delivery.objects.update(state="handing_over")
    queued.refresh_from_db()
    queued.lose_sight(at=timezone.now())
    assert "Nobody knows whether it left" in page_of(as_alex, book.step())
    for address in (
        f"/steps/{book.step().pk}",
        f"/interviews/{book.interview.pk}",
        f"/people/{book.person().pk}",
    ):
        shown = as_alex.get(address).text
        assert ("nobody knows whether it left" in shown, "on its way" in shown.lower()) == (True, False), (
            address
        )
    _, _, doubted = as_alex.get("/").text.partition('id="doubt-title"')
    assert reverse("delivery-arrival", args=[queued.pk]) in doubted
    assert "on its way by mail" not in doubted
    slip = as_alex.post(reverse("delivery-repetition", args=[queued.pk]))
    again = Delivery.objects.get()
    assert (again.state, again.due_at > timezone.now() + timedelta(minutes=9)) == ("waiting", True)
    as_alex.post(undo_in(slip))
    assert Delivery.objects.get().state == "unknown"
    as_alex.post(reverse("delivery-repetition", args=[queued.pk]))
    taken_back = as_alex.post(reverse("delivery-undo", args=[queued.pk]), follow=True).content.decode()
    assert "Whether it left stays open" in taken_back
    assert "not sent once more" in as_alex.post(undo_in(slip), follow=True).content.decode()
    Delivery.objects.all().delete()
    queue(as_alex, book.step())
    queued = Delivery.objects.get()
    assert (
        "It has not left"
        in as_alex.post(reverse("delivery-undo", args=[queued.pk]), follow=True).content.decode()
    )
    queue(as_alex, book.step())
    queued = Delivery.objects.first()
    Delivery.objects.exclude(pk=queued.pk).delete()
    Delivery.objects.update(state="unknown")
    for state, step in (("sent", "done"), ("unknown", "open")):
        as_alex.post(reverse("delivery-arrival" + ("-undo" if step == "open" else ""), args=[queued.pk]))
        assert (Delivery.objects.get().state, book.step().state) == (state, step)
    assert book.step().note.is_on_its_way
    Delivery.objects.update(state="sent", said="250 OK")
    assert (
        "by more than your word"
        in as_alex.post(reverse("delivery-arrival-undo", args=[queued.pk]), follow=True).content.decode()
    )


def test_files_go_with_it(book, mailbox, as_alex, smtp_server):
    note = book.step().note
    file = SimpleUploadedFile("Portfolio <1>.pdf", b"%PDF-1.7 words", "application/pdf")
    as_alex.post(reverse("note-attachments", args=[note.pk]), {"file": [file]})
    kept = Attachment.objects.get()
    assert b"".join(as_alex.get(reverse("attachment", args=[kept.pk]))) == b"%PDF-1.7 words"
    queue(as_alex, book.step(), soon="on")
    sending.work(book.member, lambda: book.now + timedelta(days=1), lambda: False)
    body, attached = smtp_server.received[0].message.iter_parts()
    assert body.get_content().endswith("-- \r\nAlex Morgan\r\nLisbon\r\n")
    assert (attached.get_filename(), attached.get_content()) == ("Portfolio <1>.pdf", b"%PDF-1.7 words")


def test_a_file_can_be_taken_off_and_put_back_until_it_is_on_its_way(book, mailbox, as_alex, smtp_server):
    note = book.step().note
    for _ in range(2):
        file = SimpleUploadedFile("cv.pdf", b"words", "application/pdf")
        as_alex.post(reverse("note-attachments", args=[note.pk]), {"file": [file]})
    first, second = Attachment.objects.all()
    removal = reverse("attachment-removal", args=[first.pk])
    as_alex.post(undo_in(as_alex.post(removal)))
    assert list(Attachment.objects.going()) == [first, second]
    slip = as_alex.post(removal)
    assert as_alex.get(reverse("attachment", args=[first.pk])).status_code == 404
    queue(as_alex, book.step(), soon="on")
    for address in (reverse("attachment-removal", args=[second.pk]), undo_in(slip)):
        assert "take that back first" in as_alex.post(address, follow=True).content.decode()
    sending.work(book.member, lambda: book.now + timedelta(hours=1), lambda: False)
    assert len(list(smtp_server.received[0].message.iter_attachments())) == 1
    assert not list(forgetting.due(book.now))
    later = book.now + timedelta(days=2)
    assert list(forgetting.due(later)) == [book.member.pk]
    forgetting.work(book.member, lambda: later, lambda: False)
    assert list(Attachment.objects.all()) == [second]


def test_a_file_put_back_fits_into_the_mail_as_any_other(book, mailbox, as_alex):
    note = book.step().note
    large = {"by": book.member, "at": book.now}
    off = Attachment.attach(note, "film.mov", "video/quicktime", bytes(20 * 1024 * 1024), **large)
    slip = as_alex.post(reverse("attachment-removal", args=[off.pk]))
    Attachment.attach(note, "song.wav", "audio/wav", bytes(6 * 1024 * 1024), **large)
    assert "hold 25 MB together" in as_alex.post(undo_in(slip), follow=True).content.decode()
    assert [kept.name for kept in note.attachments.going()] == ["song.wav"]


def test_files_beyond_twenty_five_megabytes_are_refused(book, mailbox, as_alex):
    large = SimpleUploadedFile("film.mov", bytes(25 * 1024 * 1024 + 1), "video/quicktime")
    answer = as_alex.post(
        reverse("note-attachments", args=[book.step().note_id]), {"file": [large]}, follow=True
    )
    assert "hold 25 MB together" in answer.content.decode()
    assert not Attachment.objects.exists()


def test_a_hard_norm_asks_once_more_and_remembers_to_whom(book, mailbox, as_alex):
    step = book.step()
    Step.objects.filter(pk=step.pk).update(is_hard=True, verdict="never")
    assert 'name="recipient" value="dana.lee@initech.example"' in queue(as_alex, step, recipient=DANA)
    assert not Delivery.objects.exists()
    queue(as_alex, step, recipient=DANA, confirmed="yes")
    assert Delivery.objects.get().recipient == DANA


def keep(client, **said):
    stated = {"address": "alex.morgan@mail.example", "password": "a secret"}
    return client.post(reverse("mailbox-keeping"), stated | said, follow=True).content.decode()


def test_the_account_is_guessed_from_the_address_and_its_password_is_sealed(book, as_alex):
    keep(as_alex)
    kept = Mailbox.objects.get()
    assert (kept.smtp_host, kept.smtp_port, kept.smtp_security) == ("smtp.mail.example", 465, "tls")
    assert "a secret" not in kept.sealed_password
    assert unseal(kept.sealed_password) == "a secret"
    assert "a secret" not in as_alex.get(reverse("mailbox")).content.decode()
    keep(as_alex, password="", signature="Alex")
    assert unseal(Mailbox.objects.get().sealed_password) == "a secret"


def test_the_account_begins_with_an_address_that_is_known_to_be_ones_own(book, as_alex):
    assert 'value="alex.morgan@mail.example"' in as_alex.get("/settings/mailbox").text
    Member.objects.filter(pk=book.member.pk).update(email=None)
    book.member.addresses.update(email="alex@home.example")
    assert 'value="alex@home.example"' in as_alex.get("/settings/mailbox").text


def test_nothing_goes_in_the_open_to_another_computer(book, as_alex):
    answer = keep(as_alex, smtp_host="mail.elsewhere.example", smtp_security="none")
    assert "Only a server on this computer goes without" in answer
    assert not Mailbox.objects.exists()


def test_a_server_runs_no_commands_of_members(book, as_alex, server):
    keep(as_alex, token_command="touch /tmp/run-by-the-server")
    assert Mailbox.objects.get().token_command == ""


def test_trying_says_what_went_well_and_what_failed(book, mailbox, as_alex, smtp_server):
    answer = as_alex.post(reverse("mailbox-trial")).content.decode()
    assert "Sending: it works" in answer
    assert "It takes mail from alex.morgan@mail.example." in answer
    smtp_server.when("MAIL", "553 5.7.1 Not your address")
    answer = as_alex.post(reverse("mailbox-trial")).content.decode()
    assert "553 5.7.1 Not your address" in answer


def test_where_answers_are_looked_for_is_kept_and_tried(book, as_alex, smtp_server, dovecot):
    dovecot.add("alex", "a secret")
    keep(
        as_alex, username="alex", smtp_host=smtp_server.hostname, smtp_port=smtp_server.port, smtp_security="none",
        imap_host=dovecot.host, imap_port=dovecot.port, imap_security="none", folders="INBOX\nArchive",
    )  # fmt: skip
    smtp_server.users["alex"] = "a secret"
    assert list(Mailbox.objects.get().folders.values_list("name", flat=True)) == ["INBOX", "Archive"]
    answer = as_alex.post(reverse("mailbox-trial")).content.decode()
    assert "Sending: it works" in answer
    assert "Answers and filing: not yet" in answer
    assert "Archive" in Mailbox.objects.get().reading_trouble
    assert Mailbox.objects.get().reading_trouble in html.unescape(
        as_alex.get(reverse("mailbox")).content.decode()
    )
    keep(as_alex, **vars_of(Mailbox.objects.get()), folders="INBOX")
    assert Mailbox.objects.get().reading_trouble == ""


def test_a_folder_of_sent_mail_that_is_not_there_is_offered_and_made(
    book, mailbox, as_alex, dovecot, smtp_server
):
    dovecot.add("alex", "a secret")
    smtp_server.users["alex"] = "a secret"
    as_alex.post(reverse("mailbox-sent-folder"))
    keep(
        as_alex,
        **vars_of(mailbox) | {"imap_host": dovecot.host, "imap_port": dovecot.port, "imap_security": "none"},
    )
    assert "Make the folder: Sent" in as_alex.post(reverse("mailbox-trial")).content.decode()
    queue(as_alex, book.step())
    Delivery.objects.update(state="sent", filing_attempts=10, filing_said="There is no such folder.")
    answer = as_alex.post(reverse("mailbox-sent-folder"), follow=True).content.decode()
    assert "What you send is filed in the folder Sent from now on." in answer
    assert Delivery.objects.get().filing_due_at is not None
    assert "Sent mail is filed in Sent." in as_alex.post(reverse("mailbox-trial")).content.decode()


def vars_of(kept):
    names = ("username", "smtp_host", "smtp_port", "smtp_security", "imap_host", "imap_port", "imap_security")
    return {name: getattr(kept, name) for name in names}


def test_the_account_can_be_forgotten(book, mailbox, as_alex):
    as_alex.post(reverse("mailbox-removal"))
    assert not Mailbox.objects.exists()


def test_the_export_holds_no_secret(book, as_alex):
    keep(as_alex)
    sealed = Mailbox.objects.get().sealed_password
    held = b"".join(exported(as_alex).values())
    assert b"smtp.mail.example" in held
    assert sealed.encode() not in held
