"""Situations and the advice expected of them: `scenarios/*.toml`, each with the sentence it comes from.

A file states common facts; each case adds its own and expects, act by act, a verdict and what else it names:
`until`, `norm` (the one that decided), `earliest`, `due`, `latest`, `arrives`, `was_due`, `hard`, `falls_back`,
`against` (norms that lost) and `changes` ("fact = value: verdict"). With `voice = "own"` a school speaks for itself,
as in the debate, and the verdict "none" is no opinion; otherwise the whole plan is asked. `asks` are the first
questions.
"""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from rapport.rules.etiquette import (
    ActAdvice,
    Advice,
    Norms,
    Situation,
    WorkingCalendar,
    advise,
    debate,
    load_schools,
    read_school,
)

FOLDER = Path(__file__).with_name("scenarios")
NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
WINDOW = ("earliest", "due", "latest", "arrives", "was_due")


@cache
def files() -> dict[str, dict[str, Any]]:
    return {
        path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.toml"))
    }


CASES = [
    pytest.param(common, case, id=f"{name}: {case['says']}")
    for name, common in files().items()
    for case in common["case"]
]


def situation(common: dict[str, Any], case: dict[str, Any]) -> Situation:
    facts = common.get("facts", {}) | case.get("facts", {})
    return Situation(
        now=case.get("now", common.get("now", NOW)),
        facts={fact: value for fact, value in facts.items() if value != "unknown"},
        happened=common.get("happened", {}) | case.get("happened", {}),
        time_zone=case.get("zone", common.get("zone", "Europe/Lisbon")),
    )


def plan(common: dict[str, Any], case: dict[str, Any]) -> Advice:
    norms = Norms.by_id(case.get("school", common.get("school", "considerate")))
    if stated := case.get("reception"):
        theirs = read_school("theirs", "Theirs", "Their word.", "Their word", stated, place="theirs")
        norms = Norms(norms.school, theirs)
    calendar = WorkingCalendar(case.get("home", "PT"))
    return advise(situation(common, case), norms, calendar)


def split(pair: str) -> tuple[str, str]:
    act, _, channel = pair.partition(" ")
    return act, channel


def check(advised: ActAdvice, expected: dict[str, Any], zone: ZoneInfo) -> None:
    found: dict[str, Any] = {
        "verdict": advised.verdict,
        "until": advised.until,
        "norm": advised.because[0].norm if advised.because else None,
        "hard": advised.is_hard,
        "falls_back": advised.falls_back,
        "changes": [f"{one.fact} = {one.value}: {one.verdict}" for one in advised.would_change],
        "against": [reason.norm for reason in advised.against],
    }
    window = advised.window
    found |= {
        edge: (moment := getattr(window, edge)) and moment.astimezone(zone).strftime("%Y-%m-%d %H:%M")
        for edge in WINDOW
        if window is not None
    }
    for name, wanted in expected.items():
        if name in {"changes", "against"}:
            assert set(wanted) <= set(found[name]), (name, found)
        else:
            assert found.get(name) == wanted, (name, found)


@pytest.mark.parametrize(("common", "case"), CASES)
def test_the_advice_is_what_the_source_would_give(common: dict[str, Any], case: dict[str, Any]):
    given = situation(common, case)
    zone = ZoneInfo(given.time_zone)
    if case.get("voice", common.get("voice")) == "own":
        school = load_schools()[case.get("school", common.get("school"))]
        own = debate(given, WorkingCalendar("PT"), [school])
        for pair, expected in case["expect"].items():
            (opinion,) = own.on(*split(pair)).opinions
            assert (opinion.verdict or "none") == expected["verdict"], opinion
            assert opinion.until == expected.get("until")
            assert expected.get("saying", "") in opinion.says
            for edge in set(WINDOW) & set(expected):
                assert opinion.window is not None
                assert (
                    getattr(opinion.window, edge).astimezone(zone).strftime("%Y-%m-%d %H:%M")
                    == expected[edge]
                )
        return
    advice = plan(common, case)
    for pair, expected in case["expect"].items():
        check(advice.on(*split(pair)), expected, zone)
    asked = [question.fact for question in advice.questions]
    assert asked[: len(case.get("asks", []))] == case.get("asks", [])
    assert not set(asked) & set(case.get("asks_not", []))


@pytest.mark.parametrize("name", sorted(files()))
def test_every_scenario_names_its_source(name: str):
    assert len(files()[name]["source"].split()) > 3


def test_every_school_has_its_scenario():
    assert set(load_schools()) <= set(files())


def test_every_norm_has_its_say_in_a_scenario():
    spoken = {
        (reason.school, reason.norm)
        for common in files().values()
        for case in common["case"]
        for advised in plan(common, case).acts
        for reason in (*advised.because, *advised.against)
    }
    silent = [
        f"{school.identifier}: {norm.identifier}"
        for school in load_schools().values()
        for norm in school.norms
        if (school.identifier, norm.identifier) not in spoken
    ]
    assert silent == []
