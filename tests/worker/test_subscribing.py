"""Subscribed cards: fetched when due, heard field by field, left alone politely, and ended when they are gone."""

from __future__ import annotations

from base64 import b64encode
from datetime import timedelta
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from rapport.gateways.cards import Way
from rapport.journal.errors import NotAllowed
from rapport.people.models import Person, Subscription
from rapport.rules.card import Card
from rapport.rules.card.photos import photo_of
from rapport.rules.fetching import EVERY, LONGEST, next_fetch
from rapport.worker import loop, subscribing
from tests import world
from tests.servers.endpoint import EndpointServer, says

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def server(certificate):
    with EndpointServer(certificate.of_server()) as running:
        yield running


@pytest.fixture
def desk(server, certificate):
    server.asked.clear()
    return Desk(server, certificate)


class Desk:
    """A subscription of Alex to Dana's card, and a worker with a clock that is set by hand."""

    def __init__(self, server, certificate):
        self.server, self.now = server, world.NOW
        self.way = Way(
            resolve=lambda *_: ["127.0.0.1"],
            may=lambda place: place == "127.0.0.1",
            ports=frozenset({server.port}),
            trusts=certificate.trusted,
        )
        card = Card.of(name="Dana Lee", email="dana@initech.example", title="Engineer")
        self.dana = Person.make(world.alex(), card, source="a card", at=self.now)
        address = f"https://cards.example:{server.port}/dana.vcf"
        self.subscription = Subscription.begin(self.dana, address, by=self.dana.member, at=self.now)

    def look(self, later: timedelta = timedelta()) -> Subscription:
        self.now += later
        if list(subscribing.due(self.now)):
            subscribing.work(self.dana.member, lambda: self.now, lambda: False, self.way)
        self.subscription.refresh_from_db()
        return self.subscription

    def waiting(self) -> dict[str, list[str]]:
        return {one.field: one.after for one in self.subscription.source.suggestions.open()}


def card(*lines: str, name: str = "Dana Lee") -> str:
    return "\r\n".join(["BEGIN:VCARD", "VERSION:4.0", f"FN:{name}", *lines, "END:VCARD", ""])


def test_a_card_is_heard_once_a_day_and_unchanged_ones_not_at_all(desk):
    desk.server.answer = says(card("TITLE:Director"), ETag='"1"')
    assert desk.look().due_at == desk.now + DAY
    assert desk.waiting() == {"title": ["Director"]}
    desk.look(timedelta(hours=23))
    assert len(desk.server.asked) == 1
    desk.server.answer = says("", 304)
    desk.look(timedelta(hours=1))
    assert [one.headers.get("If-None-Match") for one in desk.server.asked] == [None, '"1"']
    desk.server.answer = says(card("TITLE:Chief"), ETag='"2"')
    assert desk.look(DAY).etag == '"2"'
    assert desk.waiting() == {"title": ["Chief"]}


def test_a_server_in_trouble_is_asked_ever_more_seldom(desk):
    desk.server.answer = says("", 503)
    waits = [desk.look(desk.subscription.due_at - desk.now).due_at - desk.now for _ in range(3)]
    assert waits == [2 * DAY, 4 * DAY, 8 * DAY]
    assert "answered 503" in desk.subscription.trouble
    desk.server.answer = says("", 429, Retry_After=str(20 * 86400))
    assert desk.look(waits[-1]).due_at == desk.now + 20 * DAY
    desk.server.answer = says(card())
    assert (desk.look(20 * DAY).trouble, desk.subscription.due_at) == ("", desk.now + DAY)


def test_a_card_that_is_gone_is_given_up_and_said_so(desk):
    for status in (410, 404, 503, 410, 410):
        desk.server.answer = says("", status)
        assert desk.look(LONGEST).due_at is not None
    assert desk.look(LONGEST).due_at is None
    assert list(subscribing.due(desk.now + 99 * DAY)) == []
    (entry,) = desk.dana.member.journal.filter(verb="card.gone")
    assert "is looked at no more" in entry.says
    Subscription.begin(desk.dana, desk.subscription.source.address, by=desk.dana.member, at=desk.now)
    assert desk.look().missing == 1


@pytest.mark.parametrize(
    ("answer", "sentence", "title"),
    [
        (card("TITLE:Bad", name="Sam") + card("TITLE:Good"), "", "Good"),
        (card("TITLE:Bad", name="Sam") + card("TITLE:Bad", name="Eve"), "which is theirs cannot be told", ""),
        (card("TITLE:Bad")[:-12], "never ends", ""),
        ("BEGIN:VCARD\r\nVERSION:4.0\r\nEND:VCARD\r\n", "neither a name nor an address", ""),
        (card("TITLE:Changed", name="D. Lee-Ortiz"), "", "Changed"),
    ],
)
def test_of_what_stands_there_only_their_card_is_heard(desk, answer, sentence, title):
    desk.server.answer = says(answer)
    assert sentence in desk.look().trouble
    assert desk.waiting().get("title", [""]) == [title]


def test_a_large_photo_comes_small_and_one_that_is_none_not_at_all(desk):
    drawn = BytesIO()
    Image.effect_noise((600, 600), 90).save(drawn, "PNG")
    photo = f"PHOTO:data:image/png;base64,{b64encode(drawn.getvalue()).decode()}"
    desk.server.answer = says(card(photo))
    desk.look()
    (seen,) = desk.subscription.source.suggestions.open().filter(field="photo")
    with Image.open(BytesIO(photo_of(seen.brought).octets)) as small:
        assert (small.format, small.size) == ("JPEG", (480, 480))
    desk.server.answer = says(card(photo[: len(photo) // 8 * 4], "TITLE:Chief"))
    desk.look(DAY)
    assert "PHOTO" not in desk.subscription.source.card


def test_it_is_ended_taken_up_and_hurried_by_its_owner_alone(desk):
    alex = desk.dana.member
    with pytest.raises(NotAllowed, match="already"):
        Subscription.begin(desk.dana, desk.subscription.source.address, by=alex, at=desk.now)
    with pytest.raises(NotAllowed, match="another member's"):
        desk.subscription.end(by=world.robin(), at=desk.now)
    desk.server.answer = says(card())
    desk.look()
    with pytest.raises(NotAllowed, match="some rest"):
        desk.subscription.hurry(by=alex, at=desk.now)
    desk.now += timedelta(hours=1)
    desk.subscription.hurry(by=alex, at=desk.now)
    desk.look()
    assert len(desk.server.asked) == 2
    desk.subscription.end(by=alex, at=desk.now)
    assert desk.look(9 * DAY).due_at is None
    assert len(desk.server.asked) == 2


def test_two_workers_do_not_look_at_one_card(desk):
    assert Subscription.claim_next(desk.dana.member, at=desk.now) is not None
    assert Subscription.claim_next(desk.dana.member, at=desk.now) is None
    assert "subscribing" in loop.KINDS


@given(st.sampled_from(EVERY), st.integers(0, 99), st.none() | st.timedeltas(timedelta(-9), timedelta(999)))
def test_nobody_is_asked_more_than_once_a_day_nor_forgotten(days, failures, wait):
    waits = next_fetch(days, failures, wait, world.NOW) - world.NOW
    assert DAY <= waits <= LONGEST
