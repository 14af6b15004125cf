"""Connections to hosts that a member names, so that nobody turns a server on its own network."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer

from rapport.gateways.places import is_public


class Unreachable(Exception):
    """A host cannot be reached; carries the sentence for the member."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def connect(host: str, port: int, *, timeout: float, anywhere: bool) -> socket.socket:
    """Give an open TCP connection; `timeout` in seconds for each address.

    Without `anywhere` (on a server with many members) only public addresses are connected to. The address that is
    checked is the one that is connected to, so a name that answers differently a moment later gains nothing.
    Raises Unreachable.
    """
    said = ""
    for family, address in allowed(host, port, anywhere=anywhere):
        try:
            return _open(family, address, timeout)
        except TimeoutError:
            said = f"{host} port {port} does not answer within {timeout:.0f} seconds. Is the port right?"
        except OSError as error:
            said = f"{host} port {port} cannot be reached: {(error.strerror or str(error)).lower()}."
    raise Unreachable(said)


def allowed(host: str, port: int, *, anywhere: bool) -> list[tuple[int, tuple[str, int]]]:
    """Give a host's addresses that may be connected to, each with its family; never none. Raises Unreachable."""
    found = _addresses(host, port)
    may = [one for one in found if anywhere or is_public(one[1][0])]
    if not may:
        raise Unreachable(
            f"{host} is in a private network, which this server does not connect to."
            if found
            else f"{host} has no address."
        )
    return may


def resolved(host: str, port: int) -> list[str]:
    """Give the IP addresses of a name, each once, in the order in which they are to be tried. Raises Unreachable."""
    return list(dict.fromkeys(place for _, (place, _) in _addresses(host, port)))


def _addresses(host: str, port: int) -> list[tuple[int, tuple[str, int]]]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unreachable(
            f"There is no host named {host}, or no network. Is the name spelled right?"
        ) from error
    return [(family, (str(address[0]), int(address[1]))) for family, _, _, _, address in found]


def _open(family: int, address: tuple[str, int], timeout: float) -> socket.socket:
    opened = socket.socket(family, socket.SOCK_STREAM)
    try:
        opened.settimeout(timeout)
        # What is said in several pieces, as a mail and its final dot, would else wait for the other side's late nod.
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        opened.connect(address)
    except OSError:
        opened.close()
        raise
    return opened


@contextmanager
def within(seconds: float, cut: Callable[[], None]) -> Iterator[None]:
    """Call `cut` when what is done takes longer altogether, whatever trickles in meanwhile.

    A timeout of a socket counts for each read alone: a byte now and then would hold it for ever.
    """
    watch = Timer(seconds, cut)
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()
