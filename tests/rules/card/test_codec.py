"""Unedited, a card comes back as it was written, whatever its version, folds, encoding and order."""

import io
import quopri

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.importers.findings import FoundCard, Reader
from rapport.importers.reading import read
from rapport.rules.card import Card, PartialDate, partial_date
from rapport.rules.card.folding import decoded_lines

LETTERS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=60)
LATIN = st.text("abc é;:,\\=ßÜ\"'", min_size=1, max_size=60)
HEADS = ["FN", "fn", "item1.TEL;type=pref", 'X-Odd;P="a;b:c"', "N;LANGUAGE=de", "ITEM1.X-ABLabel", "TEL;CELL"]
PLAIN = st.tuples(st.sampled_from(HEADS), LETTERS).map(lambda pair: f"{pair[0]}:x{pair[1]}")
QUOTED = LETTERS.map(
    lambda text: (
        "NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:x"
        + quopri.encodestring(text.encode(), quotetabs=True).decode().replace("=\n", "")
    )
)
CUTS = st.lists(st.integers(1, 200), max_size=4)


def found(octets):
    findings = list(read("file", io.BytesIO(octets), Reader()))
    return [finding.card for finding in findings if isinstance(finding, FoundCard)]


def parted(line, cuts, mark):
    for cut in sorted({cut for cut in cuts if 0 < cut < len(line)}, reverse=True):
        line = line[:cut] + mark + line[cut:]
    return line


@given(st.lists(st.tuples(PLAIN, CUTS), max_size=6), st.sampled_from(["\n ", "\r\n ", "\r\n\t", "\r "]))
def test_a_card_folded_anywhere_is_the_card(made, fold):
    lines = ["VERSION:3.0", "FN:Dana Lee", *(line for line, _ in made)]
    folded = [lines[0], lines[1], *(parted(line, cuts, fold) for line, cuts in made)]
    end = fold[:-1]
    octets = end.join(["BEGIN:VCARD", *folded, "END:VCARD", ""]).encode()
    (card,) = found(octets)
    assert card.lines == tuple(lines)
    assert found(card.octets()) == [card]


@given(st.lists(st.tuples(QUOTED, CUTS), max_size=4))
def test_soft_breaks_of_quoted_printable_are_joined_and_the_card_comes_back(made):
    lines = ["VERSION:2.1", "FN:Dana Lee", *(line for line, _ in made), "TEL;CELL:1"]
    head = len("NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:")
    broken = [
        line[:head] + parted(line[head:], [cut for cut in cuts if _is_between(line[head:], cut)], "=\r\n")
        for line, cuts in made
    ]
    text = "\r\n".join(["BEGIN:VCARD", *lines[:2], *broken, lines[-1], "END:VCARD", ""])
    (card,) = found(text.encode())
    assert card.lines == tuple(lines)
    assert card.phones == ("1",)
    assert Card.parse(card.text()) == card


def _is_between(value, cut):
    return "=" not in value[max(0, cut - 2) : cut]


@given(
    st.lists(st.tuples(st.sampled_from(HEADS), LATIN).map(lambda pair: f"{pair[0]}:x{pair[1]}"), max_size=6)
)
def test_a_file_in_any_encoding_gives_the_same_card(made):
    lines = ("VERSION:3.0", "FN:Dana Lüe", *made)
    text = "\r\n".join(["BEGIN:VCARD", *lines, "END:VCARD", ""])
    for encoding in ("utf-8", "utf-8-sig", "latin-1", "utf-16", "utf-16-le", "utf-16-be", "utf-32"):
        assert [card.lines for card in found(text.encode(encoding))] == [lines]


@pytest.mark.parametrize(
    ("charset", "name"),
    [
        ("ISO-8859-1", "Jörg"),
        ("windows-1251", "Борис Ельцын"),
        ("SHIFT_JIS", "山田太郎"),
        ("ISO-2022-JP", "山田"),
        ("GB2312", "王小明"),
    ],
)
def test_each_line_is_read_in_the_charset_it_states_and_goes_back_into_it(charset, name):
    line = f"N;CHARSET={charset}:{name};;;;"
    octets = b"BEGIN:VCARD\r\nVERSION:2.1\r\n" + line.encode(charset) + b"\r\nTEL:1\r\nEND:VCARD\r\n"
    (card,) = found(octets)
    assert card.family_name == name
    assert card.octets() == octets


def test_a_charset_that_lies_does_not_spoil_utf_8():
    assert decoded_lines("N;CHARSET=ISO-8859-1:Jörg;".encode()) == ["N;CHARSET=ISO-8859-1:Jörg;"]
    assert decoded_lines(b"N;CHARSET=NONSENSE:J\xf6rg;") == ["N;CHARSET=NONSENSE:Jörg;"]


def test_halves_of_letters_do_not_come_in():
    for line in (b"N;CHARSET=UTF-7:+2AA-\x1b;;;;", b"N;CHARSET=UTF-7;ENCODING=QUOTED-PRINTABLE:=2B2AA-;;;;"):
        (card,) = found(b"BEGIN:VCARD\r\nVERSION:2.1\r\nTEL:1\r\n" + line + b"\r\nEND:VCARD\r\n")
        assert card.name.encode()
        assert card.text().encode()


def test_a_soft_break_before_the_end_takes_nothing_along():
    card = Card.parse("BEGIN:VCARD\nVERSION:2.1\nNOTE;QUOTED-PRINTABLE:one=0D=0A=\nEND:VCARD\nrest")
    assert card.lines == ("VERSION:2.1", "NOTE;QUOTED-PRINTABLE:one=0D=0A")
    assert Card.parse(card.text()) == card


def test_a_soft_break_before_an_empty_line_ends_there():
    octets = b"BEGIN:VCARD\r\nFN:A\r\nNOTE;ENCODING=QUOTED-PRINTABLE:one=0D=0A=\r\n\r\nTEL:1\r\nEND:VCARD\r\n"
    (card,) = found(octets)
    assert card.lines[1:] == ("NOTE;ENCODING=QUOTED-PRINTABLE:one=0D=0A", "TEL:1")


def test_base64_below_its_property_without_blanks_is_one_value():
    octets = b"BEGIN:VCARD\nFN:A\nPHOTO;ENCODING=BASE64;JPEG:\n/9j/4AAQ\nSkZJRg==\n\nTEL:1\nEND:VCARD\n"
    (card,) = found(octets)
    assert card.lines == ("FN:A", "PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSkZJRg==", "TEL:1")


def test_a_folded_text_may_say_the_end_of_a_card():
    (card,) = found(b"BEGIN:VCARD\nFN:A\nNOTE:they end with\n END:VCARD or\n BEGIN:VCARD\nTEL:1\nEND:VCARD\n")
    assert (card.note, card.phones) == ("they end withEND:VCARD orBEGIN:VCARD", ("1",))


def test_small_letters_and_blanks_after_begin_make_a_card_too():
    cards = found(b"begin:vcard\r\nfn:Dana\r\nend:vcard\r\nBEGIN:VCARD  \nFN:Kim\nEND:VCARD \n")
    assert [card.name for card in cards] == ["Dana", "Kim"]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["BDAY:1980-05-21"], PartialDate(1980, 5, 21)),
        (["BDAY:19800521T120000Z"], PartialDate(1980, 5, 21)),
        (["BDAY;X-APPLE-OMIT-YEAR=1604:1604-05-01"], PartialDate(0, 5, 1)),
        (["BDAY;VALUE=date:1604-02-29"], PartialDate(0, 2, 29)),
        (["BDAY:--05-01"], PartialDate(0, 5, 1)),
        (["BDAY:--0501"], PartialDate(0, 5, 1)),
        (["BDAY:1980-05"], PartialDate(1980, 5)),
        (["BDAY:--05"], PartialDate(0, 5)),
        (["BDAY:1980"], PartialDate(1980)),
        (["BDAY:1981-02-29"], None),
        (["BDAY;VALUE=text:in spring"], None),
        ([], None),
    ],
)
def test_birthdays_are_read_with_and_without_their_year(lines, said):
    assert Card(lines).birthday == said
    assert said is None or partial_date(str(said)) == said


def test_a_day_that_is_said_twice_counts_once_and_labels_lose_their_marks():
    card = Card(
        [
            "X-ANNIVERSARY:2010-06-05",
            "item1.X-ABDATE:2010-06-05",
            "item1.X-ABLabel:_$!<Anniversary>!$_",
            "ITEM2.X-ABDATE:1604-03-04",
            "item2.X-ABLabel:Sailing",
            "item9.X-ABLabel:without a partner",
        ]
    )
    assert card.dates == (("Anniversary", PartialDate(2010, 6, 5)), ("Sailing", PartialDate(0, 3, 4)))


def test_companies_categories_and_people_who_are_a_number_are_read():
    assert Card(["FN:Acme", "X-ABShowAs:COMPANY"]).is_organisation
    assert not Card(["FN:Dana"]).is_organisation
    kinds = ("individual", "x-other", "org", "group", "location", "device")
    assert [Card([f"KIND:{kind}", "FN:X"]).is_somebodys for kind in kinds] == [True, True, *[False] * 4]
    assert Card(["FN:Dana"]).is_somebodys
    assert Card(["CATEGORIES:Friends,Sailing\\, big", "CATEGORIES:Friends"]).categories == (
        "Friends",
        "Sailing, big",
    )
    assert Card(["TEL:+351 21"]).name == "+351 21"
