"""A form as a browser sends it, with some of its fields said anew; and what is said in answer."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from django.contrib.messages import get_messages


class _Reader(HTMLParser):
    """Collects the fields of every form of a page, in the form's own order."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self._select = self._area = ""
        self._wanted = ""
        self._chosen: str | None = None
        self._in = False

    def read(self, page: str, marker: str) -> dict[str, list[str]]:
        self._wanted = marker
        self.feed(page)
        return self.fields

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._in = self._wanted in held.get("class", "").split()
        if not self._in:
            return
        name, kind = held.get("name", ""), held.get("type", "text")
        if (
            tag == "input"
            and name
            and kind != "file"
            and (kind not in {"checkbox", "radio"} or "checked" in held)
        ):
            self.fields.setdefault(name, []).append(
                held.get("value", "" if kind not in {"checkbox", "radio"} else "on")
            )
        elif tag == "select":
            self._select, self._chosen = name, None
        elif tag == "option" and self._select and (self._chosen is None or "selected" in held):
            self._chosen = held.get("value", "")
        elif tag == "textarea":
            self._area = name
            self.fields[name] = [""]

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields[self._area][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self._select:
            self.fields[self._select] = [self._chosen or ""]
            self._select = ""
        elif tag == "textarea" and self._area:
            text = self.fields[self._area][0].removeprefix("\n")
            self.fields[self._area] = ["\r\n".join(text.splitlines())]
            self._area = ""
        elif tag == "form":
            self._in = False


def filled_in(client: Any, address: str, of: str = "card-form", **said: Any) -> dict[str, Any]:
    """Give what a browser would send from the form of a class on a page; `said` are fields by name, `_` for `-`."""
    fields: dict[str, Any] = dict(_Reader().read(client.get(address).content.decode(), of))
    fields.pop("csrfmiddlewaretoken", None)
    return fields | {name.replace("__", "-"): value for name, value in said.items()}


def said(answer: Any) -> str:
    """Give what a page that was followed to says in answer to a verb."""
    return " ".join(str(message) for message in answer.context["messages"])


def undo_in(answer: Any) -> str:
    """Give where the Undo leads of what a verb has just said; "" where it offers none."""
    *_, latest = get_messages(answer.wsgi_request)
    return latest.extra_tags
