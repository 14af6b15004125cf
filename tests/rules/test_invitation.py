"""The pure table of an invitation: which moves are legal, and what a site allows."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.rules.invitation import (
    BEGINS,
    MOVES,
    STATES,
    Allowance,
    Earlier,
    may_move,
    may_reconsider,
    month_of,
    reasons_to_pause,
    refusal,
)

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
FREE = Allowance(0, 100)


def asked(
    *earlier,
    words="Hi Dana, glad we talked.",
    notes=FREE,
    invitations=FREE,
    limit=200,
    channel="professional",
):
    return reasons_to_pause(
        earlier,
        channel=channel,
        words=words,
        note_limit=limit,
        notes=notes,
        invitations=invitations,
        at=NOW,
    )


def test_a_waiting_invitation_is_answered_by_whoever_received_it():
    for move in ("accept", "decline", "ignore"):
        assert may_move("sent", "sent", move)
        assert may_move("received", "open", move)
        assert MOVES[move].mover == "receiver"


def test_only_the_sender_withdraws_so_nobody_withdraws_what_they_received():
    assert may_move("sent", "sent", "withdraw")
    assert MOVES["withdraw"].mover == "sender"
    assert not may_move("received", "open", "withdraw")


def test_what_was_left_to_rest_may_still_be_answered_and_nothing_else_moves_twice():
    for direction, states in STATES.items():
        for state in states - {BEGINS[direction]}:
            allowed = {move for move in MOVES if may_move(direction, state, move)}
            assert allowed == ({"accept", "decline"} if state == "ignored" else set())


@given(st.sampled_from(["sent", "received"]), st.lists(st.sampled_from(sorted(MOVES)), max_size=12))
def test_every_random_walk_stays_in_the_table_and_leads_back(direction, moves):
    state = BEGINS[direction]
    for move in moves:
        if may_move(direction, state, move):
            state = MOVES[move].to
        assert state in STATES[direction]
    assert may_reconsider(direction, state) == (state != BEGINS[direction])


@pytest.mark.parametrize(
    ("used", "near", "spent"),
    [(0, False, False), (3, False, False), (4, True, False), (5, True, True), (6, True, True)],
)
def test_a_warning_comes_at_four_fifths_of_a_limit(used, near, spent):
    allowance = Allowance(used, 5)
    assert (allowance.is_near, allowance.is_spent) == (near, spent)


def test_a_limit_of_nothing_is_spent_at_once():
    assert Allowance(0, 0).is_spent


def test_months_are_whole_also_at_the_end_of_january_and_of_the_year():
    begins, ends = month_of(datetime(2026, 1, 31, 23, 59, tzinfo=UTC))
    assert (begins, ends) == (datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC))
    assert month_of(datetime(2026, 12, 31, tzinfo=UTC))[1] == datetime(2027, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("state", "says"),
    [
        ("sent", "nobody send a second one"),
        ("accepted", "connected already"),
        ("declined", ""),
        ("withdrawn", ""),
    ],
)
def test_nobody_is_invited_twice_while_one_is_with_them_or_was_accepted(state, says):
    found = refusal([Earlier(state, NOW, None if state == "sent" else NOW)])
    assert says in found
    assert bool(found) == bool(says)


def test_words_of_ones_own_within_the_limits_need_no_second_question():
    assert asked() == ()


def test_an_invitation_without_words_asks():
    (reason,) = asked(words="  ")
    assert "The canned invitation is what everybody complains about" in reason
    assert asked(words="", channel="social")
    assert asked(words="", channel="microblog") == ()


def test_a_note_is_measured_as_the_site_does():
    (reason,) = asked(words="👍" * 101, limit=200)
    assert "202 characters; the site takes 200" in reason


def test_limits_are_said_with_their_figures():
    (notes,) = asked(notes=Allowance(5, 5))
    assert "5 of 5 personal notes this month" in notes
    (week,) = asked(invitations=Allowance(100, 100))
    assert "100 of about 100 invitations within a week" in week
    assert asked(notes=Allowance(5, 5), channel="social") == ()


@pytest.mark.parametrize(("days", "asks"), [(0, True), (20, True), (21, False), (40, False)])
def test_three_weeks_pass_after_a_withdrawal(days, asks):
    withdrawn = NOW - timedelta(days=days)
    assert bool(asked(Earlier("withdrawn", withdrawn - timedelta(days=9), withdrawn))) == asks


@pytest.mark.parametrize(("state", "says"), [("declined", "declined"), ("ignored", "rest")])
def test_somebody_who_answered_is_not_pressed(state, says):
    (reason,) = asked(Earlier(state, NOW - timedelta(days=90), NOW - timedelta(days=80)))
    assert says in reason
