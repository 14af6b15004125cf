"""Folders of a mail account, and which of them holds what was sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

USUAL = "Sent"
"""What a folder of sent mail is called by most."""

USUAL_SENT = frozenset((
    "sent", "sent items", "sent mail", "sent messages", "outbox.sent",
    "gesendet", "gesendete elemente", "gesendete objekte", "gesendete nachrichten",
    "envoyés", "éléments envoyés", "messages envoyés", "courrier envoyé",
    "enviados", "elementos enviados", "mensajes enviados", "correo enviado", "itens enviados", "e-mails enviados",
    "inviata", "inviati", "posta inviata", "elementi inviati",
    "verzonden", "verzonden items", "verzonden berichten",
    "skickat", "skickade objekt", "sendt", "sendte elementer", "sendt post", "lähetetyt",
    "wysłane", "elementy wysłane", "odeslaná pošta", "odoslaná pošta", "отправленные", "gönderilmiş öğeler",
    "送信済み", "送信済みアイテム", "已发送", "已发送邮件", "보낸 편지함",
))  # fmt: skip
"""What mail programs and providers call the folder of sent mail, in lower case; not RFC 6154, which marks it."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder by its full name; `last_word` is its own name in lower case, without the folders it is in."""

    name: str
    last_word: str
    is_sent: bool
    holds_mail: bool

    @classmethod
    def of(cls, name: str, delimiter: str, flags: Iterable[str]) -> Folder:
        """Give a folder as LIST tells of it (RFC 3501, 7.2.2; RFC 6154, 2)."""
        marks = {flag.lower() for flag in flags}
        last = name.rpartition(delimiter)[2] if delimiter and delimiter != "NIL" else name
        return cls(name, last.lower(), "\\sent" in marks, not marks & {"\\noselect", "\\nonexistent"})
