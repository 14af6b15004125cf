"""Address books as CSV and as cards: every shape, every quirk, told by content."""

from __future__ import annotations

import io
import tracemalloc

import pytest

from rapport.importers import octets as octets_room
from rapport.importers.books.days import day
from rapport.importers.findings import FoundCard, Problem
from rapport.importers.reading import holds_many, read
from rapport.importers.settling import settled
from rapport.importers.tables import MANY
from rapport.rules.card import PartialDate

NEW = "First Name,Last Name,Organization Name,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value\n"
ROW = "Dana,Lee,Initech,,* myContacts,* Work,dana.lee@initech.example\n"


def of(kind, findings):
    return [finding for finding in findings if isinstance(finding, kind)]


def cards(findings):
    return {finding.card.name: finding.card for finding in of(FoundCard, findings)}


def labelled(card, name):
    return [(prop.text, card.label_of(prop)) for prop in card.every(name)]


@pytest.fixture
def google(reading):
    return cards(reading.sample("books/google.csv"))


def test_google_has_several_phones_and_mails_with_labels_and_joined_cells(google):
    dana = google["Dr. Dana Lee"]
    assert dana.emails == ("dana.lee@initech.example", "dana@initech.example", "dana@boat.example")
    assert labelled(dana, "EMAIL")[2] == ("dana@boat.example", "Boat")
    assert [(prop.text[-1], sorted(prop.types)) for prop in dana.every("TEL")] == [
        ("1", ["cell"]),
        ("2", ["cell"]),
        ("3", ["fax", "work"]),
        ("4", []),
    ]
    assert labelled(dana, "TEL")[3][1] == "Main"


def test_google_has_organisation_title_and_department(google):
    dana = google["Dr. Dana Lee"]
    assert (dana.organisation, dana.title) == ("Initech, Lda.", "VP Engineering")
    assert dana.every("ORG")[0].components == ("Initech, Lda.", "Platform")
    assert (dana.given_name, dana.family_name, dana.every("NICKNAME")[0].text) == ("Dana", "Lee", "Dee")


def test_google_addresses_keep_label_and_formatted_text_and_come_apart(google):
    office, beach, hills = google["Dr. Dana Lee"].addresses
    assert (office.place, office.country, office.street, office.extended) == (
        "work",
        "PT",
        "Rua Augusta 10",
        "2.º Esq.",
    )
    assert office.label == "Rua Augusta 10\nLisboa 1100-053\nPT"
    assert (beach.locality, hills.locality) == ("Sagres", "Sintra")
    assert [label for _, label in labelled(google["Dr. Dana Lee"], "ADR")][1:] == [
        "Summer house",
        "Summer house",
    ]


def test_google_birthdays_without_a_year_events_notes_labels_and_photos(google):
    dana = google["Dr. Dana Lee"]
    assert dana.birthday == PartialDate(0, 5, 21)
    assert dana.dates == (("Anniversary", PartialDate(2010, 6, 5)),)
    assert dana.note == 'Met at the fair.\nLikes sailing, and "Go".'
    assert dana.categories == ("Friends", "starred")
    assert dana.every("PHOTO")[0].value == "https://photos.example/dana,1.jpg"
    assert labelled(dana, "RELATED") == [("Kim Park", "Spouse")]
    assert labelled(dana, "X-CUSTOM") == [("M", "T-shirt")]


def test_people_who_are_a_number_a_first_name_or_a_company_survive(google):
    assert google["Noor"].phones == ("+31 20 000 0005",)
    assert google["Noor"].family_name == ""
    assert google["+49 30 000 0006"].phones == ("+49 30 000 0006",)
    assert google["Hooli, Inc."].is_organisation


def test_cjk_rtl_emoji_and_a_thousand_lines_survive(google):
    assert google["王小明"].family_name == "王"
    assert google["دانا حداد"].dates == (("First day 🚀", PartialDate(0, 3, 4)),)
    assert len(google["Zoë 🌻 O’Brien"].note.split("\n")) == 1000


def test_the_old_google_book_is_utf_16_and_has_several_jobs(reading):
    sam = cards(reading.sample("books/google-old.csv"))["Sam Ortiz"]
    assert [prop.text for prop in sam.every("ORG")] == ["Acme", "Night School"]
    assert [prop.text for prop in sam.every("TITLE")] == ["Staff Engineer", "Teacher"]
    assert sam.every("ORG")[1].group == sam.every("TITLE")[1].group
    assert sam.emails == ("sam@acme.example", "sam@mail.example")
    assert sam.every("IMPP")[0].value == "jabber:sam@chat.example"
    assert (sam.birthday, sam.categories, sam.note) == (PartialDate(1980, 5, 21), ("Sailing",), "one\ntwo")
    assert labelled(sam, "X-CUSTOM") == [("Madrid", "Organization location"), ("Vega", "Maiden name")]


def test_the_desktops_outlook_book_is_in_windows_letters(reading):
    found = cards(reading.sample("books/outlook.csv"))
    boss = found["Dr. Jörg Müller Jr."]
    assert boss.emails == ("j.mueller@globex.example",)
    assert labelled(boss, "X-CUSTOM")[0] == (
        "/o=ExchangeLabs/ou=Group/cn=Recipients/cn=mueller",
        "E-mail 2 address",
    )
    assert labelled(boss, "X-CUSTOM")[1:] == [("B 214", "Office location"), ("Kundennummer 12", "User 1")]
    work, home = boss.addresses
    assert (work.street, work.locality, work.country) == ("Hauptstraße 1\nHof links\nHalle B", "Köln", "DE")
    assert (home.place, home.locality) == ("home", "Bonn")
    assert labelled(boss, "RELATED") == [("Ruth Müller", "Spouse"), ("Ana Reis", "Manager")]
    assert (boss.birthday, boss.categories) == (PartialDate(1980, 5, 21), ("Kunden", "Segeln"))
    assert boss.note == "Erste Zeile\nZweite Zeile"
    assert [label for _, label in labelled(boss, "TEL")] == ["", "", "Assistant", "", "Car"]


def test_what_outlook_writes_for_nothing_says_nothing(reading):
    bare = cards(reading.sample("books/outlook.csv"))["Weiß"]
    assert {prop.name for prop in bare.properties} == {"VERSION", "UID", "FN", "N", "TEL"}


def test_the_sites_outlook_book_writes_days_as_its_reader_does(reading):
    priya = cards(reading.sample("books/outlook-live.csv"))["Priya Nair"]
    assert priya.phones[0] == "+44 20 0000 0016"
    assert priya.birthday == PartialDate(1980, 5, 21)
    assert (priya.note, priya.every("HOBBY")[0].text) == ("one\ntwo", "Chess")
    assert len(priya.emails) == 3


def test_googles_export_for_outlook_has_addresses_whole_and_in_parts(reading):
    ana = cards(reading.sample("books/outlook-from-google.csv"))["Ana Reis"]
    assert ana.categories == ("Recruiters",)
    work, home = ana.addresses
    assert (work.label, home.street, home.country) == ("Avenida 4, Lisboa", "Rua do Sol 3", "PT")


def test_apples_groups_become_labels_of_their_members_and_are_nobody(reading):
    found = cards(settled(reading.sample("books/apple.vcf")))
    assert list(found) == ["Dana Lee", "Hooli"]
    dana = found["Dana Lee"]
    assert dana.categories == ("Sailing, big boats",)
    assert dana.birthday == PartialDate(0, 5, 1)
    assert dana.dates == (("Anniversary", PartialDate(2010, 6, 5)),)
    assert labelled(dana, "EMAIL") == [("dana.lee@initech.example", "Work")]
    assert labelled(dana, "URL")[0][1] == "HomePage"
    assert any(line.startswith("PHOTO;X-ABCROP-RECTANGLE=") for line in dana.lines)
    assert found["Hooli"].is_organisation


def test_the_same_row_gives_the_same_card_again_with_an_identifier(reading):
    one, other = (of(FoundCard, reading.found(NEW + ROW))[0].card for _ in range(2))
    assert one == other
    assert one.uid.startswith("urn:uuid:")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("5/21/1980", (1980, 5, 21)),
        ("21/5/80", (1980, 5, 21)),
        ("5/21", (0, 5, 21)),
        ("21.05.1980", (1980, 5, 21)),
        ("21.5.", (0, 5, 21)),
        ("5/21/1980 12:00:00 AM", (1980, 5, 21)),
        (" --05-21", (0, 5, 21)),
        ("2/30/1980", None),
        ("13/13/1980", None),
        ("spring", None),
    ],
)
def test_days_are_read_as_they_are_written(text, said):
    assert day(text) == (PartialDate(*said) if said else None)


def test_a_day_that_is_none_is_kept_as_it_is_said(reading):
    (found,) = reading.found("First Name,Last Name,Birthday,Labels\nDana,Lee,in spring,x\n")
    assert found.card.birthday is None
    assert "BDAY;VALUE=text:in spring" in found.card.lines


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_kind_is_told_by_content_in_any_encoding_and_with_any_delimiter(reading, encoding, delimiter):
    text = (NEW + ROW.replace("Dana", "Dâna")).replace(",", delimiter)
    (found,) = reading.found(text.encode(encoding))
    assert found.card.name == "Dâna Lee"


def test_nuls_in_a_table_are_left_out(reading):
    (found,) = reading.found((NEW + ROW.replace("Dana", "D\0a\0na")).encode())
    assert found.card.name == "Dana Lee"


def test_half_a_file_keeps_its_whole_rows(reading):
    whole = NEW + ROW + ROW.replace("Dana", "Kim")
    findings = reading.found(whole[:-30])
    assert list(cards(findings)) == ["Dana Lee"]
    (problem,) = of(Problem, findings)
    assert (problem.place.line, "ends in the middle" in problem.says) == (3, True)


def test_half_a_file_that_ends_in_a_note_makes_nobody_of_the_notes_lines(reading):
    findings = reading.found(NEW + ROW + 'Kim,Park,Acme,"first line\nHello, how are you\nwell, thank you')
    assert list(cards(findings)) == ["Dana Lee"]
    assert of(Problem, findings)[0].place.line == 3


def test_a_quotation_mark_that_is_never_closed_costs_its_row_alone(reading):
    findings = reading.found(NEW + ROW.replace("Initech", '"Initech') + ROW.replace("Dana", "Kim") * 1 + ROW)
    assert list(cards(findings)) == ["Kim Lee", "Dana Lee"]
    (problem,) = of(Problem, findings)
    assert (problem.place.line, "never closed" in problem.says) == (2, True)


def test_ten_thousand_columns_are_one_sentence(reading):
    header = NEW.strip() + "".join(f",E-mail {number} - Value" for number in range(2, 10_000)) + "\n"
    (problem,) = reading.found(header + ROW)
    assert "more than 2,000 columns" in problem.says


def test_a_row_of_ten_thousand_cells_is_one_sentence_and_the_rest_is_done(reading):
    findings = reading.found(NEW + "x," * 10_000 + "\n" + ROW)
    assert list(cards(findings)) == ["Dana Lee"]
    assert of(Problem, findings)[0].place.line == 2


def test_a_table_of_unknown_columns_is_named(reading):
    wide = ",".join(f"C{number}" for number in range(10_000))
    for text in ("Sku,Colour,Size,Price,Stock\n1,red,M,9,3\n", wide * 2 + "\n1,2\n"):
        (problem,) = reading.found(text)
        assert "columns are not known" in problem.says


@pytest.mark.parametrize(
    "header",
    [
        "First Name,Last Name,E-mail 1 - Value",
        "Given Name,Family Name,E-mail 1 - Value",
        "Name,Given Name,Family Name,E-mail 1 - Value,Phone 1 - Value",
        "First Name,Last Name,E-mail Address",
    ],
)
def test_what_a_spreadsheet_left_of_a_table_is_read(reading, header):
    said = {
        "Name": "Dana Lee",
        "Given Name": "Dana",
        "First Name": "Dana",
        "Family Name": "Lee",
        "Last Name": "Lee",
    }
    row = ",".join(
        said.get(column, "dana@x.example" if "mail" in column else "") for column in header.split(",")
    )
    (found,) = cards(reading.found(f"{header}\n{row}\n")).values()
    assert (found.name, found.emails) == ("Dana Lee", ("dana@x.example",))


def test_a_cell_that_nothing_closes_swallows_nobody(reading):
    half = 'Kim,Park,Acme,,x,* Work,"kim@x.example\n'
    for text, line in ((NEW + ROW + half, 3), (NEW + half + ROW, 2)):
        findings = reading.found(text)
        assert list(cards(findings)) == ["Dana Lee"]
        (problem,) = of(Problem, findings)
        assert problem.place.line == line


def test_a_thousand_empty_people_are_told_in_a_few_sentences(reading):
    findings = reading.found(NEW + ",,,only a note,,,\n" * 1000 + ROW)
    assert len(of(Problem, findings)) == MANY + 1
    assert "an address or a number" in of(Problem, findings)[0].says
    assert list(cards(findings)) == ["Dana Lee"]


class Long(io.RawIOBase):
    """A table with one very long cell and somebody after it."""

    def __init__(self, head: str, filling: bytes, length: int, tail: str) -> None:
        self.pieces = iter([head.encode(), *(filling for _ in range(length // len(filling))), tail.encode()])

    def read(self, _size: int = -1) -> bytes:
        return next(self.pieces, b"")


@pytest.mark.parametrize(("filling", "part"), [(b"x" * 65536, 400), (b"x, y z\n" * 10_000, 800)])
def test_a_cell_of_a_gigabyte_costs_its_row_alone_in_bounded_memory(reading, monkeypatch, filling, part):
    """A small part of it, with the limit of a file as much lower."""
    monkeypatch.setattr(octets_room, "SIZE_LIMIT", octets_room.SIZE_LIMIT // part)
    stream = Long(
        NEW + ROW + 'Kim,Park,"', filling, (1 << 30) // part, '",,,,\n' + ROW.replace("Dana", "Sam")
    )
    tracemalloc.start()
    findings = list(read("book.csv", stream, reading.alex))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 30 << 20  # some twenty times what one row may hold, and no more for a longer one
    assert list(cards(findings)) == ["Dana Lee", "Sam Lee"]
    (problem,) = of(Problem, findings)
    assert (problem.place.line, "no address book holds" in problem.says) == (3, True)


@pytest.mark.parametrize(
    "one", [b"BEGIN:VCARD\r\nFN:Kim\r\nEND:VCARD\r\n", b"BEGIN:VEVENT\r\nEND:VEVENT\r\n"]
)
def test_some_of_a_kind_are_few_and_a_book_of_them_many(one):
    few, many = io.BytesIO(one * 5), io.BytesIO(one * 6)
    assert (holds_many(few), holds_many(many)) == (False, True)
    assert many.read() == one * 6
