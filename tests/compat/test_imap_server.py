"""The IMAP server of the tests is a real one."""

from __future__ import annotations

import imaplib

import pytest

MAIL = b"From: Dana Lee <dana.lee@initech.example>\r\nSubject: Thank you\r\n\r\nIt was good to meet you.\r\n"


@pytest.fixture
def alex_mailbox(dovecot):
    dovecot.add("alex.morgan@mail.example", "a long enough sentence")
    return "alex.morgan@mail.example", "a long enough sentence"


def plain(dovecot):
    return imaplib.IMAP4(dovecot.host, dovecot.port, timeout=10)


def starttls(dovecot):
    client = plain(dovecot)
    client.starttls(dovecot.trusted())
    return client


def tls_at_once(dovecot):
    return imaplib.IMAP4_SSL(dovecot.host, dovecot.secure_port, ssl_context=dovecot.trusted(), timeout=10)


@pytest.mark.parametrize("connected", [plain, starttls, tls_at_once])
def test_a_mail_that_is_put_into_a_mailbox_is_read_there(dovecot, alex_mailbox, connected):
    with connected(dovecot) as client:
        client.login(*alex_mailbox)
        assert client.select("INBOX") == ("OK", [b"0"])
        client.append("INBOX", None, None, MAIL)
        assert client.select("INBOX", readonly=True) == ("OK", [b"1"])
        found = client.uid("fetch", "1", "(BODY.PEEK[])")[1]
        assert found[0][1] == MAIL


@pytest.mark.parametrize("user", ["alex.morgan@mail.example", "nobody@mail.example"])
def test_a_wrong_name_or_password_reads_nothing(dovecot, alex_mailbox, user):
    with plain(dovecot) as client, pytest.raises(imaplib.IMAP4.error, match="AUTHENTICATIONFAILED"):
        client.login(user, "another sentence")


def test_each_has_a_mailbox_of_their_own(dovecot, alex_mailbox):
    robin_mailbox = ("robin.vale@mail.example", "another long sentence")
    with plain(dovecot) as client:
        client.login(*alex_mailbox)
        client.append("INBOX", None, None, MAIL)
    dovecot.add(*robin_mailbox)
    with plain(dovecot) as client:
        client.login(*robin_mailbox)
        assert client.select("INBOX") == ("OK", [b"0"])


def test_a_changed_password_holds_at_once_and_the_mailbox_is_empty(dovecot, alex_mailbox):
    with plain(dovecot) as client:
        client.login(*alex_mailbox)
        client.append("INBOX", None, None, MAIL)
    dovecot.add(alex_mailbox[0], "a later sentence")
    with plain(dovecot) as client, pytest.raises(imaplib.IMAP4.error, match="AUTHENTICATIONFAILED"):
        client.login(*alex_mailbox)
    with plain(dovecot) as client:
        client.login(alex_mailbox[0], "a later sentence")
        assert client.select("INBOX") == ("OK", [b"0"])
