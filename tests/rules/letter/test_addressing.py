"""Addresses as the destination writes them, and when the country's name is on them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.rules.card import PostalAddress
from rapport.rules.countries import as_last_line, code_of, country_names, is_abroad
from rapport.rules.letter import address_block, doubts_about

LISBON = PostalAddress(street="Rua Augusta 10", locality="Lisboa", postal_code="1100-053", country="PT")
SPRINGFIELD = PostalAddress(
    street="10 Main St",
    extended="Suite 4",
    locality="Springfield",
    region="IL",
    postal_code="62701",
    country="US",
)
LONDON = PostalAddress(street="10 Main St", locality="London", postal_code="sw1a 1aa", country="GB")
LUXEMBOURG = PostalAddress(
    street="1 Rue Aldringen", locality="Luxembourg", postal_code="L-1118", country="LU"
)
BOX = PostalAddress(po_box="1234", locality="Wien", postal_code="1010", country="AT")


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        (LISBON, ["Rua Augusta 10", "1100-053 LISBOA", "PORTUGAL"]),
        (SPRINGFIELD, ["Suite 4", "10 Main St", "SPRINGFIELD, IL 62701", "UNITED STATES"]),
        (LONDON, ["10 Main St", "LONDON", "SW1A 1AA", "UNITED KINGDOM"]),
        (LUXEMBOURG, ["1 Rue Aldringen", "L-1118 Luxembourg", "LUXEMBOURG"]),
        (BOX, ["PO Box 1234", "1010 WIEN", "AUSTRIA"]),
    ],
)
def test_an_address_is_set_as_its_country_writes_it(address, lines):
    block = address_block("Dana Lee", "Initech", address, sender_country="JP")
    assert {"Dana Lee", "Initech"} <= set(block)
    assert [line.casefold() for line in block if line not in {"Dana Lee", "Initech"}] == [
        line.casefold() for line in lines
    ]
    assert block[-1] == lines[-1]


def test_inside_the_country_there_is_no_country_line():
    assert address_block("Dana Lee", "", LISBON, sender_country="PT") == (
        "Dana Lee",
        "Rua Augusta 10",
        "1100-053 LISBOA",
    )
    assert address_block("Dana Lee", "", LISBON, sender_country="") == (
        "Dana Lee",
        "Rua Augusta 10",
        "1100-053 LISBOA",
    )


def test_the_country_is_named_in_french_where_letters_are_sorted_in_french():
    assert as_last_line("DE", "FR") == "ALLEMAGNE"
    assert as_last_line("DE", "PT") == "GERMANY"


def test_a_territory_served_by_a_countrys_own_post_is_not_abroad():
    assert not is_abroad("PR", "US")
    assert not is_abroad("JE", "GB")
    assert is_abroad("JE", "FR")


def test_in_japan_the_order_follows_the_letters_it_is_written_in():
    local = PostalAddress(
        street="千代田1-1", locality="千代田区", region="東京都", postal_code="100-0001", country="JP"
    )
    latin = PostalAddress(
        street="1-1 Chiyoda", locality="Chiyoda-ku", region="Tokyo", postal_code="100-0001", country="JP"
    )
    assert address_block("山田 太郎", "", local, sender_country="JP")[0].endswith("100-0001")
    assert address_block("Taro Yamada", "", latin, sender_country="JP")[0] == "Taro Yamada"


def test_an_address_that_is_only_a_label_is_kept_as_it_is():
    label = PostalAddress(label="Firma X\nHof 3\n1010 Wien", country="AT")
    assert address_block("Ada", "", label, sender_country="DE") == (
        "Ada",
        "Firma X",
        "Hof 3",
        "1010 Wien",
        "AUSTRIA",
    )


def test_what_an_address_lacks_is_said_with_an_example():
    (doubt,) = doubts_about(PostalAddress(street="Rua Augusta 10", locality="Lisboa", country="PT"))
    assert doubt == "An address in Portugal has a postal code, such as 2725-079; this one has none."
    (wrong,) = doubts_about(
        PostalAddress(street="Rua Augusta 10", locality="Lisboa", postal_code="11", country="PT")
    )
    assert wrong == "11 does not look like a postal code of Portugal, such as 2725-079."
    assert doubts_about(LISBON) == doubts_about(LUXEMBOURG) == doubts_about(SPRINGFIELD) == ()


def test_every_country_has_a_name_that_leads_back_to_it():
    assert len(country_names()) > 240
    assert {code for code, name in country_names().items() if code_of(name) != code} == set()


PARTS = st.sampled_from(["", "Hof 3", "A-1", "99", "Łódź", "東京", "x, y"])


@given(
    st.sampled_from(["", "XX", *country_names()]),
    st.builds(
        PostalAddress,
        street=PARTS.filter(bool),
        extended=PARTS,
        locality=PARTS.filter(bool),
        region=PARTS,
        postal_code=PARTS,
    ),
    st.sampled_from(["", "PT", "FR"]),
)
def test_nothing_that_a_letter_needs_is_lost_in_any_country(country, address, sender):
    there = replace(address, country=country)
    block = "\n".join(address_block("Dana Lee", "Initech", there, sender_country=sender)).casefold()
    for part in (
        "dana lee",
        "initech",
        address.street,
        address.locality,
        address.extended,
        address.postal_code,
    ):
        assert part.casefold() in block
