"""A certificate for loopback, signed by itself: whoever is to trust a test's server is handed its file."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Certificate:
    """Files in PEM: the certificate, which is its own authority, and its key."""

    path: Path
    key: Path

    @classmethod
    def made(cls, folder: Path) -> Certificate:
        """Make one for `localhost`, two sample hosts and 127.0.0.1 in a folder, good for a day."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
        hosts = ("localhost", "cards.example", "elsewhere.example")
        names = [*map(x509.DNSName, hosts), x509.IPAddress(IPv4Address("127.0.0.1"))]
        today = datetime.now(UTC)
        signed = (
            x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
            .not_valid_before(today - timedelta(hours=1))
            .not_valid_after(today + timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName(names), critical=False)
            .sign(key, SHA256())
        )
        made = cls(folder / "certificate.pem", folder / "key.pem")
        made.path.write_bytes(signed.public_bytes(Encoding.PEM))
        made.key.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        return made

    def of_server(self) -> ssl.SSLContext:
        """Give what a server shows it with."""
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.path, self.key)
        return context

    def trusted(self) -> ssl.SSLContext:
        """Give what a client trusts it with, and nothing else."""
        return ssl.create_default_context(cafile=self.path)
