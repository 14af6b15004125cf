"""Every word of the vocabulary can be said on a page."""

from rapport.rules import phrases
from rapport.rules.etiquette import EVENTS, FACTS, PAIRS, VERDICTS


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
