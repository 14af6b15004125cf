"""Near-copies are found; notes written independently for the same occasion are not taken for them.

The table is the measurement behind `NEAR_COPY`.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapport.rules.likeness import NEAR_COPY, Written, greatest_likeness, likeness, resemblances

NOTE = """Dear Dana,

Thank you for talking with me on Friday about the Platform Engineer role. What we said about the move off the monolith
has stayed with me: it made the work feel concrete.

I would like to do this work, and to do it with your team. If a question comes up, please write or call.

Best regards,
Alex Morgan"""

OTHER_NAME = NOTE.replace("Dana", "Sam")
OTHER_TOPIC = OTHER_NAME.replace("the move off the monolith", "hiring in Lisbon")
REWORDED = OTHER_TOPIC.replace(
    "I would like to do this work, and to do it with your team.", "The role suits me well."
)
MORE_REWORDED = REWORDED.replace(
    "has stayed with me: it made the work feel concrete.", "gave me a lot to think about."
)
EXCERPT = "Dana, what we said about the move off the monolith has stayed with me: it made the work feel concrete. Alex"
CHANGED_ENDS = f"Hello Sam,\n\n{NOTE.split('Dear Dana,')[1].rsplit('Best', 1)[0]}Yours,\nAlex"

INDEPENDENT = [
    """Hi Sam,

I enjoyed our conversation yesterday. Hearing how you run the on-call rota told me more than the advertisement
could, and I can well imagine working alongside you.

Let me know if I can send you an example of my work.

All the best,
Alex Morgan""",
    """Dear Iris,

It was good to meet you on Friday, and I am grateful for the time you gave me. I came away with a better understanding
of why this role matters. I look forward to hearing from you, whichever way you decide.

Kind regards,
Alex Morgan""",
    """Dear Dana,

A few lines by hand, because our conversation deserves more than a screen. Most of all I remember our talk about the
move off the monolith. I would gladly come back, to talk or to stay.

Warmly,
Alex Morgan""",
    "Dana, you got me thinking about the move off the monolith; I would enjoy hearing how it goes. Alex",
]


@pytest.mark.parametrize(
    ("copy", "at_least"),
    [
        (NOTE, 100),
        (OTHER_NAME, 96),
        (CHANGED_ENDS, 90),
        (OTHER_TOPIC, 90),
        (EXCERPT, 85),
        (REWORDED, 70),
        (MORE_REWORDED, 60),
    ],
    ids=[
        "the same",
        "another name",
        "other ends",
        "another topic",
        "an excerpt",
        "a sentence reworded",
        "two reworded",
    ],
)
def test_a_copy_scores_as_measured(copy: str, at_least: int) -> None:
    assert likeness(NOTE, copy) >= at_least > NEAR_COPY


def test_independent_notes_stay_well_below_the_threshold() -> None:
    texts = [NOTE, *INDEPENDENT]
    scores = [likeness(one, other) for index, one in enumerate(texts) for other in texts[:index]]
    assert max(scores) <= 48 < NEAR_COPY


def test_a_near_copy_is_named_with_what_it_resembles_and_the_nearest_comes_first() -> None:
    others = [
        Written("1", "thank-you by e-mail to Iris Novak", INDEPENDENT[1]),
        Written("2", "thank-you by e-mail to Lee Park", REWORDED),
        Written("3", "thank-you by e-mail to Sam Ortiz", OTHER_NAME),
    ]
    found = resemblances(NOTE, others)
    assert [resemblance.written.key for resemblance in found] == ["3", "2"]
    assert found[0].written.label == "thank-you by e-mail to Sam Ortiz"


def test_the_same_words_in_another_order_are_less_alike() -> None:
    backwards = " ".join(reversed(NOTE.split()))
    assert likeness(NOTE, backwards) < NEAR_COPY


def test_case_and_punctuation_do_not_hide_a_copy() -> None:
    assert likeness(NOTE, NOTE.upper().replace(",", "!")) == 100


def test_a_script_without_spaces_is_compared_too() -> None:
    assert (
        likeness(
            "先日はお時間をいただきありがとうございました", "先日はお時間をいただき誠にありがとうございました"
        )
        > NEAR_COPY
    )
    assert (
        likeness("先日はお時間をいただきありがとうございました", "来週の予定を確認したいと思います")
        < NEAR_COPY
    )


def test_a_courtesy_inside_a_longer_text_is_not_an_excerpt() -> None:
    assert likeness("Best regards, Alex Morgan", NOTE) < NEAR_COPY


def test_a_text_without_words_resembles_nothing() -> None:
    assert resemblances("", [Written("1", "empty", ""), Written("2", "note", NOTE)]) == ()
    assert greatest_likeness(NOTE, []) == 0


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80), st.text(max_size=80))
def test_likeness_is_symmetric_and_between_0_and_100(one: str, other: str) -> None:
    score = likeness(one, other)
    assert 0 <= score <= 100
    assert score == pytest.approx(likeness(other, one))
