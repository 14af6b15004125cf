"""A mail that was sent on is read as its first writer wrote it, on the day it was written."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from rapport.importers.findings import FoundCard, Meeting, NotAnInterview

ENGLISH = """FYI

---------- Forwarded message ---------
From: Jess Tran <jess@initech.example>
Date: Tue, Nov 17, 2026 at 5:03 PM
Subject: Interview details
To: Alex Morgan <alex.morgan@mail.example>
"""
OUTLOOK = """________________________________
From: Jess Tran <jess@initech.example>
Sent: Tuesday, November 17, 2026 5:03 PM
To: Alex Morgan <alex.morgan@mail.example>
Subject: Interview details
"""
GERMAN = """-------- Weitergeleitete Nachricht --------
Betreff: Interview details
Datum: Dienstag, 17. November 2026 17:03
Von: Jess Tran <jess@initech.example>
An: Alex Morgan <alex.morgan@mail.example>
"""
BODY = """
Hi Alex,

Your interview with Initech is set for {when} at 3pm ET. You will be meeting with Dana Lee (VP Engineering).

Best,
Jess

--
Jess Tran
Technical Recruiter
+1 (415) 555-0134
"""


def mail(text, sender="Alex Morgan <alex.morgan@mail.example>"):
    return (
        f"From: {sender}\nTo: alex.morgan@mail.example\nSubject: Fwd: Interview details\n"
        f"Date: Wed, 18 Nov 2026 10:00:00 +0100\nMessage-ID: <1@mail.example>\n\n{text}"
    )


@pytest.mark.parametrize("when", ["Friday, November 20", "Friday", "Friday, 20 November 2026"])
@pytest.mark.parametrize("head", [ENGLISH, OUTLOOK, GERMAN])
@pytest.mark.parametrize("wrapped", [mail, str])
def test_the_day_is_the_interview_s_and_not_the_head_s(reading, wrapped, head, when):
    found = reading.found(wrapped(head + BODY.format(when=when)))
    (meeting,) = (one for one in found if isinstance(one, Meeting))
    assert meeting.starts == datetime(2026, 11, 20, 20, 0, tzinfo=UTC)
    assert [one.name for one in meeting.participants] == ["Dana Lee"]
    (card,) = (one.card for one in found if isinstance(one, FoundCard))
    assert (card.name, card.emails[0]) == ("Jess Tran", "jess@initech.example")


@pytest.mark.parametrize("word", ["tomorrow", "Thursday"])
def test_a_day_is_told_from_the_day_of_the_mail(reading, word):
    text = f"Confirming your interview {word} at 10:00 with Dana Lee (VP Engineering)."
    (meeting,) = reading.found(mail(text, "Jess Tran <jess@initech.example>"))
    assert meeting.starts == datetime(2026, 11, 19, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Unfortunately we will not invite you to an interview for the role.", "It says no"),
        ("We would like to invite you to an interview. Please choose a time.", "names no day"),
    ],
)
def test_a_mail_about_an_interview_without_a_day_is_set_aside(reading, text, why):
    (finding,) = reading.found(mail(text, "Jess Tran <jess@initech.example>"))
    assert isinstance(finding, NotAnInterview)
    assert why in finding.why


def test_a_table_s_cells_keep_name_and_title_apart(reading):
    html = (
        "<p>Your interview is on 26 November 2026 at 10:00. You will be speaking with:</p><table>"
        "<tr><td>Claire Dubois</td><td>Director of Product</td></tr>"
        "<tr><td>Marc Lef&egrave;vre</td><td>Engineering Manager</td></tr></table>"
    )
    (meeting,) = reading.found(html)
    assert [(one.name, one.title) for one in meeting.participants] == [
        ("Claire Dubois", "Director of Product"),
        ("Marc Lefèvre", "Engineering Manager"),
    ]


def test_an_invitation_sent_on_as_an_attachment_keeps_the_title_of_who_signed_it(reading):
    head = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary"
    event = (
        "BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nUID:1\nSUMMARY:Interview at Initech\nDTSTART:20261120T100000Z\n"
        "ORGANIZER;CN=Rita Blum:mailto:rita.blum@initech.example\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    inner = (
        f"From: Rita Blum\nTo: alex.morgan@mail.example\nSubject: Invitation\n{head}=b\n\n--b\n\nHi Alex,\n\nsee you "
        "on Friday.\n\nBest regards\nRita Blum\nTalent Acquisition Manager | Initech\n\n--b\n"
        f"Content-Type: text/calendar\n\n{event}\n--b--\n"
    )
    mail = (
        f"From: Alex Morgan <alex.morgan@mail.example>\nTo: alex@home.example\nSubject: Fwd: Invitation\n{head}=a\n\n"
        f"--a\n\nfyi\n--a\nContent-Type: message/rfc822\n\n{inner}\n--a--\n"
    )
    (rita,) = next(one for one in reading.found(mail) if isinstance(one, Meeting)).participants
    assert (rita.name, rita.title, rita.role) == ("Rita Blum", "Talent Acquisition Manager", "recruiter")
