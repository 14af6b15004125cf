"""Edited, only the edited property changes; a group moves with its label."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.rules.card import Card, Editing

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=60).map(str.strip)
HEADS = st.sampled_from(
    [
        "FN",
        "N",
        "TITLE",
        "EMAIL;type=INTERNET;type=pref",
        "TEL;CELL",
        "NOTE;ENCODING=QUOTED-PRINTABLE",
        'X-ODD;P="a;b:c"',
        "item1.EMAIL",
        "ITEM1.X-ABLabel",
        "item2.ADR;TYPE=home",
        "item2.X-ABADR",
        "item2.X-ABLabel",
        "CATEGORIES",
    ]
)  # fmt: skip
LINES = st.lists(st.tuples(HEADS, TEXTS).map(lambda pair: f"{pair[0]}:x{pair[1]}"), min_size=1, max_size=10)
CARDS = st.tuples(st.sampled_from(["2.1", "3.0", "4.0"]), LINES).map(
    # As cards come: no line is cut short.
    lambda made: Card.parse(Card([f"VERSION:{made[0]}", *made[1]]).text())
)


@given(CARDS, st.integers(1, 10), TEXTS)
def test_setting_a_value_changes_its_line_alone_and_is_read_as_it_was_said(card, place, text):
    place = 1 + place % (len(card.lines) - 1)
    editing = Editing(card)
    name = editing.at(place).name
    editing.set(place, f"y{text}")
    edited = Card.parse(editing.card.text())
    assert [line for at, line in enumerate(edited.lines) if at != place] == [
        line for at, line in enumerate(card.lines) if at != place
    ]
    prop = Editing(edited).at(place)
    assert (prop.name, prop.group) == (name, Editing(card).at(place).group)
    assert prop.text == f"y{text}"


@given(
    CARDS,
    st.sampled_from(["EMAIL", "TEL", "URL", "X-NEW", "NOTE"]),
    st.text("ab é\n,;\\", max_size=20),
    TEXTS,
)
def test_adding_leaves_all_else_and_removing_it_gives_the_card_back(card, name, text, label):
    editing = Editing(card)
    place = editing.add(name, f"y{text}", types=["work"], label=label)
    edited = Card.parse(editing.card.text())
    added = {place, place + 1} if label else {place}
    assert [line for at, line in enumerate(edited.lines) if at not in added] == list(card.lines)
    again = Editing(edited)
    assert edited.label_of(again.at(place)) == label
    again.remove(place)
    assert again.card == card


@given(CARDS, st.integers(1, 10))
def test_removing_takes_a_property_and_at_most_what_belongs_to_its_group(card, place):
    place = 1 + place % (len(card.lines) - 1)
    editing = Editing(card)
    group = editing.at(place).group.lower()
    editing.remove(place)
    gone = [line for at, line in enumerate(card.lines) if at == place or line not in editing.card.lines]
    assert all(at == card.lines[place] or at.partition(".")[0].lower() == group for at in gone)


@pytest.mark.parametrize("version", ["2.1", "3.0", "4.0"])
def test_several_lines_commas_and_umlauts_are_said_in_every_version(version):
    editing = Editing(Card([f"VERSION:{version}", "FN:A B"]))
    editing.add("NOTE", "Grüße;\nzweite, dritte \\ Zeile=")
    editing.say("N", ["Weiß, jr.", "Jörg;Jo", "", "", ""])
    card = Card.parse(editing.card.text())
    assert card.note.replace("\r\n", "\n") == "Grüße;\nzweite, dritte \\ Zeile="
    assert (card.family_name, card.given_name) == ("Weiß, jr.", "Jörg;Jo")
    assert all(line.isascii() for line in card.lines) or version != "2.1"


def test_a_group_goes_with_its_label_and_a_new_one_gets_a_free_name():
    card = Card(["FN:A B", "item1.EMAIL:a@x.example", "ITEM1.X-ABLabel:Boat", "item2.URL:https://x.example"])
    editing = Editing(card)
    editing.remove(1)
    assert editing.card.lines == ("FN:A B", "item2.URL:https://x.example")
    editing.add("EMAIL", "b@x.example", label="Boat")
    assert editing.card.lines[2:] == ("item1.EMAIL:b@x.example", "item1.X-ABLabel:Boat")


def test_a_label_that_two_share_stays_with_the_other():
    card = Card(["item1.EMAIL:a@x.example", "item1.TEL:1", "item1.X-ABLabel:Boat"])
    editing = Editing(card)
    editing.remove(0)
    assert editing.card.lines == ("item1.TEL:1", "item1.X-ABLabel:Boat")


def test_a_label_is_put_changed_and_taken_away():
    editing = Editing(Card(["FN:A B", "TEL:1", "NOTE:x"]))
    editing.label(1, "Boat")
    assert editing.card.lines[1:3] == ("item1.TEL:1", "item1.X-ABLabel:Boat")
    editing.label(1, "Car, blue")
    assert editing.card.label_of(editing.at(1)) == "Car, blue"
    editing.label(1, "")
    assert editing.card.lines == ("FN:A B", "item1.TEL:1", "NOTE:x")


def test_one_value_of_a_name_is_said_replaced_and_taken_away():
    editing = Editing(Card(["FN:A B", "BDAY:1980-05-21", "X-MINE:kept", "BDAY:1604-05-21"]))
    editing.say("BDAY", "--0522")
    assert editing.card.lines == ("FN:A B", "BDAY:--0522", "X-MINE:kept")
    editing.say("BDAY", "")
    assert editing.card.lines == ("FN:A B", "X-MINE:kept")
    editing.say("TITLE", "VP")
    assert editing.card.lines[-1] == "TITLE:VP"


def test_types_are_replaced_and_other_parameters_stay():
    editing = Editing(Card(["EMAIL;X-K=1;type=HOME;type=pref:a@x.example"]))
    editing.set(0, "b@x.example", types=["work"])
    assert editing.card.lines == ("EMAIL;X-K=1;TYPE=work:b@x.example",)
    with pytest.raises(KeyError):
        editing.at(3)


def test_a_nested_card_is_not_edited():
    card = Card(["FN:A B", "AGENT:", "BEGIN:VCARD", "TEL:1", "END:VCARD", "TEL:2"])
    assert Editing(card).places("TEL") == [5]
