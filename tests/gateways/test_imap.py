"""What an IMAP server does wrong ends in a sentence, within its time and in little memory."""

from __future__ import annotations

import socket
import threading
import time
from base64 import b64encode
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from rapport.gateways.account import Account, tls
from rapport.gateways.imap import Refused, check, make_sent_folder, open_session, session
from rapport.gateways.reach import Unreachable

ALEX, PASSWORD = "alex.morgan@mail.example", 'a "long" sentence \\ with everything ä€'
SINCE = date(2026, 1, 1)


@pytest.fixture
def account(dovecot):
    dovecot.add(ALEX, PASSWORD)
    return Account(dovecot.host, dovecot.port, "none", ALEX, PASSWORD, anywhere=True, timeout=5)


@pytest.fixture
def trusted(dovecot, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(dovecot.certificate))
    tls.cache_clear()
    yield
    tls.cache_clear()


@contextmanager
def scripted(*answers: bytes, greeting: bytes = b"* OK ready\r\n", for_ever: bytes = b"", gap: float = 0.0):
    """A server that answers each command with the next of these words, {tag} being the command's; then `for_ever`."""
    listening = socket.create_server(("127.0.0.1", 0))
    usual = [b"* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n{tag} OK done\r\n", b"+ \r\n", b"{tag} OK done\r\n"]

    def talk():
        connected, _ = listening.accept()
        with connected, connected.makefile("rb") as heard:
            try:
                connected.sendall(greeting)
                tag = b""
                for answer in [*usual, *answers]:
                    line = heard.readline()
                    tag = tag if b" " not in line else line.split()[0]
                    connected.sendall(answer.replace(b"{tag}", tag))
                while for_ever:
                    connected.sendall(for_ever)
                    time.sleep(gap)
                heard.readline()
            except OSError:
                return

    thread = threading.Thread(target=talk, daemon=True)
    thread.start()
    host, port = listening.getsockname()
    yield Account(host, port, "none", ALEX, PASSWORD, anywhere=True, timeout=1)
    listening.close()
    thread.join(5)


EXAMINED = b"* 3 EXISTS\r\n* OK [UIDVALIDITY 7] fine\r\n{tag} OK [READ-ONLY] done\r\n"
FOUND = b"* SEARCH 1 2 3\r\n{tag} OK done\r\n"


def read(account):
    """Read as the worker does: open the folder, search, fetch headers, fetch a text."""
    opened = open_session(account)
    try:
        opened.look_into("INBOX")
        uids = opened.uids(0, SINCE)
        return opened.headers(uids), opened.text(uids[0])
    finally:
        opened.drop()


def test_the_check_says_each_step_that_went_well(account):
    assert make_sent_folder(account) == "Sent"
    went_well, failed, _ = check(account)
    assert went_well == [
        f"127.0.0.1 answers on port {account.port}.",
        f"{ALEX} is signed in.",
        "Answers are looked for in INBOX, and nothing there is marked or moved.",
        "Sent mail is filed in Sent.",
    ]
    assert failed == ""


def test_a_folder_of_sent_mail_is_made_once_when_the_member_asks_for_it(account):
    assert "Rapport can make the folder there" in check(account).failed
    assert (check(account).could_make, check(account, sent="Post/Aus Häusern").could_make) == (
        "Sent",
        "Post/Aus Häusern",
    )
    opened = open_session(account)
    delimiter = opened._box.folder.list()[0].delim  # noqa: SLF001
    named = f"Post{delimiter}Aus Häusern"
    for _ in range(2):
        assert make_sent_folder(account, named) == named
    assert named in {folder.name for folder in opened.folders()}
    assert check(account, sent=named).failed == ""
    opened.close()


def test_the_check_says_what_failed(account):
    assert "says no to the folder Nowhere" in check(account, ["Nowhere"])[1]
    assert "does not let" in check(replace(account, password="another"))[1]
    assert "is in a private network" in check(replace(account, anywhere=False))[1]
    assert "does not speak TLS" in check(replace(account, security="tls"))[1]
    assert "cannot be trusted" in check(replace(account, security="starttls"))[1]
    assert "cannot be reached" in check(replace(account, port=1))[1]


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_it_signs_in_over_tls(account, dovecot, trusted, security):
    port = dovecot.secure_port if security == "tls" else dovecot.port
    went_well, *_ = check(replace(account, host="localhost", security=security, port=port))
    assert "TLS: localhost proves who it is." in went_well
    assert f"{ALEX} is signed in." in went_well


def test_a_token_signs_in_and_a_stale_one_is_said(account, dovecot):
    by_token = replace(account, password="", token_command=f"echo {dovecot.token(ALEX)}")
    opened = open_session(by_token)
    assert opened.look_into("INBOX") > 0
    opened.close()
    stale = replace(by_token, token_command=f"echo {dovecot.token(ALEX, lasts=-60)}")
    anothers = replace(by_token, username="robin.vale@mail.example")
    for refused in (stale, anothers):
        assert f"does not let {refused.username} sign in" in check(refused)[1]
    assert "The command for the token failed" in check(replace(by_token, token_command="false"))[1]


def test_a_folder_named_in_any_letters_is_opened(account):
    opened = open_session(account)
    name = 'Grüße "& mehr" \\ 郵便'
    opened.make(name)
    assert name in {folder.name for folder in opened.folders()}
    assert opened.look_into(name) > 0
    opened.close()


def test_a_no_leaves_the_connection_usable(account):
    opened = open_session(account)
    with pytest.raises(Refused, match="says no to the folder Nowhere"):
        opened.look_into("Nowhere")
    assert opened.look_into("INBOX") > 0
    opened.close()


@pytest.mark.parametrize(
    "fetched",
    [
        b"* 1 FETCH (UID 1 BODY[HEADER] {2000000000}\r\nFrom: x",
        b"* 1 FETCH (UID 1 BODY[HEADER] {99999999999999999999}\r\nFrom: x",
        b"* 1 FETCH (UID 1 BODY[HEADER] {" + b"9" * 5000 + b"}\r\nFrom: x",
    ],
)
def test_a_literal_that_says_it_is_endless_is_not_begun(fetched):
    with (
        scripted(EXAMINED, FOUND, fetched, for_ever=b"x" * 65536) as account,
        pytest.raises(Unreachable, match=r"far more than it was asked for|does not answer as a mail server"),
    ):
        read(account)


@pytest.mark.parametrize(
    "babble", [b"x" * 65536, b"* 1 EXISTS\r\n" * 5000, b"* 1 FETCH (UID 1)\r\n" * 5000, b"+ \r\n" * 9999]
)
def test_a_server_that_never_ends_is_left(babble):
    far_more = pytest.raises(Unreachable, match="far more than it was asked for")
    with scripted(EXAMINED, FOUND, for_ever=babble) as account, far_more:
        read(account)


@pytest.mark.parametrize(
    "fetched",
    [
        b"* 1 FETCH (UID 1 BODY[HEADER] {3}\r\nFrom: dana.lee@initech.example\r\n\r\n)\r\n{tag} OK done\r\n",
        b"\xff\xfe\x00 garbage\r\n",
        b"HTTP/1.1 200 OK\r\n\r\n",
        b"* 1 FETCH (UID 1 BODY[HEADER] {300}\r\nFrom: x",
        b"",
        b"* BYE too many connections\r\n",
        b"{tag} BAD what?\r\n",
    ],
)
def test_a_server_that_lies_about_sizes_or_talks_nonsense_ends_in_a_sentence(fetched):
    with scripted(EXAMINED, FOUND, fetched) as account, pytest.raises(Unreachable) as left:
        read(account)
    assert "127.0.0.1" in left.value.sentence
    assert "Error" not in left.value.sentence


def test_a_server_that_says_no_to_reading_ends_in_its_words():
    with (
        scripted(EXAMINED, FOUND, b"{tag} NO [LIMIT] not so fast\r\n") as account,
        pytest.raises(Refused, match="not so fast"),
    ):
        read(account)


@pytest.mark.parametrize(
    "greeting",
    [b"HTTP/1.1 400 Bad\r\n", b"* BYE go away\r\n", b"220 smtp\r\n", b"\x00\x01\x02\r\n", b"* PREAUTH\r\n"],
)
def test_a_host_that_does_not_greet_as_a_mail_server_does_is_named(greeting):
    with scripted(greeting=greeting) as account:
        went_well, failed, _ = check(account)
    assert went_well[0].endswith("answers on port " + str(account.port) + ".")
    assert "127.0.0.1" in failed


def test_a_server_that_trickles_is_left_in_time(monkeypatch):
    monkeypatch.setattr(session, "STEP_SECONDS", 1)
    began = time.monotonic()
    with scripted(EXAMINED, for_ever=b"* 1 EXISTS\r\n", gap=0.2) as account, pytest.raises(Unreachable):
        read(account)
    assert time.monotonic() - began < 5


def test_a_server_that_says_nothing_is_left_in_time():
    began = time.monotonic()
    with (
        scripted(EXAMINED, for_ever=b"") as account,
        pytest.raises(Unreachable, match=r"stopped answering|broke"),
    ):
        read(account)
    assert time.monotonic() - began < 5


def test_a_number_that_cannot_be_one_ends_in_a_sentence():
    absurd = EXAMINED.replace(b"UIDVALIDITY 7", b"UIDVALIDITY 99999999999999999999")
    with (
        scripted(absurd, FOUND) as account,
        pytest.raises(Unreachable, match="does not answer as a mail server"),
    ):
        read(account)


def test_a_large_mail_is_filed(account):
    opened = open_session(account)
    large = b"Message-ID: <large@mail.example>\r\n\r\n" + (b"y" * 70 + b"\r\n") * 400_000
    opened.file("INBOX", large, datetime(2026, 11, 20, 13, tzinfo=UTC))
    assert opened.has("INBOX", "<large@mail.example>")
    (uid,) = opened.uids(0, SINCE)
    assert opened.text(uid) == large[: session.TEXT_BYTES]
    opened.close()


def test_mails_that_were_not_asked_for_are_not_taken():
    other = b"* 9 FETCH (UID 9 BODY[HEADER] {4}\r\nFrom)\r\n"
    ours = b"* 1 FETCH (BODY[HEADER] {2}\r\nHi UID 1)\r\n{tag} OK done\r\n"
    with scripted(EXAMINED, FOUND, other + ours, b"{tag} OK done\r\n") as account:
        headers, text = read(account)
    assert [(told.uid, told.octets) for told in headers] == [(1, b"Hi")]
    assert text == b""


def test_secrets_are_neither_printed_nor_kept(account):
    assert PASSWORD not in repr(account)
    opened = open_session(replace(account, username=ALEX))
    kept = repr(vars(opened._client))  # noqa: SLF001  where imaplib keeps its last commands
    opened.close()
    assert PASSWORD not in kept
    assert b64encode(f"\0{ALEX}\0{PASSWORD}".encode()).decode() not in kept
