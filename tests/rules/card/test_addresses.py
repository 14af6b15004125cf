"""Postal addresses as cards of every version write them, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.rules.card import Card, PostalAddress

LISBON = PostalAddress(
    street="Rua Augusta 10\n2.º Esq",
    locality="Lisboa",
    postal_code="1100-053",
    country="PT",
    country_name="Portugal",
    place="work",
)


def card(*lines, version="3.0"):
    return Card([f"VERSION:{version}", "FN:Dana Lee", *lines])


def test_a_street_of_two_lines_is_read_however_its_version_writes_it():
    version_4 = card(
        "ADR;TYPE=work;CC=PT:;;Rua Augusta 10\\n2.º Esq;Lisboa;;1100-053;Portugal", version="4.0"
    )
    listed = card("ADR;TYPE=WORK:;;Rua Augusta 10,2.º Esq;Lisboa;;1100-053;Portugal")
    encoded = card(
        "ADR;WORK;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:;;Rua Augusta 10=0D=0A2.=C2=BA Esq;Lisboa;;1100-053;Portugal",
        version="2.1",
    )
    assert [one.addresses for one in (version_4, listed, encoded)] == [(LISBON,)] * 3


def test_a_comma_that_was_left_unescaped_stays_a_comma():
    assert (
        card("ADR:;;Main Street 1, Hall B;Springfield;IL;62701;USA").addresses[0].street
        == "Main Street 1, Hall B"
    )


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("ADR;CC=de:;;A 1;Berlin;;10115;", "DE"),
        ("ADR:;;A 1;Berlin;;10115;Deutschland", "DE"),
        ("ADR:;;A 1;London;;SW1A 1AA;U.K.", "GB"),
        ("ADR:;;A 1;Springfield;IL;62701;U.S.A.", "US"),
        ("ADR:;;A 1;Lyon;;69001;france", "FR"),
        ("ADR:;;A 1;Genève;;1200;Suisse", "CH"),
        ("ADR:;;A 1;Utopia;;1;Atlantis", ""),
    ],
)
def test_a_country_is_known_by_code_or_name(line, code):
    assert card(line).addresses[0].country == code


def test_apples_country_code_belongs_to_the_address_of_its_group():
    read = card(
        "item1.ADR:;;A 1;Wien;;1010;", "item1.X-ABADR:at", "item2.ADR:;;B 2;Bern;;3000;", "item2.X-ABADR:ch"
    )
    assert [address.country for address in read.addresses] == ["AT", "CH"]


def test_a_label_belongs_to_the_address_of_its_kind():
    read = card(
        "ADR;TYPE=HOME:;;A 1;Wien;;1010;", "ADR;TYPE=WORK:;;B 2;Wien;;1010;", "LABEL;TYPE=WORK:Firma\\nB 2"
    )
    assert [address.label for address in read.addresses] == ["", "Firma\nB 2"]
    assert card('ADR;LABEL="Firma^nB 2":;;B 2;Wien;;1010;', version="4.0").addresses[0].label == "Firma\nB 2"


def test_letters_go_to_the_preferred_address_at_work_before_home():
    read = card(
        "ADR;TYPE=HOME;PREF=1:;;A 1;Wien;;1010;AT",
        "ADR;TYPE=WORK:;;;Wien;;;AT",
        "ADR;TYPE=WORK:;;B 2;Wien;;1010;AT",
    )
    assert read.postal_address.street == "B 2"
    assert card("ADR:;;;;;;Portugal").postal_address is None


WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=12).map(
    lambda text: " ".join(text.split())
)


@given(
    st.builds(
        PostalAddress,
        street=st.lists(WORDS.filter(bool), max_size=2).map("\n".join),
        extended=WORDS,
        po_box=WORDS,
        locality=WORDS.filter(bool),
        region=WORDS,
        postal_code=WORDS,
        country=st.sampled_from(["", "PT", "DE"]),
        country_name=st.just("Atlantis"),
        place=st.sampled_from(["", "work", "home"]),
        label=WORDS,
    )
)
def test_an_address_that_is_written_is_read_back(address):
    written = Card.of(name="Dana Lee").saying(address=address)
    assert Card.parse(written.text()).addresses == (address,)
