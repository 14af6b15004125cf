"""A batch of several files is one: the latest state of each meeting, and no meeting twice."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from rapport.importers.findings import Meeting
from rapport.importers.settling import settled

FILES = ["calendar/outlook-windows-zone.ics", "calendar/update-sequence-2.ics", "calendar/cancel.ics"]


def meetings(findings):
    return [finding for finding in findings if isinstance(finding, Meeting)]


def test_the_same_file_twice_is_once(reading):
    once = reading.sample("calendar/export-ordinary-life.ics")
    assert list(settled(once + reading.sample("calendar/export-ordinary-life.ics"))) == list(settled(once))


@given(st.permutations(FILES[:2]))
def test_the_highest_sequence_counts_whatever_the_order(reading, files):
    (meeting,) = meetings(settled(finding for name in files for finding in reading.sample(name)))
    assert (meeting.sequence, meeting.starts.day) == (2, 21)


@given(st.permutations(FILES))
def test_a_later_cancellation_closes_it_and_keeps_its_people(reading, files):
    (meeting,) = meetings(settled(finding for name in files for finding in reading.sample(name)))
    assert meeting.cancelled
    assert [person.name for person in meeting.participants] == ["Dana Lee", "Priya Nair"]


def test_a_mail_that_repeats_an_invitation_adds_its_names(reading):
    mail = (
        "From: priya.nair@initech.example\nTo: alex.morgan@mail.example\nSubject: Interview at Initech\n"
        "Message-ID: <x>\n\n"
        "Your interview is on 20 November 2026 at 10:00 (Europe/Berlin). "
        "You will meet Dana Lee, VP Engineering, and Rui Costa.\n"
    )
    found = reading.sample("calendar/outlook-windows-zone.ics") + reading.found(mail)
    (meeting,) = meetings(settled(found))
    people = {person.name: (person.email, person.title) for person in meeting.participants}
    assert people["Dana Lee"] == ("dana.lee@initech.example", "VP Engineering")
    assert people["Rui Costa"] == (None, None)


def test_a_mail_that_repeats_an_hour_at_which_an_invitation_stood_is_no_other_interview(reading):
    first = reading.sample("calendar/outlook-windows-zone.ics")
    (stood,) = meetings(first)
    moved = replace(
        stood, starts=stood.starts + timedelta(days=1), ends=stood.ends + timedelta(days=1), sequence=9
    )
    mail = (
        "From: priya.nair@initech.example\nTo: alex.morgan@mail.example\nSubject: Interview at Initech\n"
        "Message-ID: <x>\n\nYour interview is cancelled on 20 November 2026 at 10:00 (Europe/Berlin).\n"
    )
    (meeting,) = meetings(settled([*first, moved, *reading.found(mail)]))
    assert (meeting.starts, meeting.cancelled) == (moved.starts, False)


def test_two_unrelated_interviews_stay_two(reading):
    found = reading.sample("calendar/calendly.ics") + reading.sample("calendar/ashby.ics")
    assert len(meetings(settled(found))) == 2
