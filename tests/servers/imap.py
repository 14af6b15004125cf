"""Debian's Dovecot on loopback, thrown away afterwards: a mailbox as a provider has it."""

from __future__ import annotations

import base64
import hmac
import json
import os
import shutil
import ssl
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SERVICES = Path(__file__).parents[2] / "scripts" / "services"


@dataclass(frozen=True)
class Dovecot:
    """A running IMAP server: plain and STARTTLS at `port`, TLS from the first byte at `secure_port`."""

    folder: Path
    host: str
    port: int
    secure_port: int

    @property
    def certificate(self) -> Path:
        """What a client has to trust, for `localhost` and 127.0.0.1."""
        return self.folder / "certificate.pem"

    def add(self, user: str, password: str) -> None:
        """Let somebody sign in, to a mailbox that is empty."""
        shutil.rmtree(self.folder / "mail" / user, ignore_errors=True)
        says = self.folder / "users" / user
        line = f"{user}:{{PLAIN}}{password}\n"
        if says.exists() and says.read_text() != line:
            time.sleep(1)  # Dovecot looks at a file that it knows once a second at most
        says.write_text(line)

    def token(self, user: str, *, lasts: float = 3600) -> str:
        """Give an access token (RFC 7519, HS256) that lets a user in for so many seconds from now."""
        head = _base64(json.dumps({"alg": "HS256", "typ": "JWT"}).encode())
        says = _base64(json.dumps({"sub": user, "exp": int(time.time() + lasts)}).encode())
        key = base64.b64decode((self.folder / "keys/default/HS256/default").read_text())
        return f"{head}.{says}.{_base64(hmac.digest(key, f'{head}.{says}'.encode(), 'sha256'))}"

    def trusted(self) -> ssl.SSLContext:
        """Give what a client trusts it with, and nothing else."""
        return ssl.create_default_context(cafile=self.certificate)

    def log(self) -> str:
        """Give what it wrote down about sign-ins and mistakes."""
        return (self.folder / "log").read_text()


def _base64(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).decode().rstrip("=")


@contextmanager
def running() -> Iterator[Dovecot]:
    """Start one in a folder of its own, and stop it."""
    # Not in pytest's folder, which is closed to the user whom Dovecot runs as when the tests run as root.
    with tempfile.TemporaryDirectory(prefix="rapport-dovecot-") as folder:
        address = _services("dovecot", folder).split()
        try:
            yield Dovecot(Path(folder), address[0], *map(int, address[1:]))
        finally:
            _services("stop", folder)


def _services(*words: str) -> str:
    ours = os.environ | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    # Into a file: Dovecot keeps what it was started with open, and a pipe would never end.
    with tempfile.TemporaryFile("w+") as said:
        ended = subprocess.run(  # noqa: S603  our own script
            [SERVICES, *words], env=ours, stdout=said, stderr=subprocess.STDOUT, timeout=60, check=False
        )
        said.seek(0)
        assert ended.returncode == 0, said.read()
        return said.read()
