"""Interviews as people write of them, in four languages, with a signature below and often without a year."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from rapport.importers.findings import FoundCard, Meeting, NotAnInterview, Problem
from rapport.importers.reading import understood
from rapport.importers.text.kinds import kind_of

CONFIRMATION = """Your interview for the Data Analyst role at Acme Corp is on Tuesday, 24 November 2026 at 10:00
(Europe/Lisbon), {how}. You will speak with Maria Gomez, Head of Analytics, and Tom Chu from HR.

Jane Roe
Talent Partner, Acme Corp
jane.roe@acme.example
+351 912 345 678
"""
GERMAN = """Hallo Alex,

wir freuen uns, dich am Donnerstag, den 26. November 2026 um 14:30 Uhr zu einem Vorstellungsgespräch vor Ort
in unserem Büro (Torstraße 12, 10119 Berlin) einzuladen.

Am Gespräch nehmen Frau Dr. Anna Schmidt (Leiterin Datenplattform) und Herr Jonas Weber, Personalreferent, teil.

Viele Grüße
Katrin Müller
HR Business Partner
Initech GmbH
katrin.mueller@initech.example
"""
FRENCH = """Bonjour Alex,

nous vous confirmons votre entretien le mardi 24 novembre 2026 à 10h30 (heure de Paris) en visioconférence.
Vous rencontrerez Claire Dubois, directrice des données, et Marc Lefèvre (responsable RH).

Cordialement,
Sophie Martin
Chargée de recrutement, Globex
sophie.martin@globex.example
"""
SPANISH = """Hola Alex:

Te confirmamos la entrevista el jueves 26 de noviembre de 2026 a las 16:00 (hora de Madrid), por videollamada.
Hablarás con Lucía Fernández, directora de Analítica, y con Pedro Ruiz, de Recursos Humanos.

Un saludo,
Carmen Vidal
Técnica de selección, Hooli
carmen.vidal@hooli.example
"""


def read(reading, text):
    found = reading.found(text)
    (meeting,) = (one for one in found if isinstance(one, Meeting))
    return meeting, [one.card for one in found if isinstance(one, FoundCard)]


def people(meeting):
    return [(one.name, one.title, one.role) for one in meeting.participants]


@pytest.mark.parametrize(
    ("how", "kind"),
    [
        ("by phone", "phone"),
        ("on Zoom", "video"),
        ("in our office", "on_site"),
        ("by phone or on Zoom", "unknown"),
        ("with two teams", "unknown"),
    ],
)
def test_a_text_says_how_one_meets_in_a_phrase(reading, how, kind):
    meeting, _ = read(reading, CONFIRMATION.format(how=how))
    assert meeting.kind == kind


@pytest.mark.parametrize(
    ("title", "description", "kind"),
    [
        ("Interview", "This is a remote interview; you do not need to come to our office.", "unknown"),
        ("Interview", "Our office is closed, so this will be remote.", "unknown"),
        ("Interview", "We will not meet at our office but by phone.", "phone"),
        ("Interview", "It is a phone interview, no need to come to our office.", "phone"),
        ("Interview", "This interview is by video. If you have trouble, call +49 30 1234567.", "video"),
        ("Interview", "No tiene que venir a nuestra oficina: la entrevista es por vídeo.", "video"),
        ("Interview", "Es findet nicht per Telefon, sondern in unserem Büro statt.", "on_site"),
        ("Interview", "It takes place in our office, 3rd floor. Do not be late.", "on_site"),
        ("Interview", "A entrevista é no nosso escritório.", "on_site"),
        ("Entrevista por vídeo", "", "video"),
        ("Entretien dans nos locaux", "", "on_site"),
        ("Gesprek bij ons op kantoor", "", "on_site"),
    ],
)
def test_a_phrase_that_its_clause_denies_says_nothing_of_how_one_meets(title, description, kind):
    assert kind_of(title, "", description, "") == kind


def test_who_is_from_hr_is_of_hr_and_of_the_organisation(reading):
    meeting, _ = read(reading, CONFIRMATION.format(how="by phone"))
    assert people(meeting) == [("Maria Gomez", "Head of Analytics", None), ("Tom Chu", None, "hr")]
    assert {one.organisation for one in meeting.participants} == {"Acme Corp"}


def test_a_signature_without_closing_words_is_a_card(reading):
    _, (card,) = read(reading, CONFIRMATION.format(how="by phone"))
    assert (card.name, card.title, card.organisation) == ("Jane Roe", "Talent Partner", "Acme Corp")
    assert card.emails[0] == "jane.roe@acme.example"


@pytest.mark.parametrize(
    ("text", "starts", "expected", "writer"),
    [
        (
            GERMAN,
            datetime(2026, 11, 26, 13, 30, tzinfo=UTC),
            [("Anna Schmidt", "Leiterin Datenplattform", None), ("Jonas Weber", "Personalreferent", "hr")],
            "Katrin Müller",
        ),
        (
            FRENCH,
            datetime(2026, 11, 24, 9, 30, tzinfo=UTC),
            [("Claire Dubois", "directrice des données", None), ("Marc Lefèvre", "responsable RH", "hr")],
            "Sophie Martin",
        ),
        (
            SPANISH,
            datetime(2026, 11, 26, 15, 0, tzinfo=UTC),
            [("Lucía Fernández", "directora de Analítica", None), ("Pedro Ruiz", None, "hr")],
            "Carmen Vidal",
        ),
    ],
)
def test_other_languages_are_read_as_well(reading, text, starts, expected, writer):
    meeting, (card,) = read(reading, text)
    assert meeting.starts == starts
    assert people(meeting) == expected
    assert card.name == writer


def test_a_street_in_a_sentence_is_the_place(reading):
    meeting, _ = read(reading, GERMAN)
    assert (meeting.location, meeting.kind) == ("Torstraße 12, 10119 Berlin", "on_site")


@pytest.mark.parametrize(
    "day", ["Monday, November 23rd", "Montag, 23.11.", "23 November", "23.11.26", "November 23"]
)
def test_a_year_left_out_is_the_nearest_to_the_day_of_reading(reading, day):
    reader = replace(reading.alex, at=datetime(2026, 11, 24, tzinfo=UTC))
    (meeting,) = reading.found(f"Your interview with Dana Lee is on {day} at 10:00.", reader)
    assert meeting.starts == datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    assert any("no year" in remark for remark in meeting.remarks) is ("26" not in day)


def test_a_line_of_thanks_at_the_top_does_not_hide_whom_one_meets(reading):
    text = (
        "Thanks Alex!\nLooking forward to your interview on 24 November 2026 at 10:00.\n\n"
        "You will meet:\n- Dana Lee (VP Engineering)\n"
    )
    meeting, cards = read(reading, text)
    assert [one.name for one in meeting.participants] == ["Dana Lee"]
    assert cards == []


@pytest.mark.parametrize("name", ["invite.ics", "INVITE.ICS", "card.vcf", "mail.eml"])
def test_a_text_that_calls_itself_a_calendar_is_a_problem(read_as, name):
    (finding,) = read_as(name, "<html><body>Please sign in<script>alert(1)</script></body></html>")
    assert isinstance(finding, Problem)
    assert (finding.place.file, finding.place.line) == (name, 1)


def test_a_text_about_something_else_is_set_aside(read_as):
    (finding,) = read_as("note.txt", "Buy milk.")
    assert isinstance(finding, NotAnInterview)


WILL_MEET = (
    "Hi, you will meet Dana Lee, VP Engineering, on 27 November 2026 at 10:00",
    "Hi,\nyou will meet José Ñandú, VP Engineering, and Al Ek at Acme on Tuesday 24 November 2026 at 15:00 by Zoom",
    "Hallo Alex, am 27. November 2026 um 10:00 Uhr treffen Sie Anna Schmidt, Leiterin Datenplattform.",
    "Bonjour, vous rencontrerez Claire Dubois, directrice des données, le 27 novembre 2026 à 10h30.",
    "Hola Alex:\nHablarás con Lucía Fernández, directora de Analítica, el 26 de noviembre de 2026 a las 16:00.",
    "Ciao, incontrerai Marta Bianchi (Engineering Manager) il 26 novembre 2026 alle 16:00.",
)


@pytest.mark.parametrize("text", WILL_MEET)
def test_a_pasted_text_that_says_whom_one_will_meet_is_taken_for_an_invitation_and_says_so(reading, text):
    meeting, _ = read(reading, text)
    assert meeting.participants
    assert any("it is taken for one" in remark for remark in meeting.remarks)


@pytest.mark.parametrize(
    "text",
    [
        "You will meet Anna Meyer, dentist, on 27 November 2026 at 10:00.",
        "You will meet Dr. Anna Meyer, Head of Dental Care, on 27 November 2026 at 10:00.",
        "Team lunch on 27 November 2026 at 12:30: you will meet Dana Lee, VP Engineering.",
        "You will meet Dana Lee on 27 November 2026 at 10:00.",
        "I met Dana Lee, VP Engineering, on 20 November 2026 at 10:00.",
        "You will meet the whole team on 27 November 2026 at 10:00. Dana Lee, VP Engineering",
        "Dana Lee, VP Engineering, will meet the press on 27 November 2026 at 10:00.",
    ],
)
def test_a_dentist_a_lunch_and_a_meeting_with_nobody_of_a_title_stay_out(reading, text):
    (finding,) = (one for one in reading.found(text) if not isinstance(one, FoundCard))
    assert isinstance(finding, NotAnInterview)


def test_whom_one_will_meet_without_a_clear_day_is_asked_for_and_only_of_what_was_pasted(reading, read_as):
    text = "Hi, you will meet Dana Lee, VP Engineering, on Friday at 10"
    (problem,) = reading.problems(reading.found(text))
    assert "says whom you will meet, but not clearly when" in problem.says
    head = "From: Jo <jo@acme.example>\nTo: alex@mail.example\nDate: Mon, 23 Nov 2026 09:00:00 +0000\nSubject: Friday"
    mail = f"{head}\nMIME-Version: 1.0\n\n{text}\n"
    assert not [one for one in read_as("a.eml", mail) if isinstance(one, Meeting | Problem)]


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("you will meet Dana Lee, VP Engineering, on Friday at 10", datetime(2026, 11, 27, 9, tzinfo=UTC)),
        (
            "you will meet Dana Lee, VP Engineering, on Friday at 10:30",
            datetime(2026, 11, 27, 9, 30, tzinfo=UTC),
        ),
        ("you will meet Dana Lee, VP Engineering, tomorrow at 15:00", datetime(2026, 11, 25, 14, tzinfo=UTC)),
        ("you will meet Dana Lee, VP Engineering, on Friday at 3", None),
        ("you will meet Dana Lee, VP Engineering, soon at 10", None),
    ],
)
def test_what_a_text_names_fills_a_form_as_far_as_it_is_named(reading, text, when):
    reader = replace(reading.alex, at=datetime(2026, 11, 24, tzinfo=UTC))
    outline = understood(text, reader)
    assert [(one.name, one.title) for one in outline.people] == [("Dana Lee", "VP Engineering")]
    assert outline.when == when


def test_the_organisation_that_a_letter_is_from_is_nobody_to_thank(reading):
    meeting, _ = read(
        reading,
        "Your interview with Acme Widgets is on Tuesday, 24 November 2026 at 10:00 (Europe/Lisbon).\n"
        "You will speak with Acme Widgets and Dana Lee.\n\nJane Roe\nTalent Partner\njane.roe@acmewidgets.example\n",
    )
    assert [person.name for person in meeting.participants] == ["Dana Lee"]
    assert meeting.organisation == "Acme Widgets"


@pytest.mark.parametrize(
    ("said", "met"),
    [
        (
            "Rolf Maier, Head of Data <rolf.maier@acme.example>",
            [("Rolf Maier", "Head of Data", "rolf.maier@acme.example")],
        ),
        ("Pepper Potts <pepper@acme.example>", [("Pepper Potts", None, "pepper@acme.example")]),
        ("Kel Varnsen, CTO (Kel@acme.example)", [("Kel Varnsen", "CTO", "kel@acme.example")]),
        (
            "Dana Lee, VP Engineering, and Sam Ortiz, CTO <sam@acme.example>",
            [("Dana Lee", "VP Engineering", None), ("Sam Ortiz", "CTO", "sam@acme.example")],
        ),
    ],
)
def test_an_address_in_brackets_belongs_to_the_name_before_it_and_not_to_the_title(reading, said, met):
    meeting, _ = read(
        reading, f"Your interview at Acme is on Tuesday, 24 November 2026 at 10:00.\nYou will meet {said}.\n"
    )
    assert [(one.name, one.title, one.email) for one in meeting.participants] == met
