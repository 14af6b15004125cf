"""What a mail server does wrong ends in a sentence, within its time, and never in a mail of which nobody knows."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import contextmanager

import pytest

from rapport.gateways import smtp
from rapport.gateways.account import Account
from rapport.gateways.reach import Unreachable, connect
from rapport.gateways.smtp import InDoubt, Refused, check, open_session
from tests.servers.smtp import CONTENT, SmtpServer, Stall

ALEX, DANA = "alex.morgan@mail.example", "dana.lee@initech.example"
MESSAGE = b"Subject: Thank you\r\n\r\n.\r\n.. and dots\r\nGood to meet you.\r\n"


def account_at(server: SmtpServer, **said) -> Account:
    stated = {"host": server.hostname, "port": server.port, "security": "none", "username": ALEX,
              "anywhere": True, "timeout": 5}  # fmt: skip
    return Account(**(stated | said))


def submitted(account, message=MESSAGE, hand_over=lambda: None, to=DANA):
    session = open_session(account)
    try:
        return session.submit(ALEX, to, message, hand_over)
    finally:
        session.close()


@contextmanager
def babbling(*lines: bytes, gap: float = 0.0):
    """A host that says the same lines for ever, and listens to nothing."""
    listening = socket.create_server(("127.0.0.1", 0))

    def babble():
        talk, _ = listening.accept()
        with talk:
            try:
                while True:
                    for line in lines:
                        talk.sendall(line)
                        time.sleep(gap)
            except OSError:
                return

    thread = threading.Thread(target=babble, daemon=True)
    thread.start()
    host, port = listening.getsockname()
    yield Account(host, port, "none", ALEX, anywhere=True, timeout=1)
    listening.close()
    thread.join(5)


def test_dots_arrive_as_they_were_written(smtp_server):
    assert submitted(account_at(smtp_server)).startswith("250")
    assert smtp_server.received[0].content == MESSAGE


def test_the_words_are_there_before_and_the_mail_only_after_the_hand_over(smtp_server):
    def not_any_more():
        assert smtp_server.received == []
        raise LookupError("another worker has it")

    with pytest.raises(LookupError):
        submitted(account_at(smtp_server), hand_over=not_any_more)
    submitted(account_at(smtp_server))
    assert len(smtp_server.received) == 1


def test_a_mail_larger_than_the_server_takes_is_refused_before_it_is_sent(smtp_server):
    large = b"Subject: Files\r\n\r\n" + (b"y" * 76 + b"\r\n") * 500_000
    with pytest.raises(Refused, match=r"The mail has 39\.0 MB; 127\.0\.0\.1 takes 33\.6 MB") as raised:
        submitted(account_at(smtp_server), large)
    assert raised.value.for_good


def test_a_server_that_stalls_is_left_after_its_time(smtp_server):
    smtp_server.when("MAIL", Stall(30))
    began = time.monotonic()
    with pytest.raises(Unreachable, match="stopped answering"):
        submitted(account_at(smtp_server, timeout=0.3))
    assert time.monotonic() - began < 5


def test_a_large_mail_has_the_time_it_takes_on_a_slow_line(smtp_server, monkeypatch):
    monkeypatch.setattr(smtp, "TRY_SECONDS", 0.5)
    monkeypatch.setattr(smtp, "SLOWEST", 1_000_000)
    smtp_server.when("RCPT", Stall(1))
    submitted(account_at(smtp_server), b"Subject: Files\r\n\r\n" + (b"y" * 76 + b"\r\n") * 50_000)
    smtp_server.when("RCPT", Stall(1))
    with pytest.raises(Unreachable):
        submitted(account_at(smtp_server))


def test_a_server_that_stalls_after_the_dot_leaves_a_doubt(smtp_server):
    smtp_server.when(CONTENT, Stall(2))
    with pytest.raises(InDoubt, match="Nobody knows whether it took the mail"):
        submitted(account_at(smtp_server, timeout=0.3))


@contextmanager
def closing_amid_the_words():
    """A host that closes the connection after the first of the words."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve():
        talk, _ = listening.accept()
        with talk, talk.makefile("rb") as heard:
            talk.sendall(b"220 ready\r\n")
            for answer in (b"250 here", b"250 sender", b"250 recipient", b"354 go on"):
                heard.readline()
                talk.sendall(answer + b"\r\n")
            heard.read(1000)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    host, port = listening.getsockname()
    yield Account(host, port, "none", ALEX, anywhere=True, timeout=5)
    listening.close()
    thread.join(5)


def test_a_server_that_closes_amid_the_words_has_no_mail_and_leaves_no_doubt():
    handed = []
    large = b"Subject: Files\r\n\r\n" + (b"y" * 76 + b"\r\n") * 200_000
    with closing_amid_the_words() as account, pytest.raises(Unreachable, match="broke the connection off"):
        submitted(account, large, lambda: handed.append(True))
    assert handed == []


@pytest.mark.parametrize(
    "lines",
    [
        [b"220-welcome\r\n"],
        [b"."],
        [b"\x00\xff\xfe garbage \r\n"],
        [b"250 OK\r\n"],
        [b"220 " + b"x" * 70_000],
    ],
)
def test_garbage_without_end_ends_in_a_sentence(lines, monkeypatch):
    monkeypatch.setattr(smtp, "TRY_SECONDS", 0.3)
    began = time.monotonic()
    with babbling(*lines) as account, pytest.raises(Unreachable):
        submitted(account)
    assert time.monotonic() - began < 5


def test_a_byte_now_and_then_does_not_hold_a_lane_for_ever(monkeypatch):
    monkeypatch.setattr(smtp, "TRY_SECONDS", 1)
    began = time.monotonic()
    with babbling(b"2", gap=0.2) as account, pytest.raises(Unreachable):
        submitted(account)
    assert time.monotonic() - began < 5


def test_the_check_says_each_step_that_went_well(certificate, trusting):
    with SmtpServer(certificate, tls_at_once=True) as server:
        server.users[ALEX] = "secret"
        account = account_at(server, security="tls", password="secret")
        went_well, failed = check(account, ALEX)
        assert failed == ""
        assert went_well == [
            f"127.0.0.1 answers on port {server.port}.",
            "TLS: 127.0.0.1 proves who it is.",
            f"{ALEX} is signed in.",
            f"It takes mail from {ALEX}.",
        ]
        assert server.received == []


@pytest.mark.parametrize(
    ("said", "failed"),
    [
        ({"password": "wrong"}, "does not let alex.morgan@mail.example sign in: 5.7.8"),
        ({"password": "wrong", "security": "tls"}, "does not speak TLS on this port"),
        ({"host": "nowhere.invalid"}, "no host named nowhere.invalid"),
        ({"port": 1}, "cannot be reached: connection refused"),
        ({"token_command": "false"}, "The command for the token failed"),
        ({"token_command": "no-such-program"}, "The command for the token cannot be run"),
    ],
)
def test_the_check_says_exactly_what_failed(smtp_server, said, failed):
    smtp_server.users[ALEX] = "secret"
    _, why = check(account_at(smtp_server, **said), ALEX)
    assert failed in why
    assert "wrong" not in why


def test_the_check_says_that_the_sender_is_not_allowed(smtp_server):
    smtp_server.when("MAIL", "553 5.7.1 Not your address")
    assert check(account_at(smtp_server), ALEX)[1].endswith("553 5.7.1 Not your address")


def test_a_certificate_that_nobody_vouches_for_is_refused(certificate):
    with SmtpServer(certificate, tls_at_once=True) as server:
        assert (
            "cannot be trusted: self-signed certificate" in check(account_at(server, security="tls"), ALEX)[1]
        )


def test_starttls_is_required_when_it_was_chosen(smtp_server, trusting):
    assert check(account_at(smtp_server, security="starttls"), ALEX)[1] == ""
    smtp_server.when("EHLO", "250 no.extensions.example")
    assert "offers no STARTTLS" in check(account_at(smtp_server, security="starttls"), ALEX)[1]


def test_a_token_signs_in(smtp_server):
    smtp_server.users[ALEX] = "a-token"
    account = account_at(smtp_server, token_command="echo a-token")
    submitted(account)
    assert smtp_server.received[0].mechanism == "XOAUTH2"


def test_a_stale_token_is_said(smtp_server):
    smtp_server.users[ALEX] = "a-token"
    assert "does not let" in check(account_at(smtp_server, token_command="echo stale"), ALEX)[1]


def test_no_secret_is_printed_with_an_account(smtp_server):
    assert "secret" not in repr(account_at(smtp_server, password="secret", token_command="print secret"))


def test_an_address_beyond_ascii_needs_a_server_that_takes_it(smtp_server):
    message = "Subject: Grüße\r\n\r\nHallo\r\n".encode()
    submitted(account_at(smtp_server), message, to="jürgen@initech.example")
    assert smtp_server.received[0].recipients == ["jürgen@initech.example"]
    smtp_server.when("EHLO", "250 no.extensions.example")
    with pytest.raises(Refused, match="letters beyond ASCII"):
        submitted(account_at(smtp_server), message, to="jürgen@initech.example")


def test_a_server_for_many_members_does_not_connect_to_its_own_network(smtp_server):
    with pytest.raises(Unreachable, match="private network"):
        connect(smtp_server.hostname, smtp_server.port, timeout=1, anywhere=False)
