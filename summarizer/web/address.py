"""Which addresses may be connected to, told by what a name resolves to and not by how it is written."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator

from summarizer.errors import FetchError
from summarizer.text import one_line

IP = ipaddress.IPv4Address | ipaddress.IPv6Address

# Where clouds answer with keys. Some of them count as public by the registries of addresses.
_METADATA = tuple(
    map(ipaddress.ip_network, ("169.254.0.0/16", "fe80::/10", "100.100.100.200/32", "168.63.129.16/32",
                               "192.0.0.192/32", "fd00:ec2::/32", "fd20:ce::/32"))
)  # fmt: skip
_PRIVATE = tuple(map(ipaddress.ip_network, ("100.64.0.0/10", "fec0::/10", "64:ff9b:1::/48", "192.88.99.0/24")))
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_EMBEDDING = tuple(map(ipaddress.ip_network, ("64:ff9b:1::/48", "::/96")))


def resolved(host: str, port: int, *, allow_private: bool) -> list[str]:
    """The addresses of a host, as numbers, each of which may be connected to.

    Raises:
        FetchError: the host has none, or one that may not be connected to.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FetchError(
            f"{one_line(host, 100)} cannot be found: {one_line(str(reason), 100)}.",
            tip="Check the address and the connection.",
        ) from error
    addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
    for each in addresses:
        refuse(host, each, allow_private=allow_private)
    return addresses


def refuse(host: str, address: str, *, allow_private: bool) -> None:
    """Does nothing about an address, in figures, that may be connected to.

    Raises:
        FetchError: it may not; `host` is what led to it.
    """
    subject = f"{one_line(host, 100)} leads to {address}, which" if host.strip("[]") != address else address
    meant = list(_meant(ipaddress.ip_address(address)))
    if any(ip.is_multicast or any(ip in network for network in _METADATA) for ip in meant):
        raise FetchError(f"{subject} is never fetched from: machines of a cloud get their keys there.")
    if not allow_private and not all(map(_is_public, meant)):
        raise FetchError(
            f"{subject} is not on the public internet.",
            tip="For a page of your own network: --allow-private (in Python allow_private=True)",
        )


def _meant(ip: IP) -> Iterator[IP]:
    """What an address leads to: the older one that is written in it, for what only passes that on, or both."""
    if isinstance(ip, ipaddress.IPv6Address):
        last = ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)
        if ip.ipv4_mapped or ip in _NAT64:
            yield last
            return
        if any(ip in network for network in _EMBEDDING) and int(ip) > 1:
            yield last
        yield from filter(None, (ip.sixtofour, *(ip.teredo or ())))
    yield ip


def _is_public(ip: IP) -> bool:
    return ip.is_global and not ip.is_reserved and not any(ip in network for network in _PRIVATE)
