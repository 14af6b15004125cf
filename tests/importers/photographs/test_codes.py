"""What codes say of somebody, alone and together with what is printed beside them."""

from __future__ import annotations

import pytest

from rapport.importers.photographs.codes import card_of
from rapport.importers.photographs.printed import MOST, Printed
from rapport.importers.photographs.proposing import NOTHING, propose

VCARD = "BEGIN:VCARD\nVERSION:3.0\nN:Lee;Dana\nFN:Dana Lee\nTEL;TYPE=CELL:+1 503 555 0125\nEND:VCARD"


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        (VCARD, ("VERSION:3.0", "N:Lee;Dana", "FN:Dana Lee", "TEL;TYPE=CELL:+1 503 555 0125")),
        (
            "MECARD:N:Lee,Dana;TEL:+15035550123;EMAIL:dana@acme.example;URL:https\\://acme.example;NOTE:a\\;b;;",
            (
                *("VERSION:4.0", "FN:Dana Lee", "N:Lee;Dana;;;", "EMAIL;TYPE=work:dana@acme.example"),
                *("TEL:+15035550123", "URL:https://acme.example", "NOTE:a\\;b"),
            ),
        ),
        (
            "BIZCARD:N:Dana;X:Lee;T:VP;C:Acme;A:1 Main;B:+15035;E:d@acme.example;;",
            (
                *("VERSION:4.0", "FN:Dana Lee", "N:Lee;Dana;;;", "TITLE:VP", "ORG:Acme"),
                *("EMAIL;TYPE=work:d@acme.example", "TEL;TYPE=work:+15035", "ADR:;;1 Main;;;;"),
            ),
        ),
        ("mailto:Dana@acme.example?subject=hi", ("VERSION:4.0", "EMAIL;TYPE=work:dana@acme.example")),
        ("MATMSG:TO:dana@acme.example;SUB:x;;", ("VERSION:4.0", "EMAIL;TYPE=work:dana@acme.example")),
        ("tel:+1-503-555", ("VERSION:4.0", "TEL:+1-503-555")),
        ("https://linkedin.com/in/dana", ("VERSION:4.0", "URL:https://linkedin.com/in/dana")),
        ("acme.example", ("VERSION:4.0", "URL:https://acme.example")),
        ("WIFI:S:x;P:y;;", None),
        ("hello world", None),
        ("https://", None),
        ("MECARD:;;", None),
        ("BEGIN:VCARD\nEND:VCARD", None),
    ],
)
def test_a_code_says_what_it_says(code, lines):
    card = card_of(code)
    assert (card.lines if card else None) == lines


def test_a_code_has_the_word_and_print_adds_to_it():
    printed = [Printed("Dana M. Lee"), Printed("VP Engineering"), Printed("T +1 503 555 0123")]
    (card,) = propose([VCARD, "https://acme.example", "WIFI:S:x;;"], printed).cards
    assert (card.name, card.title, card.urls) == ("Dana Lee", "VP Engineering", ("https://acme.example",))
    assert set(card.phones) == {"+1 503 555 0125", "+1 503-555-0123"}


def test_several_people_are_several_cards_and_what_is_no_card_is_said():
    two = propose([VCARD, VCARD.replace("Dana", "Sam"), VCARD], [Printed("VP Engineering")])
    assert ([card.name for card in two.cards], two.unread) == (["Dana Lee", "Sam Lee"], ("VP Engineering",))
    assert "Several people" in two.remarks[0]
    assert propose(["WIFI:S:x;;"], ()).remarks == (
        "A code on it says “WIFI:S:x;;”, which is nothing for a card.",
        NOTHING,
    )


def test_a_page_of_text_is_no_card():
    lines = [Printed(f"line {number} of a contract") for number in range(1000)]
    proposal = propose((), lines)
    assert proposal.cards == ()
    assert len(proposal.unread) == MOST
    assert "1000 lines" in proposal.remarks[0]
