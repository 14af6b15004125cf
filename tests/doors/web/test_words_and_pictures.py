"""Times in words, the line in time, conditions in a form, and the questions worth asking: all pure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.rules import moments as when
from rapport.rules.etiquette import load_schools
from rapport.web.interviews.timeline import Mark, draw
from rapport.web.schools import conditions
from rapport.web.schools.school_pages import norms_in_words, shipped_tables

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
LISBON, BERLIN = ZoneInfo("Europe/Lisbon"), ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (2, "today noon"),
        (26, "tomorrow noon"),
        (-24, "yesterday 10:00"),
        (14, "tomorrow midnight"),
        (72, "Wednesday 10:00"),
        (24 * 10, "Wed 2 December 10:00"),
        (24 * 60, "Thu 21 January 2027 10:00"),
    ],
)
def test_a_moment_is_said_as_people_say_it(hours, words):
    assert when.moment_in_words(NOW + timedelta(hours=hours), NOW, LISBON) == words


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (9, "today"),
        (11, "yesterday"),
        (34, "yesterday"),
        (35, "2 days ago"),
        (24 * 12, "12 days ago"),
        (-3, "today"),
    ],
)
def test_how_long_ago_counts_the_days_of_the_calendar_as_all_other_words_of_time_do(hours, words):
    then = NOW - timedelta(hours=hours)
    assert when.ago(then, NOW, LISBON) == words
    if hours < 35:
        assert when.day_in_words(then, NOW, LISBON) == words


def test_the_exact_time_names_both_places_only_where_their_clocks_differ():
    assert when.exactly(NOW, LISBON, BERLIN) == "Sunday 22 November 2026, 10:00 in Lisbon (11:00 for you)"
    assert when.exactly(NOW, LISBON, ZoneInfo("Europe/London")) == "Sunday 22 November 2026, 10:00 in Lisbon"


@given(
    st.lists(
        st.tuples(st.sampled_from(["happened", "do", "hold"]), st.none() | st.integers(-900, 900)), max_size=8
    )
)
def test_the_line_keeps_the_order_of_time_and_stays_in_its_picture(drawn):
    marks = [
        Mark(f"mark {n}", kind, None if h is None else NOW + timedelta(hours=h))
        for n, (kind, h) in enumerate(drawn)
    ]
    timeline = draw(marks, NOW, LISBON)
    places = [spot.x for spot in timeline.spots]
    dated = [spot.at for spot in timeline.spots if spot.at]
    assert places == sorted(set(places))
    assert all(0 <= place <= timeline.width for place in places)
    assert dated == sorted(dated)
    assert all(spot.at is None for spot in timeline.spots[len(dated) :])
    said = " ".join(spot.says for spot in timeline.spots)
    assert all(f"mark {number}" in said for number in range(len(drawn)))
    assert sum(spot.kind == "now" for spot in timeline.spots) == 1


@pytest.mark.parametrize("school", sorted(load_schools()))
def test_the_conditions_of_every_shipped_norm_survive_a_form(school):
    for norm in shipped_tables(school):
        assert conditions.parsed(conditions.written(norm.get("when", {}))) == norm.get("when", {})


@pytest.mark.parametrize("school", sorted(load_schools()))
def test_every_shipped_norm_is_said_in_words(school):
    for norm in norms_in_words(shipped_tables(school)):
        assert norm.deed
        assert norm.because
        assert "_" not in norm.when


@given(st.text(max_size=60))
def test_whatever_is_typed_as_a_condition_is_read_or_refused_in_a_sentence(text):
    try:
        read = conditions.parsed(text)
    except ValueError as refusal:
        read = str(refusal)
    assert isinstance(read, dict) or read.startswith("Line ")
