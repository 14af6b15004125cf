"""The SMTP server of the tests is a real one, and misbehaves when it is told to."""

from __future__ import annotations

import smtplib
import time
from base64 import b64encode
from email.message import EmailMessage

import pytest

from tests.servers.smtp import CONTENT, GREETING, HangUp, SmtpServer, Stall

ALEX, DANA = "alex.morgan@mail.example", "dana.lee@initech.example"


def thank_you():
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = ALEX, DANA, "Thank you, Dana"
    message.set_content("It was good to meet you.\n.\nAlex\n")
    return message


def connected(server, timeout=5):
    return smtplib.SMTP(server.hostname, server.port, timeout=timeout)


def test_it_keeps_what_it_accepted(smtp_server):
    with connected(smtp_server) as client:
        client.send_message(thank_you())
    (kept,) = smtp_server.received
    assert (kept.sender, kept.recipients) == (ALEX, [DANA])
    assert (kept.signed_in_as, kept.over_tls) == (None, False)
    assert kept.message["Subject"] == "Thank you, Dana"
    assert kept.message.get_content() == "It was good to meet you.\r\n.\r\nAlex\r\n"


def test_it_asks_for_starttls(smtp_server, certificate):
    smtp_server.requires_tls = True
    with connected(smtp_server) as client:
        with pytest.raises(smtplib.SMTPResponseException, match="STARTTLS"):
            client.send_message(thank_you())
        client.starttls(context=certificate.trusted())
        client.send_message(thank_you())
    assert [kept.over_tls for kept in smtp_server.received] == [True]


def test_it_speaks_tls_at_once(certificate):
    trusted = certificate.trusted()
    with SmtpServer(certificate, tls_at_once=True) as server:
        server.users[ALEX] = "secret"
        with smtplib.SMTP_SSL(server.hostname, server.port, timeout=5, context=trusted) as client:
            client.login(ALEX, "secret")
            client.send_message(thank_you())
        assert [kept.over_tls for kept in server.received] == [True]


@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN"])
def test_it_asks_for_a_name_and_password(smtp_server, mechanism):
    smtp_server.users[ALEX] = "secret"
    smtp_server.mechanisms = frozenset({mechanism})
    with connected(smtp_server) as client:
        with pytest.raises(smtplib.SMTPSenderRefused, match="530"):
            client.send_message(thank_you())
        with pytest.raises(smtplib.SMTPAuthenticationError):
            client.login(ALEX, "guess")
        client.login(ALEX, "secret")
        client.send_message(thank_you())
    assert [(kept.signed_in_as, kept.mechanism) for kept in smtp_server.received] == [(ALEX, mechanism)]


def test_it_lets_somebody_in_by_a_token(smtp_server):
    smtp_server.users[ALEX] = "token"

    def said(token):
        return b64encode(f"user={ALEX}\1auth=Bearer {token}\1\1".encode()).decode()

    with connected(smtp_server) as client:
        client.ehlo()
        assert "XOAUTH2" in client.esmtp_features["auth"].split()
        assert client.docmd("AUTH", f"XOAUTH2 {said('stale')}")[0] == 334
        assert client.docmd("")[0] == 535
        assert client.docmd("AUTH", "XOAUTH2")[0] == 334
        assert client.docmd(said("token"))[0] == 235
        client.send_message(thank_you())
    assert [kept.mechanism for kept in smtp_server.received] == ["XOAUTH2"]


MOMENTS = [GREETING, "EHLO", "MAIL", "RCPT", "DATA", CONTENT]


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("answer", ["451 4.3.0 Later", "554 5.7.1 Never"])
def test_it_refuses_once_where_it_is_told_to(smtp_server, moment, answer):
    smtp_server.when(moment, answer)
    smtp_server.when("HELO", answer)
    with pytest.raises(smtplib.SMTPException) as raised, connected(smtp_server) as client:
        client.send_message(thank_you())
    told = raised.value.recipients[DANA] if moment == "RCPT" else raised.value.args
    assert told[0] == int(answer[:3])
    assert smtp_server.received == []
    with connected(smtp_server) as client:
        client.send_message(thank_you())
    assert len(smtp_server.received) == 1


@pytest.mark.parametrize("moment", MOMENTS)
def test_it_babbles_where_it_is_told_to(smtp_server, moment):
    smtp_server.when(moment, b"\xff\xfe?")
    with pytest.raises(smtplib.SMTPException), connected(smtp_server) as client:
        client.send_message(thank_you())
    assert smtp_server.received == []


@pytest.mark.parametrize("moment", MOMENTS)
def test_it_hangs_up_where_it_is_told_to(smtp_server, moment):
    smtp_server.when(moment, HangUp())
    with pytest.raises((smtplib.SMTPServerDisconnected, OSError)), connected(smtp_server) as client:
        client.send_message(thank_you())
    assert smtp_server.received == []


def test_it_hangs_up_amid_a_message(smtp_server):
    smtp_server.when("DATA", HangUp(saying="354 Go on"))
    long = thank_you()
    long.set_content("Paper lasts.\n" * 100_000)
    with pytest.raises((smtplib.SMTPServerDisconnected, OSError)), connected(smtp_server) as client:
        client.send_message(long)
    assert smtp_server.received == []


def test_it_stalls(smtp_server):
    smtp_server.when("MAIL", None, Stall(30))
    with connected(smtp_server) as client:
        client.send_message(thank_you())
    began = time.monotonic()
    with pytest.raises(OSError, match="timed out"), connected(smtp_server, timeout=0.2) as client:
        client.send_message(thank_you())
    assert time.monotonic() - began < 5
    assert len(smtp_server.received) == 1
