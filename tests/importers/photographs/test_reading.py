"""What is printed on cards of several countries becomes the right fields; what is no card becomes nobody."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapport.importers.photographs.printed import Printed, in_order
from rapport.importers.photographs.reading import read_printed
from rapport.rules.card.reach import PHONES
from tests.drawn_cards import INITECH


def fields(*lines: str) -> tuple[dict[str, object], tuple[str, ...]]:
    card, unread = read_printed([Printed(line) for line in lines])
    assert card is not None
    said = {
        "name": card.name if card.every("FN") else "",
        "title": card.title,
        "organisation": card.organisation,
        "mails": card.emails,
        "phones": [(phone.number, phone.kind) for phone in PHONES.of(card)],
        "pages": card.urls,
        "post": " / ".join(map(str, card.addresses)),
    }
    return {name: value for name, value in said.items() if value}, unread


@pytest.mark.parametrize(
    ("lines", "expected", "unread"),
    [
        (
            (*INITECH, "HRB 123456 Amtsgericht München"),
            {
                "name": "Jürgen Müller-Lüdenscheidt",
                "title": "Leiter Softwareentwicklung",
                "organisation": "Initech GmbH",
                "mails": ("juergen.mueller@initech.example",),
                "phones": [
                    ("+49 89 1234567", "work"),
                    ("+49 171 2345678", "mobile"),
                    ("+49 89 1234568", "fax"),
                ],
                "pages": ("https://www.initech.example",),
                "post": "Hauptstraße 12, 80331 München",
            },
            ("HRB 123456 Amtsgericht München",),
        ),
        (
            (
                *(
                    "ACME",
                    "DANA LEE, PhD",
                    "VP Engineering",
                    "T +1 (503) 555-0123 ext. 12  F +1 503 555 0124",
                ),
                *("M +1 503 555 O125", "dana.lee @acme,example", "123 Main St, Springfield, IL 62704"),
            ),
            {
                "name": "Dana Lee",
                "title": "VP Engineering",
                "organisation": "ACME",
                "mails": ("dana.lee@acme.example",),
                "phones": [
                    ("+1 503-555-0123 ext. 12", "work"),
                    ("+1 503-555-0124", "fax"),
                    ("+1 503-555-0125", "mobile"),
                ],
                "post": "123 Main St, 62704 Springfield, IL",
            },
            (),
        ),
        (
            (
                *(
                    "Société Générale du Vin",
                    "Hélène d'Aubigné",
                    "Directrice commerciale",
                    "24, rue de la Paix",
                ),
                *("75002 Paris", "Tél. : 01 23 45 67 89", "Portable : 06 12 34 56 78"),
            ),
            {
                "name": "Hélène d'Aubigné",
                "title": "Directrice commerciale",
                "organisation": "Société Générale du Vin",
                "phones": [("01 23 45 67 89", "work"), ("06 12 34 56 78", "mobile")],
                "post": "24, rue de la Paix, 75002 Paris",
            },
            (),
        ),
        (
            (
                *("Dra. María José García López", "Responsable de Recursos Humanos", "Talleres Ibáñez, S.L."),
                *("C/ Mayor, 5 - 28013 Madrid - España", "Móvil: 612 345 678"),
                "mj.garcia@talleres-ibanez.example",
            ),
            {
                "name": "María José García López",
                "title": "Responsable de Recursos Humanos",
                "organisation": "Talleres Ibáñez, S.L.",
                "mails": ("mj.garcia@talleres-ibanez.example",),
                "phones": [("612 345 678", "mobile")],
                "post": "C/ Mayor, 5, 28013 Madrid, Spain",
            },
            (),
        ),
        (
            (
                *("株式会社サンプル", "山田 太郎", "営業部長", "〒100-0001 東京都千代田区"),
                *("TEL 03-1234-5678", "携帯 090-1234-5678", "taro.yamada@sample.example"),
            ),
            {
                "name": "山田 太郎",
                "title": "営業部長",
                "organisation": "株式会社サンプル",
                "mails": ("taro.yamada@sample.example",),
                "phones": [("03-1234-5678", "work"), ("090-1234-5678", "mobile")],
            },
            ("〒100-0001 東京都千代田区",),
        ),
        (
            (
                *("Blue Harbor", "Sam Ortiz", "Interpreter", "sam@blueharbor.example"),
                *("221B Baker Street, London NW1 6XE, United Kingdom", "linkedin.com/in/samortiz"),
            ),
            {
                "name": "Sam Ortiz",
                "title": "Interpreter",
                "organisation": "Blue Harbor",
                "mails": ("sam@blueharbor.example",),
                "pages": ("https://linkedin.com/in/samortiz",),
                "post": "221B Baker Street, NW1 6XE London, United Kingdom",
            },
            (),
        ),
        (
            (
                "Dana Lee, VP Engineering",
                "Office: 020 7946 0123",
                "VAT 123456789",
                "info (at) initech.example",
            ),
            {
                "name": "Dana Lee",
                "title": "VP Engineering",
                "organisation": "Initech",
                "mails": ("info@initech.example",),
                "phones": [("020 7946 0123", "work")],
            },
            ("VAT 123456789",),
        ),
        (
            ("Jefe de Obra", "obras@ibanez.example"),
            {"title": "Jefe de Obra", "organisation": "Ibanez", "mails": ("obras@ibanez.example",)},
            (),
        ),
    ],
    ids=["german", "american", "french", "spanish", "japanese", "british", "one-line", "nameless"],
)
def test_a_card_becomes_fields(lines, expected, unread):
    assert fields(*lines) == (expected, unread)


def test_shadows_and_slogans_are_nobody():
    lines = [Printed(text) for text in ("xX |i", "~~", "3", "SALE 50%", "", "Taste the difference")]
    card, unread = read_printed(lines)
    assert card is None
    assert "SALE 50%" in unread
    unsure = [Printed("Dana Lee", sure=0.3), Printed("+1 503 555 0123", sure=0.2)]
    assert read_printed(unsure) == (None, ())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("aLé1O0 .,;:@+-/()|·#山www例", max_size=60), max_size=12))
def test_whatever_is_misread_is_a_proposal_or_nothing(texts):
    card, unread = read_printed([Printed(text) for text in texts])
    assert card is None or card.name
    assert all(text.strip() for text in unread)


def test_the_largest_of_two_names_is_the_one_and_an_address_made_of_it_counts_more():
    small, large = Printed("Ann Other", 0, 0, 100, 10), Printed("Dana Lee", 0, 40, 200, 70)
    mail = Printed("a.other@initech.example", 0, 120, 200, 130)
    for lines, name in (([small, large], "Dana Lee"), ([small, large, mail], "Ann Other")):
        card, _ = read_printed(lines)
        assert (card.name if card else None) == name


def test_two_columns_are_read_one_after_the_other_and_a_label_with_its_number():
    left = [Printed("Hauptstraße 12", 0, 100, 150, 112), Printed("80331 München", 0, 116, 140, 128)]
    right = [Printed("Tel.", 300, 101, 330, 113), Printed("+49 89 1234567", 338, 100, 460, 113)]
    ordered = [line.text for line in in_order([*right, *left])]
    assert ordered == ["Hauptstraße 12", "80331 München", "Tel. +49 89 1234567"]
    on_its_side = [Printed("One of two", 10, 10, 20, 200), Printed("Two of two", 30, 10, 40, 200)]
    assert [line.height for line in in_order(on_its_side)] == [10, 10]
