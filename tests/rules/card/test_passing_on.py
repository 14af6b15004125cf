"""What a code shows of somebody's card is small, of business, and read back as it was."""

from __future__ import annotations

from rapport.rules.card import Card
from rapport.rules.card.passing_on import to_pass_on


def test_only_name_organisation_and_the_ways_of_business_are_passed_on():
    card = Card(
        [
            *("VERSION:4.0", "FN:Dana Lee", "N:Lee;Dana;;;", "TITLE:VP", "ORG:Initech;Platform", "NOTE:kind"),
            *("TEL;TYPE=fax:+351 90", "TEL;TYPE=home:+351 21", "TEL;TYPE=cell:tel:+351 91", "TEL:+351 92"),
            *("TEL:+351 93", "EMAIL;TYPE=home:d@home.example", "EMAIL;TYPE=work:dana@initech.example"),
            *(
                "BDAY:19800521",
                "PHOTO:data:image/jpeg;base64,AAAA",
                "UID:x",
                "ADR:;;Rua Augusta 10;Lisboa;;;",
            ),
        ]
    )
    assert to_pass_on(card).lines == (
        *("VERSION:3.0", "N:Lee;Dana;;;", "FN:Dana Lee", "ORG:Initech"),
        *("TEL;TYPE=cell:+351 91", "TEL:+351 92", "EMAIL:dana@initech.example"),
    )


def test_a_name_alone_and_a_name_without_end_make_a_code_too():
    assert to_pass_on(Card.of(name="山田")).name == "山田"
    assert len(to_pass_on(Card.of(name="x" * 9000, organisation="y" * 9000)).octets()) < 1000
    assert to_pass_on(Card(["VERSION:4.0"])).name == ""
