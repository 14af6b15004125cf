"""`make compat` says what it tried, and ends with 1 on a loss."""

from __future__ import annotations

from pathlib import Path

from rapport.rules.card import Card
from tests.compat.cards import differing, lines_of, main

SAMPLES = Path(__file__).parent.parent / "corpus" / "cards"


def test_a_folder_of_whole_cards_is_lossless(tmp_path, capsys):
    for name in ("apple.vcf", "outlook-2.1.vcf"):
        (tmp_path / name).write_bytes((SAMPLES / name).read_bytes())
    assert main([str(tmp_path)]) == 0
    assert "outlook-2.1.vcf: 1 card, lossless" in capsys.readouterr().out


def test_a_damaged_card_is_a_loss_that_is_named(capsys):
    assert main([str(SAMPLES)]) == 1
    assert "many-and-damaged.vcf: 2 cards, This card has neither" in capsys.readouterr().out


def test_no_folder_is_no_loss(tmp_path, capsys):
    assert main([str(tmp_path / "nowhere")]) == 0
    assert "nothing was tried" in capsys.readouterr().out
    assert main([]) == 0
    assert "make compat CARDS=folder" in capsys.readouterr().out


def test_a_line_that_is_missing_or_otherwise_is_found():
    card = Card(["FN:A", "NICKNAME:Nick1"])
    assert list(differing(card, ["FN:A", "NICKNAME:Nick1"])) == []
    assert "'NICKNAME:Nick1,Nick2' became 'NICKNAME:Nick1'" in next(
        differing(card, ["FN:A", "NICKNAME:Nick1,Nick2"])
    )
    assert list(differing(card, ["FN:A", "NICKNAME:Nick1", "TEL:1"])) == ["3 lines became 2"]
    (lines,) = lines_of(b"BEGIN:VCARD\r\nNOTE:a\r\n b\r\nX;QUOTED-PRINTABLE:c=\r\nd\r\nEND:VCARD\r\n")
    assert lines == ["NOTE:ab", "X;QUOTED-PRINTABLE:cd"]
