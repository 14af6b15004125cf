"""Mails, mailboxes and pasted texts: the invitation in them, or the interview they state in words."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from rapport.importers.findings import FoundCard, Kind, Meeting, NotAnInterview, Problem, Source
from rapport.rules.card.reach import PHONES

TEN_IN_LISBON = datetime(2026, 11, 24, 10, tzinfo=UTC)


def of(kind, findings):
    return [finding for finding in findings if isinstance(finding, kind)]


def mail(body, subject="Interview at Initech", head=""):
    return (
        "From: Priya Nair <priya.nair@initech.example>\nTo: alex.morgan@mail.example\n"
        f"Subject: {subject}\nDate: Mon, 16 Nov 2026 09:00:00 +0000\nMessage-ID: <a@initech.example>\n{head}\n{body}\n"
    )


def test_the_words_around_an_invitation_complete_it(reading):
    (meeting,) = of(Meeting, reading.sample("mail/nested-invitation.eml"))
    people = {
        person.name: (person.email, person.title, person.role, person.source)
        for person in meeting.participants
    }
    assert people == {
        "Dana Lee": ("dana.lee@initech.example", "VP Engineering", "executive", Source.ATTENDEE),
        "Priya Nair": ("priya.nair@initech.example", "Talent Partner", "recruiter", Source.ORGANIZER),
        "Sam Ortiz": (None, "Staff Engineer", None, Source.MAIL),
    }
    assert meeting.job_title == "Staff Engineer"


def test_an_archive_in_a_mail_is_named_and_never_opened(reading):
    says = [problem.says for problem in of(Problem, reading.sample("mail/nested-invitation.eml"))]
    assert (
        "The attachment “documents.zip” is an archive and was not opened. Unpack it and import the files in it."
        in says
    )


def test_the_signature_is_a_card(reading):
    (found,) = of(FoundCard, reading.sample("mail/nested-invitation.eml"))
    card = found.card
    assert (card.name, card.title, card.organisation) == ("Priya Nair", "Talent Partner", "Initech")
    assert card.emails == ("priya.nair@initech.example",)
    assert card.phones == ("+351 21 234 5678",)


def test_a_signature_says_which_number_is_which_and_where_letters_go(reading):
    words = (
        "Your interview is on 1 December 2026 at 10:00.\n\nBest regards\nPriya Nair\nTalent Partner\n"
        "Tel. 089 1234567, Mobil: +49 171 2345678 | Fax 089 1234568\nHauptstraße 12, 80331 München\n2026 Awards"
    )
    (found,) = of(FoundCard, reading.found(mail(words)))
    said = [(phone.number, phone.kind) for phone in PHONES.of(found.card)]
    assert said == [("089 1234567", "work"), ("+49 171 2345678", "mobile"), ("089 1234568", "fax")]
    assert list(map(str, found.card.addresses)) == ["Hauptstraße 12, 80331 München"]


def test_an_interview_stated_in_words_is_a_meeting(reading):
    findings = reading.sample("mail/prose.eml")
    (meeting,) = of(Meeting, findings)
    assert meeting.starts == TEN_IN_LISBON
    assert (meeting.ends - meeting.starts).total_seconds() == 45 * 60
    assert meeting.time_zone == "Europe/Lisbon"
    assert meeting.kind is Kind.VIDEO
    assert meeting.job_title == "Senior Backend Engineer"
    assert [(person.name, person.title) for person in meeting.participants] == [
        ("Rui Costa", "Head of Platform"),
        ("Ines Prado", "Engineering Manager"),
    ]
    (found,) = of(FoundCard, findings)
    assert (found.card.name, found.card.title, found.card.organisation) == (
        "Noor Haddad",
        "Senior Recruiter",
        "Acme GmbH",
    )


def test_a_pasted_text_is_read_like_a_mail(reading):
    (meeting,) = of(Meeting, reading.sample("text/pasted.txt"))
    assert meeting.starts == TEN_IN_LISBON
    assert meeting.location == "Rua Augusta 100, Lisbon"
    assert meeting.kind is Kind.ON_SITE
    assert [person.name for person in meeting.participants] == ["Dana Lee", "Sam Ortiz"]


def test_a_text_without_a_year_says_what_is_missing(reading):
    (problem,) = reading.sample("text/no-year.txt")
    assert isinstance(problem, Problem)
    assert "has no year" in problem.says


def test_in_a_mail_its_own_date_gives_the_year(reading):
    (meeting,) = of(
        Meeting, reading.found(mail("Your interview with Dana Lee is on 24 November at 10:00 UTC."))
    )
    assert meeting.starts == TEN_IN_LISBON


@pytest.mark.parametrize(
    ("sentence", "missing"),
    [
        ("Your interview is on 03/04/2026 at 10:00.", "two different days"),
        ("Your interview is on Monday, 24 November 2026 at 10:00.", "not the weekday"),
        ("Your interview is on 31 November 2026 at 10:00.", "does not exist"),
        ("Your interview is on 24 November 2026.", "no time"),
        ("Interview: 03/04/26 at 10:00", "two different days"),
        ("Your interview is next Tuesday at 10am.", "may be 17 November 2026 or 24 November 2026"),
        ("Votre entretien aura lieu mardi prochain à 10h.", "may be 17 November 2026 or 24 November 2026"),
    ],
)
def test_a_date_that_is_not_sure_is_asked_for(reading, sentence, missing):
    (problem,) = of(Problem, reading.found(mail(sentence)))
    assert missing in problem.says


@pytest.mark.parametrize(
    ("sentence", "hour"),
    [
        ("on Tuesday, 24 November 2026 at 10:00 (Europe/Lisbon)", 10),
        ("on November 24, 2026 at 10:00 AM ET", 15),
        ("on Nov 24th, 2026, 2 pm – 3 pm CET", 13),
        ("am 24. November 2026 um 14 Uhr", 13),
        ("on 2026-11-24 at 14:00 (Berlin time)", 13),
        ("le 24 novembre 2026 à 14h30", 13),
        ("on 24.11.2026, 14:00 UTC+2", 12),
        ("24/11/26 at 14h", 13),
        ("11/24/26 at 2pm", 13),
        ("op 24-11-2026 om 14:00", 13),
        ("on Tuesday next week at 2pm", 13),
        ("nächste Woche am Dienstag um 14 Uhr", 13),
    ],
)
def test_dates_are_read_in_many_shapes(reading, sentence, hour):
    (meeting,) = of(Meeting, reading.found(mail(f"Your interview is {sentence}.")))
    assert (meeting.starts.day, meeting.starts.hour) == (24, hour)


@pytest.mark.parametrize(
    ("time", "zone", "hour"),
    [
        ("2:00 PM Eastern Time", "America/New_York", 19),
        ("2:00 PM eastern time", "America/New_York", 19),
        ("2:00 PM Eastern", "America/New_York", 19),
        ("2:00-3:00 PM Eastern Time (US and Canada)", "America/New_York", 19),
        ("14:00 (UTC+01:00) Amsterdam, Berlin, Bern", "Europe/Amsterdam", 13),
        ("2pm Pacific Daylight Time", "America/Los_Angeles", 22),
        ("14:00 Central European Time", "Europe/Berlin", 13),
        ("14 Uhr mitteleuropäischer Zeit", "Europe/Berlin", 13),
        ("14h (heure française)", "Europe/Paris", 13),
        ("14:00 hora peninsular", "Europe/Madrid", 13),
        ("14h (horário de Brasília)", "America/Sao_Paulo", 17),
        ("14:00 Nederlandse tijd", "Europe/Amsterdam", 13),
        ("2pm ET (8pm Berlin time)", "America/New_York", 19),
        ("14:00 CET / 8:00 AM Eastern", "Europe/Berlin", 13),
        ("2pm CST, Chicago time", "America/Chicago", 20),
    ],
)
def test_a_zone_is_read_in_words_and_the_one_beside_the_time_counts(reading, time, zone, hour):
    (meeting,) = of(Meeting, reading.found(mail(f"Your interview is on 24 November 2026 at {time}.")))
    assert (meeting.time_zone, meeting.starts.hour) == (zone, hour)


@pytest.mark.parametrize(
    ("time", "remark"),
    [
        ("2pm CST", "“CST” may mean more than one time zone; yours (Europe/Berlin) is assumed."),
        ("2pm (IST)", "“IST” may mean more than one time zone; yours (Europe/Berlin) is assumed."),
        ("2pm in the Pacific room", "The text names no time zone; yours (Europe/Berlin) is assumed."),
        ("2pm at Eastern Bank", "The text names no time zone; yours (Europe/Berlin) is assumed."),
    ],
)
def test_letters_that_several_zones_go_by_are_said_to_be_ambiguous(reading, time, remark):
    (meeting,) = of(Meeting, reading.found(mail(f"Your interview is on 24 November 2026 at {time}.")))
    assert (meeting.time_zone, meeting.starts.hour) == (None, 13)
    assert remark in meeting.remarks


def test_ambiguous_letters_are_the_reader_s_zone_where_it_goes_by_them(reading):
    reader = replace(reading.alex, time_zone="America/Chicago")
    (meeting,) = of(Meeting, reading.found(mail("Your interview is on 24 November 2026 at 2pm CST."), reader))
    assert (meeting.time_zone, meeting.starts.hour) == ("America/Chicago", 20)
    assert not any("zone" in remark for remark in meeting.remarks)


@pytest.mark.parametrize(
    ("time", "hour"),
    [
        ("at 2 o'clock in the afternoon", 13),
        ("at 2:30 in the afternoon", 13),
        ("at 14:00 in the afternoon", 13),
        ("at 10 in the morning", 9),
        ("um 2 Uhr nachmittags", 13),
        ("à 2 heures de l'après-midi", 13),
        ("a las 2 de la tarde", 13),
        ("às 2 da tarde", 13),
        ("alle 2 del pomeriggio", 13),
        ("om 2 uur 's middags", 13),
    ],
)
def test_the_part_of_the_day_after_a_time_belongs_to_it(reading, time, hour):
    (meeting,) = of(Meeting, reading.found(mail(f"Your interview is on 24 November 2026 {time}.")))
    assert meeting.starts.hour == hour


@pytest.mark.parametrize(
    "text",
    [
        "Your interview is at 14:00 on Friday 20 November. Please arrive at 13:45.",
        "Your interview at 2 pm on Friday 20 November is confirmed. We close at 6 pm.",
        "Your interview starts at 2 pm on Friday 20 November; please be there 10 minutes early, at 1:50 pm.",
        "Your interview at 2 pm on Friday 20 November is followed by a tour at 4 pm.",
        "Your interview is at 2 pm on Friday 20 November. Please reply by 5 pm.",
        "Your interview is on Friday 20 November. Please arrive at 13:45. It starts at 14:00.",
        "On Friday 20 November please arrive at 13:45 for your interview at 14:00.",
        "Our offices open at 9 am. Your interview takes place on Friday 20 November, 2 pm.",
        "Please come to our office on Friday 20 November at 14:00 for your interview. The tour begins at 15:00.",
        "Ihr Vorstellungsgespräch beginnt um 14:00 Uhr am Freitag, 20. November. Bitte kommen Sie um 13:45 Uhr.",
        "Votre entretien aura lieu à 14h le vendredi 20 novembre. Merci d'arriver à 13h45.",
        "Su entrevista es a las 14:00 del viernes 20 de noviembre. Por favor, llegue a las 13:45.",
        "Il colloquio è alle 14:00 di venerdì 20 novembre. La preghiamo di arrivare alle 13:45.",
        "Uw sollicitatiegesprek is om 14:00 op vrijdag 20 november. De receptie sluit om 18:00.",
    ],
)
def test_a_time_of_coming_or_closing_and_one_of_another_sentence_give_way_to_the_interview_s(reading, text):
    (meeting,) = of(Meeting, reading.found(mail(text)))
    assert meeting.starts == datetime(2026, 11, 20, 13, tzinfo=UTC)
    assert meeting.ends - meeting.starts == timedelta(hours=1)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("Please arrive for your interview on Friday 20 November at 13:45.", (12, 45)),
        ("Your interview is on Friday 20 November. Please arrive at 13:45.", (12, 45)),
        ("The interview is at noon on Friday 20 November. Please arrive at 11:45.", (11, 0)),
        ("Your interview is on 20 November at 12 noon.", (11, 0)),
    ],
)
def test_the_only_time_of_a_day_counts_and_noon_is_a_time(reading, text, when):
    (meeting,) = of(Meeting, reading.found(mail(text)))
    assert (meeting.starts.day, meeting.starts.hour, meeting.starts.minute) == (20, *when)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Thank you for your interview on 13 November at 3pm. I enjoyed it.", (2026, 11, 13)),
        ("Thank you for coming to the interview on Friday, November 13 at 3pm.", (2026, 11, 13)),
        ("Vielen Dank für das Vorstellungsgespräch am Freitag, 13. November um 15 Uhr.", (2026, 11, 13)),
        ("Merci pour l'entretien du vendredi 13 novembre à 15h.", (2026, 11, 13)),
        ("Gracias por la entrevista del 13 de noviembre a las 15:00.", (2026, 11, 13)),
        ("Thank you for your interview on Friday at 3pm.", (2026, 11, 13)),
        ("It was great to meet you at the interview on Monday at 3pm.", (2026, 11, 9)),
        (
            "Thank you for your interview on Friday at 3pm. We will be in touch on Thursday at 10am.",
            (2026, 11, 13),
        ),
        ("Thank you for confirming your interview on Friday at 3pm.", (2026, 11, 20)),
        (
            "Thank you for applying. We would like to invite you to an interview on Friday at 3pm.",
            (2026, 11, 20),
        ),
        ("We were impressed and are happy to see you for an interview on Friday at 3pm.", (2026, 11, 20)),
        ("Your interview is on Friday, 20 November at 3pm.", (2026, 11, 20)),
        ("Your interview is next Monday at 3pm.", (2026, 11, 23)),
        ("Our team lunch is next Tuesday. The interview is on Friday at 3pm.", (2026, 11, 20)),
        ("Your interview is on 12 January at 3pm.", (2027, 1, 12)),
    ],
)
def test_a_day_that_thanks_lead_to_or_whose_weekday_fits_is_the_last_and_any_other_the_next(
    reading, text, day
):
    (meeting,) = of(Meeting, reading.found(mail(text)))
    assert meeting.starts == datetime(*day, 14, tzinfo=UTC)
    assert not meeting.cancelled


def test_a_year_that_is_taken_for_a_day_far_ahead_is_told(reading):
    (meeting,) = of(Meeting, reading.found(mail("Your interview is on 13 November at 3pm.")))
    assert "The text names no year; 2027 is assumed." in meeting.remarks


WEDNESDAY_FRIDAY = [
    "Your interview originally scheduled for Wednesday, November 18, 2026 at 2pm has been moved to November 20 at 4pm.",
    "Your interview on November 18, 2026 at 2pm will now take place on November 20, 2026 at 4pm.",
    "Your interview takes place on November 20, 2026 at 4pm instead of November 18, 2026 at 2pm.",
    "Your interview has been moved from 2pm on November 18, 2026 to 4pm on November 20, 2026.",
    "Your interview was rescheduled.\n\nOld: November 18, 2026, 2:00 PM\nNew: November 20, 2026, 4:00 PM",
    "Your interview on Wednesday at 2pm has been moved to Friday at 4pm.",
    "We have to cancel your interview on November 18, 2026 at 2pm. The new date is November 20, 2026 at 4pm.",
    "Ihr Vorstellungsgespräch am 18. November 2026 um 14 Uhr wird auf den 20. November 2026 um 16 Uhr verschoben.",
    "Ihr Vorstellungsgespräch findet am 20.11.2026 um 16 Uhr statt am 18.11.2026 um 14 Uhr statt.",
    "Votre entretien du 18 novembre 2026 à 14h est reporté au vendredi 20 novembre 2026 à 16h.",
    "La entrevista del 18 de noviembre de 2026 a las 14:00 se ha aplazado al 20 de noviembre de 2026 a las 16:00.",
    "A sua entrevista foi adiada do dia 18 de novembro de 2026 às 14:00 para o dia 20 de novembro de 2026 às 16:00.",
    "Il colloquio, inizialmente previsto per il 18 novembre 2026 alle 14, è spostato al 20 novembre 2026 alle 16:00.",
    "Uw sollicitatiegesprek is verplaatst van 18 november 2026 om 14:00 naar 20 november 2026 om 16:00.",
    "Please reply by November 18, 2026 5pm. Your interview takes place on November 20, 2026 at 4pm.",
    "Please reply by 5pm on Wednesday, November 18, 2026. Your interview takes place on November 20, 2026 at 4pm.",
    "Reply by Wednesday. Your interview is on Friday at 4pm.",
    "Bitte antworten Sie bis zum 18.11.2026, 17 Uhr. Ihr Vorstellungsgespräch ist am 20.11.2026 um 16 Uhr.",
    "Merci de répondre avant le 18 novembre 2026 à 17h. Votre entretien a lieu le 20 novembre 2026 à 16h.",
    "Responda antes del 18 de noviembre de 2026 a las 17:00. Su entrevista es el 20 de noviembre de 2026 a las 16:00.",
    "Responda até 18 de novembro de 2026 às 17:00. A entrevista é no dia 20 de novembro de 2026 às 16:00.",
    "Risponda entro il 18 novembre 2026 alle 17:00. Il colloquio è il 20 novembre 2026 alle 16:00.",
    "Graag antwoord vóór 18 november 2026 om 17:00. Uw sollicitatiegesprek is op 20 november 2026 om 16:00.",
    "Change or cancel it until November 18, 2026 12:00.\nInterview: Friday, November 20, 2026 16:00",
    "Thank you for your application of 2 November 2026. Your interview is on 20 November 2026 at 4pm.",
    "We spoke on 12 November 2026 at 10:00. Your interview is on 20 November 2026 at 4pm.",
    "Your interview on 20 November 2026 has been moved from 2 pm to 4 pm.",
    "Your interview on 20 November 2026 at 2 pm has been moved to 4 pm.",
    "Your interview on 20 November 2026 takes place at 4 pm instead of 2 pm.",
    "Ihr Vorstellungsgespräch am 20. November 2026 um 14:00 Uhr wurde auf 16:00 Uhr verschoben.",
    "L'entretien du 20 novembre 2026 à 14h est décalé à 16h.",
    "A entrevista de quarta-feira, dia 18 de novembro às 14:00 foi adiada para sexta-feira, 20 de novembro às 16:00.",
    "Il suo colloquio di mercoledì 18 novembre alle 14:00 è stato spostato a venerdì 20 novembre alle 16.00.",
    "Kunnen we het sollicitatiegesprek van woensdag 18 november verzetten naar vrijdag 20 november om 16:00 uur?",
    "Uw sollicitatiegesprek is donderdag verplaatst naar vrijdag om 16:00 uur.",
]


@pytest.mark.parametrize("text", WEDNESDAY_FRIDAY)
def test_a_deadline_and_a_day_that_is_left_are_not_when_it_takes_place(reading, text):
    (meeting,) = of(Meeting, reading.found(mail(text)))
    assert meeting.starts == datetime(2026, 11, 20, 15, tzinfo=UTC)
    assert not meeting.cancelled
    assert not any("several days" in remark for remark in meeting.remarks)


@pytest.mark.parametrize(
    "text",
    [
        "Could you do November 20, 2026 4pm or November 23, 2026 10am for an interview with Dana Lee?",
        "For your interview we offer November 20, 2026 4pm. Alternatively, November 23, 2026 at 10am.",
        "Please choose a time for your interview:\n- November 20, 2026 4pm\n- November 23, 2026 10am",
        "If you cannot make your interview on November 20, 2026 at 4pm, we could do November 23, 2026 at 10am.",
        "Passt Ihnen das Vorstellungsgespräch am 20.11.2026 um 16 Uhr oder am 23.11.2026 um 10 Uhr?",
        "Your interview: Friday, 20 November 2026 at 2pm or 4pm.",
    ],
)
def test_times_to_choose_from_are_no_appointment(reading, text):
    (problem,) = of(Problem, reading.found(mail(text)))
    assert "several" in problem.says


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Our open day is on 18 November 2026 at 6pm. Your interview is on 20 November 2026 at 4pm.", 20),
        (
            "Your first interview is on 20 November 2026 at 4pm. The second interview is on 23 November 2026 at 9am.",
            20,
        ),
        ("Your interview is on 20 November 2026 at 4pm and on 23 November 2026 at 9am.", 20),
    ],
)
def test_of_two_days_that_both_hold_the_interview_s_is_taken_and_the_other_told(reading, text, day):
    (meeting,) = of(Meeting, reading.found(mail(text)))
    assert (meeting.starts.day, meeting.starts.hour) == (day, 15)
    assert any("names several days" in remark for remark in meeting.remarks)


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("Your interview runs from November 20, 2026 9am to November 21, 2026 5pm.", 8),
        ("Ihr Vorstellungsgespräch ist vom 20. bis 22. November 2026, ab 9 Uhr.", 8),
        ("Interview: November 20, 2026, 4pm. Please arrive by 3:45pm on November 20, 2026.", 15),
        ("Your interview is on November 20, 2026 at 4pm. See you on November 20!", 15),
        ("We need to change the room of your interview on November 20, 2026 at 4pm.", 15),
        ("We are happy to reschedule your interview on November 20, 2026 at 4pm if you wish.", 15),
        ("We moved to a new building: your interview is on November 20, 2026 at 4pm.", 15),
        (
            "That works!\n\nOn Mon, Nov 16, 2026 at 10:02 AM Priya wrote:\n> The interview is on Nov 20, 2026 at 4pm.",
            15,
        ),
    ],
)
def test_a_day_named_twice_or_the_first_of_several_needs_no_remark(reading, text, hour):
    (meeting,) = of(Meeting, reading.found(mail(text)))
    assert (meeting.starts.day, meeting.starts.hour) == (20, hour)
    assert not any("several days" in remark for remark in meeting.remarks)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Please reply by November 18, 2026, 5pm about the interview.", "names no day"),
        ("We speak of the interview now and will be in touch on Thursday at 10am.", "names no day"),
        ("Danke für das Vorstellungsgespräch. Wir melden uns am Donnerstag um 10 Uhr.", "names no day"),
        (
            "Unfortunately, we have to reschedule your interview on November 20, 2026 at 4pm.",
            "no longer holds",
        ),
    ],
)
def test_a_text_that_names_only_a_deadline_or_a_day_that_is_left_has_no_interview_yet(reading, text, why):
    (finding,) = of(NotAnInterview, reading.found(mail(text)))
    assert why in finding.why


@pytest.mark.parametrize(
    ("sentence", "is_off"),
    [
        ("Unfortunately we have to cancel your interview {}.", True),
        ("We are sorry that we've had to cancel your interview {}.", True),
        ("Unfortunately your interview {} has been cancelled.", True),
        ("Leider müssen wir Ihr Vorstellungsgespräch {} absagen.", True),
        ("Leider sagen wir Ihr Vorstellungsgespräch {} ab.", True),
        ("Nous devons malheureusement annuler votre entretien {}.", True),
        ("Lamentamos tener que cancelar su entrevista {}.", True),
        ("Purtroppo dobbiamo annullare il colloquio {}.", True),
        ("The interview {} will not take place.", True),
        ("The interview will not take place {}.", True),
        ("Ihr Vorstellungsgespräch findet {} nicht statt.", True),
        ("L'entretien {} est annulé.", True),
        ("Lamentablemente se cancela la entrevista {}.", True),
        ("A entrevista {} foi cancelada.", True),
        ("Het sollicitatiegesprek {} gaat niet door.", True),
        ("The interview {} will not take place at our office but by phone.", False),
        ("Your interview is {}. The tour will not take place.", False),
        ("Si se cancela la entrevista {}, le avisaremos.", False),
        ("If you have to cancel your interview {}, call us.", False),
        ("We will not cancel your interview {}.", False),
        ("Falls Sie Ihr Vorstellungsgespräch {} absagen müssen, melden Sie sich.", False),
        ("Your interview is {}. You may cancel up to 24 hours before.", False),
    ],
)
def test_who_says_that_they_cancel_it_has_cancelled_it_and_who_may_has_not(reading, sentence, is_off):
    text = sentence.format("on 20 November 2026 at 16:00")
    (meeting,) = of(Meeting, reading.found(mail(text)))
    assert meeting.cancelled is is_off


def test_a_newsletter_is_no_interview(reading):
    (finding,) = reading.sample("text/newsletter.txt")
    assert isinstance(finding, NotAnInterview)


def test_a_forwarded_invitation_is_found(reading):
    inner = mail("Your interview with Dana Lee is on Tuesday, 24 November 2026 at 10:00 UTC.")
    outer = (
        "From: alex.morgan@mail.example\nTo: import@rapport.example\nSubject: Fwd: Interview\nMIME-Version: 1.0\n"
        'Content-Type: multipart/mixed; boundary="x"\n\n--x\nContent-Type: message/rfc822\n\n'
        + inner
        + "\n--x--\n"
    )
    (meeting,) = of(Meeting, reading.found(outer))
    assert [person.name for person in meeting.participants] == ["Dana Lee"]
    assert meeting.organisation == "Initech"


def test_a_mailbox_is_read_mail_by_mail(reading):
    first = mail("Your interview with Dana Lee is on Tuesday, 24 November 2026 at 10:00 UTC.")
    second = mail("Ten recipes for the autumn.", subject="Recipes")
    third = (
        mail("Your interview with Rui Costa is on 25 November 2026 at 10:00 UTC.")
        .replace("initech", "acme")
        .replace("Initech", "Acme")
    )
    box = "".join(
        f"From someone@x.example Mon Nov 16 09:00:00 2026\n{one}\n" for one in (first, second, third)
    )
    findings = reading.found(box)
    assert [meeting.organisation for meeting in of(Meeting, findings)] == ["Initech", "Acme"]
    assert [finding.title for finding in of(NotAnInterview, findings)] == ["Recipes"]
    assert [meeting.place.line for meeting in of(Meeting, findings)] == [2, 20]


def test_markup_in_a_mail_is_read_as_text(reading):
    head = "MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n"
    body = (
        "<p>Your interview is on <b>24 November 2026</b> at 10:00&nbsp;UTC.</p><script>var x = "
        "'Interviewers: Eve Mallory'</script><ul><li>Dana Lee, VP Engineering</li></ul>"
    )
    (meeting,) = of(Meeting, reading.found(mail(body, head=head)))
    assert [person.name for person in meeting.participants] == ["Dana Lee"]


def test_who_writes_that_one_will_speak_with_them_is_met_beside_whoever_they_name(reading):
    said = "On 24 November 2026 at 10:00 UTC you will have an interview: you speak with me and with our CTO, Rui Costa."
    (meeting,) = of(Meeting, reading.found(mail(said)))
    assert {person.name for person in meeting.participants} == {"Priya Nair", "Rui Costa"}


def test_the_organisation_s_name_ends_with_its_line_and_its_sentence(reading):
    own = "Hi Alex,\n\nYour interview is on November 20, 2026 at 4pm."
    (meeting,) = of(Meeting, reading.found(mail(own, "Your interview at Initech")))
    assert meeting.organisation == "Initech"
    (meeting,) = of(Meeting, reading.found("Your interview at Initech. The time: November 20, 2026, 4pm."))
    assert meeting.organisation == "Initech"


@pytest.mark.parametrize(
    ("text", "left", "hour", "asks"),
    [
        ("Your interview on 20 November at 10:00 has been moved to 25 November at 2pm.", 20, 10, False),
        ("Your interview on 25 November at 10:00 has been moved to 14:00.", 25, 10, False),
        ("Your interview on Friday will take place on 25 November at 2pm instead.", None, None, None),
        ("Your interview will take place on 25 November at 2pm instead of Friday.", 20, None, False),
        ("We need to reschedule your interview. The new date is 25 November at 2pm.", None, None, False),
        ("Ihr Gespräch vom 20. November um 10 Uhr wird auf den 25. November, 14 Uhr verlegt.", 20, 10, False),
        (
            "We would like to inform you that your interview has been moved to 25 November, 14:00.",
            None,
            None,
            False,
        ),
        ("We would like to move your interview to 25 November, 14:00.", None, None, True),
        ("Could your interview of 20 November be moved to 25 November at 2pm?", 20, None, True),
        ("Would 25 November at 2pm suit you? We have to move your interview.", None, None, True),
        (
            "The deadline was moved from 20 November to 25 November at 2pm, well before the interview.",
            None,
            None,
            None,
        ),
    ],
)
def test_a_text_that_moves_an_interview_says_away_from_when_or_only_asks(reading, text, left, hour, asks):
    (meeting,) = of(Meeting, reading.found(mail(text)))
    assert meeting.starts == datetime(2026, 11, 25, 13, tzinfo=UTC)
    moved = meeting.moved
    says = (
        (moved.on and moved.on.day, moved.starts and moved.starts.hour + 1, moved.asks)
        if moved
        else (None,) * 3
    )
    assert says == (left, hour, asks)
