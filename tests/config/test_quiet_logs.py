"""The log says what broke and where, and nothing that somebody wrote."""

from __future__ import annotations

import logging
import sys
from types import SimpleNamespace

from rapport.config.quiet_logs import QuietFormatter


def record_of_a_failure():
    try:
        int("Dana Lee said something in confidence")
    except ValueError:
        return logging.LogRecord(
            "django.request",
            logging.ERROR,
            __file__,
            1,
            "%s: %s",
            ("Internal Server Error", "/sign-in/a-secret-token"),
            sys.exc_info(),
        )


def test_an_error_names_its_kind_and_place_but_not_its_words():
    record = record_of_a_failure()
    record.request = SimpleNamespace(
        method="GET", resolver_match=SimpleNamespace(route="sign-in/<str:token>")
    )
    record.status_code = 500
    said = QuietFormatter().format(record)
    assert "builtins.ValueError" in said
    assert "test_quiet_logs.py" in said
    assert "500 GET sign-in/<str:token>" in said
    assert "confidence" not in said
    assert "a-secret-token" not in said


def test_an_address_that_leads_nowhere_is_not_repeated():
    record = record_of_a_failure()
    record.request = SimpleNamespace(method="GET", resolver_match=None)
    assert "a-secret-token" not in QuietFormatter().format(record)


def test_a_plain_message_stays_as_it_is():
    record = logging.LogRecord("rapport", logging.WARNING, __file__, 1, "The disk is %s.", ("full",), None)
    assert QuietFormatter().format(record).endswith("WARNING rapport: The disk is full.")
