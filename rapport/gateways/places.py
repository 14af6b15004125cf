"""Which addresses of the network are anybody's: the others may be this server's own neighbours."""

from __future__ import annotations

import ipaddress

_CARRIERS = tuple(
    map(
        ipaddress.ip_network,
        (
            "::/96",  # IPv4-compatible (RFC 4291, 2.5.5.1) and unspecified
            "::ffff:0:0/96",  # IPv4-mapped (RFC 4291, 2.5.5.2)
            "64:ff9b::/96",  # NAT64 (RFC 6052)
            "64:ff9b:1::/48",  # NAT64 of one's own (RFC 8215)
            "2001::/32",  # Teredo (RFC 4380)
            "2002::/16",  # 6to4 (RFC 3056)
            "192.88.99.0/24",  # relays of 6to4 (RFC 7526)
            "fec0::/10",  # site-local (RFC 3879)
        ),
    )
)
"""Where an address carries another one inside, or leads somewhere only this network knows."""


def is_public(address: str) -> bool:
    """Whether an IP address is one that everybody on the internet means the same host by."""
    try:
        place = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(place, ipaddress.IPv6Address) and place.scope_id:
        return False
    if any(place.version == carrier.version and place in carrier for carrier in _CARRIERS):
        return False
    return place.is_global and not (
        place.is_private
        or place.is_loopback
        or place.is_link_local
        or place.is_multicast
        or place.is_reserved
        or place.is_unspecified
    )
