"""The message as servers take it: headers that hold whatever people are called, and words that come out as written."""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_bytes, policy

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rapport.correspondence.message import mailable, message_of
from rapport.correspondence.models import Attachment, Delivery, Mailbox, Note
from rapport.correspondence.models.attachment import plain_name
from rapport.journal.errors import NotAllowed
from tests import world


@dataclass
class Outbox:
    """Makes the message of a note to somebody, as it would leave."""

    def message(
        self,
        text="Good to meet you.",
        subject="Thank you",
        name="Dana Lee",
        to="dana@initech.example",
        **said,
    ):
        delivery = self.delivery(text, subject, name, to, **said)
        return message_of(delivery, world.NOW)

    def delivery(self, text, subject, name, to, me="Alex Morgan", reply_to=""):
        member = world.alex()
        member.name = me
        person = world.card_holder()
        person.name = name
        note = Note(member=member, person=person, act="thank", channel="email", text=text, subject=subject)
        note.pk = 0
        return Delivery(
            member=member, note=note, recipient=to, message_id="<1.rapport@mail.example>", in_reply_to=reply_to,
            references=reply_to,
        )  # fmt: skip

    def read(self, **said):
        raw = self.message(**said)
        return raw, message_from_bytes(raw, policy=policy.default)


@pytest.fixture
def outbox(db):
    Mailbox.keep(
        world.alex(), at=world.NOW, address="alex@mail.example", username="alex", smtp_host="mail.example"
    )
    return Outbox()


def test_headers_say_who_writes_to_whom_about_what_and_when(outbox):
    _, read = outbox.read()
    assert read["From"] == "Alex Morgan <alex@mail.example>"
    assert read["To"] == "Dana Lee <dana@initech.example>"
    assert read["Message-ID"] == "<1.rapport@mail.example>"
    assert read["Date"].datetime == world.NOW
    assert "Bcc" not in read


def test_an_answer_is_threaded(outbox):
    _, read = outbox.read(reply_to="<their.own@initech.example>")
    assert (read["In-Reply-To"], read["References"]) == ("<their.own@initech.example>",) * 2


@pytest.mark.parametrize(
    "name",
    [
        'Lee, Dana "DJ"',
        "Dana (VP) Lee",
        "Zoë Müller-Lüdenscheidt",
        "山田 太郎",
        "דנה לי",
        "Dana\u202eeeL",
        "x" * 290,
        "a@b.example",
        "",
    ],
)
def test_a_name_stays_one_name(outbox, name):
    raw, read = outbox.read(name=name)
    (to,) = read["To"].addresses
    assert to.addr_spec == "dana@initech.example"
    assert to.display_name == name
    assert max(map(len, raw.split(b"\r\n"))) <= 998


@pytest.mark.parametrize(
    "inject", ["\r\nBcc: all@elsewhere.example", "\nX: y", "\r\n\r\nBody", "\x0bX: y", "\u2028X: y", "\0"]
)
def test_nothing_in_a_name_or_subject_makes_a_header(outbox, inject):
    _, read = outbox.read(
        subject=f"Thank you{inject}", name=f"Dana{inject}", me=f"Alex{inject}", reply_to=f"<a@b>{inject}"
    )
    assert sorted(read.keys()) == sorted(outbox.read(reply_to="<a@b>")[1].keys())
    assert read.get_content().strip() == "Good to meet you."


def test_an_international_domain_goes_as_ascii_and_an_international_mailbox_as_utf_8(outbox):
    assert (
        outbox.read(to="dana@bücher.example")[1]["To"].addresses[0].addr_spec == "dana@xn--bcher-kva.example"
    )
    assert "Dana Lee <jürgen@initech.example>".encode() in outbox.message(to="jürgen@initech.example")


@pytest.mark.parametrize(
    "address",
    ["", "dana", "dana@", "@initech.example", "a b@c.example", "dana@initech.example\r\nRCPT TO:<x@y>"],
)
def test_what_is_no_address_is_refused_with_a_sentence(address):
    with pytest.raises(NotAllowed, match="no address that mail can go to"):
        mailable(address)


def test_everything_is_seven_bit_and_no_line_too_long(outbox):
    raw = outbox.message(text="Grüße aus Łódź " * 200, subject="Grüße " * 40)
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 78
    assert b"\n" not in raw.replace(b"\r\n", b"")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(min_size=1, max_size=400).filter(str.strip),
    subject=st.text(max_size=80),
    name=st.text(max_size=60),
)
def test_words_always_come_out_as_written(outbox, text, subject, name):
    text = text.replace("\r", "").replace("\x00", "").encode("utf-8", "ignore").decode()
    _, read = outbox.read(
        text=text or "x",
        subject=subject.encode("utf-8", "ignore").decode(),
        name=name.encode("utf-8", "ignore").decode(),
    )
    assert read["To"].addresses[0].addr_spec == "dana@initech.example"
    assert read.get_content().replace("\r\n", "\n").rstrip() == (text or "x").rstrip()
    assert sorted(read.keys()) == sorted(outbox.read()[1].keys())


def test_a_file_carries_the_name_it_has(outbox, db):
    note = world.interview().plan.steps.get(act="thank", channel="email", person__name="Dana Lee").note
    Attachment.attach(
        note, "Lebenslauf Müller.pdf", "application/pdf", b"%PDF", by=world.alex(), at=world.NOW
    )
    queued = Delivery.queue(note, "dana@initech.example", due_at=world.NOW, by=world.alex(), at=world.NOW)
    read = message_from_bytes(message_of(queued, world.NOW), policy=policy.default)
    assert [part.get_filename() for part in read.iter_attachments()] == ["Lebenslauf Müller.pdf"]


def test_a_file_of_any_kind_arrives_as_it_was_a_mail_and_a_report_among_them(outbox, db):
    note = world.interview().plan.steps.get(act="thank", channel="email", person__name="Dana Lee").note
    kinds = ["message/rfc822", "message/delivery-status", "multipart/mixed", "té/xt", "a/b/c", "", "; x"]
    written = "From: Grüße\r\n\r\n".encode() + bytes(range(256))
    for kind in kinds:
        Attachment.attach(note, "Words.eml", kind, written, by=world.alex(), at=world.NOW)
    queued = Delivery.queue(note, "dana@initech.example", due_at=world.NOW, by=world.alex(), at=world.NOW)
    read = message_from_bytes(message_of(queued, world.NOW), policy=policy.default)
    assert [part.get_content() for part in read.iter_attachments()] == [written] * len(kinds)


def test_a_files_name_shows_what_it_is():
    assert plain_name("../../etc/passwd") == ".._.._etc_passwd"
    assert plain_name("cv\u202efdp.exe") == "cv_fdp.exe"
    assert plain_name("\r\n") == "__"
    assert plain_name(" ") == "file"
