"""Each sender's calendar files, with their quirks, become the meeting a person would read in them."""

from datetime import UTC, datetime

import pytest

from rapport.importers.findings import Kind, Meeting, NotAnInterview, Source


def at(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def met(meeting):
    return {
        person.name: (person.email, person.title, person.role, person.confirmed)
        for person in meeting.participants
    }


def left(meeting):
    return {gone.address: gone.why for gone in meeting.left_out}


def test_outlook_panel_is_read_whole(reading):
    meeting = reading.meeting("calendar/outlook-panel.ics")
    assert meeting.starts == at(20, 10)
    # The city in the address, not London's name for the same hours.
    assert meeting.time_zone == "Europe/Lisbon"
    assert meeting.kind is Kind.ON_SITE
    assert meeting.organisation == "Initech"
    assert met(meeting) == {
        "Dana Lee": ("dana.lee@initech.example", "VP Engineering", "executive", True),
        "Sam Ortiz": ("sam.ortiz@initech.example", "Staff Engineer", None, True),
        "Priya Nair": ("priya.nair@initech.example", None, None, True),
    }
    assert left(meeting) == {
        "alex.morgan@mail.example": "This is you.",
        "lis-tejo@initech.example": "This is a room or a device, not a person.",
        "talent@initech.example": "This is a shared mailbox or a list, not one person.",
    }


def test_google_derives_the_name_and_leaves_out_lists_rooms_and_who_declined(reading):
    meeting = reading.meeting("calendar/google-panel.ics")
    assert met(meeting) == {"Dana Lee": ("dana.lee@initech.example", None, None, True)}
    assert set(left(meeting)) == {
        "alex.morgan@mail.example",
        "sam.ortiz@initech.example",
        "interviewers-platform@initech.example",
        "c_188abc@resource.calendar.google.com",
        "unknownorganizer@calendar.google.com",
    }
    assert left(meeting)["sam.ortiz@initech.example"] == "They declined the invitation."
    assert meeting.video_url == "https://meet.google.com/abc-defg-hij"
    assert meeting.kind is Kind.VIDEO
    assert meeting.job_title == "Staff Engineer"


@pytest.mark.parametrize(
    ("name", "starts"),
    [
        ("outlook-windows-zone", datetime(2026, 11, 20, 9, tzinfo=UTC)),
        ("outlook-customized-zone", datetime(2026, 7, 20, 8, tzinfo=UTC)),
        ("outlook-tzone-custom", datetime(2026, 11, 20, 9, tzinfo=UTC)),
    ],
)
def test_outlook_zones_are_read_by_name_or_by_their_own_rules(reading, name, starts):
    meeting = reading.meeting(f"calendar/{name}.ics")
    assert meeting.starts == starts
    assert meeting.time_zone == "Europe/Berlin"


def test_calendly_names_the_host_in_the_title(reading):
    meeting = reading.meeting("calendar/calendly.ics")
    assert met(meeting) == {"Priya Nair": ("priya.nair@initech.example", None, None, True)}
    assert meeting.job_title == "Staff Engineer"
    assert meeting.kind is Kind.VIDEO


def test_greenhouse_gives_each_interview_of_the_day_its_own_people(reading):
    meetings = reading.meetings("calendar/greenhouse-onsite.ics")
    assert [(meeting.starts, [person.name for person in meeting.participants]) for meeting in meetings] == [
        (at(24, 9), ["Dana Lee"]),
        (at(24, 9, 45), ["Sam Ortiz"]),
        (at(24, 10, 45), ["Priya Nair"]),
    ]
    assert {meeting.organisation for meeting in meetings} == {"Initech"}
    assert all(not person.confirmed for meeting in meetings for person in meeting.participants)


def test_an_agenda_in_the_company_s_zone_gives_each_interview_its_own_people_wherever_the_reader_lives(
    reading,
):
    meetings = reading.meetings("calendar/greenhouse-agenda.ics")
    assert [[(person.name, person.title) for person in meeting.participants] for meeting in meetings] == [
        [("Dana Lee", "Staff Software Engineer")],
        [("Sam Ortiz", "Software Engineer II")],
        [("Noor O'Brien", "Director of Engineering")],
    ]


def test_ashby_reads_names_out_of_html_under_a_shared_calendar(reading):
    meeting = reading.meeting("calendar/ashby.ics")
    assert met(meeting) == {
        "Dana Lee": (None, "VP Engineering", "executive", False),
        "Sam Ortiz": (None, "Staff Engineer", None, False),
    }
    assert {person.source for person in meeting.participants} == {Source.DESCRIPTION}
    assert "<" not in meeting.description
    assert "alert" not in meeting.description
    assert left(meeting)["c_4f2e1d@group.calendar.google.com"] == "This is a shared calendar, not a person."


def test_apple_principals_doubles_and_missing_mailto_are_one_person_each(reading):
    meeting = reading.meeting("calendar/apple.ics")
    assert met(meeting) == {
        "Dana Lee": ("dana.lee@initech.example", None, None, True),
        "Sam Ortiz": ("sam.ortiz@initech.example", None, None, True),
    }
    assert meeting.kind is Kind.ON_SITE


def test_lever_keeps_the_organisers_name_without_the_tools_address(reading):
    meeting = reading.meeting("calendar/lever-rooms.ics")
    assert met(meeting) == {
        "Sam Ortiz": ("sortiz@initech.example", "Staff Engineer", None, True),
        "Priya Nair": (None, None, None, False),
    }
    assert "room-douro@initech.example" in left(meeting)
    assert meeting.ends == at(20, 9, 45)


def test_cronofy_names_stand_only_in_the_text(reading):
    meeting = reading.meeting("calendar/cronofy-names-in-text.ics")
    (dana,) = meeting.participants
    assert (dana.name, dana.role, dana.confirmed) == ("Dana Lee", "hiring_manager", False)
    assert meeting.kind is Kind.PHONE
    assert meeting.organisation == "Initech"


def test_a_years_export_gives_the_interviews_and_the_reason_for_all_else(reading):
    findings = reading.sample("calendar/export-ordinary-life.ics")
    assert [finding.title for finding in findings if isinstance(finding, Meeting)] == [
        "Interview at Initech",
        "Entretien Acme",
    ]
    reasons = {finding.title: finding.why for finding in findings if isinstance(finding, NotAnInterview)}
    assert reasons == {
        "Dentist": "It is a private appointment.",
        "Team lunch": "It is a meal or a get-together.",
        "Christmas": "It lasts the whole day; an interview has a time.",
        "Kim's birthday": "It is a birthday or a celebration.",
        "Daily stand-up": "It is an ordinary meeting at work.",
        "Interview training": "It is training for interviews, not an interview.",
        "Prep for interview at Initech": "It is time set aside to prepare, not the interview itself.",
        "Interview panel debrief": "You seem to be among the interviewers here, not the one who is interviewed.",
        "Interview candidate Robin Fox": "You seem to be among the interviewers here, not the one who is interviewed.",
        "Budget review": "Nothing in it speaks of an interview.",
        "Interview": "Nobody else is named in it. If it was an interview, type in whom you met.",
    }


def test_a_recurrence_without_end_is_not_walked_through(reading):
    assert (
        reading.reason(reading.sample("calendar/endless-interview.ics"))
        == "It repeats; an interview happens once."
    )


def test_one_moved_occurrence_of_a_series_is_a_meeting_of_its_own(reading):
    meeting = reading.meeting("calendar/recurrence-exception.ics")
    assert (meeting.recurrence_id, meeting.sequence) == ("20261119T100000Z", 1)


@pytest.mark.parametrize(
    ("title", "is_off"),
    [
        ("Canceled: Interview with Initech", True),
        ("FW: Cancelled: Interview with Initech", True),
        ("Interview with Initech (cancelled)", True),
        ("Abgesagt: Vorstellungsgespräch Initech", True),
        ("Annulé : Entretien Initech", True),
        ("Cancelada: Entrevista con Initech", True),
        ("Annullato: Colloquio Initech", True),
        ("Geannuleerd: Sollicitatiegesprek Initech", True),
        ("Not cancelled: Interview with Initech", False),
        ("Interview with Initech: Cancellation Engineer", False),
    ],
)
def test_what_its_title_says_is_off_is_cancelled_though_its_status_does_not_say_so(reading, title, is_off):
    meeting = reading.only(reading.event(f"SUMMARY:{title}", "STATUS:CONFIRMED"))
    assert meeting.cancelled is is_off
    assert not meeting.declined


def test_a_cancellation_is_a_cancelled_meeting(reading):
    meeting = reading.meeting("calendar/cancel.ics")
    assert meeting.cancelled
    assert meeting.sequence == 3
