"""What it takes to sign in to a mail server: host, security and a secret that is never printed."""

from __future__ import annotations

import ipaddress
import shlex
import socket
import ssl
import subprocess
from dataclasses import dataclass, field
from functools import lru_cache

from rapport.gateways.reach import Unreachable

_TOKEN_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Account:
    """One server as a member stated it. `security` is tls, starttls or none.

    `token_command`, when there is one, prints an OAuth 2.0 access token, used by XOAUTH2 in place of the password.
    `anywhere`: private networks may be reached (a laptop). `timeout` is in seconds, for each step.
    """

    host: str
    port: int
    security: str
    username: str
    password: str = field(default="", repr=False)
    token_command: str = field(default="", repr=False)
    anywhere: bool = False
    timeout: float = 30

    def token(self) -> str:
        """Run the command and give the token it prints; Unreachable with what it said when it fails."""
        try:
            done = subprocess.run(  # noqa: S603  the member's own command, on the member's own laptop
                shlex.split(self.token_command),
                capture_output=True,
                text=True,
                timeout=_TOKEN_SECONDS,
                check=False,
            )
        except (OSError, ValueError) as error:
            raise Unreachable(f"The command for the token cannot be run: {error}.") from error
        except subprocess.TimeoutExpired as error:
            raise Unreachable(
                f"The command for the token took longer than {_TOKEN_SECONDS} seconds."
            ) from error
        if done.returncode or not done.stdout.strip():
            said = (done.stderr.strip().splitlines() or ["it printed nothing"])[-1]
            raise Unreachable(f"The command for the token failed: {said}")
        return done.stdout.strip().splitlines()[-1]

    def xoauth2(self) -> str:
        """Give the first response of XOAUTH2, as Google's and Microsoft's documents have it (before base64)."""
        return f"user={self.username}\x01auth=Bearer {self.token()}\x01\x01"


def stays_here(connected: socket.socket, account: Account) -> None:
    """Refuse to send anything in the open, unless the server is on this very computer. Raises Unreachable."""
    if account.security == "none" and not ipaddress.ip_address(connected.getpeername()[0]).is_loopback:
        connected.close()
        raise Unreachable(
            f"{account.host} is not on this computer: choose TLS or STARTTLS, so that nobody reads along."
        )


@lru_cache(maxsize=1)
def tls() -> ssl.SSLContext:
    """Give the context that checks certificates against the system's authorities (or SSL_CERT_FILE)."""
    return ssl.create_default_context()


def why_not_connected(host: str, error: Exception, otherwise: str) -> str:
    """Say why a server was not reached: for its TLS, where that lies beneath the error, `otherwise` as given."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return why_tls_failed(host, cause)
        cause = cause.__cause__ or cause.__context__
    return otherwise


def why_tls_failed(host: str, error: ssl.SSLError) -> str:
    """Say in a sentence what is wrong with a server's TLS."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"The certificate of {host} cannot be trusted: {error.verify_message}."
    return f"{host} does not speak TLS on this port ({error.reason or error}). Is the kind of security right?"
