"""Asking an OpenAI-compatible endpoint for words: one question, one answer as plain text, within limits."""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from threading import BoundedSemaphore

import httpx

from rapport.gateways.account import tls, why_not_connected
from rapport.gateways.reach import Unreachable, allowed
from rapport.gateways.watch import Watch

LONGEST = 64 << 10
"""Bytes of an answer, with all that is around its words; a note has a few thousand."""

_ASKING = BoundedSemaphore(2)
"""A page waits while an endpoint thinks; more of them at once would leave no thread for others' pages."""

_SAYS = {
    401: "does not accept the key. Type it again in Settings",
    403: "does not accept the key. Type it again in Settings",
    404: "has no chat completions at this address, or no such model. Look at both in Settings",
    413: "finds the question too long",
    429: "has no time for you now, or wants to be paid. Try again later",
}


class NoAnswer(Exception):
    """No words came; carries the sentence for the member."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Whom to ask. `anywhere`: private networks may be reached (a laptop). Times are in seconds."""

    url: str
    key: str = field(default="", repr=False)
    anywhere: bool = False
    to_connect: float = 20
    altogether: float = 60

    @property
    def host(self) -> str:
        """The host, for sentences."""
        return httpx.URL(self.url).host


def ask(endpoint: Endpoint, body: bytes) -> str:
    """Send `body`, the JSON of a chat completion, and give the words of the first choice, as they came.

    Only words are read: calls of tools, and whatever else an answer holds, are passed over. No redirect is
    followed. Raises NoAnswer.
    """
    if not _ASKING.acquire(blocking=False):
        raise NoAnswer("Others are asking at this moment. Try again in a minute.")
    try:
        return _ask(endpoint, body)
    finally:
        _ASKING.release()


def _ask(endpoint: Endpoint, body: bytes) -> str:
    try:
        url = httpx.URL(f"{endpoint.url}/chat/completions")
        port = url.port or {"https": 443, "http": 80}[url.scheme]
        places = [place for _, (place, _) in allowed(url.host, port, anywhere=endpoint.anywhere)]
    except (Unreachable, httpx.InvalidURL, KeyError) as error:
        raise NoAnswer(str(error)) from error
    if url.scheme == "http" and not all(ipaddress.ip_address(place).is_loopback for place in places):
        raise NoAnswer(
            f"{url.host} is not on this computer, and without https others could read along. Write https in Settings."
        )
    for place in places[:-1]:
        with suppress(httpx.ConnectError, httpx.ConnectTimeout):
            return _asked_at(place, url, endpoint, body)
    try:
        return _asked_at(places[-1], url, endpoint, body)
    except httpx.ConnectTimeout as error:
        raise NoAnswer(f"{url.host} does not answer within {endpoint.to_connect:.0f} seconds.") from error
    except httpx.ConnectError as error:
        raise NoAnswer(_why_not_connected(url.host, error)) from error


def _asked_at(place: str, url: httpx.URL, endpoint: Endpoint, body: bytes) -> str:
    """Ask the host at one address, which was checked: the name is not looked up again."""
    headers = {
        "Host": url.netloc.decode("ascii"),
        "Content-Type": "application/json",
        "Accept": "text/event-stream, application/json",
        "Accept-Encoding": "identity",
        "User-Agent": "Rapport",
    }
    if endpoint.key:
        headers["Authorization"] = f"Bearer {endpoint.key}"
    watch = Watch(endpoint.altogether)
    timeout = httpx.Timeout(endpoint.altogether, connect=endpoint.to_connect)
    extensions = {"sni_hostname": url.host, "trace": watch.trace}
    try:
        with (
            watch.running(),
            httpx.Client(verify=tls(), trust_env=False, timeout=timeout, follow_redirects=False) as client,
            client.stream(
                "POST", url.copy_with(host=place), content=body, headers=headers, extensions=extensions
            ) as answer,
        ):
            return _words(url.host, answer)
    except (httpx.TransportError, NoAnswer) as error:
        if watch.is_over or isinstance(error, httpx.ReadTimeout | httpx.WriteTimeout):
            raise NoAnswer(
                f"{url.host} took longer than {endpoint.altogether:.0f} seconds, and was not waited for."
            ) from error
        if isinstance(error, NoAnswer):
            raise
        if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
            raise
        raise NoAnswer(f"{url.host} broke off, or does not speak HTTP.") from error


def _words(host: str, answer: httpx.Response) -> str:
    if answer.is_redirect:
        raise NoAnswer(f"{host} points to another address, and Rapport does not follow. Is yours right?")
    if answer.status_code != httpx.codes.OK:
        says = _SAYS.get(answer.status_code, "could not answer. Try again later")
        raise NoAnswer(f"{host} answered {answer.status_code}: it {says}.")
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in {"text/event-stream", "application/json"} or "content-encoding" in answer.headers:
        raise NoAnswer(f"{host} answered with something else than words. Is the address right?")
    try:
        said = _read(host, answer).decode("utf-8")
        words = "".join(_streamed(said)) if kind == "text/event-stream" else _content(said, "message")
    except EOFError as error:
        raise NoAnswer(f"{host} broke off before its words had ended.") from error
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise NoAnswer(f"{host} answered what nobody can read. Is the address right?") from error
    if not words.strip():
        raise NoAnswer(f"{host} answered without any words.")
    return words


def _read(host: str, answer: httpx.Response) -> bytes:
    held = bytearray()
    for piece in answer.iter_raw():
        held += piece
        if len(held) > LONGEST:
            raise NoAnswer(f"{host} answered more than anybody reads, and was not listened to further.")
        if held.endswith((b"data: [DONE]\n\n", b"data: [DONE]\r\n\r\n")):
            break
    return bytes(held)


def _streamed(said: str) -> Iterator[str]:
    """The words of an event stream, piece by piece (WHATWG HTML, 9.2.6); EOFError when its end did not come."""
    has_ended = False
    for line in said.splitlines():
        name, colon, value = line.partition(":")
        if name == "data" and colon and value.strip() == "[DONE]":
            return
        if name == "data" and colon:
            yield _content(value, "delta")
            has_ended |= '"finish_reason"' in value and _is_last(value)
        elif name not in {"", "event", "id", "retry"}:
            raise ValueError(f"no line of an event stream: {name[:20]}")
    if not has_ended:
        raise EOFError


def _is_last(said: str) -> bool:
    """Whether a piece says that the words end here, for endpoints that say nothing after them."""
    choices = json.loads(said)["choices"]
    return bool(choices and choices[0].get("finish_reason"))


def _content(said: str, part: str) -> str:
    """The words of the first choice; none in a piece that only says who speaks, or counts what it costs."""
    choices = json.loads(said)["choices"]
    words = choices[0][part].get("content") if choices else ""
    if not isinstance(words, str | None):
        raise TypeError("words are text")
    return words or ""


def _why_not_connected(host: str, error: httpx.ConnectError) -> str:
    return why_not_connected(
        host, error, f"{host} cannot be reached: is the address right, and does anything run there?"
    )
