"""A network that ends at this machine.

What goes through Python's sockets is stopped, which is all that Python's own libraries and the usual HTTP clients do.
A child process and a library that brings its own sockets, such as uvloop or pycurl, are not; SUMMARIZER_OFFLINE reaches
child processes too.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

_SENDING = ("connect", "connect_ex", "sendto")
_LOOKING_UP = ("getaddrinfo", "gethostbyname", "gethostbyname_ex")

_lifted = 0


class NetworkBlockedError(BaseException):
    """A test reached for the network. No `Exception`, so that no code under test takes it for a fault of the network
    and carries on."""


@contextmanager
def network_blocked() -> Iterator[None]:
    """Connections and look-ups of names fail while this lasts, in every thread, but for loopback.

    What fails, fails with a NetworkBlockedError that names the address.
    """
    kept = {name: vars(socket.socket).get(name) for name in _SENDING}
    asked = {name: getattr(socket, name) for name in _LOOKING_UP}
    for name in _SENDING:
        setattr(socket.socket, name, _guarded_sending(getattr(socket.socket, name)))
    for name, look_up in asked.items():
        setattr(socket, name, _guarded_look_up(look_up))
    try:
        yield
    finally:
        for name, look_up in asked.items():
            setattr(socket, name, look_up)
        for name, method in kept.items():
            if method is None:  # it was inherited
                delattr(socket.socket, name)
            else:
                setattr(socket.socket, name, method)


@contextmanager
def network_open() -> Iterator[None]:
    """Nothing is blocked while this lasts, whoever blocked it."""
    global _lifted
    _lifted += 1
    try:
        yield
    finally:
        _lifted -= 1


def _guarded_sending(send: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(self: socket.socket, *arguments: Any) -> Any:
        # `sendto` on a connected socket may go without an address; that one was looked at before.
        address = arguments[-1] if arguments else None
        if self.family in (socket.AF_INET, socket.AF_INET6) and isinstance(address, tuple) and address:
            _refuse_all_but_loopback(address[0], f"a connection to {':'.join(map(str, address[:2]))}")
        return send(self, *arguments)

    return guarded


def _guarded_look_up(look_up: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(host: Any, *rest: Any, **named: Any) -> Any:
        if not _is_number(host):  # nobody is asked for what is a number already
            _refuse_all_but_loopback(host, f"a look-up of {host}")
        return look_up(host, *rest, **named)

    return guarded


def _refuse_all_but_loopback(host: Any, what: str) -> None:
    name = host.decode(errors="replace") if isinstance(host, bytes | bytearray) else host
    if not _lifted and name and not _is_loopback(name):
        raise NetworkBlockedError(f"The network is blocked in this test, and it asked for {what}.")


def _is_number(host: Any) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_loopback(host: Any) -> bool:
    return ipaddress.ip_address(host).is_loopback if _is_number(host) else bool(host == "localhost")
