"""Composing gives words that could be sent unchanged, from what is known and nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from rapport.rules.drafts import Known, compose
from rapport.rules.etiquette.vocabulary import PAIRS
from tests.rules.drafts.people import DANA, IRIS, LEE, MOMENTS, PROMISED, ROLES, SAM, TOPICS

WORDLESS = {
    ("record", ""),
    ("look_up", "professional"),
    ("follow", "microblog"),
    ("withdraw", "professional"),
}
WITH_WORDS = [pair for pair in PAIRS if pair not in WORDLESS]
CLICHES = (
    "wanted to take a moment",
    "hope this finds you",
    "hope this email",
    "top of mind",
    "reach out",
    "reaching out",
    "touch base",
    "circle back",
    "follow up",
    "truly inspiring",
    "amazing",
    "perfect fit",
    "passion",
    "synergy",
    "humbled",
    "honoured",
    "dream job",
    "add you to my professional network",
)


def test_every_act_and_channel_has_words_or_is_one_of_those_without() -> None:
    assert {pair for pair in PAIRS if compose(*pair, DANA) is None} == WORDLESS


def test_an_unknown_act_has_no_words() -> None:
    assert compose("dance", "email", DANA) is None


def test_the_thank_you_names_person_day_job_and_topic() -> None:
    draft = compose("thank", "email", DANA)
    assert draft is not None
    assert "Dana" in draft.text.splitlines()[0]
    assert "on Friday" in draft.text
    assert "Platform Engineer" in draft.text
    assert "the move off the monolith and hiring in Lisbon" in draft.text
    assert draft.text.endswith("Alex Morgan")
    assert draft.subject


@pytest.mark.parametrize("pair", WITH_WORDS)
@pytest.mark.parametrize("decision", MOMENTS)
def test_no_placeholder_doubled_space_or_cliche_is_left(pair: tuple[str, str], decision: str) -> None:
    for topics in (TOPICS, ()):
        for known in (replace(DANA, decision=decision, topics=topics), Known(decision=decision)):
            draft = compose(*pair, known)
            assert draft is not None
            whole = f"{draft.subject}\n{draft.text}"
            assert not re.search(r"[\[\]{}<>]|  | [.,;:?!]|\bNone\b|\.\.|,\.", whole), whole
            assert not [cliche for cliche in CLICHES if cliche in whole.lower()]
            assert whole.strip()


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("topics", [TOPICS, ()])
def test_a_thank_you_e_mail_has_60_to_120_words_and_a_card_40_to_90(
    role: str, topics: tuple[str, ...]
) -> None:
    for name in (
        "Dana Lee",
        "Sam Ortiz",
        "Iris Novak",
        "Lee Park",
        "Mina Haddad",
        "Ola Berg",
        "Jo Fox",
        "Ned May",
    ):
        known = replace(DANA, name=name, role=role, topics=topics)
        email, card = compose("thank", "email", known), compose("thank", "letter", known)
        assert email is not None
        assert card is not None
        assert 60 <= len(email.text.split()) <= 120, email.text
        assert 40 <= len(card.text.split()) <= 90, card.text


def test_a_note_is_one_or_two_sentences_within_the_limit() -> None:
    for limit in (200, 300):
        draft = compose("invite", "professional", replace(DANA, note_limit=limit))
        assert draft is not None
        assert draft.limit == limit
        assert draft.length <= limit
        assert "monolith" in draft.text
        assert len(re.findall(r"[.?](?=\s|$)", draft.text)) <= 2


def test_the_invitation_has_a_personal_line_without_topics_too() -> None:
    for known in (replace(DANA, topics=()), LEE, IRIS):
        draft = compose("invite", "professional", known)
        assert draft is not None
        assert "Platform Engineer" in draft.text or "Friday" in draft.text


def test_without_topics_a_hint_asks_for_one_and_with_them_it_is_silent() -> None:
    bare, full = compose("thank", "email", LEE), compose("thank", "email", DANA)
    assert bare is not None
    assert full is not None
    assert any("Name one thing" in hint for hint in bare.hints)
    assert full.hints == ()


def test_a_topic_that_is_a_sentence_is_left_out_and_a_hint_says_how_to_write_it() -> None:
    draft = compose("thank", "email", replace(DANA, topics=("She plans to hire five people. Soon.",)))
    assert draft is not None
    assert "hire five" not in draft.text
    assert any("a few words" in hint for hint in draft.hints)


def test_thanks_after_a_rejection_argue_with_nothing_and_ask_for_nothing() -> None:
    for name in ("Dana Lee", "Sam Ortiz", "Iris Novak", "Lee Park"):
        for channel in ("email", "letter", "message", "text", "phone"):
            draft = compose("thank", channel, replace(DANA, name=name, decision="rejected"))
            assert draft is not None
            assert not re.search(
                r"reconsider|disappoint|unfair|second chance|I would like the job", draft.text
            )


def test_each_moment_has_its_own_thank_you() -> None:
    texts = {compose("thank", "email", replace(DANA, decision=decision)).text for decision in MOMENTS}  # type: ignore[union-attr]
    assert len(texts) == len(MOMENTS) - 1, "withdrawn and declined share their words; all others differ"


def test_an_accepted_offer_names_the_first_day() -> None:
    known = replace(DANA, decision="accepted", joins_on=date(2027, 1, 4))
    found = [
        compose("thank", "email", replace(known, name=name))
        for name in ("Dana Lee", "Sam", "Ola", "Jo", "Mina")
    ]
    assert any("on 4 January" in draft.text for draft in found if draft)


def test_a_call_about_an_offer_is_about_the_offer_and_asks_for_no_connection() -> None:
    draft = compose("talk_first", "phone", replace(DANA, decision="offer"))
    assert draft is not None
    assert "offer" in draft.text
    assert not any(word in draft.text for word in ("connect", "invitation", "nothing to ask"))


def test_before_the_first_day_one_asks_what_to_prepare_and_afterwards_no_more() -> None:
    joining = replace(DANA, decision="accepted", joins_on=date(2027, 1, 4))
    before = compose("talk_first", "email", joining)
    begun = compose("talk_first", "email", replace(joining, now=datetime(2027, 1, 4, 9, tzinfo=UTC)))
    assert before is not None
    assert begun is not None
    assert before.subject in {
        "Before my first day",
        "Looking forward to the start",
        "A question before I begin",
    }
    assert "start" not in begun.text


def test_asking_where_it_stands_names_the_promised_day_only_when_it_has_passed() -> None:
    late, early = (
        compose("check_in", "email", PROMISED),
        compose("check_in", "email", replace(PROMISED, now=datetime(2026, 12, 2, tzinfo=UTC))),
    )
    assert late is not None
    assert early is not None
    assert "Friday 4 December" in late.text
    assert "December" not in early.text


def test_a_congratulation_names_the_new_title_and_place() -> None:
    draft = compose(
        "congratulate", "email", replace(SAM, title="Director", works_for="Acme", organisation="Initech")
    )
    assert draft is not None
    assert "Director at Acme" in draft.text


def test_an_invitation_on_a_social_site_is_declined_kindly_unless_the_member_accepts() -> None:
    declined = compose("answer", "social", DANA)
    accepted = compose("answer", "social", replace(DANA, accepts=True))
    assert declined is not None
    assert accepted is not None
    assert re.search(r"family|private", declined.text)
    assert not re.search(r"family|private", accepted.text)


def test_a_professional_invitation_is_accepted_warmly_or_declined_with_the_reason() -> None:
    accepted = compose("answer", "professional", DANA)
    declined = compose("answer", "professional", replace(DANA, accepts=False))
    assert accepted is not None
    assert declined is not None
    assert re.search(r"pleasure|glad", accepted.text)
    assert re.search(r"everybody|nothing about you|good conscience", declined.text)


def test_asking_for_an_introduction_names_the_third_and_makes_no_easy() -> None:
    draft = compose("ask_introduction", "", replace(DANA, third="Ruth Adeyemi"))
    assert draft is not None
    assert "Ruth Adeyemi" in draft.text
    assert re.search(r"\bno\b", draft.text)
    assert draft.text.count("“") == 1, "one paragraph to forward"


def test_making_an_introduction_asks_first() -> None:
    draft = compose("make_introduction", "", replace(DANA, third="Ruth Adeyemi"))
    assert draft is not None
    assert re.search(r"until you have said yes|until both have agreed", draft.text)


def test_what_was_written_to_a_colleague_is_not_said_again() -> None:
    first = compose("thank", "email", replace(LEE, name="Ann Bell"))
    assert first is not None
    again = compose("thank", "email", replace(LEE, name="Ann Bell", written=(first.text,)))
    assert again is not None
    kept = set(first.text.replace("\n", " ").split(". ")) & set(again.text.replace("\n", " ").split(". "))
    assert kept == set()


def test_a_recruiter_of_an_agency_hears_where_the_job_is() -> None:
    draft = compose("thank", "email", replace(LEE, works_for="Bright Search"))
    assert draft is not None
    assert "Platform Engineer role at Initech" in draft.text


def test_a_letter_names_the_date_because_it_is_read_later() -> None:
    draft = compose("thank", "letter", DANA)
    assert draft is not None
    assert "20 November" in draft.text
    assert "Friday" not in draft.text


def test_words_in_braces_from_outside_are_words_and_not_fields() -> None:
    draft = compose("thank", "email", replace(DANA, name="{me} Lee", organisation="{topics}", me="{name}"))
    assert draft is not None
    assert "{topics}" not in draft.text
