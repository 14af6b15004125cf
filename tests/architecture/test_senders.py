"""Mail is written in two places: a member's own note, and what Rapport itself sends, which asks the address first."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2] / "rapport"
WRITERS = {"correspondence/message.py", "notifications/mail.py"}
CONNECTORS = {"worker/sending.py", "worker/daily.py", "cli/doctor.py"}
"""The worker sends notes and letters of those two; the doctor signs in and sends nothing."""


def callers_of(name: str) -> set[str]:
    """Give the modules that call a function or class of a name."""
    found = set()
    for file in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            called = getattr(node, "func", None)
            if isinstance(node, ast.Call) and name in {
                getattr(called, "id", ""),
                getattr(called, "attr", ""),
            }:
                found.add(file.relative_to(ROOT).as_posix())
    return found


def test_whoever_writes_mail_is_known():
    assert callers_of("EmailMessage") == WRITERS
    assert callers_of("send_mail") | callers_of("mail_admins") | callers_of("EmailMultiAlternatives") == set()


def importers_of_smtp_sessions() -> set[str]:
    """Give the modules that can open a session to send by; the one for reading mail has the same name."""
    found = set()
    for file in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "rapport.gateways.smtp":
                names = {alias.name for alias in node.names}
                found |= {file.relative_to(ROOT).as_posix()} if "open_session" in names else set()
    return found


def test_whoever_opens_a_session_to_send_is_known():
    assert importers_of_smtp_sessions() == CONNECTORS


def test_what_rapport_itself_sends_asks_the_address_first():
    tree = ast.parse((ROOT / "notifications/mail.py").read_text(encoding="utf-8"))
    (write,) = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "write"]
    lines = {
        getattr(call.func, "id", ""): call.lineno for call in ast.walk(write) if isinstance(call, ast.Call)
    }
    assert lines["_ask"] < lines["EmailMessage"]
