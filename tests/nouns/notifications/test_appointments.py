"""What calendars are told: stable, counted, called off, and in the recipient's zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from rapport.followups.happenings import cancel, expect
from rapport.followups.models import Step
from rapport.notifications.calendar import calendar_of
from rapport.notifications.models import Appointment
from tests import world

LATER = world.NOW + timedelta(hours=1)


def events(at: datetime = world.NOW, **wanted: str) -> list:
    told = Appointment.brought_up_to_date(world.alex(), at=at)
    found = Calendar.from_ical(calendar_of(world.alex(), told)).walk("VEVENT")
    return [one for one in found if all(str(one[name]) == value for name, value in wanted.items())]


def thanks(at: datetime = world.NOW):
    (found,) = [one for one in events(at) if str(one["SUMMARY"]).endswith("Thank Dana Lee by e-mail")]
    return found


def step_to(name: str = "Dana Lee", act: str = "thank", channel: str = "email") -> Step:
    return Step.objects.with_all().get(person__name=name, act=act, channel=channel, closed_at=None)


@pytest.fixture
def interview(db: None):
    return world.interview()


def test_a_step_is_an_event_half_an_hour_before_it_is_best_done_by(interview):
    told, step = thanks(), step_to()
    assert told.end == step.due
    assert told.start == max(step.earliest, step.due - timedelta(minutes=30))
    assert str(told["DTSTART"].params["TZID"]) == "Europe/Lisbon"
    assert f"http://127.0.0.1:8000/steps/{step.pk}" in str(told["DESCRIPTION"])
    assert step.because[0]["says"] in str(told["DESCRIPTION"])
    assert (str(told["STATUS"]), str(told["TRANSP"]), told["SEQUENCE"]) == ("CONFIRMED", "TRANSPARENT", 0)
    assert "VALARM" not in told.to_ical().decode()


def test_what_is_advised_against_or_has_no_day_is_no_event(interview):
    titles = {str(one["SUMMARY"]) for one in events()}
    never = Step.objects.with_all().filter(verdict__in=("never", "avoid", "ask", "optional"))
    assert never
    assert titles
    shown = {one.step_id for one in Appointment.objects.all()}
    assert not shown & set(never.values_list("pk", flat=True))
    assert not shown & set(Step.objects.filter(due=None).values_list("pk", flat=True))
    assert len(titles) == len(shown) < 12


def test_a_moved_interview_keeps_the_uid_and_raises_the_sequence(interview):
    before = thanks()
    world.taken_in(world.later(world.meeting(), hours=96), at=LATER)
    after = thanks(LATER)
    assert after["UID"] == before["UID"]
    assert before.start < after.start == world.INTERVIEW_ENDS + timedelta(hours=96)
    assert str(after["SUMMARY"]) == "Held until now: Thank Dana Lee by e-mail"
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert (before.DTSTAMP, after.DTSTAMP) == (world.NOW, LATER)
    assert after.LAST_MODIFIED == LATER


def test_asked_again_without_a_change_it_gives_the_same_bytes_and_writes_nothing(interview):
    first = calendar_of(world.alex(), Appointment.brought_up_to_date(world.alex(), at=world.NOW))
    with CaptureQueriesContext(connection) as asked:
        again = calendar_of(world.alex(), Appointment.brought_up_to_date(world.alex(), at=LATER))
    assert again == first
    assert [one["sql"] for one in asked if one["sql"].startswith(("INSERT", "UPDATE", "DELETE"))] == []


def test_other_words_move_the_stamp_but_not_the_sequence(interview):
    before, step = thanks(), step_to()
    Step.objects.filter(pk=step.pk).update(
        because=[{"says": "Another reason.", "norm": "", "school": "", "source": ""}]
    )
    after = thanks(LATER)
    assert "Another reason." in str(after["DESCRIPTION"])
    assert (after["SEQUENCE"], after.LAST_MODIFIED) == (before["SEQUENCE"], LATER)


def test_what_is_due_no_more_is_called_off_for_a_fortnight_and_then_gone(interview):
    before = thanks()
    cancel(interview, by=world.alex(), at=LATER)
    after = thanks(LATER)
    assert (str(after["STATUS"]), after["UID"], after["SEQUENCE"]) == ("CANCELLED", before["UID"], 1)
    assert thanks(LATER + timedelta(days=14))["SEQUENCE"] == 1
    assert events(LATER + timedelta(days=15)) == []
    assert Appointment.objects.count() == 0


def test_what_was_left_out_is_called_off_and_comes_back_with_a_higher_sequence(interview):
    before = thanks()
    step_to().skip(by=world.alex(), at=LATER)
    assert str(thanks(LATER)["STATUS"]) == "CANCELLED"
    step_to().reopen(by=world.alex(), at=LATER)
    back = thanks(LATER)
    assert (str(back["STATUS"]), back["UID"], back["SEQUENCE"]) == ("CONFIRMED", before["UID"], 2)


def test_what_is_done_says_so_for_a_fortnight(interview):
    thanks()
    step_to().complete(by=world.alex(), at=LATER, confirmed=True)
    done = thanks(LATER)
    assert (str(done["SUMMARY"]), str(done["STATUS"])) == ("Done: Thank Dana Lee by e-mail", "CONFIRMED")
    assert step_to().pk in {one.step_id for one in Appointment.brought_up_to_date(world.alex(), at=LATER)}
    later = Appointment.brought_up_to_date(world.alex(), at=LATER + timedelta(days=15))
    assert step_to().pk not in {one.step_id for one in later}


def test_what_is_put_off_moves_to_the_day_it_comes_back(interview):
    thanks()
    morning = world.NOW + timedelta(days=9)
    step_to().snooze(morning, by=world.alex(), at=LATER)
    moved = thanks(LATER)
    assert (moved.start, moved["SEQUENCE"]) == (morning, 1)
    stays = thanks(morning + timedelta(hours=1))
    assert (stays.start, stays["SEQUENCE"]) == (morning, 1)


def test_a_hold_until_a_promised_day_stands_on_its_morning_where_they_are(interview):
    step = step_to(act="check_in")
    Step.objects.filter(pk=step.pk).update(
        verdict="hold", until="reply_by", earliest=None, due=None, latest=None
    )
    wanted = {"SUMMARY": "Held until now: Ask Dana Lee by e-mail where the decision stands"}
    assert events(**wanted) == []
    expect(interview.application, by=world.alex(), at=world.NOW, reply_by=date(2026, 12, 9))
    Step.objects.filter(pk=step.pk).update(
        verdict="hold", until="reply_by", earliest=None, due=None, latest=None
    )
    (held,) = events(**wanted)
    assert held.start == datetime(2026, 12, 9, 9, tzinfo=ZoneInfo("Europe/Lisbon"))


@pytest.mark.parametrize(
    ("zone", "day", "offset"),
    [
        ("America/New_York", datetime(2027, 3, 12, 20, tzinfo=UTC), -5),
        ("America/New_York", datetime(2027, 3, 16, 20, tzinfo=UTC), -4),
        ("Australia/Sydney", datetime(2027, 4, 2, 3, tzinfo=UTC), 11),
        ("Australia/Sydney", datetime(2027, 4, 6, 3, tzinfo=UTC), 10),
    ],
)
def test_an_event_is_in_the_recipients_zone_and_keeps_its_moment_around_a_change_of_the_clock(
    interview, zone, day, offset
):
    step = step_to()
    step.person.time_zone = zone
    step.person.save()
    Step.objects.filter(pk=step.pk).update(earliest=day, due=day + timedelta(hours=1), latest=day)
    told = thanks()
    assert str(told["DTSTART"].params["TZID"]) == zone
    assert told.start == day + timedelta(minutes=30)
    assert told.start.utcoffset() == timedelta(hours=offset)


def test_a_zone_that_nobody_knows_is_utc(db):
    world.taken_in(world.meeting(time_zone="UTC"))
    assert thanks().to_ical().decode().count("DTSTART:2026") == 1


def test_hostile_words_stay_words_and_lines_stay_short(db):
    name = "Dana\r\nEND:VEVENT\r\nX-EVIL:1; Lee, \\n 李" + "x" * 200
    world.taken_in(world.meeting(participants=(world.dana(name="Dana Lee"),)))
    Step.objects.get(act="thank", channel="email").person.__class__.objects.filter(name="Dana Lee").update(
        name=name
    )
    told = Appointment.brought_up_to_date(world.alex(), at=world.NOW)
    raw = calendar_of(world.alex(), told)
    assert raw.replace(b"\r\n", b"").find(b"\n") == -1
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert len(Calendar.from_ical(raw).walk("VEVENT")) == len(told)
    assert b"\r\nX-EVIL" not in raw
    titles = [str(one["SUMMARY"]) for one in Calendar.from_ical(raw).walk("VEVENT")]
    assert any("END:VEVENT X-EVIL:1; Lee, \\n 李" in title for title in titles)


def test_the_head_is_what_google_apple_and_outlook_ask_for(interview):
    calendar = Calendar.from_ical(
        calendar_of(world.alex(), Appointment.brought_up_to_date(world.alex(), at=world.NOW))
    )
    assert calendar["VERSION"] == "2.0"
    assert "METHOD" not in calendar
    assert calendar["X-PUBLISHED-TTL"] == "PT1H"
    assert calendar["REFRESH-INTERVAL"].params["VALUE"] == "DURATION"
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Lisbon"]


def test_many_steps_cost_as_many_queries_as_few(interview):
    def asked(at: datetime) -> int:
        with CaptureQueriesContext(connection) as queries:
            events(at)
        return len(queries)

    first, few = asked(world.NOW), asked(LATER)
    for number in range(20):
        world.taken_in(
            world.meeting(
                uid=f"{number}@initech.example",
                participants=(world.dana(name=f"Person {number}", email=f"person{number}@initech.example"),),
            )
        )
    assert asked(LATER) <= first
    assert asked(LATER + timedelta(hours=1)) == few
