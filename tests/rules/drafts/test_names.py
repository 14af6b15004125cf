"""The right name after "Dear", or none."""

import pytest

from rapport.rules.drafts.names import greeted


@pytest.mark.parametrize(
    ("name", "greeting"),
    [
        ("Dana Lee", "Dana"),
        ("Lee, Dana", "Dana"),
        ("DANA LEE", "Dana"),
        ("dana lee", "Dana"),
        ("Dr. Dana Lee", "Dr. Lee"),
        ("Prof. Dr. Ana Sá", "Prof. Sá"),
        ("Ms. Lee", "Ms. Lee"),
        ("Ms. Dana Lee", "Dana"),
        ("Dana Lee, PhD", "Dana"),
        ("Dana Lee (Initech)", "Dana"),
        ("Dana Lee | Recruiter", "Dana"),
        ("Dana Lee - Initech", "Dana"),
        ("Jean-Luc Moreau", "Jean-Luc"),
        ("María del Carmen García López", "María"),
        ("Siobhán Ní Bhriain", "Siobhán"),
        ("Suharto", "Suharto"),
        ("J. R. Smith", "J. R. Smith"),
        ("山田 太郎", "山田 太郎"),
        ("김민준", "김민준"),
        ("محمد علي", "محمد علي"),
        ("דנה כהן", "דנה כהן"),
        ("Анна Петрова", "Анна"),
        ("Ελένη Παππά", "Ελένη"),
        ("", ""),
        ("   ", ""),
        ("dana.lee@initech.example", ""),
        ("Initech Recruiting Team", ""),
        ("no-reply", ""),
        ("+44 20 7946 0000", ""),
        ("Somebody without a name", ""),  # what the address book shows for a card without one
        ("x" * 300, ""),
    ],
)
def test_a_name_gives_its_greeting(name: str, greeting: str) -> None:
    assert greeted(name) == greeting


def test_a_card_that_says_which_part_is_given_is_believed() -> None:
    assert greeted("Wang Xiaoming", "Xiaoming") == "Xiaoming"


@pytest.mark.parametrize("country", ["CN", "hu", "VN"])
def test_where_the_family_name_may_come_first_the_whole_name_is_used(country: str) -> None:
    assert greeted("Wang Xiaoming", "", country) == "Wang Xiaoming"


def test_a_line_break_in_a_name_cannot_leave_the_greeting() -> None:
    assert "\n" not in greeted("Dana\nBcc: everybody")
