"""What holds of the advice in any situation at all, however much or little is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from rapport.rules.etiquette import (
    CAUTION,
    DEFAULT,
    FACTS,
    PAIRS,
    ActAdvice,
    Advice,
    Norm,
    Norms,
    School,
    Situation,
    WorkingCalendar,
    advise,
    debate,
    hard_norms,
    load_schools,
    read_school,
    stated_norms,
)
from rapport.rules.etiquette.conditions import OVERDUE
from rapport.rules.etiquette.moment import moment
from tests.rules.etiquette import plain_reading
from tests.rules.etiquette.situations import NOW, situations

CALENDAR = WorkingCalendar("PT")
SCHOOLS = st.sampled_from(sorted(load_schools()))
NOBODY = School("nobody", "Nobody", "No opinion.", "none", ())

settings.register_profile(
    "etiquette",
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=True,
)
ETIQUETTE = settings.get_profile("etiquette")


def advice(situation: Situation, school: str = DEFAULT) -> Advice:
    return advise(situation, Norms.by_id(school), CALENDAR)


@ETIQUETTE
@given(situations(), SCHOOLS)
def test_every_situation_gets_an_answer_to_every_act_and_always_the_same(situation: Situation, school: str):
    given_once = advice(situation, school)
    assert [(advised.act, advised.channel) for advised in given_once.acts] == list(PAIRS)
    assert given_once == advise(situation, Norms(load_schools()[school]), CALENDAR)


@ETIQUETTE
@given(situations())
def test_the_default_gives_a_reason_for_every_act_at_every_moment(situation: Situation):
    assert all(advised.because for advised in advice(situation).acts)


@ETIQUETTE
@given(situations(), SCHOOLS)
def test_the_remembered_judgement_is_that_of_the_tables_read_one_by_one(situation: Situation, school: str):
    _, known = moment(situation, CALENDAR)
    for advised in advice(situation, school).acts:
        expected = plain_reading.verdict(school, advised.act, advised.channel, known)
        assert (advised.verdict, advised.until) == expected, (advised.act, advised.channel)


@ETIQUETTE
@given(situations(), SCHOOLS)
def test_windows_are_in_order_and_never_before_the_interview_ends(situation: Situation, school: str):
    clock, _ = moment(situation, CALENDAR)
    for window in filter(None, (advised.window for advised in advice(situation, school).acts)):
        assert window.earliest <= window.due <= window.latest
        assert window.latest >= clock.now
        assert window.earliest >= clock.happened.get("interview_end", window.earliest)
        assert window.arrives is None or window.arrives > window.due
        assert window.was_due is None or window.was_due < clock.now <= window.earliest


@ETIQUETTE
@given(situations(), SCHOOLS)
def test_windows_begin_outside_the_night_and_visits_in_working_hours(situation: Situation, school: str):
    country = situation.facts.get("country", "")
    for advised in advice(situation, school).acts:
        if advised.window is None:
            continue
        there = advised.window.earliest.astimezone(ZoneInfo(situation.time_zone))
        if advised.channel in {"phone", "meeting"}:
            assert time(9) <= there.time() <= time(17, 30)
            assert CALENDAR.is_working(there.date(), country)
        else:
            assert time(8) <= there.time() <= time(20)


@ETIQUETTE
@given(situations(), SCHOOLS)
def test_a_window_goes_with_a_yes_only_and_a_hold_names_its_event(situation: Situation, school: str):
    for advised in advice(situation, school).acts:
        assert (advised.until is not None) == (advised.verdict == "hold")
        assert advised.window is None or advised.verdict in {"do", "optional"}


def has_happened(event: str, channel: str, known: dict[str, Any]) -> bool:
    """Whether the facts say so; `reply` is left out, for `check_ins` counts enquiries that had none."""
    return {
        "interview_end": known.get("days_since_interview", -1) >= 0,
        "thank_you_sent": known.get("thanked", "none") != "none",
        "reply_by": known.get(OVERDUE, 0) > 0,
        "decision": known.get("decision", "none") != "none",
        "offer": known.get("decision") in {"offer", "accepted"},
        "rejection": known.get("decision") == "rejected",
        "joining": known.get("joined") is True,
        "real_contact": known.get("contact_outside") is True,
        "their_invitation": known.get("invited_me") == channel,
        "consent": known.get("may_connect") == "yes",
        "reply": False,
    }[event]


@settings(ETIQUETTE, max_examples=80)
@given(situations(), SCHOOLS)
def test_nothing_waits_for_what_has_happened(situation: Situation, school: str):
    _, known = moment(situation, CALENDAR)
    for advised in advice(situation, school).acts:
        if advised.until is not None:
            assert not has_happened(advised.until, advised.channel, known), advised.because[0].norm
    for debated in debate(situation, CALENDAR, [load_schools()[school]]).acts:
        for opinion in debated.opinions:
            if opinion.until is not None:
                assert not has_happened(opinion.until, debated.channel, known), opinion.says


@settings(ETIQUETTE, max_examples=80)
@given(situations(), SCHOOLS)
def test_whoever_says_that_it_depends_says_on_what(situation: Situation, school: str):
    for debated in debate(situation, CALENDAR, [load_schools()[school]]).acts:
        for opinion in debated.opinions:
            if opinion.says.startswith("It depends."):
                assert any(fact.asks in opinion.says for fact in FACTS.values()), opinion


SAYING_SO: dict[str, list[dict[str, Any]]] = {
    "interview_end": [{"days_since_interview": 0}, {"days_since_interview": 30}],
    "thank_you_sent": [{"thanked": thanked} for thanked in ("email", "letter", "phone")],
    "reply_by": [{"reply_by": NOW.date() - timedelta(days=days)} for days in (1, 2, 8)],
    "decision": [{"decision": decision} for decision in FACTS["decision"].values if decision != "none"],
    "rejection": [{"decision": "rejected"}],
    "joining": [{"joined": True}, {"joined": True, "decision": "accepted"}],
    "real_contact": [{"contact_outside": True}],
    "their_invitation": [
        {"invited_me": channel} for channel in FACTS["invited_me"].values if channel != "none"
    ],
    "reply": [],
}
"""Facts that say an event has happened; the answer to an enquiry is counted by `check_ins`, never stated."""

HOLDS = [
    pytest.param(school, norm, id=f"{school.identifier}: {norm.identifier}")
    for school in (*load_schools().values(), hard_norms(), stated_norms())
    for norm in school.norms
    if norm.until is not None
]


@cache
def voices(school: School) -> tuple[Norms, Norms]:
    """A school alone, and before the default and the hard norms."""
    return Norms.of_school_alone(school), Norms(school)


@pytest.mark.parametrize(("school", "norm"), HOLDS)
def test_a_hold_is_released_by_the_fact_that_its_event_has_happened(school: School, norm: Norm):
    needed = {wanted.fact: wanted for wanted in norm.conditions if wanted.key != OVERDUE}
    facts = {fact: wanted.telling[0] for fact, wanted in needed.items()}
    for said in SAYING_SO[str(norm.until)]:
        if any(fact in needed and not needed[fact].passes(value) for fact, value in said.items()):
            continue
        situation = Situation(NOW, facts | said)
        _, known = moment(situation, CALENDAR)
        for norms in voices(school):
            for advised in advise(situation, norms, CALENDAR).acts:
                if advised.act == norm.act and advised.until is not None:
                    assert not has_happened(advised.until, advised.channel, known), said


@settings(ETIQUETTE, max_examples=80)
@given(situations("reply_by"), SCHOOLS)
def test_a_promised_day_is_waited_for_only_when_there_is_one(situation: Situation, school: str):
    assume(situation.happened.get("reply_by") is None)
    assert all(advised.until != "reply_by" for advised in advice(situation, school).acts)


@cache
def without_hard_norms(school: str) -> Norms:
    return replace(Norms.by_id(school), hard=NOBODY)


@ETIQUETTE
@given(situations(), SCHOOLS)
def test_a_hard_norm_never_loosens(situation: Situation, school: str):
    bare = advise(situation, without_hard_norms(school), CALENDAR)
    for strict, loose in zip(advice(situation, school).acts, bare.acts, strict=True):
        assert CAUTION[strict.verdict] >= CAUTION[loose.verdict]
        assert strict.is_hard or strict == loose._replace(
            because=strict.because, against=strict.against, would_change=strict.would_change
        )


def saying(identifier: str, verdict: str, strength: str) -> School:
    until = {"until": "reply"} if verdict == "hold" else {}
    norm = {"id": "only", "act": "invite", "verdict": verdict, "because": "So.", "source": "one"}
    return read_school(
        identifier, identifier, "One thing.", "one", [norm | until | {"strength": strength}], place=identifier
    )


@ETIQUETTE
@given(situations(), st.permutations(sorted(CAUTION)), st.permutations(["may", "should", "must"]))
def test_their_own_word_counts_over_the_school_and_the_school_over_the_default(
    situation: Situation, verdicts: list[str], strengths: list[str]
):
    theirs, school, default = (
        saying(name, verdict, strength)
        for name, verdict, strength in zip(("theirs", "school", "default"), verdicts, strengths, strict=False)
    )
    all_three = Norms(school, theirs, default, NOBODY, NOBODY)
    assert advise(situation, all_three, CALENDAR).on("invite", "professional").verdict == verdicts[0]
    two = advise(situation, Norms(school, None, default, NOBODY, NOBODY), CALENDAR).on("invite", "social")
    assert (two.verdict, two.falls_back) == (verdicts[1], False)
    one = advise(situation, Norms(NOBODY, None, default, NOBODY, NOBODY), CALENDAR).on("invite", "social")
    assert (one.verdict, one.falls_back) == (verdicts[2], True)


def answers(situation: Situation, fact: str, value: Any) -> list[Any]:
    """A promised day is told as passed or ahead: days that are."""
    if fact != "reply_by":
        return [value]
    today = situation.now.astimezone(ZoneInfo(situation.time_zone)).date()
    return [today + timedelta(days=n) for n in (range(-1, -10, -1) if value == "passed" else range(10))]


def knowing(situation: Situation, told: list[tuple[str, Any]]) -> list[Situation]:
    known = [dict(situation.facts)]
    for fact, value in told:
        known = [facts | {fact: answer} for facts in known for answer in answers(situation, fact, value)]
    return [replace(situation, facts=facts) for facts in known]


@ETIQUETTE
@given(situations(), SCHOOLS)
def test_what_would_change_the_advice_does_change_it(situation: Situation, school: str):
    # Told only by a number of days, the interview has no moment yet that earlier thanks could be set against.
    assume("thank_you_sent" not in situation.happened)
    for advised in advice(situation, school).acts:
        for change in advised.would_change:
            assert (change.verdict, change.until) != (advised.verdict, advised.until)
            then = [
                advice(known, school).on(advised.act, advised.channel)
                for known in knowing(situation, [(change.fact, change.value), *change.besides])
            ]
            assert (change.verdict, change.until) in [(one.verdict, one.until) for one in then], change


@ETIQUETTE
@given(situations(), SCHOOLS, st.randoms(use_true_random=False))
def test_answering_one_question_after_another_comes_to_an_end(situation: Situation, school: str, random: Any):
    asked: set[str] = set()
    while (questions := advice(situation, school).questions) and len(asked) <= len(FACTS):
        first = questions[0]
        assert first.fact not in asked
        assert FACTS[first.fact].is_asked
        asked.add(first.fact)
        change = random.choice(first.changes)[2]
        situation = knowing(situation, [(change.fact, change.value)])[0]
    assert not questions


@ETIQUETTE
@given(situations())
def test_the_most_telling_question_comes_first(situation: Situation):
    weights = [question.weight for question in advice(situation).questions]
    assert weights == sorted(weights, reverse=True)
    assert all(weight > 0 for weight in weights)


@pytest.mark.parametrize("school", sorted(load_schools()))
def test_with_nothing_known_every_school_answers_every_act(school: str):
    from_nothing: tuple[ActAdvice, ...] = advice(Situation(NOW), school).acts
    assert len(from_nothing) == len(PAIRS)
