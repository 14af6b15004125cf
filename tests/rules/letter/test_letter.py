"""A note's words set out as a letter, or broken as a hand would on a card."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from rapport.rules.card import Card, PostalAddress
from rapport.rules.letter import CARDS, Party, by_hand, envelope_of, letter_of, paper_of, written_out

WORDS = "Dear Dana,\n\nThank you for our talk.\n\nI hope we meet again.\n\nWith my thanks,\nAlex Morgan"
LISBON = PostalAddress(
    street="Rua Augusta 10", locality="Lisboa", postal_code="1100-053", country="PT", place="work"
)
BERLIN = PostalAddress(
    street="Unter den Linden 5", locality="Berlin", postal_code="10117", country="DE", place="home"
)
ALEX = Party("Alex Morgan", address=BERLIN, phone="+49 30 1234", email="alex.morgan@mail.example")
DANA = Party("Dana Lee", "Initech", LISBON)
DAY = date(2026, 11, 23)


def letter(text=WORDS, sender=ALEX, recipient=DANA):
    return letter_of(text, sender=sender, recipient=recipient, day=DAY)


def test_the_words_are_parted_into_salutation_body_and_closing():
    made = letter()
    assert made.salutation == "Dear Dana,"
    assert made.body == ("Thank you for our talk.", "I hope we meet again.")
    assert (made.closing, made.signed) == ("With my thanks,", ("Alex Morgan",))


def test_place_date_sender_and_recipient_stand_on_it():
    made = letter()
    assert made.place_and_date == "Berlin, 23 November 2026"
    assert made.sender == ("Alex Morgan", "Unter den Linden 5", "10117 BERLIN", "GERMANY")
    assert made.contact == ("+49 30 1234", "alex.morgan@mail.example")
    assert made.recipient == ("Dana Lee", "Initech", "Rua Augusta 10", "1100-053 LISBOA", "PORTUGAL")


def test_an_american_writes_the_month_first_and_on_another_paper():
    springfield = PostalAddress(
        street="10 Main St", locality="Springfield", region="IL", postal_code="62701", country="US"
    )
    assert (
        letter(sender=Party("Alex", address=springfield)).place_and_date == "Springfield, November 23, 2026"
    )
    assert (paper_of("US"), envelope_of("US")) == ("us-letter", "no10")
    assert (paper_of("PT"), envelope_of("")) == ("a4", "dl")


def test_words_without_a_closing_are_signed_from_the_card():
    signed = Party("Alex Morgan", signature="With kind regards,\nAlex")
    assert (letter("Thank you.", signed).closing, letter("Thank you.", signed).signed) == (
        "With kind regards,",
        ("Alex",),
    )
    assert (letter("Thank you.").closing, letter("Thank you.").signed) == ("", ("Alex Morgan",))


def test_the_organisation_is_left_out_of_an_address_at_home():
    card = Card.of(name="Dana Lee", organisation="Initech").saying(address=BERLIN)
    assert Party.of(card).organisation == ""
    assert (
        Party.of(Card.of(name="Dana Lee", organisation="Initech").saying(address=LISBON)).organisation
        == "Initech"
    )


def test_a_letter_leans_the_way_its_words_are_written():
    assert letter("שלום דנה,\n\nתודה על השיחה.").leans == "rtl"
    assert letter("12. Dear Dana").leans == "ltr"


def test_a_card_says_whether_it_holds_the_words():
    text = "Dear Dana,\n\n" + " ".join(["word"] * 60) + "\n\nWarmly,\nAlex"
    short, long = by_hand(text, CARDS["folded"]), by_hand(text * 3, CARDS["folded"])
    assert (short.words, short.room, short.fits) == (64, 16, True)
    assert not long.fits
    assert list(short.paragraphs[0]) == ["Dear Dana,"]
    assert all(len(line) <= CARDS["folded"].characters for paragraph in long.paragraphs for line in paragraph)


def test_a_flat_card_is_written_on_lengthwise():
    assert (CARDS["correspondence"].lines, CARDS["correspondence"].characters) == (10, 44)
    assert (CARDS["folded"].lines, CARDS["folded"].characters) == (16, 29)


@given(st.text(st.characters(), max_size=400))
def test_no_sign_is_lost_between_the_words_and_the_card(text):
    written = written_out(text)
    copied = by_hand(written, CARDS["folded"])
    lines = "".join(line for paragraph in copied.paragraphs for line in paragraph)
    assert "".join(lines.split()) == "".join(written.split())


@given(st.text(st.characters(), max_size=400))
def test_no_word_is_lost_between_the_words_and_the_letter(text):
    made = letter(text)
    said = [made.salutation, *made.body, made.closing, *made.signed]
    assert set(written_out(text).split()) <= set(" ".join(said).split())
