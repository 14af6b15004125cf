"""What holds for every input: total, deterministic, within the limit, and no two of a panel alike."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import UTC

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapport.rules.drafts import Known, compose
from rapport.rules.drafts.lengths import continues, cut, length
from rapport.rules.etiquette.vocabulary import PAIRS
from rapport.rules.likeness import NEAR_COPY, likeness
from tests.rules.drafts.people import DANA, MOMENTS, PANEL, ROLES

WORDS = st.text(max_size=60)
MOMENTS_IN_TIME = st.datetimes(timezones=st.just(UTC))
KNOWN = st.builds(
    Known,
    me=WORDS,
    name=st.one_of(WORDS, st.sampled_from([*PANEL, "山田 太郎", "محمد علي", "Prof. Dr. Ana Sá", "x" * 300])),
    given_name=WORDS,
    role=st.sampled_from(ROLES),
    title=WORDS,
    organisation=WORDS,
    works_for=WORDS,
    job_title=st.text(max_size=200),
    interviewed_at=st.none() | MOMENTS_IN_TIME,
    time_zone=st.sampled_from(["UTC", "Europe/Lisbon", "Asia/Tokyo", "Not/A_Zone", "", "../x", "/"]),
    kind=st.sampled_from(["phone", "video", "on_site", "unknown"]),
    interviews=st.integers(0, 5),
    met=st.sampled_from(["interview", "call", "event", "colleague", "online", "never", ""]),
    topics=st.lists(st.text(max_size=200), max_size=4).map(tuple),
    decision=st.sampled_from([*MOMENTS, ""]),
    joins_on=st.none() | st.dates(),
    reply_by=st.none() | st.dates(),
    degree=st.none() | st.integers(0, 3),
    country=st.sampled_from(["", "US", "PT", "JP", "??"]),
    accepts=st.none() | st.booleans(),
    third=WORDS,
    note_limit=st.integers(0, 400),
    now=st.none() | MOMENTS_IN_TIME,
    written=st.lists(st.text(max_size=300), max_size=3).map(tuple),
)


@settings(max_examples=150, deadline=None)
@given(known=KNOWN, pair=st.sampled_from(PAIRS))
def test_composing_is_total_deterministic_and_within_the_limit(known: Known, pair: tuple[str, str]) -> None:
    draft = compose(*pair, known)
    assert draft == compose(*pair, known)
    if draft is not None:
        assert "\n" not in draft.subject
        assert draft.limit is None or len(draft.text.encode("utf-16-le")) // 2 <= draft.limit


@settings(max_examples=150, deadline=None)
@given(known=KNOWN.filter(lambda known: known.note_limit >= 24))
def test_an_invitation_note_is_never_empty_and_never_stops_in_mid_sentence(known: Known) -> None:
    draft = compose("invite", "professional", known)
    assert draft is not None
    assert draft.text.strip()


@settings(max_examples=150, deadline=None)
@given(
    text=st.text(st.characters(codec="utf-8") | st.sampled_from("👩‍🚀🏽🇵🇹é한\u0301 .")),
    limit=st.integers(0, 80),
)
def test_cutting_keeps_within_the_limit_and_never_parts_a_seen_character(text: str, limit: int) -> None:
    short = cut(text, limit)
    assert length(short) <= limit
    assert text.startswith(short)
    if short and len(short) < len(text):
        after = text[len(short)]
        assert not continues(short, after), (short, after, unicodedata.name(after, "?"))


def panel(decision: str, role: str, topics: list[tuple[str, ...]], channel: str) -> list[str]:
    """Compose for each of the five, each keeping apart from those before."""
    texts: list[str] = []
    for name, said in zip(PANEL, topics, strict=True):
        known = replace(DANA, name=name, role=role, decision=decision, topics=said, written=tuple(texts))
        draft = compose("thank", channel, known)
        assert draft is not None
        texts.append(draft.text)
    return texts


DIFFERENT = [
    ("the move off the monolith",),
    ("hiring in Lisbon",),
    ("on-call",),
    ("your budget",),
    ("the test lab",),
]


@pytest.mark.parametrize("channel", ["email", "letter", "message"])
@pytest.mark.parametrize("decision", MOMENTS)
@pytest.mark.parametrize("role", ["peer", "recruiter", "hiring_manager", "executive", ""])
@pytest.mark.parametrize("topics", [DIFFERENT, [()] * 5], ids=["topics", "none"])
def test_five_of_a_panel_get_five_different_notes(
    channel: str, decision: str, role: str, topics: list[tuple[str, ...]]
) -> None:
    texts = panel(decision, role, topics, channel)
    worst = max(likeness(one, other) for index, one in enumerate(texts) for other in texts[:index])
    assert worst < NEAR_COPY


@pytest.mark.parametrize("decision", ["none", "offer", "rejected"])
@pytest.mark.parametrize("role", ["peer", ""])
def test_fifteen_of_one_organisation_get_fifteen_different_notes(role: str, decision: str) -> None:
    names = [
        f"{first} {last}" for first in ("Ann", "Bo", "Cy") for last in ("Ash", "Birch", "Cole", "Dunn", "Elm")
    ]
    texts: list[str] = []
    for name in names:
        known = replace(DANA, name=name, role=role, decision=decision, topics=(), written=tuple(texts))
        draft = compose("thank", "email", known)
        assert draft is not None
        texts.append(draft.text.partition("\n")[2])
    assert len(set(texts)) == len(names)


@settings(max_examples=150, deadline=None)
@given(
    name=st.sampled_from(PANEL),
    role=st.sampled_from(ROLES),
    decision=st.sampled_from(MOMENTS),
    kind=st.sampled_from(["on_site", "video"]),
    interviews=st.integers(1, 2),
    pair=st.sampled_from([pair for pair in PAIRS if pair[0] != "ask_introduction"]),
)
def test_no_draft_says_the_same_four_words_twice(
    name: str, role: str, decision: str, kind: str, interviews: int, pair: tuple[str, str]
) -> None:
    known = replace(
        DANA,
        name=name,
        role=role,
        decision=decision,
        kind=kind,
        interviews=interviews,
        topics=(),
        third="Ruth",
    )
    draft = compose(*pair, known)
    words = re.findall(r"[\w’'-]+", draft.text.casefold()) if draft else []
    runs = [tuple(words[start : start + 4]) for start in range(len(words) - 3)]
    assert len(set(runs)) == len(runs)


NAMES = st.lists(
    st.sampled_from(
        [
            f"{first} {last}"
            for first in ("Ann", "Bo", "Cy", "Di")
            for last in ("Ash", "Birch", "Cole", "Dunn")
        ]
    ),
    min_size=5,
    max_size=5,
    unique=True,
)


@settings(max_examples=60, deadline=None)
@given(
    names=NAMES,
    role=st.sampled_from(ROLES),
    topics=st.lists(
        st.from_regex(r"[a-z]{4,9} [a-z]{4,9} [a-z]{2,9}", fullmatch=True),
        min_size=5,
        max_size=5,
        unique=True,
    )
    | st.none(),
)
def test_any_five_while_waiting_get_notes_below_the_threshold(
    names: list[str], role: str, topics: list[str] | None
) -> None:
    texts: list[str] = []
    for index, name in enumerate(names):
        said = (topics[index],) if topics else ()
        draft = compose(
            "thank", "email", replace(DANA, name=name, role=role, topics=said, written=tuple(texts))
        )
        assert draft is not None
        assert all(likeness(draft.text, text) < NEAR_COPY for text in texts)
        texts.append(draft.text)


@settings(max_examples=80, deadline=None)
@given(
    name=st.sampled_from(PANEL),
    role=st.sampled_from(ROLES),
    decision=st.sampled_from(MOMENTS),
    channel=st.sampled_from(["email", "letter", "message", "text"]),
    topics=st.sampled_from([(), *DIFFERENT]),
    limit=st.sampled_from([200, 300]),
)
def test_the_invitation_never_resembles_the_thank_you(
    name: str, role: str, decision: str, channel: str, topics: tuple[str, ...], limit: int
) -> None:
    known = replace(DANA, name=name, role=role, decision=decision, topics=topics, note_limit=limit)
    thanks = compose("thank", channel, known)
    assert thanks is not None
    invitation = compose("invite", "professional", replace(known, written=(thanks.text,)))
    assert invitation is not None
    assert likeness(invitation.text, thanks.text) < NEAR_COPY
