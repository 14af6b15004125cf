"""Schools are read whole or not at all: every mistake is named with its file, its norm and its field."""

from __future__ import annotations

from typing import Any

import pytest

from rapport.rules.etiquette import NormError, NormProblem, load_schools, read_file, read_school
from rapport.rules.etiquette.reading import hard_norms, stated_norms

HEAD = 'name = "Mine"\nopinion = "Wait."\nsource = "My own"\n'
NORM = {
    "id": "wait",
    "act": "invite",
    "channel": "professional",
    "verdict": "avoid",
    "because": "So.",
    "source": "me",
}

OF_THE_TABLE = {
    "next-day", "right-away", "after-a-no", "after-the-result", "read-the-network", "no-obligation",
    "real-contact-first", "what-for", "ask-lightly", "let-them-ask", "other-ways-first", "never-social",
    "know-your-tools", "considerate",
}  # fmt: skip


def reading(*tables: Any) -> tuple[NormProblem, ...]:
    with pytest.raises(NormError) as raised:
        read_school("mine", "Mine", "Wait.", "My own", tables, place="mine.toml")
    return raised.value.problems


def without(field: str) -> dict[str, Any]:
    return {name: value for name, value in NORM.items() if name != field}


@pytest.mark.parametrize(
    ("change", "field", "says"),
    [
        ({"when": {"rolle": "peer"}}, "when", "Did you mean 'role'?"),
        ({"when": {"role": "recruter"}}, "when", "Did you mean 'recruiter'?"),
        ({"when": {"role": ["peer", "hiring_manger"]}}, "when", "Did you mean 'hiring_manager'?"),
        ({"when": {"role": {"not": "pear"}}}, "when", "Did you mean 'peer'?"),
        ({"when": {"connections": {"at_leest": 5}}}, "when", "Did you mean 'at_least'?"),
        ({"when": {"worth_keeping": "yes"}}, "when", "'worth_keeping' takes true or false, not 'yes'."),
        ({"when": {"connections": True}}, "when", "'connections' takes a whole number, not True."),
        ({"when": {"connections": {"above": "many"}}}, "when", "takes a whole number, not 'many'"),
        ({"when": {"connections": {"above": 5, "below": 6}}}, "when", "No number can be"),
        ({"when": {"connections": {}}}, "when", "needs a value or a comparison"),
        ({"when": {"role": []}}, "when", "needs at least one value"),
        ({"when": {"role": {"above": 3}}}, "when", "not a range"),
        ({"when": {"reply_by": "soon"}}, "when", "takes { passed = true }"),
        ({"when": {"reply_by": {"overdue": {"at_leats": 2}}}}, "when", "Did you mean 'at_least'?"),
        ({"when": ["role"]}, "when", "It is a table of facts"),
        ({"act": "invte"}, "act", "Did you mean 'invite'?"),
        ({"channel": "proffesional"}, "channel", "Did you mean 'professional'?"),
        ({"channel": "letter"}, "channel", "'letter' is not one of professional, social."),
        ({"channel": "", "sphere": "sociall"}, "sphere", "Did you mean 'social'?"),
        ({"verdict": "avoyd"}, "verdict", "Did you mean 'avoid'?"),
        ({"verdict": ["avoid"]}, "verdict", "is not one of"),
        ({"strength": "mustt"}, "strength", "Did you mean 'must'?"),
        ({"strength": "very"}, "strength", "'very' is not one of may, should, must."),
        ({"verdict": "hold"}, "until", "A hold names the event it waits for."),
        ({"verdict": "hold", "until": "descision"}, "until", "Did you mean 'decision'?"),
        ({"until": "decision"}, "until", "Only a hold waits for an event; this norm says 'avoid'."),
        (
            {"within": "2 days of decision"},
            "within",
            "A window of time goes with do or optional, not 'avoid'.",
        ),
        ({"after": "2 days of decision"}, "after", "A window of time goes with do or optional, not 'avoid'."),
        ({"verdict": "do", "within": "soon"}, "within", "write it as '2 working days of interview_end'"),
        ({"verdict": "do", "within": "2 days of offfer"}, "within", "Did you mean 'offer'?"),
        ({"becuase": "So."}, "becuase", "Did you mean 'because'?"),
        ({"because": "  "}, "because", "It is missing."),
    ],
)
def test_a_mistake_is_named_with_its_place_and_the_nearest_spelling(
    change: dict[str, Any], field: str, says: str
):
    (problem,) = reading(NORM | change)
    assert (problem.place, problem.norm, problem.field) == ("mine.toml", "wait", field)
    assert says in problem.says
    assert str(problem).startswith(f"mine.toml, norm 'wait', {field}: ")


@pytest.mark.parametrize("field", ["act", "verdict", "because", "source"])
def test_a_missing_field_is_named(field: str):
    (problem,) = reading(without(field))
    assert (problem.norm, problem.field, problem.says) == ("wait", field, "It is missing.")


def test_a_norm_without_an_id_is_counted():
    (problem,) = reading(NORM, without("id"))
    assert (problem.norm, problem.field) == ("number 2", "id")


def test_two_norms_of_one_id_are_refused():
    (problem,) = reading(NORM, NORM)
    assert (problem.norm, problem.field) == ("wait", "id")


def test_something_that_is_no_table_is_refused_and_the_rest_is_still_read():
    first, second = reading("wait", NORM | {"act": "invte"})
    assert (first.norm, first.field) == ("number 1", "norm")
    assert second.field == "act"


def test_every_mistaken_norm_is_named_at_once():
    problems = reading(NORM | {"id": "a", "act": "x"}, NORM | {"id": "b", "verdict": "x"}, NORM)
    assert [(problem.norm, problem.field) for problem in problems] == [("a", "act"), ("b", "verdict")]


def twin(**change: Any) -> dict[str, Any]:
    return NORM | {"id": "go", "verdict": "do"} | change


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({}, {}),
        ({"role": "peer"}, {"role": ["peer", "hr"]}),
        ({"role": {"not": "peer"}}, {"role": "hr"}),
        ({"connections": {"at_least": 10}}, {"connections": {"at_most": 10}}),
        ({"connections": {"at_least": 10, "at_most": 200}}, {"connections": {"at_least": 50, "at_most": 60}}),
        ({"sector": {"not": "law"}}, {"sector": {"not": "medicine"}}),
        ({"reply_by": {"passed": True}}, {"reply_by": {"overdue": {"at_least": 4}}}),
    ],
)
def test_two_equal_norms_that_can_hold_at_once_contradict(one: dict[str, Any], other: dict[str, Any]):
    (problem,) = reading(NORM | {"when": one}, twin(when=other))
    assert (problem.norm, problem.field) == ("go", "verdict")
    assert "contradicts 'wait'" in problem.says


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"when": {"role": "peer"}}, {"when": {"role": "hr"}}),
        ({"when": {"connections": {"below": 10}}}, {"when": {"connections": {"at_least": 10}}}),
        ({"when": {"role": "peer"}}, {"when": {"role": "peer"}, "strength": "must"}),
        ({"when": {"role": "peer"}}, {"when": {"role": "peer", "panel": 2}}),
        ({"when": {"role": "peer"}}, {"when": {"worth_keeping": True}}),
        ({}, {"channel": "social"}),
        ({}, {"verdict": "avoid"}),
    ],
)
def test_norms_that_differ_in_case_strength_or_channel_live_together(
    one: dict[str, Any], other: dict[str, Any]
):
    school = read_school("mine", "Mine", "Wait.", "My own", [NORM | one, twin(**other)], place="mine")
    assert [norm.identifier for norm in school.norms] == ["wait", "go"]


def test_holds_for_different_events_contradict():
    hold = {"verdict": "hold", "until": "decision"}
    (problem,) = reading(NORM | hold, NORM | hold | {"id": "other", "until": "reply"})
    assert problem.norm == "other"


@pytest.mark.parametrize(
    ("text", "field", "says"),
    [
        ("name = ", "file", "It is not TOML"),
        ('name = "Mine"\nopinion = "Wait."', "source", "It is missing."),
        (HEAD + 'opinon = "Wait."', "opinon", "Did you mean 'opinion'?"),
        (HEAD + '[norm]\nid = "wait"', "norm", "begin each norm with [[norm]]"),
        (HEAD + 'sources = "forum"', "sources", "a table of short words"),
        (
            HEAD + '[sources]\nforum = "A forum"\n[[norm]]\nid = "wait"\nact = "record"\nverdict = "do"\n'
            'because = "So."\nsource = "fourm"',
            "source",
            "Did you mean 'forum'?",
        ),
    ],
)
def test_a_file_that_is_no_school_says_where(text: str, field: str, says: str):
    with pytest.raises(NormError) as raised:
        read_file("mine.toml", text)
    (problem,) = raised.value.problems
    assert (problem.place, problem.field) == ("mine.toml", field)
    assert says in problem.says


def test_every_school_of_the_two_discussions_ships_the_default_first():
    schools = load_schools()
    assert set(schools) == OF_THE_TABLE
    assert next(iter(schools)) == "considerate"


@pytest.mark.parametrize(
    "school", [*load_schools().values(), hard_norms(), stated_norms()], ids=lambda s: s.identifier
)
def test_a_school_has_its_opinion_its_source_and_norms_with_theirs(school: Any):
    assert school.name
    assert school.opinion.endswith(".")
    assert len(school.source) > len("a word")
    assert school.norms
    identifiers = [norm.identifier for norm in school.norms]
    assert len(identifiers) == len(set(identifiers))
    for norm in school.norms:
        assert norm.reason.says.endswith((".", "!", "?"))
        assert " " in norm.reason.source, "a source is named in full, not by its short word"
