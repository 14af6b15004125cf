"""Bringing a card up to date loses nothing, and doing it twice is doing it once."""

from hypothesis import given
from hypothesis import strategies as st

from rapport.rules.card import Card, Change, difference, merged

VALUES = st.sampled_from(
    [
        "Dana Lee",
        "VP Engineering",
        "a@x.example",
        "A@X.example",
        "+351 21 1",
        "+351-21-1",
        "Lee;Dana;;;",
        "Lee;Dana",
        "line one\\nline two",
        ";;Rua Augusta 10;Lisboa;;1100-053;Portugal",
        ";;Neue Str. 1,Hof\\, links;Berlin;;10115;DE",
        ";;;;;;Portugal",
        "  ",
        "é=C3",
    ]
)
HEADS = st.sampled_from(
    [
        "FN",
        "N",
        "TITLE",
        "ORG",
        "EMAIL",
        "EMAIL;TYPE=WORK",
        "TEL",
        "NOTE",
        "UID",
        "X-ODD",
        "ADR",
        "ADR;TYPE=WORK",
        "ADR;TYPE=HOME;PREF=1",
        "item1.ADR;TYPE=WORK",
        "item1.X-ABADR",
        "LABEL;TYPE=WORK",
        "item1.EMAIL",
        "item1.X-ABLabel",
        "item2.URL",
        "PHOTO;ENCODING=b",
        "TITLE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8",
        "KEY;ENCODING=BASE64;TYPE=X509",
    ]
)
CARDS = st.tuples(
    st.sampled_from(["2.1", "3.0", "4.0"]), st.lists(st.tuples(HEADS, VALUES).map(":".join), max_size=8)
).map(lambda made: Card([f"VERSION:{made[0]}", *made[1]]))
UPDATED = {"FN", "N", "ORG", "TITLE", "ROLE", "BDAY", "ANNIVERSARY", "GENDER"}
OF_ADDRESSES = {"ADR", "X-ABADR", "X-ABLABEL", "LABEL"}


@given(CARDS, CARDS)
def test_merging_twice_is_merging_once(old, new):
    once = merged(old, new)
    assert merged(once, new) == once


@given(CARDS)
def test_merging_a_card_with_itself_changes_nothing(card):
    assert merged(card, card) == card


@given(CARDS, CARDS)
def test_nothing_but_name_title_organisation_and_addresses_is_ever_replaced(old, new):
    lines = merged(old, new).lines
    replaced = UPDATED | (OF_ADDRESSES if any(address.reaches for address in new.addresses) else set())
    for prop, line in zip(old.properties, old.lines, strict=True):
        assert prop.name in replaced or line in lines


@given(CARDS, CARDS)
def test_after_merging_the_new_cards_values_are_there(old, new):
    card = merged(old, new)
    assert {address.lower() for address in new.emails} <= {address.lower() for address in card.emails}
    if new.addresses and new.addresses[0].reaches:
        assert str(new.addresses[0]) in map(str, card.addresses)
    if new.every("TITLE"):
        assert card.every("TITLE")[0].text.strip() == new.every("TITLE")[0].text.strip()


@given(CARDS, CARDS)
def test_no_difference_means_the_same_readings(old, new):
    fields = {change.field for change in difference(old, new)}
    for field in ("name", "title", "organisation", "emails", "phones", "urls", "note"):
        assert (getattr(old, field) != getattr(new, field)) == (field in fields)


def test_a_new_title_and_company_take_the_place_of_the_old_ones():
    old = Card(
        [
            "VERSION:3.0",
            "FN:Sam Ortiz",
            "TITLE:Staff Engineer",
            "ORG:Initech",
            "X-MINE:kept",
            "EMAIL:sam@initech.example",
        ]
    )
    new = Card.of(name="Sam Ortiz", title="Director", organisation="Acme", email="sam@acme.example")
    card = merged(old, new)
    assert card.lines[:5] == ("VERSION:3.0", "FN:Sam Ortiz", "TITLE:Director", "ORG:Acme", "X-MINE:kept")
    assert card.emails == ("sam@initech.example", "sam@acme.example")
    assert Change("title", ("Staff Engineer",), ("Director",)) in difference(old, card)


def test_an_added_group_takes_its_label_along_under_a_free_name():
    old = Card(["VERSION:3.0", "FN:A B", "item1.EMAIL:a@x.example", "item1.X-ABLabel:Home"])
    new = Card(["VERSION:3.0", "FN:A B", "item1.URL:https://b.example", "item1.X-ABLabel:Blog"])
    assert merged(old, new).lines[4:] == ("item2.URL:https://b.example", "item2.X-ABLABEL:Blog")


def test_quoted_printable_is_written_plainly_into_a_newer_card():
    new = Card(["VERSION:2.1", "TITLE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Qualit=C3=A4t, Leiter"])
    assert "TITLE:Qualität\\, Leiter" in merged(Card.of(name="A B"), new).lines


def test_a_telephone_is_the_same_as_text_and_as_an_address():
    old = Card(["VERSION:4.0", "FN:Kim Park", "TEL;VALUE=uri:tel:+81-90-1234-5678"])
    assert merged(old, Card(["VERSION:3.0", "FN:Kim Park", "TEL:+81 90 1234 5678"])) == old
