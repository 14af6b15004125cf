"""Fetching a card: from where everybody may, within limits, and never from this server's own network."""

from __future__ import annotations

import gzip
import ssl
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.gateways.cards import NotFetched, Seen, Way, checked, fetch
from rapport.gateways.places import is_public
from rapport.gateways.reach import allowed
from tests.servers.endpoint import EndpointServer, says

CARD = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Dana Lee\r\nEND:VCARD\r\n"
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
PRIVATE = [
    "127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",  # noqa: S104
    "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "192.88.99.1", "198.18.0.1",
    "::1", "::", "::7f00:1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::",
    "2001:0:1::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "fec0::1", "ff02::1", "ff0e::1", "2001:db8::1",
    "not an address", "",
]  # fmt: skip


@pytest.fixture(scope="module")
def server(certificate):
    with EndpointServer(certificate.of_server()) as running:
        yield running


@pytest.fixture
def way(server, certificate):
    """Names lead to loopback, which is as good as public here; nothing else of this computer is."""
    server.asked.clear()
    server.answer = says(CARD, kind="text/vcard")
    return Way(
        resolve=lambda *_: ["127.0.0.1"],
        may=lambda place: place == "127.0.0.1",
        ports=frozenset({443, server.port}),
        trusts=certificate.trusted,
        altogether=1,
    )


def at(server: EndpointServer, host: str = "cards.example", path: str = "/dana.vcf") -> str:
    return f"https://{host}:{server.port}{path}"


def refused(address: str, way: Way) -> NotFetched:
    with pytest.raises(NotFetched) as refusal:
        fetch(address, Seen(), way, at=NOW)
    return refusal.value


def test_a_card_comes_and_is_asked_for_politely_the_next_time(server, way):
    day = "Fri, 20 Nov 2026 10:00:00 GMT"
    server.answer = says(CARD, kind="text/vcard", ETag='"7"', Last_Modified=day, Set_Cookie="id=1")
    came = fetch(at(server), Seen(), way, at=NOW)
    assert (came.octets, came.seen) == (CARD.encode(), Seen('"7"', day))
    server.answer = says("", 304)
    assert fetch(at(server), came.seen, way, at=NOW).octets is None
    first, second = (one.headers for one in server.asked)
    assert (first["Host"], first["Accept-Encoding"]) == (f"cards.example:{server.port}", "identity")
    assert "If-None-Match" not in first
    assert (second["If-None-Match"], second["If-Modified-Since"]) == ('"7"', day)
    assert not {"Cookie", "Authorization", "Referer"} & {*first, *second}


@pytest.mark.parametrize("place", PRIVATE)
def test_no_place_of_ones_own_network_is_public(place):
    assert not is_public(place)


@given(st.ip_addresses(v=4))
def test_an_address_inside_another_is_never_public(place):
    for carried in (f"::ffff:{place}", f"64:ff9b::{place}", f"::{place}"):
        assert not is_public(carried)
    assert not is_public("2002:{:02x}{:02x}:{:02x}{:02x}::1".format(*place.packed))


def test_what_is_public_is_connected_to():
    assert all(map(is_public, ("8.8.8.8", "193.99.144.80", "2606:4700::1111")))
    assert [place for _, (place, _) in allowed("8.8.8.8", 25, anywhere=False)] == ["8.8.8.8"]


def test_a_name_that_leads_into_the_network_is_not_asked(server, way):
    real = replace(way, may=is_public)
    for place in ("127.0.0.1", "10.0.0.1", "::ffff:127.0.0.1"):
        said = refused(at(server), replace(real, resolve=lambda *_, place=place: [place])).sentence
        assert "not on the public internet" in said
    assert "not on the public internet" in refused(at(server, "127.0.0.1"), Way(ports=way.ports)).sentence
    assert "no host named" in refused("https://no-such-host.invalid/", Way()).sentence
    assert server.asked == []


def test_a_name_whose_answer_changes_gains_nothing(server, way):
    answers = [["127.0.0.1"], ["10.0.0.1"]]
    came = fetch(at(server), Seen(), replace(way, resolve=lambda *_: answers.pop(0)), at=NOW)
    assert (came.octets, answers) == (CARD.encode(), [["10.0.0.1"]])
    mixed = replace(way, resolve=lambda *_: ["10.0.0.1", "127.0.0.1"], altogether=5)
    assert fetch(at(server), Seen(), mixed, at=NOW).octets == CARD.encode()


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("http://cards.example/", "begin with https://"),
        ("ftp://cards.example/", "begin with https://"),
        ("file:///etc/passwd", "begin with https://"),
        ("cards.example", "begin with https://"),
        ("https://dana:secret@cards.example/", "a password in it"),
        ("https://cards.example:22/", "Port 22"),
        ("https://[::1", "no address on the web"),
        ("https://" + "a" * 600 + ".example/", "longer than 500"),
        ("https://cards.example/\x00", "no address on the web"),
    ],
)
def test_what_is_no_address_for_a_card_is_refused_before_anybody_is_asked(address, sentence):
    with pytest.raises(NotFetched, match=sentence) as refusal:
        checked(address)
    assert "secret" not in refusal.value.sentence


def redirects_to(address: str, status: int = 302):
    return says("", status, Location=address)


def test_each_redirect_is_looked_at_anew(server, way):
    def answer(talk):
        one = redirects_to(at(server, "elsewhere.example", "/there.vcf"))
        (one if talk.path == "/dana.vcf" else says(CARD))(talk)

    server.answer = answer
    assert fetch(at(server), Seen(), way, at=NOW).octets == CARD.encode()
    assert [one.headers["Host"].partition(":")[0] for one in server.asked] == [
        "cards.example",
        "elsewhere.example",
    ]

    def resolve(host, _port):
        return ["127.0.0.1"] if host == "cards.example" else ["169.254.169.254"]

    said = refused(at(server), replace(way, resolve=resolve)).sentence
    assert "elsewhere.example is not on the public internet" in said


@pytest.mark.parametrize(
    ("location", "sentence"),
    [
        ("http://cards.example/plain.vcf", "begin with https://"),
        ("https://cards.example:22/", "Port 22"),
        ("https://root@cards.example/", "a password in it"),
        ("file:///etc/passwd", "begin with https://"),
        ("https://[::1", "nobody can read"),
        ("/dana.vcf", "more than 5 redirects"),
    ],
)
def test_a_redirect_leads_nowhere_else(server, way, location, sentence):
    server.answer = redirects_to(location, 301)
    assert sentence in refused(at(server), replace(way, altogether=5)).sentence
    assert len(server.asked) <= 6


def drips(talk):
    talk.begin(kind="text/vcard")
    for _ in range(100):
        talk.say("BEGIN:VCARD\r\n")
        talk.wait(0.1)


def drips_headers(talk):
    talk.say("HTTP/1.1 200 OK\r\n")
    for number in range(100):
        talk.say(f"X-{number}: y\r\n")
        talk.wait(0.1)


@pytest.mark.parametrize("answer", [lambda talk: talk.wait(10), drips, drips_headers])
def test_what_takes_too_long_is_not_waited_for(server, way, answer):
    server.answer = answer
    began = time.monotonic()
    assert "took longer than 1 seconds" in refused(at(server), way).sentence
    assert time.monotonic() - began < 4


def test_a_name_that_is_long_in_coming_is_not_waited_for(server, way):
    slow = replace(way, resolve=lambda *_: time.sleep(1.5) or ["127.0.0.1"], altogether=0.5)
    began = time.monotonic()
    assert "was not waited for" in refused(at(server), slow).sentence
    assert time.monotonic() - began < 1.4


def endless(talk):
    talk.begin(kind="text/vcard")
    while True:
        talk.say(b"BEGIN:VCARD\r\n" + b"x" * 65536)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (says("<!DOCTYPE html><h1>Welcome</h1>", kind="text/vcard"), "something else than a card"),
        (says(""), "something else than a card"),
        (says(b"\x00\x01\x02"), "something else than a card"),
        (says(gzip.compress(b"\0" * 9_000_000), Content_Encoding="gzip"), "packed"),
        (says(gzip.compress(CARD.encode())), "something else than a card"),
        (says(CARD, Content_Length="9000"), "broke off"),
        (says("", 500), "answered 500"),
        (lambda talk: talk.say("\x00 no HTTP\r\n\r\n"), "broke off"),
        (lambda _: None, "broke off"),
        (endless, "larger than 1 MB"),
    ],
)
def test_what_is_no_card_ends_in_a_sentence(server, way, answer, sentence):
    server.answer = answer
    assert sentence in refused(at(server), replace(way, most=1 << 20, altogether=10)).sentence


def test_a_card_longer_than_it_says_is_no_longer(server, way):
    server.answer = says(CARD + "x" * 1000, Content_Length=str(len(CARD)))
    assert fetch(at(server), Seen(), way, at=NOW).octets == CARD.encode()


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("3600", timedelta(hours=1)),
        ("Sat, 21 Nov 2026 11:00:00 GMT", timedelta(hours=2)),
        ("Sat, 21 Nov 2020 11:00:00 GMT", timedelta()),
        ("99999999999", timedelta(days=30)),
        ("tomorrow", None),
        ("Sat, 21 Nov 2026 11:00:00", None),
    ],
)
def test_a_server_says_how_long_it_wants_to_be_left_alone(server, way, said, wait):
    server.answer = says("", 429, Retry_After=said)
    assert refused(at(server), way).wait == wait


def test_a_card_that_is_gone_is_told_from_one_that_is_not_there_now(server, way):
    for status, is_gone in ((404, True), (410, True), (503, False)):
        server.answer = says("", status)
        assert refused(at(server), way).is_gone is is_gone


def test_the_certificate_is_that_of_the_name(server, way):
    assert "cannot be trusted" in refused(at(server, "stranger.example"), way).sentence
    nobody = ssl.create_default_context(cafile=None)
    assert "cannot be trusted" in refused(at(server), replace(way, trusts=lambda: nobody)).sentence
    assert server.asked == []
