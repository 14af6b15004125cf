"""Mail is written in two places: a member's own note, and what Rapport itself sends, which asks the address first."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2] / "rapport"
WRITERS = {"correspondence/message.py", "notifications/mail.py"}
CONNECTORS = {"worker/sending.py", "worker/daily.py", "cli/doctor.py"}
"""The worker sends notes and letters of those two; the doctor signs in and sends nothing."""


def trees_with(word: str) -> Iterator[tuple[str, ast.Module]]:
    """Give the modules in whose text a word stands, by name."""
    for file in ROOT.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        if word in text:
            yield file.relative_to(ROOT).as_posix(), ast.parse(text)


def callers_of(name: str) -> set[str]:
    """Give the modules that call a function or class of a name."""
    return {
        module
        for module, tree in trees_with(name)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and name in {getattr(node.func, "id", ""), getattr(node.func, "attr", "")}
    }


def test_whoever_writes_mail_is_known():
    assert callers_of("EmailMessage") == WRITERS
    assert callers_of("send_mail") | callers_of("mail_admins") | callers_of("EmailMultiAlternatives") == set()


def importers_of_smtp_sessions() -> set[str]:
    """Give the modules that can open a session to send by; the one for reading mail has the same name."""
    return {
        module
        for module, tree in trees_with("rapport.gateways.smtp")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and node.module == "rapport.gateways.smtp"
        and "open_session" in {alias.name for alias in node.names}
    }


def test_whoever_opens_a_session_to_send_is_known():
    assert importers_of_smtp_sessions() == CONNECTORS


def test_what_rapport_itself_sends_asks_the_address_first():
    tree = ast.parse((ROOT / "notifications/mail.py").read_text(encoding="utf-8"))
    (write,) = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "write"]
    lines = {
        getattr(call.func, "id", ""): call.lineno for call in ast.walk(write) if isinstance(call, ast.Call)
    }
    assert lines["_ask"] < lines["EmailMessage"]
