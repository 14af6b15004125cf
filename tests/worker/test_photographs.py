"""Photographed cards are read by the worker, once, and let go when nobody says anything about them."""

from __future__ import annotations

import sys
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from rapport.intake.models import Photograph
from rapport.intake.models.photograph import KEPT, LEASE, TRIES
from rapport.worker import photographs
from tests import world
from tests.drawn_cards import drawn, jpeg

if TYPE_CHECKING:
    from datetime import datetime

pytestmark = pytest.mark.django_db
VCARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Dana Lee\r\nEND:VCARD"


def work(at: datetime) -> None:
    photographs.work(world.alex(), lambda: at, lambda: False)


def test_a_picture_is_read_whole_and_then_due_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    # Its code says it all, without the extra that reads print.
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    kept = Photograph.begin(world.alex(), "card.jpg", jpeg(drawn((), VCARD)), at=world.NOW)
    world.robin()
    assert photographs.due(world.NOW) == {kept.member_id}
    work(world.NOW)
    assert photographs.due(world.NOW) == set()
    kept.refresh_from_db()
    assert [card.name for card in kept.proposed()] == ["Dana Lee"]
    assert ["pip install 'rapport[ocr]'" in remark for remark in kept.remarks] == [True]


def test_a_reading_that_dies_is_tried_again_and_then_given_up() -> None:
    kept = Photograph.begin(world.alex(), "card.jpg", b"", at=world.NOW)
    at = world.NOW
    for _ in range(TRIES):
        assert Photograph.claim_next(kept.member, at=at) is not None
        assert Photograph.claim_next(kept.member, at=at) is None
        at += LEASE
    assert Photograph.claim_next(kept.member, at=at) is None
    kept.refresh_from_db()
    assert [card.name for card in kept.proposed()] == [""]
    assert "broke off twice" in kept.remarks[0]


def test_a_picture_nobody_speaks_about_is_let_go_after_a_week() -> None:
    kept = Photograph.begin(world.alex(), "card.jpg", b"", at=world.NOW)
    Photograph.objects.update(read_at=world.NOW)
    work(world.NOW + KEPT - timedelta(seconds=1))
    assert Photograph.objects.filter(pk=kept.pk).exists()
    assert photographs.due(world.NOW + KEPT) == {kept.member_id}
    work(world.NOW + KEPT)
    assert not Photograph.objects.exists()
