"""Cards at addresses on the web, fetched politely, and never from this server's own network.

An address is a stranger's word: a name that resolves to a neighbour, a redirect to one, a server that never ends.
So the name is resolved here, every address checked, and the one that was checked is connected to; each redirect is
looked at anew; and everything together has a limit of time and of size.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import httpx

from rapport.gateways.account import tls, why_not_connected
from rapport.gateways.places import is_public
from rapport.gateways.reach import Unreachable, resolved
from rapport.gateways.watch import Watch

LONGEST_ADDRESS = 500
_KINDS = "text/vcard, text/x-vcard, text/directory;q=0.9, */*;q=0.1"
_BEGIN = b"BEGIN:VCARD"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_LATER = timedelta(days=30)
"""However long a server wants to be left alone, it is asked again within a month."""


@dataclass(frozen=True, slots=True)
class Way:
    """How cards are fetched: limits in seconds, bytes and redirects, and what may be connected to."""

    resolve: Callable[[str, int], Sequence[str]] = resolved
    may: Callable[[str], bool] = is_public
    ports: frozenset[int] = frozenset({443})
    trusts: Callable[[], ssl.SSLContext] = tls
    altogether: float = 10
    most: int = 5 << 20
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Seen:
    """What a server said last to recognise its card by (RFC 9110, 8.8), in its own words."""

    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came; `octets` is None when the card is as it was."""

    octets: bytes | None
    seen: Seen = field(default_factory=Seen)


class NotFetched(Exception):
    """No card came; carries the sentence for the member.

    `is_gone`: there is none at this address (404, 410). `wait`: how long the server wants to be left alone.
    """

    def __init__(self, sentence: str, *, is_gone: bool = False, wait: timedelta | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.is_gone = is_gone
        self.wait = wait


def checked(address: str, ports: frozenset[int] = frozenset({443})) -> httpx.URL:
    """Give an address as it is asked for, without its fragment; NotFetched when it is none that is fetched."""
    try:
        url = httpx.URL(address.strip()).copy_with(fragment=None)
        port = url.port or 443
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise NotFetched(
            "This is no address on the web. It looks like https://cards.example/dana.vcf."
        ) from error
    if url.scheme != "https" or not url.host:
        raise NotFetched("Only addresses that begin with https:// are fetched.")
    if url.userinfo:
        raise NotFetched(
            "An address with a name or a password in it is not fetched. Leave out what stands before the @."
        )
    if port not in ports:
        raise NotFetched(f"Port {port} is not asked for cards. Leave the port out.")
    if len(str(url)) > LONGEST_ADDRESS:
        raise NotFetched(f"This address is longer than {LONGEST_ADDRESS} letters.")
    return url


def fetch(address: str, seen: Seen, way: Way, *, at: datetime) -> Fetched:
    """Fetch the card at an address, unless it is as it was `seen`; raises NotFetched.

    `at` is now, for servers that name the day until which they want to be left alone.
    """
    ends = time.monotonic() + way.altogether
    url = checked(address, way.ports)
    for _ in range(way.redirects + 1):
        answer = _asked(url, seen, way, ends, at)
        if isinstance(answer, Fetched):
            return answer
        url = checked(str(answer), way.ports)
    raise NotFetched(
        f"{url.host} was reached by more than {way.redirects} redirects, and was not followed further."
    )


def _asked(url: httpx.URL, seen: Seen, way: Way, ends: float, at: datetime) -> Fetched | httpx.URL:
    """Ask one host; give what came, or where it points to."""
    places = _places(url, way, ends)
    for place in places[:-1]:
        with suppress(httpx.ConnectError, httpx.ConnectTimeout):
            return _asked_at(place, url, seen, way, ends, at)
    try:
        return _asked_at(places[-1], url, seen, way, ends, at)
    except httpx.ConnectTimeout as error:
        raise _slow(url, way) from error
    except httpx.ConnectError as error:
        raise NotFetched(_why_not_connected(url.host, error)) from error


def _places(url: httpx.URL, way: Way, ends: float) -> list[str]:
    """Give the addresses of a host that may be connected to; never none."""
    looking = ThreadPoolExecutor(1)
    try:
        found = looking.submit(way.resolve, url.host, url.port or 443).result(_left(ends))
    except TookTooLong as error:
        raise _slow(url, way) from error
    except Unreachable as error:
        raise NotFetched(error.sentence) from error
    finally:
        looking.shutdown(wait=False)
    may = [place for place in found if way.may(place)]
    if not may:
        raise NotFetched(f"{url.host} is not on the public internet, and nothing is fetched from there.")
    return may


def _asked_at(
    place: str, url: httpx.URL, seen: Seen, way: Way, ends: float, at: datetime
) -> Fetched | httpx.URL:
    """Ask the host at one address, which was checked: the name is not looked up again."""
    headers = {
        "Host": url.netloc.decode("ascii"),
        "Accept": _KINDS,
        "Accept-Encoding": "identity",
        "User-Agent": "Rapport (address book; asks once a day)",
        "If-None-Match": seen.etag,
        "If-Modified-Since": seen.modified,
    }
    watch = Watch(_left(ends))
    try:
        with (
            watch.running(),
            httpx.Client(verify=way.trusts(), trust_env=False, timeout=_left(ends)) as client,
            client.stream(
                "GET",
                url.copy_with(host=place),
                headers={name: said for name, said in headers.items() if said},
                extensions={"sni_hostname": url.host, "trace": watch.trace},
                follow_redirects=False,
            ) as answer,
        ):
            found = _read(answer, url, seen, way, at)
    except (httpx.ConnectError, httpx.ConnectTimeout):
        if watch.is_over or time.monotonic() >= ends:
            raise _slow(url, way) from None
        raise
    except httpx.TransportError as error:
        if watch.is_over or isinstance(error, httpx.TimeoutException):
            raise _slow(url, way) from error
        raise NotFetched(f"{url.host} broke off, or answered what nobody can read.") from error
    if watch.is_over:  # cut off, which looks like an end where no length was told
        raise _slow(url, way)
    return found


def _read(answer: httpx.Response, url: httpx.URL, seen: Seen, way: Way, at: datetime) -> Fetched | httpx.URL:
    status = answer.status_code
    if status == HTTPStatus.NOT_MODIFIED:
        return Fetched(None, seen)
    if status in _REDIRECTS:
        try:
            return url.join(answer.headers["location"])
        except (KeyError, httpx.InvalidURL, ValueError) as error:
            raise NotFetched(f"{url.host} points somewhere else, but does not say where.") from error
    if status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
        raise NotFetched(
            f"There is no card at this address any more: {url.host} answered {status}.", is_gone=True
        )
    if status != HTTPStatus.OK:
        wait = _wait(answer.headers.get("retry-after", ""), at)
        raise NotFetched(f"{url.host} answered {status} instead of a card.", wait=wait)
    if answer.headers.get("content-encoding", "identity").lower() != "identity":
        raise NotFetched(f"{url.host} sends its card packed, though it was asked not to.")
    octets = _body(answer, url, way)
    if not octets.removeprefix(b"\xef\xbb\xbf").lstrip()[: len(_BEGIN)].upper() == _BEGIN:
        raise NotFetched(
            f"{url.host} answered with something else than a card. Is the address that of a .vcf file?"
        )
    return Fetched(octets, Seen(_kept(answer, "etag"), _kept(answer, "last-modified")))


def _body(answer: httpx.Response, url: httpx.URL, way: Way) -> bytes:
    held = bytearray()
    for piece in answer.iter_raw():
        held += piece
        if len(held) > way.most:
            raise NotFetched(
                f"The card at {url.host} is larger than {way.most >> 20} MB and was not read further."
            )
    return bytes(held)


def _kept(answer: httpx.Response, name: str) -> str:
    """Give a header to be sent back; one that is too long to be kept is as if it were not there."""
    said: str = answer.headers.get(name, "")
    return said if len(said) <= 200 and said.isascii() and said.isprintable() else ""  # noqa: PLR2004  the column


def _wait(said: str, at: datetime) -> timedelta | None:
    """Read Retry-After (RFC 9110, 10.2.3): seconds, or a day."""
    if said.isascii() and said.isdigit():
        return min(timedelta(seconds=int(said[:8])), _LATER)
    with suppress(ValueError, TypeError, OverflowError):
        return min(max(parsedate_to_datetime(said) - at, timedelta()), _LATER)
    return None


def _left(ends: float) -> float:
    """Give the seconds that are left; never none, so that what is too late ends at once, and by itself."""
    return max(ends - time.monotonic(), 0.01)


def _slow(url: httpx.URL, way: Way) -> NotFetched:
    return NotFetched(f"{url.host} took longer than {way.altogether:.0f} seconds, and was not waited for.")


def _why_not_connected(host: str, error: httpx.ConnectError) -> str:
    return why_not_connected(host, error, f"{host} cannot be reached. Is the address right?")
