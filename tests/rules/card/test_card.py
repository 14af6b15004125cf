"""A card gives back what it was read from, and reads what a person wants to know."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.rules.card import Card

CORPUS = Path(__file__).parent.parent.parent / "corpus" / "cards"
LETTERS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=120)
WORDS = LETTERS.map(str.strip)
NAMES = st.sampled_from(
    [
        "FN",
        "N",
        "EMAIL",
        "TEL;TYPE=WORK",
        "item1.URL",
        'X-ODD;P="a;b:c"',
        "NOTE",
        "PHOTO;ENCODING=b",
        "KEY;X=^n",
    ]
)
LINES = st.tuples(NAMES, LETTERS).map(lambda pair: f"{pair[0]}:x{pair[1]}")


def sample(name):
    return Card.parse((CORPUS / name).read_text("utf-8"))


@given(st.lists(LINES, max_size=12))
def test_a_card_written_and_read_again_is_the_same_card(lines):
    card = Card(["VERSION:4.0", *lines])
    assert Card.parse(card.text()) == card


@given(st.lists(LINES, max_size=12))
def test_no_written_line_is_longer_than_75_octets(lines):
    text = Card(["VERSION:4.0", *lines]).text()
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


@given(WORDS, WORDS, WORDS, WORDS)
def test_what_a_card_is_made_of_can_be_read_from_it(name, title, organisation, note):
    card = Card.parse(Card.of(name=f"A {name}", title=title, organisation=organisation, note=note).text())
    assert card.name == " ".join(f"A {name}".split())
    assert card.title == " ".join(title.split())
    assert card.organisation == " ".join(organisation.split())
    assert card.note == note.strip()


def test_apple_groups_and_labels_are_read_and_kept():
    card = sample("apple.vcf")
    assert card.name == "Dana Lee"
    assert card.emails == ("dana.lee@initech.example", "dana@home.example")
    assert card.organisation == "Initech, Lda."
    assert card.urls == ("https://www.linkedin.com/in/dana-lee-example",)
    assert "item1.X-ABLabel:_$!<HomePage>!$_" in card.lines


def test_quoted_printable_with_soft_breaks_is_read():
    card = sample("outlook-2.1.vcf")
    assert card.name == "Jörg Müller"
    assert card.family_name == "Müller"
    assert card.title == "Leiter Entwicklung und Qualität in der gesamten Unternehmensgruppe"
    assert card.phones == ("+49 30 901820",)
    assert card.note == "Erste Zeile\r\nZweite Zeile"


def test_the_preferred_address_comes_first():
    card = Card(["EMAIL;PREF=2:b@x.example", "EMAIL:c@x.example", "EMAIL;TYPE=work,pref:a@x.example"])
    assert card.emails == ("a@x.example", "b@x.example", "c@x.example")


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (["N:Lee;Dana;;Dr.;"], "Dr. Dana Lee"),
        (["FN:", "NICKNAME:Dee"], "Dee"),
        (["ORG:Initech;R&D"], "Initech"),
        (["EMAIL:dana@x.example"], "dana@x.example"),
        ([], ""),
    ],
)
def test_a_name_is_found_where_there_is_one(lines, name):
    assert Card(lines).name == name


def test_a_nested_card_is_kept_and_not_mixed_up():
    text = "BEGIN:VCARD\nVERSION:2.1\nFN:Dana Lee\nAGENT:\nBEGIN:VCARD\nFN:Sam Ortiz\nEND:VCARD\nTITLE:VP\nEND:VCARD\n"
    card = Card.parse(text)
    assert (card.name, card.title) == ("Dana Lee", "VP")
    assert "FN:Sam Ortiz" in card.lines


def test_what_is_no_card_is_refused():
    with pytest.raises(ValueError, match="not a vCard"):
        Card.parse("hello")
