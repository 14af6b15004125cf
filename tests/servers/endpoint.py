"""A language model's endpoint on loopback: it keeps what it is asked, and answers what a test tells it to."""

from __future__ import annotations

import json
import ssl
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class Asked:
    """One question as it came over the wire."""

    path: str
    headers: dict[str, str]
    body: bytes


class EndpointServer:
    """Listens at a free port of 127.0.0.1 while it is entered; over TLS when it has a context."""

    def __init__(self, shown: ssl.SSLContext | None = None) -> None:
        self.asked: list[Asked] = []
        self.answer: Callable[[Talk], None] = streams("Thank you.")
        self.over = Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Talk)
        self._server.daemon_threads = True
        self._server.endpoint = self  # type: ignore[attr-defined]
        self._scheme = "https" if shown else "http"
        if shown:
            self._server.socket = shown.wrap_socket(self._server.socket, server_side=True)

    @property
    def port(self) -> int:
        return self._server.server_port

    @property
    def url(self) -> str:
        host = "localhost" if self._scheme == "https" else "127.0.0.1"
        return f"{self._scheme}://{host}:{self._server.server_port}/v1"

    def __enter__(self) -> Self:
        Thread(target=self._server.serve_forever, args=[0.05], daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self._server.shutdown()
        self._server.server_close()


class Talk(BaseHTTPRequestHandler):
    """What is said with one client."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers["Content-Length"])))

    def _answer(self, body: bytes) -> None:
        endpoint = self.server.endpoint  # type: ignore[attr-defined]
        endpoint.asked.append(Asked(self.path, dict(self.headers), body))
        self.close_connection = True
        with suppress(OSError):  # the client does not wait for everything
            endpoint.answer(self)

    def begin(self, status: int = 200, kind: str = "text/event-stream", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Connection", "close")
        self.end_headers()

    def say(self, said: str | bytes) -> None:
        self.wfile.write(said.encode() if isinstance(said, str) else said)
        self.wfile.flush()

    def wait(self, seconds: float) -> None:
        self.server.endpoint.over.wait(seconds)  # type: ignore[attr-defined]

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def piece(words: Any, **delta: Any) -> str:
    """Give one event of a stream."""
    said = {"choices": [{"index": 0, "delta": {"content": words, **delta}}]}
    return f"data: {json.dumps(said)}\n\n"


def streams(*words: str) -> Callable[[Talk], None]:
    """Answer as a model does, piece by piece."""

    def answer(talk: Talk) -> None:
        talk.begin()
        talk.say(piece(None, role="assistant"))
        for some in words:
            talk.say(piece(some))
        talk.say('data: {"choices": [], "usage": {"total_tokens": 9}}\n\ndata: [DONE]\n\n')

    return answer


def says(
    body: str | bytes, status: int = 200, kind: str = "application/json", **headers: str
) -> Callable[[Talk], None]:
    """Answer in one go."""

    def answer(talk: Talk) -> None:
        talk.begin(status, kind, **headers)
        talk.say(body)

    return answer
