"""A card in another version of vCard says the same, and one of the version already is not touched."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rapport.rules.card import Card
from rapport.rules.card.converting import converted
from rapport.rules.card.photos import photo_of
from rapport.rules.card.reach import PHONES

JPEG = "/9j/4AAQSkZJRgABAQ=="
OLD = f"""BEGIN:VCARD
VERSION:2.1
N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:=C5ngstr=F6m;Jos=E9
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Jos=C3=A9 =C3=85ngstr=C3=B6m
TEL;CELL;PREF:+351 912 345 678
EMAIL;INTERNET;HOME:jose@mail.example
NOTE;ENCODING=QUOTED-PRINTABLE:One=0D=0Atwo
PHOTO;ENCODING=BASE64;JPEG:{JPEG}
BDAY:1980-05-21
GEO:38.7;-9.1
X-ANNIVERSARY:2001-06-30
X-UNKNOWN;FOO=bar:kept, as it is
END:VCARD
"""
NEW = f"""BEGIN:VCARD
VERSION:4.0
KIND:individual
FN:Dana Lee
TEL;VALUE=uri;PREF=1;TYPE=cell:tel:+351912345678
EMAIL;PREF=1:dana@initech.example
ADR;LABEL="Rua 1, Lisboa";TYPE=work:;;Rua 1;Lisboa;;1200;Portugal
PHOTO:data:image/jpeg;base64,{JPEG}
BDAY:--0521
ANNIVERSARY:20010630
GEO:geo:38.7,-9.1
NOTE:One\\ntwo\\, three
item1.X-ABLabel:Boat
item1.URL:https://boat.example
END:VCARD
"""


def said(card: Card) -> tuple[object, ...]:
    """What a card says, whatever its version."""
    dates = tuple(day for _, day in card.dates)
    photo = photo_of(card)
    pages = [(page, card.label_of(prop)) for page, prop in zip(card.urls, card.every("URL"), strict=True)]
    return (
        card.name,
        card.emails,
        card.note.replace("\r\n", "\n"),
        card.birthday,
        dates,
        photo and photo.octets,
        card.addresses,
        pages,
    )


@pytest.mark.parametrize("version", ["3.0", "4.0"])
@pytest.mark.parametrize("text", [OLD, NEW])
def test_a_card_says_the_same_in_every_version_and_back(text: str, version: str) -> None:
    card = Card.parse(text)
    other = converted(card, version)
    assert Card.parse(other.text()) == other
    assert (other.version, said(other)) == (version, said(card))
    assert [(phone.kind, phone.number.replace(" ", "")[:4]) for phone in PHONES.of(other)] == [
        ("mobile", "+351")
    ]
    for again in ("3.0", "4.0"):
        assert said(converted(other, again)) == said(card)
    assert converted(other, version) is other


def test_each_version_is_written_as_it_asks() -> None:
    four = converted(Card.parse(OLD), "4.0").lines
    assert four[0] == "VERSION:4.0"
    assert "FN:José Ångström" in four
    assert "TEL;TYPE=cell;PREF=1:+351 912 345 678" in four
    assert "EMAIL;TYPE=home:jose@mail.example" in four
    assert f"PHOTO:data:image/jpeg;base64,{JPEG}" in four
    assert {"BDAY:19800521", "ANNIVERSARY:20010630", "GEO:geo:38.7,-9.1", "NOTE:One\\ntwo"} <= set(four)
    assert "X-UNKNOWN;FOO=bar:kept, as it is" in four
    three = converted(Card.parse(NEW), "3.0").lines
    assert {
        "N:Lee;Dana;;;",
        "X-ADDRESSBOOKSERVER-KIND:individual",
        "BDAY;X-APPLE-OMIT-YEAR=1604:1604-05-21",
    } <= set(three)
    assert "TEL;TYPE=cell;TYPE=pref:+351912345678" in three
    assert "LABEL;TYPE=work:Rua 1\\, Lisboa" in three
    assert f"PHOTO;ENCODING=b;TYPE=JPEG:{JPEG}" in three
    assert "GEO:38.7;-9.1" in three


def test_the_card_of_an_agent_is_not_mixed_into_its_owners() -> None:
    agent = "AGENT:\nBEGIN:VCARD\nVERSION:2.1\nFN:Priya\nTEL:+351 2\nEND:VCARD"
    card = Card.parse(f"BEGIN:VCARD\nVERSION:2.1\nFN:Dana\n{agent}\nTEL:+351 1\nEND:VCARD")
    assert converted(card, "4.0").lines == ("VERSION:4.0", "FN:Dana", "TEL:+351 1")


def test_a_card_without_a_name_gets_what_there_is_to_call_somebody_by() -> None:
    card = Card.parse("BEGIN:VCARD\nVERSION:3.0\nTEL:+351 1\nEND:VCARD")
    assert converted(card, "3.0").lines[1:3] == ("FN:+351 1", "N:1;+351;;;")
    with pytest.raises(ValueError, match=r"3\.0 or 4\.0, not 2\.1"):
        converted(card, "2.1")


LINE = st.tuples(
    st.sampled_from(("FN", "N", "EMAIL", "PHOTO", "BDAY", "ADR", "GEO", "X-A", "AGENT", "BEGIN", "")),
    st.sampled_from(
        ("", ";TYPE=home,pref", ";ENCODING=QUOTED-PRINTABLE;CHARSET=latin-1", ";ENCODING=b", ';LABEL="a:b"')
    ),
    st.text(st.characters(exclude_characters="\r\n", codec="utf-8"), max_size=12),
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(LINE, max_size=6), st.sampled_from(("2.1", "3.0", "4.0")), st.sampled_from(("3.0", "4.0")))
def test_whatever_a_card_holds_it_is_written_and_read_again(
    lines: list[tuple[str, str, str]], of: str, to: str
) -> None:
    card = Card([f"VERSION:{of}", *(f"{name}{head}:{value}" for name, head, value in lines)])
    other = converted(card, to)
    assert other.version == to
    assert Card.parse(other.text()).every("FN") or not card.name
