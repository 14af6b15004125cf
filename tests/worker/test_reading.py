"""Folders are looked into without a trace there; answers are noticed once, and nothing else is kept."""

from __future__ import annotations

from datetime import timedelta
from email.utils import format_datetime

import pytest

from rapport.accounts.models import Address
from rapport.correspondence.models import Mailbox, Received, WatchedFolder
from rapport.journal.errors import NotAllowed
from rapport.journal.models import Entry
from rapport.people.models import EmailAddress
from rapport.worker import reading
from tests import world
from tests.worker.conftest import ALEX, DANA, mail

SAM = "sam@initech.example"


def test_an_answer_is_noticed_with_its_own_words_only(post, desk):
    sent = desk.sent()
    signed = "Lovely to meet you.\n\nBest regards,\nDana Lee\nVP Engineering\n\n"
    post.brings(
        mail(f"{signed}On Fri, 20 Nov 2026, Alex wrote:\n> {sent.note.text[:40]}\n", to=sent, at=desk.now)
    )
    (kept,) = desk.read()
    assert (kept.kind, kept.text, kept.person.name) == ("reply", "Lovely to meet you.", "Dana Lee")
    assert (kept.delivery, kept.sender) == (sent, DANA)
    assert kept.received_at == desk.now - timedelta(minutes=10)


def test_a_mail_from_somebody_in_the_book_is_noticed(post, desk):
    post.brings(mail("Could you come again on Tuesday?"))
    (kept,) = desk.read()
    assert (kept.kind, kept.text, kept.delivery) == ("mail", "Could you come again on Tuesday?", None)


def test_nothing_else_of_the_mailbox_is_kept(post, desk):
    desk.sent()
    post.brings(mail("Buy now", From="Shop <offers@shop.example>", Subject="A secret offer"))
    post.brings(mail("A copy to myself", From=f"Alex <{ALEX}>"))
    post.brings(
        mail("not ours", From="mailer-daemon@shop.example", Subject="Undelivered Mail Returned to Sender")
    )
    entries = Entry.objects.count()
    assert desk.read() == []
    assert Entry.objects.count() == entries


def test_nothing_is_marked_moved_or_deleted_and_nothing_is_written_to_the_log(post, desk, caplog):
    sent = desk.sent()
    post.brings(mail("Thank you, too.", to=sent))
    post.brings(mail("Buy now", From="Shop <offers@shop.example>"))
    caplog.clear()
    before = [content for _, content in post.mails()]
    assert len(desk.read()) == 1
    assert [content for _, content in post.mails()] == before
    assert [flags for flags, _ in post.mails() if r"\Seen" in flags] == []
    assert caplog.records == []


def test_an_answer_from_an_address_not_in_the_book_is_the_recipients(post, desk):
    sent = desk.sent()
    post.brings(mail("From my phone.", to=sent, From="dana@home.example"))
    (kept,) = desk.read()
    assert (kept.kind, kept.person.name, kept.sender) == ("reply", "Dana Lee", "dana@home.example")


def test_what_the_member_answers_themself_is_no_answer(post, desk):
    Address.objects.create(member=world.alex(), email="alex@home.example")
    sent = desk.sent()
    post.brings(mail("P.S.", to=sent, From="alex@home.example"))
    assert desk.read() == []


def test_a_mail_is_noticed_once_however_often_it_is_seen(post, desk):
    answer = mail("Thank you, too.", to=desk.sent())
    post.brings(answer)
    post.makes("Archive")
    post.brings(answer, "Archive")
    Mailbox.objects.get().watch(["INBOX", "Archive"], by=world.alex(), at=desk.now)
    for _ in range(3):
        assert len(desk.read()) == 1
    assert Entry.objects.filter(verb="person.wrote").count() == 1


def test_each_look_goes_on_where_the_last_one_ended(post, desk):
    post.brings(mail("One"))
    desk.read()
    assert WatchedFolder.objects.get().last_uid == 1
    assert [kept.text for kept in desk.read()] == ["One"]
    post.brings(mail("Two"))
    assert [kept.text for kept in desk.read()] == ["One", "Two"]


def test_a_folder_is_looked_into_every_five_minutes(post, desk):
    desk.read()
    assert list(reading.due(desk.now + timedelta(minutes=4))) == []
    assert list(reading.due(desk.now + timedelta(minutes=5))) == [world.alex().pk]


def test_only_the_last_month_of_a_new_folder_is_read(post, desk):
    long_ago, lately = desk.now - timedelta(days=40), desk.now - timedelta(days=20)
    post.brings(mail("Long ago", at=long_ago), came_at=long_ago)
    post.brings(mail("Lately", at=lately), came_at=lately)
    assert [kept.text for kept in desk.read()] == ["Lately"]


def test_it_is_read_from_the_first_mail_that_left_on(post, desk):
    sent = desk.sent()
    desk.now += timedelta(days=60)
    answered_at = world.NOW + timedelta(days=2)
    post.brings(mail("After two days", to=sent, at=answered_at), came_at=answered_at)
    assert [kept.text for kept in desk.read()] == ["After two days"]


def test_a_server_that_numbers_its_mails_anew_is_read_anew_without_doubles(post, desk):
    post.brings(mail("One"))
    post.brings(mail("Two"))
    desk.read()
    validity = WatchedFolder.objects.get().uidvalidity
    post.numbers_anew()
    post.brings(mail("Three"))
    assert sorted(kept.text for kept in desk.read()) == ["One", "Three", "Two"]
    assert WatchedFolder.objects.get().uidvalidity != validity


def test_a_member_chooses_the_folders(post, desk):
    mailbox = Mailbox.objects.get()
    post.makes("Jobs")
    post.brings(mail("In jobs"), "Jobs")
    post.brings(mail("In the inbox"))
    mailbox.watch(["Jobs"], by=world.alex(), at=desk.now)
    assert [kept.text for kept in desk.read()] == ["In jobs"]
    mailbox.watch([], by=world.alex(), at=desk.now)
    assert list(reading.due(desk.now + timedelta(days=1))) == []


def test_without_a_server_to_read_from_no_folder_can_be_watched(mailbox):
    with pytest.raises(NotAllowed, match="where your mail is read from"):
        mailbox.watch(["INBOX"], by=world.alex(), at=world.NOW)


def test_a_folder_that_is_gone_says_so_and_the_others_are_read(post, desk):
    Mailbox.objects.get().watch(["Gone", "INBOX"], by=world.alex(), at=desk.now)
    post.brings(mail("Here"))
    assert [kept.text for kept in desk.read()] == ["Here"]
    gone = WatchedFolder.objects.get(name="Gone")
    assert "says no to the folder Gone" in gone.trouble
    assert gone.attempts == 1


def test_a_server_in_trouble_is_asked_more_rarely_and_says_why(post, desk):
    port = Mailbox.objects.get().imap_port
    Mailbox.objects.update(imap_port=1)
    pauses = []
    for _ in range(9):
        desk.read(timedelta(0))
        due_at = WatchedFolder.objects.get().due_at
        pauses.append(due_at - desk.now)
        desk.now = due_at
    assert pauses[:3] == [timedelta(minutes=5), timedelta(minutes=10), timedelta(minutes=20)]
    assert max(pauses) == timedelta(hours=6)
    assert "cannot be reached" in Mailbox.objects.get().reading_trouble
    Mailbox.objects.update(imap_port=port)
    desk.read()
    assert Mailbox.objects.get().reading_trouble == ""
    assert WatchedFolder.objects.get().attempts == 0


def test_a_wrong_password_is_said(post, desk):
    Mailbox.keep(world.alex(), at=desk.now, password="another sentence", address=ALEX)
    assert desk.read() == []
    assert f"does not let {ALEX} sign in" in Mailbox.objects.get().reading_trouble


def test_a_look_that_is_broken_off_goes_on_where_it_was(post, desk, monkeypatch):
    monkeypatch.setattr(reading, "CHUNK", 2)
    for number in range(5):
        post.brings(mail(f"Mail {number}"))
    looks = iter((False, False, False, True, True))
    desk.now += timedelta(minutes=10)
    reading.work(world.alex(), desk.clock, lambda: next(looks))
    folder = WatchedFolder.objects.get()
    assert (folder.last_uid, folder.due_at) == (4, desk.now)
    assert len(desk.read(timedelta(0))) == 5


def test_two_workers_do_not_look_into_the_same_folder(post, desk):
    assert WatchedFolder.claim_next(world.alex(), at=desk.now) is not None
    assert WatchedFolder.claim_next(world.alex(), at=desk.now) is None
    assert WatchedFolder.claim_next(world.alex(), at=desk.now + timedelta(minutes=10)) is not None


def test_damaged_mails_stop_nothing(post, desk):
    post.brings(b"\xff\xfe\x00 garbage\r\n\r\n\x00")
    post.brings(b"From: dana.lee@initech.example\r\nSubject: =?utf-8?b?\xff?=\r\nDate: yesterday\r\nMessage-ID: \r\n"
                b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain; charset=no\r\n"
                b"Content-Transfer-Encoding: base64\r\n\r\n!!!\xff\r\n")  # fmt: skip
    post.brings(mail("Fine"))
    kept = desk.read()
    assert kept[-1].text == "Fine"
    assert kept[0].received_at == desk.now - timedelta(minutes=10)


def test_a_long_mail_is_kept_short(post, desk):
    post.brings(mail("word " * 400_000))
    (kept,) = desk.read()
    assert len(kept.text) <= 2000


@pytest.mark.parametrize(
    "absurd", ["Fri, 20 Nov 2099 12:00:00 +0000", "Thu, 1 Jan 1970 00:00:00 +0000", "no date", ""]
)
def test_an_absurd_date_does_not_count(post, desk, absurd):
    post.brings(mail("When?", Date=absurd))
    came_at = desk.now
    (kept,) = desk.read()
    assert kept.received_at == came_at


def test_no_answer_is_older_than_what_it_answers(post, desk):
    sent = desk.sent()
    post.brings(mail("A wrong clock", to=sent, at=world.NOW - timedelta(days=9)))
    came_at = desk.now
    (kept,) = desk.read()
    assert kept.received_at == came_at


def test_another_member_with_the_same_acquaintance_sees_nothing_of_it(post, desk):
    world.taken_in(member=world.robin())
    post.brings(mail("For Alex", to=desk.sent()))
    (kept,) = desk.read()
    assert not Received.objects.seen_by(world.robin()).exists()
    assert kept.person.member == world.alex()
    assert WatchedFolder.objects.seen_by(world.robin()).count() == 0


def test_of_two_people_with_one_address_the_first_wrote(post, desk):
    sam = world.person("Sam Ortiz")
    EmailAddress.objects.create(person=sam, email=DANA)
    post.brings(mail("Who is it?", Date=format_datetime(desk.now)))
    (kept,) = desk.read()
    assert kept.person.name == "Dana Lee"


def test_what_somebody_signs_with_anew_waits_for_the_members_word(post, desk):
    signed = "See you on Tuesday.\n\nBest regards,\n{}\nChief Technology Officer\n+351 210 000 000\n"
    post.brings(mail(signed.format("Eve Moss"), Subject="not hers"))
    post.brings(mail(signed.format("Dana Lee")))
    post.brings(mail("Fine.\n\nBest regards,\nDana Lee\nChief Technology Officer\n", Subject="again"))
    desk.read()
    person = world.person()
    assert {one.field: (one.before, one.after) for one in person.suggestions.all()} == {
        "title": (["VP Engineering"], ["Chief Technology Officer"]),
        "phones": ([], ["+351 21 000 0000"]),
    }
    assert person.title == "VP Engineering"
