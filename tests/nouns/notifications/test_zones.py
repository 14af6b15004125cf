"""A VTIMEZONE says of every zone what the time-zone data says, in rules that Outlook knows where there are any."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Timezone

from rapport.notifications.zones import component_of

RULED = [
    "Europe/Lisbon",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Sydney",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
]
STEADY = ["Asia/Kolkata", "Asia/Tokyo", "America/Sao_Paulo", "Asia/Kathmandu", "Etc/GMT+5"]
UNRULY = ["Africa/Casablanca", "Asia/Jerusalem", "America/Santiago", "Africa/Cairo", "Europe/Dublin"]


@pytest.mark.parametrize("name", [*RULED, *STEADY, *UNRULY])
def test_the_component_read_back_shows_the_clock_of_the_zone(name):
    read = Timezone.from_ical(component_of(name, 2026).to_ical()).to_tz(lookup_tzid=False)
    zone, at = ZoneInfo(name), datetime(2026, 1, 1, 0, 30, tzinfo=UTC)
    while at < datetime(2029, 1, 1, tzinfo=UTC):
        there = at.astimezone(zone)
        # An hour that comes twice is one hour to iCalendar (RFC 5545, 3.3.5).
        if there.replace(fold=0).utcoffset() == there.replace(fold=1).utcoffset():
            assert there.replace(tzinfo=read).utcoffset() == there.utcoffset(), there
        at += timedelta(hours=7)


@pytest.mark.parametrize("name", RULED)
def test_each_change_is_one_yearly_rule_of_one_weekday(name):
    parts = component_of(name, 2026).subcomponents
    assert sorted(part.name for part in parts) == ["DAYLIGHT", "STANDARD"]
    for part in parts:
        rule = part["RRULE"]
        assert re.fullmatch(
            r"FREQ=YEARLY;BYDAY=-?\d(MO|TU|WE|TH|FR|SA|SU);BYMONTH=\d+", rule.to_ical().decode()
        )
        assert "RDATE" not in part


@pytest.mark.parametrize("name", STEADY)
def test_a_zone_whose_clock_stays_is_one_standard_time(name):
    (part,) = component_of(name, 2026).subcomponents
    assert (part.name, "RRULE" in part) == ("STANDARD", False)
