"""Every word of the vocabulary can be said on a page."""

import pytest

from rapport.rules import phrases
from rapport.rules.etiquette import EVENTS, FACTS, PAIRS, VERDICTS
from rapport.rules.etiquette.vocabulary import Type
from rapport.rules.supposing import supposing


def test_every_act_verdict_event_and_fact_has_its_words() -> None:
    assert set(phrases.DEEDS) == set(PAIRS)
    assert set(phrases.VERDICTS) == set(VERDICTS)
    assert set(phrases.EVENTS) == set(EVENTS)
    assert set(phrases.FACTS) == set(FACTS)


def test_a_deed_names_the_person_or_stays_short() -> None:
    assert phrases.deed("thank", "letter", "Dana Lee") == "Write the card to Dana Lee"
    assert phrases.deed("thank", "letter") == "Card by hand"


def test_a_part_is_said_only_where_the_title_does_not_tell_it() -> None:
    assert phrases.title_and_part("VP Engineering", "hiring_manager") == "VP Engineering, hiring manager"
    assert phrases.title_and_part("VP Engineering", "executive") == "VP Engineering"
    assert phrases.title_and_part("Senior Recruiter", "recruiter") == "Senior Recruiter"
    assert phrases.title_and_part("", "recruiter") == "recruiter"
    assert phrases.title_and_part("", "") == ""


def test_days_and_countries_are_said_in_words():
    said = [phrases.card_value("birthday", "--05-21"), phrases.card_value("days", "wedding 2010-05-01")]
    assert said == ["21 May", "wedding 1 May 2010"]
    assert phrases.card_value("title", "1980") == "1980"
    assert [phrases.value_in_words("country", code) for code in ("JP", "??")] == ["Japan", "??"]


def test_every_answer_that_can_be_chosen_is_said_as_a_clause_of_its_own():
    for fact in FACTS.values():
        values = ("True", "False") if fact.type is Type.BOOLEAN else fact.values
        said = [supposing(fact.name, [value]) for value in values]
        assert len(set(said)) == len(values)
        assert not [
            words for words in said if "_" in words or phrases.FACTS[fact.name].lower() + " is" in words
        ]


@pytest.mark.parametrize(
    ("fact", "values", "besides", "said"),
    [
        ("degree", [1], {}, "If you are connected already"),
        ("may_connect", ["yes"], {}, "If they said that you may connect"),
        ("uses_site", [False], {}, "If they do not use the site"),
        ("thanked", ["letter", "phone"], {}, "If you have thanked them by letter or phone"),
        ("thanked", ["email", "letter", "phone"], {}, "If you have thanked them already"),
        (
            "invited",
            ["sent", "accepted", "withdrawn", "declined", "ignored"],
            {},
            "If you have invited them already",
        ),
        ("country", ["JP", "DE"], {}, "If their country is Japan or Germany"),
        ("panel", [1], {}, "If there were 1 interviewer"),
        (
            "rapport",
            ["strong"],
            {"connections": 200},
            "If the rapport was strong, and their profile shows about 200 connections",
        ),
        (
            "reply_by",
            ["passed"],
            {"thanked": "none"},
            "If the day they promised has gone by, and you have not thanked them",
        ),
    ],
)
def test_what_would_change_the_advice_is_said_as_a_friend_would(fact, values, besides, said):
    assert supposing(fact, values, besides) == said
