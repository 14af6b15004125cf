"""Asking for words: what is sent is what was given, and whatever comes back ends in words or in a sentence."""

from __future__ import annotations

import json
import time
from threading import Thread

import pytest

from rapport.gateways.endpoint import Endpoint, NoAnswer, ask
from tests.servers.endpoint import EndpointServer, piece, says, streams

BODY = b'{"model": "small"}'


@pytest.fixture
def endpoint():
    with EndpointServer() as server:
        yield server


def asked(server: EndpointServer, **how) -> str:
    return ask(Endpoint(server.url, **({"anywhere": True} | how)), BODY)


def refused(server: EndpointServer, **how) -> str:
    with pytest.raises(NoAnswer) as refusal:
        asked(server, **how)
    return refusal.value.sentence


def test_words_come_piece_by_piece(endpoint):
    endpoint.answer = streams("Thank", " you, ", "Dana é 😀.")
    assert asked(endpoint, key="sk-secret") == "Thank you, Dana é 😀."
    (sent,) = endpoint.asked
    assert (sent.path, sent.body) == ("/v1/chat/completions", BODY)
    assert sent.headers["Authorization"] == "Bearer sk-secret"
    assert sent.headers["Host"] == endpoint.url.split("/")[2]


def test_words_come_in_one_go_from_an_endpoint_that_does_not_stream(endpoint):
    endpoint.answer = says(json.dumps({"choices": [{"message": {"content": "Thank you."}}]}))
    assert asked(endpoint) == "Thank you."
    assert "Authorization" not in endpoint.asked[0].headers


def test_an_endpoint_that_says_nothing_after_its_last_word_has_ended(endpoint):
    last = '{"choices": [{"delta": {}, "finish_reason": "stop"}]}'
    endpoint.answer = says(piece("Thank you.") + f"data: {last}\n\n", kind="text/event-stream")
    assert asked(endpoint) == "Thank you."


def test_an_answer_that_is_not_closed_ends_with_its_last_word(endpoint):
    def answer(talk):
        talk.begin()
        talk.say(piece("Thank you.") + "data: [DONE]\n\n")
        talk.wait(30)

    endpoint.answer = answer
    began = time.monotonic()
    assert asked(endpoint) == "Thank you."
    assert time.monotonic() - began < 5


def test_over_tls_the_certificate_is_that_of_the_name(certificate, monkeypatch):
    from rapport.gateways.account import tls  # noqa: PLC0415

    with EndpointServer(certificate.of_server()) as server:
        tls.cache_clear()
        assert "certificate of localhost cannot be trusted" in refused(server)
        tls.cache_clear()
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate.path))
        assert asked(server) == "Thank you."
        tls.cache_clear()


def silent(talk):
    talk.wait(30)


def stalls(talk):
    talk.begin()
    talk.say(piece("Thank"))
    talk.wait(30)


def trickles(talk):
    talk.begin()
    for _ in range(300):
        talk.say(": still thinking\n")
        talk.wait(0.1)


def trickles_headers(talk):
    talk.say("HTTP/1.1 200 OK\r\n")
    for number in range(300):
        talk.say(f"X-{number}: y\r\n")
        talk.wait(0.1)


@pytest.mark.parametrize("answer", [silent, stalls, trickles, trickles_headers])
def test_what_takes_too_long_is_not_waited_for(endpoint, answer):
    endpoint.answer = answer
    began = time.monotonic()
    assert "took longer than 1 seconds" in refused(endpoint, altogether=1)
    assert time.monotonic() - began < 4


DEEP = "[" * 60_000


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (says(b"\xff\xfe\x00garbage", kind="text/event-stream"), "what nobody can read"),
        (says("data: {not json}\n\n", kind="text/event-stream"), "what nobody can read"),
        (says("data: [1, 2]\n\n", kind="text/event-stream"), "what nobody can read"),
        (says("data: " + DEEP, kind="text/event-stream"), "what nobody can read"),
        (says(piece(["a", "list"]), kind="text/event-stream"), "what nobody can read"),
        (says("hello\n\n", kind="text/event-stream"), "what nobody can read"),
        (says('{"choices": "no"}'), "what nobody can read"),
        (says(""), "what nobody can read"),
        (says("data: [DONE]\n\n", kind="text/event-stream"), "without any words"),
        (says('{"choices": [{"message": {"tool_calls": [{"function": {"name": "send"}}]}}]}'), "without any words"),
        (says(piece("Thank"), kind="text/event-stream"), "broke off before its words had ended"),
        (says("<h1>Welcome</h1>", kind="text/html"), "something else than words"),
        (says(b"\x1f\x8b", Content_Encoding="gzip"), "something else than words"),
        (says("x" * 200_000), "more than anybody reads"),
        (says(piece("x" * 1000) * 100, kind="text/event-stream"), "more than anybody reads"),
        (says("", 307, Location="http://127.0.0.1:1/"), "Rapport does not follow"),
        (says("sk-secret is wrong", 401), "does not accept the key"),
        (says("", 404), "no chat completions at this address"),
        (says("", 429), "Try again later"),
        (says("", 500), "answered 500"),
        (lambda talk: talk.say("\x00\x01\x02 no HTTP\r\n\r\n"), "does not speak HTTP"),
        (lambda _: None, "broke off"),
    ],
)  # fmt: skip
def test_what_is_no_answer_ends_in_a_sentence(endpoint, answer, sentence):
    endpoint.answer = answer
    said = refused(endpoint, key="sk-secret")
    assert sentence in said
    assert "sk-secret" not in said
    assert len(endpoint.asked) == 1


def test_a_server_asks_nobody_in_its_own_network(endpoint):
    assert "private network" in refused(endpoint, anywhere=False)
    assert endpoint.asked == []


def test_by_http_only_this_computer_is_asked():
    with pytest.raises(NoAnswer, match="could read along"):
        ask(Endpoint("http://192.0.2.1:9/v1", anywhere=True), BODY)


def test_where_nothing_runs_it_says_so():
    with EndpointServer() as server:
        url = server.url
    with pytest.raises(NoAnswer, match="does anything run there"):
        ask(Endpoint(url, anywhere=True), BODY)


def test_the_key_is_in_no_representation():
    assert "sk-secret" not in repr(Endpoint("https://model.example/v1", "sk-secret"))


def test_a_third_asking_at_once_is_sent_away_and_pages_stay_free(endpoint):
    endpoint.answer = silent
    waiting = [Thread(target=refused, args=[endpoint], kwargs={"altogether": 2}) for _ in range(2)]
    for one in waiting:
        one.start()
    while len(endpoint.asked) < 2:
        time.sleep(0.01)
    assert "Others are asking" in refused(endpoint)
    for one in waiting:
        one.join()
    endpoint.answer = streams("Free again.")
    assert asked(endpoint) == "Free again."
