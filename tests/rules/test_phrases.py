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
