"""`rapport serve`: the web app, on this laptop or behind a server's proxy."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import webbrowser
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.checks import Tags, run_checks
from django.db import connections
from django.utils import timezone
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from rapport.accounts.models import Member
from rapport.cli.database import prepare_database
from rapport.cli.sign_in import DEFAULT_PORT, LOOPBACK, new_link, port_number
from rapport.worker.loop import PATIENCE

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator

THREADS = 8
"""Pages answered at once; each thread keeps one connection to the database."""


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the options of `rapport serve`."""
    parser.add_argument(
        "--port", type=port_number, default=DEFAULT_PORT, help="where to listen (default: %(default)s)"
    )
    parser.add_argument("--no-browser", action="store_true", help="print the sign-in link only, open nothing")
    parser.add_argument(
        "--address",
        default=LOOPBACK,
        help="where to listen for a server's proxy; a laptop stays on %(default)s",
    )


def run(arguments: Namespace) -> int:
    """Serve until Ctrl-C. Gives 0, or 1 after a sentence on stderr, or 2 for wrong use."""
    return serve(port=arguments.port, browser=not arguments.no_browser, address=arguments.address)


def serve(*, port: int, browser: bool, address: str = LOOPBACK) -> int:
    """Migrate, say how to sign in, and answer pages until Ctrl-C."""
    if settings.LAPTOP and address != LOOPBACK:
        sys.stderr.write(
            "A laptop's Rapport has no passwords and listens on 127.0.0.1 only. Set RAPPORT_HOSTS first.\n"
        )
        return 2
    amiss = [check for check in run_checks(tags=[Tags.security]) if check.is_serious()]
    if amiss:
        sys.stderr.writelines(f"{check.msg} {check.hint}\n" for check in amiss)
        return 2
    problem = _why_not(address, port)
    if problem:
        sys.stderr.write(problem + "\n")
        return 1
    prepare_database()
    os.environ["RAPPORT_PORT"] = str(port)  # for the links that the processes of this command write
    server = Granian(
        "rapport.config.wsgi:application",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=THREADS,
        websockets=False,
        workers_kill_timeout=5,
        log_level=LogLevels.error,  # it warns of more threads than cores; ours mostly wait for the disk
    )
    server.on_startup(lambda: _greet(port, browser=browser))
    with _worker_beside() if settings.LAPTOP else nullcontext():
        server.serve()
    sys.stdout.write("\nRapport has stopped.\n")
    return 0


@contextmanager
def _worker_beside() -> Iterator[None]:
    """Run the worker while the pages are served. It ends with us however we end: our end of its input closes."""
    worker = subprocess.Popen(
        [sys.executable, "-m", "rapport", "worker", "--with-parent"],
        stdin=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        yield
    finally:
        if worker.stdin:
            worker.stdin.close()
        try:
            worker.wait(PATIENCE + 5)
        except subprocess.TimeoutExpired:
            worker.kill()


def _why_not(address: str, port: int) -> str:
    """Say why nobody can listen there, or give nothing.

    The server itself would share a port that is in use (SO_REUSEPORT), and pages would come from either.
    """
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as trial:
        # A server that just stopped is no obstacle.
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((address, port))
        except OSError as error:
            if settings.LAPTOP:
                return (
                    f"Port {port} is in use ({error.strerror}), perhaps by a Rapport that runs already: "
                    "`rapport sign-in` prints a new link for it. "
                    f"Or choose another: rapport serve --port {port + 1}"
                )
            return f"Cannot listen on {address} port {port}: {error.strerror}. Choose another one."
    return ""


def _greet(port: int, *, browser: bool) -> None:
    """Say where Rapport is, once it listens."""
    if settings.LAPTOP:
        member = Member.objects.of_this_laptop()
        sys.stdout.write(
            "\nRapport is open on this computer. Sign in with this link; it works once, for an hour:\n\n"
            f"    {new_link(member, port, at=timezone.now())}\n\n"
            "Ctrl-C stops it. For another link: rapport sign-in\n"
        )
        if browser and _has_a_screen():
            # A link of its own: the printed one stays good for another browser.
            webbrowser.open(new_link(member, port, at=timezone.now()))
    else:
        sys.stdout.write(f"Rapport serves {', '.join(settings.HOSTS)}. Ctrl-C stops it.\n")
    sys.stdout.flush()
    connections.close_all()  # the pages are answered by another process


def _has_a_screen() -> bool:
    """Tell whether somebody sits there with a graphical browser; a text browser would take the terminal."""
    graphical = sys.platform != "linux" or "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
    return graphical and sys.stdout.isatty()
