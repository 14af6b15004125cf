"""What a mail is, is told by standards: an answer, a machine's, or one of ours that came back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.importers.mail.answers import LONGEST, own_words
from rapport.importers.mail.bounces import read_bounce
from rapport.importers.mail.heads import moment_of, read_head

OURS = "<0123456789abcdef0123456789abcdef.rapport@mail.example>"
AT = datetime(2026, 11, 25, 12, tzinfo=UTC)


def head(**said):
    lines = {"From": "Dana Lee <Dana.Lee@Initech.example>", "Subject": "Re: Thank you"} | said
    text = "".join(
        f"{name.replace('_', '-')}: {value}\r\n" for name, value in lines.items() if value is not None
    )
    return read_head(f"{text}\r\n".encode())


@pytest.mark.parametrize(
    "said",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated; owner-email=x"},
        {"Auto_Submitted": "auto-notified"},
        {"X_Autoreply": "yes"},
        {"X_Autorespond": ""},
        {"Precedence": "bulk"},
        {"Precedence": "auto_reply"},
        {"X_Auto_Response_Suppress": "All"},
        {"X_Auto_Response_Suppress": "OOF, AutoReply", "Subject": "Automatic reply: Thank you"},
        {"X_Auto_Response_Suppress": "DR, OOF", "Subject": "Abwesenheitsnotiz"},
        {"Content_Type": 'multipart/report; report-type="disposition-notification"; boundary=x'},
    ],
)
def test_a_machine_answered(said):
    assert head(**said).is_automatic


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"Auto_Submitted": "no"},
        {"Subject": "Out of office"},
        {"Subject": "Automatic reply: really me"},
        {"X_Auto_Response_Suppress": "DR, RN, NRN, OOF, AutoReply"},
        {"Precedence": "first-class"},
    ],
)
def test_a_person_answered(said):
    assert not head(**said).is_automatic


def test_the_headers_are_read():
    told = head(
        Message_ID=" <a@b.example> (comment)",
        In_Reply_To=f"{OURS} (Alex's message of Friday)",
        References=f"<first@b.example>\r\n\t{OURS}",
        Subject="=?utf-8?q?Gr=C3=BC=C3=9Fe?=",
        Date="Fri, 20 Nov 2026 13:05:00 +0100",
    )
    assert (told.message_id, told.in_reply_to) == ("<a@b.example>", OURS)
    assert told.answers == (OURS, "<first@b.example>")
    assert (told.sender, told.subject) == ("dana.lee@initech.example", "Grüße")
    assert told.written == datetime(2026, 11, 20, 12, 5, tzinfo=UTC)


def test_a_mail_without_a_message_id_gets_one_of_its_own():
    assert head().message_id == head().message_id != head(Subject="Another").message_id


def can_be_kept(octets):
    """What is read of a mail fits a database: valid letters, no NUL, short."""
    bounce = read_bounce(octets)
    kept = own_words(octets) + (bounce.said + bounce.status + bounce.recipient if bounce else "")
    kept.encode()
    assert "\0" not in kept
    assert len(kept) <= 2 * LONGEST


@given(st.binary(max_size=400))
def test_any_bytes_are_read(octets):
    told = read_head(octets)
    if told is not None:
        told.sender.encode()
        told.subject.encode()
        assert "\0" not in told.sender + told.subject + told.message_id
    can_be_kept(octets)


@given(st.lists(st.sampled_from([
    "--x\r\n", "--x--\r\n", "Content-Type: multipart/mixed; boundary=x\r\n", "Content-Type: message/rfc822\r\n", "\r\n",
    "Content-Type: message/delivery-status\r\n", "Action: failed\r\n", f"Message-ID: {OURS}\r\n", "5.1.1\r\n", "\0\xff",
    "Content-Transfer-Encoding: base64\r\n", "Content-Type: text/plain; charset=utf-7\r\n", "> quoted\r\n",
]), max_size=30))  # fmt: skip
def test_any_parts_are_read(pieces):
    can_be_kept("".join(pieces).encode("latin-1"))


@pytest.mark.parametrize(
    ("written", "came", "expected"),
    [
        (AT - timedelta(days=1), AT, AT - timedelta(days=1)),
        (AT + timedelta(days=1), AT - timedelta(hours=1), AT - timedelta(hours=1)),
        (datetime(1970, 1, 1, tzinfo=UTC), AT - timedelta(hours=1), AT - timedelta(hours=1)),
        (None, None, AT),
        (None, AT + timedelta(days=1), AT),
    ],
)
def test_no_mail_is_of_the_future_or_absurdly_old(written, came, expected):
    date = written.strftime("%a, %d %b %Y %H:%M:%S +0000") if written else "soon"
    assert moment_of(head(Date=date), came, AT) == expected


POSTFIX = f"""\
From: MAILER-DAEMON@mail.example (Mail Delivery System)
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=us-ascii

<dana.lee@initech.example>: host mx.initech.example said: 550 5.1.1 User unknown

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Final-Recipient: rfc822; dana.lee@initech.example
Original-Recipient: rfc822;Dana.Lee@initech.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User
 unknown

--b
Content-Type: text/rfc822-headers

From: alex.morgan@mail.example
Message-ID: {OURS}
--b--
"""
QMAIL = f"""\
From: MAILER-DAEMON@mail.example
Subject: failure notice

Hi. This is the qmail-send program at mail.example.
<dana.lee@initech.example>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

Return-Path: <alex.morgan@mail.example>
Message-ID: {OURS}
Subject: Thank you
"""
EXIM = f"""\
From: Mail Delivery System <Mailer-Daemon@mail.example>
X-Failed-Recipients: dana.lee@initech.example
Auto-Submitted: auto-replied
Content-Type: text/plain; charset=us-ascii

A message that you sent could not be delivered to one or more of its recipients.

  dana.lee@initech.example
    host mx.initech.example [203.0.113.7]
    SMTP error from remote mail server after RCPT TO: 550 No such user

------ This is a copy of your message's headers. ------

Message-ID: {OURS}
"""


@pytest.mark.parametrize(
    ("told", "status", "said"),
    [
        (POSTFIX, "5.1.1", "550 5.1.1 User unknown"),
        (QMAIL, "5.1.1", "Sorry, no mailbox here by that name. (#5.1.1)"),
        (EXIM, "5.0.0", "SMTP error from remote mail server after RCPT TO: 550 No such user"),
    ],
)
def test_a_bounce_is_read(told, status, said):
    octets = told.replace("\n", "\r\n").encode()
    assert read_head(octets).may_be_bounce
    bounce = read_bounce(octets)
    assert bounce.about == (OURS,)
    assert (bounce.status, bounce.said, bounce.is_final, bounce.is_address_bad) == (status, said, True, True)


def test_the_recipient_as_typed_is_told():
    assert read_bounce(POSTFIX.encode()).recipient == "dana.lee@initech.example"


@pytest.mark.parametrize("status", ["4.4.7", "5.2.2", "5.3.4", "5.7.1"])
def test_an_address_is_not_to_blame_for_everything(status):
    bounce = read_bounce(POSTFIX.replace("5.1.1", status).encode())
    assert (bounce.is_final, bounce.is_address_bad) == (True, False)


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
def test_a_report_that_is_no_failure_is_not_final(action):
    assert not read_bounce(POSTFIX.replace("Action: failed", f"Action: {action}").encode()).is_final


def test_a_warning_in_words_is_not_final():
    warning = EXIM.replace("could not be delivered", "has not yet been delivered").replace(
        "550 No such user", "451 Later"
    )
    assert not read_bounce(warning.encode()).is_final


def test_a_bounce_of_another_mail_speaks_of_none_of_ours():
    assert read_bounce(b"From: mailer-daemon@x.example\r\n\r\nIt failed. 5.1.1\r\n") is None


@pytest.mark.parametrize(
    ("written", "own"),
    [
        ("Thanks Alex!\nDana", "Thanks Alex!\nDana"),
        ("Great.\n\nBest regards,\nDana Lee\nVP Engineering\n", "Great."),
        ("See you.\n-- \nDana Lee", "See you."),
        (
            "Sure.\n\nOn Fri, Nov 20, 2026 at 3:00 PM Alex Morgan <alex@x.example>\nwrote:\n\n> Thank you\n> Alex\n",
            "Sure.",
        ),
        ("Gerne.\n\nEl vie, 20 nov 2026, Alex escribió:\n> hola\n", "Gerne."),
        ("Hello\n________________________________\nFrom: Alex\nSent: Friday\n", "Hello"),
        ("> only quoted\n", "> only quoted"),
    ],
)
def test_what_is_quoted_and_the_signature_are_cut_off(written, own):
    assert own_words(f"Content-Type: text/plain; charset=utf-8\r\n\r\n{written}".encode()) == own


def test_markup_becomes_plain_text():
    html = "<html><style>p{}</style><p>Thank you, <b>Alex</b>.</p><script>alert(1)</script></html>"
    assert own_words(f"Content-Type: text/html\r\n\r\n{html}".encode()) == "Thank you, Alex."
