"""A year's calendar: what is an interview of the reader's, and what only reads like one."""

from __future__ import annotations

import pytest

from rapport.importers.findings import Meeting, NotAnInterview, Problem

SCHEDULE = (
    r"DESCRIPTION:Hi Alex\,\n\n10:00 AM - 10:45 AM\nFirst talk\nInterviewers: Dana Lee\, VP Engineering\n\n"
    r"10:45 AM - 11:30 AM\nCoding\nInterviewer: Priya Nair (Staff Engineer)\n\nSee you soon!"
)


@pytest.mark.parametrize(
    "title",
    [
        "Interview candidate Jane Roe",
        "Interview: Candidate Jane Roe (Backend)",
        "Phone screen - John Smith (candidate)",
        "Debrief: Jane Roe",
        "Interview panel sync",
        "Interview training",
        "Interview prep: Acme",
        "Mock interview with Tom",
        "Lunch with recruiter",
        "Coffee chat with Dana (Initech)",
        "Visa interview at the embassy",
        "Parent-teacher interview",
        "Interview with the Vampire (movie)",
        "Final round: chess tournament",
        "Round table: Engineering leads",
        "Screening: Dune 2",
        "Architecture discussion - Staff Engineer forum",
        "1:1 with Dana",
        "Sales call: Globex <> Initech",
        "Exit interview - Mark",
    ],
)
def test_what_reads_like_an_interview_is_set_aside_with_its_reason(reading, title):
    (finding,) = reading.event(f"SUMMARY:{title}")
    assert isinstance(finding, NotAnInterview), finding
    assert finding.why.endswith(".")


@pytest.mark.parametrize(
    "title",
    ["Intro call: Acme <> Alex", "Candidate interview: Alex Morgan", "Call with recruiter from Hooli"],
)
def test_the_reader_s_own_name_makes_it_theirs(reading, title):
    assert isinstance(reading.event(f"SUMMARY:{title}")[0], Meeting)


def test_an_own_entry_that_names_the_organisation_is_an_interview_with_nobody_yet(reading):
    (meeting,) = reading.event("SUMMARY:Job interview - Wayne Enterprises", "ATTENDEE:")
    assert isinstance(meeting, Meeting)
    assert (meeting.organisation, meeting.participants) == ("Wayne Enterprises", ())


def test_who_declined_stays_away_also_where_the_text_names_them(reading):
    meeting = reading.only(
        reading.event(
            "ATTENDEE;CN=Dana Lee:mailto:dana.lee@initech.example",
            "ATTENDEE;CN=Sam Ortiz;PARTSTAT=DECLINED:mailto:sam@initech.example",
            r"DESCRIPTION:You will meet Dana Lee and Sam Ortiz (Staff Engineer).",
        )
    )
    assert [one.name for one in meeting.participants] == ["Dana Lee"]


@pytest.mark.parametrize(
    ("begins", "ends", "name"),
    [("090000Z", "094500Z", "Dana Lee"), ("094500Z", "103000Z", "Priya Nair")],
)
def test_a_schedule_gives_each_interview_its_own_people(reading, begins, ends, name):
    meeting = reading.only(
        reading.event(
            f"DTSTART:20261120T{begins}",
            f"DTEND:20261120T{ends}",
            SCHEDULE,
            "ATTENDEE:mailto:alex.morgan@mail.example",
            "ORGANIZER:mailto:no-reply@greenhouse.io",
        )
    )
    assert [one.name for one in meeting.participants] == [name]


@pytest.mark.parametrize(
    "first", ["11:00 AM – 11:45 AM (EST) ", "11:00 - 11:45 AM EST: ", "11:00–11:45 UTC-5 | "]
)
@pytest.mark.parametrize(("begins", "ends", "names"), [
    ("160000Z", "164500Z", ["Wei Zhang"]),
    ("164500Z", "173000Z", ["Ana Al-Sayed", "Ines Reis"]),
    ("173000Z", "181500Z", ["Tom O'Brien"]),
])  # fmt: skip
def test_the_zone_that_an_agenda_states_counts(reading, first, begins, ends, names):
    agenda = rf"{first}Wei Zhang\n11:45 AM - 12:30 PM EST: Ana Al-Sayed and Ines Reis\n12:30 - 1:15 PM EST: Tom O'Brien"
    meeting = reading.only(
        reading.event(
            f"DTSTART:20261120T{begins}",
            f"DTEND:20261120T{ends}",
            f"DESCRIPTION:{agenda}",
            "ATTENDEE:mailto:alex.morgan@mail.example",
            "ORGANIZER:mailto:no-reply@greenhouse.io",
        )
    )
    assert [one.name for one in meeting.participants] == names
    assert not any(one.confirmed for one in meeting.participants)


@pytest.mark.parametrize("zone", ["CST", "BST", "IST"])
def test_hours_in_a_zone_of_several_meanings_leave_nobody_out(reading, zone):
    meeting = reading.only(
        reading.event(
            rf"DESCRIPTION:10:00 AM - 10:45 AM {zone}: Dana Lee\n10:45 AM - 11:30 AM {zone}: Sam Ortiz",
            "ATTENDEE:mailto:alex.morgan@mail.example",
        )
    )
    assert [one.name for one in meeting.participants] == ["Dana Lee", "Sam Ortiz"]


@pytest.mark.parametrize(
    ("zone", "letters", "day", "names"),
    [
        ("America/Chicago", "CST", "20261120", ["Sam Ortiz"]),
        ("Europe/London", "BST", "20270620", ["Sam Ortiz"]),
        ("Asia/Kolkata", "IST", "20261120", ["Sam Ortiz"]),
        ("America/Halifax", "AST", "20261120", ["Sam Ortiz"]),
        ("America/New_York", "CST", "20261120", ["Dana Lee", "Sam Ortiz", "Priya Nair"]),
        ("Europe/London", "BST", "20261120", ["Dana Lee", "Sam Ortiz", "Priya Nair"]),
    ],
)
def test_a_short_name_of_several_zones_is_the_one_that_the_event_goes_by(reading, zone, letters, day, names):
    agenda = (
        rf"11:00 AM - 11:45 AM {letters}: Dana Lee / Engineer\n11:45 AM - 12:30 PM {letters}: Sam Ortiz / Engineer"
        rf"\n12:30 PM - 1:15 PM {letters}: Priya Nair / Engineer"
    )
    meeting = reading.only(
        reading.event(
            f"DTSTART;TZID={zone}:{day}T114500",
            f"DTEND;TZID={zone}:{day}T123000",
            f"DESCRIPTION:{agenda}",
            "ATTENDEE:mailto:alex.morgan@mail.example",
        )
    )
    assert [one.name for one in meeting.participants] == names


def test_who_stands_twice_in_an_agenda_is_in_both_interviews(reading):
    for begins, ends in (("090000Z", "093000Z"), ("110000Z", "113000Z")):
        meeting = reading.only(
            reading.event(
                f"DTSTART:20261120T{begins}",
                f"DTEND:20261120T{ends}",
                r"DESCRIPTION:10:00 - 10:30 Dana Lee\n10:30 - 12:00 Sam Ortiz\n12:00 - 12:30 Dana Lee",
                "ATTENDEE:mailto:alex.morgan@mail.example",
            )
        )
        assert [one.name for one in meeting.participants] == ["Dana Lee"]


def test_a_schedule_in_hours_of_another_zone_leaves_nobody_out(reading):
    meeting = reading.only(
        reading.event(
            "DTSTART:20261120T150000Z",
            "DTEND:20261120T154500Z",
            SCHEDULE,
            "ATTENDEE:mailto:alex.morgan@mail.example",
        )
    )
    assert [one.name for one in meeting.participants] == ["Dana Lee", "Priya Nair"]


@pytest.mark.parametrize("zone", ['"tzone://Microsoft/Custom"', "Customized Time Zone", "Mars/Base"])
def test_a_zone_that_nobody_knows_keeps_the_interview_and_says_so(reading, zone):
    found = reading.event(f"DTSTART;TZID={zone}:20261120T100000", f"DTEND;TZID={zone}:20261120T110000")
    meeting, problem = found
    assert isinstance(meeting, Meeting)
    assert f"{meeting.starts:%H:%M}-{meeting.ends:%H:%M}" == "09:00-10:00"
    assert isinstance(problem, Problem)
    assert problem.place.line
    assert "Europe/Berlin" in problem.says


@pytest.mark.parametrize(
    ("shown", "zone", "hour"),
    [
        ("(UTC+01:00) Amsterdam, Berlin, Bern, Rome", "Europe/Amsterdam", 9),
        ("(UTC-08:00) Pacific Time (US & Canada)", "America/Los_Angeles", 18),
        ("(GMT+05:30) Mumbai", "Asia/Kolkata", 4),
    ],
)
def test_the_name_windows_shows_for_a_zone_is_read(reading, shown, zone, hour):
    meeting = reading.only(reading.event(f'DTSTART;TZID="{shown}":20261120T100000', "DTEND:20261120T233000Z"))
    assert (meeting.time_zone, meeting.starts.hour) == (zone, hour)


def test_old_line_ends_and_zero_bytes_do_no_harm(reading):
    text = (
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nSUMMARY:Interview at Initech\nDTSTART:20261120T100000Z\n"
        "ATTENDEE;CN=Da\0na Lee:mailto:dana.lee@initech.example\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    meeting = reading.only(reading.found(text.replace("\n", "\r")))
    assert meeting.participants[0].name == "Dana Lee"


def test_a_calendar_without_its_end_is_named_with_the_last_line(reading):
    text = (
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nSUMMARY:Interview at Initech\nDTSTART:20261120T100000Z\n"
        "ATTENDEE;CN=Dana Lee:mailto:dana.lee@initech.example\nEND:VEVENT\n"
    )
    (problem,) = reading.problems(reading.found(text))
    assert problem.place.line == 7


def test_the_tool_s_own_mailbox_names_the_organisation(reading):
    meeting = reading.only(
        reading.event(
            "SUMMARY:Soylent: Onsite interview for Product Designer - Portfolio Review",
            "ORGANIZER;CN=Soylent Recruiting:mailto:scheduling@goodtime.io",
            "ATTENDEE:mailto:alex.morgan@mail.example",
            "DESCRIPTION:With: Sol Roth (Design Director)",
        )
    )
    assert meeting.organisation == "Soylent"
