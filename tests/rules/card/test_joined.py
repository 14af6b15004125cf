"""One card of two: nothing that either says is lost, and what is shown is what was chosen."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from rapport.rules.card import SHOWN, Card, joined

words = st.sampled_from(
    ["", "Director", "Baker, Ltd", "Acme", "+351 1", "https://a.example/", "x@acme.example"]
)
cards = st.fixed_dictionaries(
    dict.fromkeys(("title", "organisation", "email", "phone", "url", "note"), words)
    | {"name": st.sampled_from(["Dana Lee", "Dana R. Lee", "李 Dana"])}
).map(lambda said: Card.of(**said))
ONCE = {"N", "VERSION"}


def said(card: Card) -> set[tuple[str, str]]:
    return {
        (prop.name, prop.text) for prop in card.properties if prop.value.strip() and prop.name not in ONCE
    }


@settings(max_examples=60, deadline=None)
@given(cards, cards, st.sets(st.sampled_from(list(SHOWN))))
def test_all_of_both_stays_and_joining_again_adds_nothing(one: Card, other: Card, chosen: set[str]) -> None:
    both = joined(one, other, chosen)
    assert said(both) == said(one) | said(other)
    assert joined(both, other, chosen) == both
    for field in ("name", "title", "organisation"):
        mine, theirs = getattr(one, field), getattr(other, field)
        assert getattr(both, field) == ((theirs or mine) if field in chosen else (mine or theirs))
    first = (other.phones or one.phones) if "phones" in chosen else (one.phones or other.phones)
    assert both.phones[:1] == first[:1]


def test_what_somebody_has_once_is_one_cards_unless_the_other_is_chosen() -> None:
    one = Card.parse("BEGIN:VCARD\nVERSION:3.0\nFN:Dana\nBDAY:1980-05-04\nEND:VCARD\n")
    other = Card.parse("BEGIN:VCARD\nVERSION:3.0\nFN:Dana\nBDAY:1981-05-04\nEND:VCARD\n")
    assert [prop.text for prop in joined(one, other).every("BDAY")] == ["1980-05-04"]
    assert [prop.text for prop in joined(one, other, ["birthday"]).every("BDAY")] == ["1981-05-04"]


def test_a_preferred_value_that_was_not_chosen_is_preferred_no_more() -> None:
    one = Card.parse("BEGIN:VCARD\nVERSION:3.0\nFN:Dana\nTEL;TYPE=cell,pref:+351 1\nEND:VCARD\n")
    other = Card.parse("BEGIN:VCARD\nVERSION:4.0\nFN:Dana\nTEL;PREF=1:+351 2\nTITLE;PREF=1:CTO\nEND:VCARD\n")
    assert joined(one, other).phones == ("+351 1", "+351 2")
    assert joined(Card.of(name="Dana", phone="+351 3"), other).phones == ("+351 3", "+351 2")
    both = joined(one, other, ["phones"])
    assert both.phones == ("+351 2", "+351 1")
    assert "TEL;TYPE=cell:+351 1" in both.lines
    assert joined(other, Card.of(name="Dana", title="VP"), ["title"]).title == "VP"
