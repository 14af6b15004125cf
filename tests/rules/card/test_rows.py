"""A card read as the rows of a form, and changed a row at a time."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapport.rules.card import Card, PartialDate, PostalAddress
from rapport.rules.card.days import DAYS, Day
from rapport.rules.card.jobs import JOBS, Job
from rapport.rules.card.places import ADDRESSES
from rapport.rules.card.reach import MAILS, PHONES, WEB_PAGES, Mail, Page, Phone

WORDS = st.text("abc é;,\\\"'", min_size=1, max_size=8).map(lambda text: f"x{text.strip()}")
DATES = st.builds(PartialDate, st.sampled_from([0, 1980]), st.integers(1, 12), st.integers(1, 28))
PARTIAL = st.none() | st.builds(PartialDate, st.integers(1990, 2026), st.integers(0, 12), st.just(0))
NUMBERS = st.from_regex(r"\+[1-9]{6}", fullmatch=True)
MAILBOXES = st.from_regex(r"[a-c]{3}@x\.example", fullmatch=True)
ADRS = st.builds(
    PostalAddress,
    street=st.from_regex(r"[a-zé]{1,5} [1-9]", fullmatch=True),
    locality=st.just("Porto"),
    country=st.just("PT"),
    country_name=st.just("Portugal"),
    place=st.sampled_from(["work", "home", ""]),
)
PRESENT = st.builds(Job, WORDS, st.just("") | WORDS, PARTIAL)
FORMER = st.builds(Job, WORDS, st.just("") | WORDS, PARTIAL, PARTIAL, st.just(True))
VALUES = {
    PHONES: st.builds(Phone, NUMBERS, st.sampled_from(["", "mobile", "fax", "work", "home"])),
    MAILS: st.builds(Mail, MAILBOXES, st.sampled_from(["professional", "social"])),
    WEB_PAGES: st.builds(Page, MAILBOXES.map("https://{}".format), st.just("") | WORDS),
    DAYS: st.builds(Day, st.sampled_from(["Birthday", "Anniversary", "Boat"]), DATES),
    JOBS: PRESENT | FORMER,
    ADDRESSES: ADRS,
}
KEPT = (
    "X-ODD;P=1:kept",
    "item9.EMAIL;TYPE=pref,internet:old@x.example",
    "item9.X-ABLabel:Old",
    "TEL;TYPE=voice:+1 22",
    "item8.X-OWN:a",
    "NOTE:a\\nb",
)


@pytest.mark.parametrize("rows", VALUES, ids=lambda rows: rows.read.__name__)
@settings(max_examples=25)
@given(drawn=st.data())
def test_rows_are_read_back_as_they_were_said_and_all_else_stays(rows, drawn):
    version = drawn.draw(st.sampled_from(["2.1", "3.0", "4.0"]))
    bare = Card([f"VERSION:{version}", "FN:A B", *KEPT])
    first = drawn.draw(st.lists(VALUES[rows], max_size=3))
    before = rows.edited(bare, [*rows.of(bare), *first])
    standing = rows.of(before)
    said = [drawn.draw(st.just(value) | st.none() | VALUES[rows]) for value in standing]
    new = drawn.draw(st.lists(VALUES[rows], max_size=2))
    edited = Card.parse(rows.edited(before, [*said, *new]).text())
    expected = [value for value in said if value is not None]
    for value in new:
        expected += [value] if rows.says(value) not in map(rows.says, expected) else []
    assert set(map(repr, rows.of(edited))) == set(map(repr, expected))
    assert len(rows.of(edited)) <= len(expected), "a new row that another says already is said once"
    untouched = [
        line for line in bare.lines if not rows.of(Card([bare.lines[0], line])) and "item9" not in line
    ]
    assert [line for line in edited.lines if line in untouched] == untouched
    assert rows.edited(edited, rows.of(edited)) == edited


def test_a_phone_keeps_what_else_is_said_of_it():
    card = Card(["TEL;type=HOME;type=VOICE;type=pref:1", "TEL;VALUE=uri:tel:+1-555"])
    assert PHONES.of(card) == [Phone("1", "home"), Phone("+1-555")]
    edited = PHONES.edited(card, [Phone("1", "work"), Phone("+1-555")])
    assert edited.lines == ("TEL;TYPE=work;TYPE=pref;TYPE=voice:1", "TEL;VALUE=uri:tel:+1-555")


def test_a_mail_at_home_is_social_and_one_at_both_is_not():
    card = Card(["EMAIL;TYPE=home:a@x.example", "EMAIL;TYPE=home,work:b@x.example", "EMAIL:c@x.example"])
    assert [mail.sphere for mail in MAILS.of(card)] == ["social", "professional", "professional"]


def test_several_jobs_stand_in_groups_and_a_department_stays():
    card = JOBS.edited(Card(["VERSION:4.0", "ORG:Initech;Platform", "TITLE:VP"]), [
        Job("Initech", "VP Engineering", PartialDate(2019, 3)), Job("Acme", "Adviser")])  # fmt: skip
    assert card.lines[1:] == (
        "item1.ORG:Initech;Platform",
        "item2.ORG:Acme",
        "item1.TITLE:VP Engineering",
        "item2.TITLE:Adviser",
        "item1.X-SINCE:2019-03",
    )
    assert str(JOBS.of(card)[0]) == "VP Engineering, Initech (2019-03 to now)"
    over = [
        Job("Initech", "VP Engineering", PartialDate(2019, 3), PartialDate(2026), is_former=True),
        JOBS.of(card)[1],
    ]
    card = JOBS.edited(card, over)
    assert (card.organisation, card.title) == ("Acme", "Adviser")
    assert card.lines[-1] == "X-FORMER-JOB:Initech;VP Engineering;2019-03;2026"


def test_a_birthday_without_a_year_is_written_as_each_version_can():
    day = Day("Birthday", PartialDate(0, 5, 21))
    written = {
        version: DAYS.edited(Card([f"VERSION:{version}"]), [day]).lines[1] for version in ("3.0", "4.0")
    }
    assert written == {"3.0": "BDAY;X-APPLE-OMIT-YEAR=1604:1604-05-21", "4.0": "BDAY:--0521"}


def test_an_address_that_changes_takes_its_former_label_and_apples_country_along():
    adr = "item1.ADR;type=HOME;type=pref:;;Main 1;Town;;1;USA"
    card = Card([adr, "item1.X-ABADR:us", "LABEL;type=HOME:Main 1", "TEL:1"])
    (address,) = ADDRESSES.of(card)
    moved = PostalAddress("Rua 2", locality="Porto", country="PT", place="home")
    edited = ADDRESSES.edited(card, [moved])
    assert edited.lines == (
        "item1.ADR;TYPE=home;CC=PT;TYPE=pref:;;Rua 2;Porto;;;Portugal",
        "item1.X-ABADR:pt",
        "TEL:1",
    )
    assert ADDRESSES.edited(card, [address]) == card
