"""What every test gets: a clean environment, no network but loopback, and a place of its own to cache in."""

from __future__ import annotations

import ipaddress
import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from drafts import ARTICLE
from fault_server import FaultServer
from hypothesis import settings

settings.register_profile("untimed", deadline=None)  # timings are no tests
settings.load_profile("untimed")

KEY = "test-key-0123456789"
LIVE_KEY = "sk-proj-ThisIsTheLiveKey0123456789"
Cli = Callable[..., tuple[int, str, str]]
NAME = re.compile(r"[\w.-]+")
CLEARED = ("SUMMARIZER_", "OPENAI_", "NO_COLOR", "PYTHONIOENCODING", "LC_", "LANG", "COLUMNS")


class NetworkBlockedError(BaseException):
    """A test reached for the network. No `Exception`, so that nothing takes it for a fault of the network."""


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No setting of the user's reaches a test."""
    for name in list(os.environ):
        if name.startswith(CLEARED) or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("SUMMARIZER_CACHE", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture(autouse=True)
def loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every connection and every look-up of a name fails, but for loopback; `.invalid` is unknown, as RFC 6761 says."""
    connect, connect_ex, look_up = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: Any) -> None:
        _refuse_all_but_loopback(self.family, address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        _refuse_all_but_loopback(self.family, address)
        return connect_ex(self, address)

    def guarded_look_up(host: Any, *rest: Any, **named: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name and not _is_loopback(name):
            name.encode("idna")  # as `getaddrinfo` does before it asks anybody
            if name.endswith(".invalid") or not NAME.fullmatch(name):
                raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
            raise NetworkBlockedError(f"look-up of {name}")
        return look_up(host, *rest, **named)

    monkeypatch.setattr(socket.socket, "connect", guarded_connect)
    monkeypatch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
    monkeypatch.setattr(socket, "getaddrinfo", guarded_look_up)


def _refuse_all_but_loopback(family: int, address: Any) -> None:
    if family in (socket.AF_INET, socket.AF_INET6) and not _is_loopback(address[0]):
        raise NetworkBlockedError(f"connection to {address}")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch) -> str:
    """A made-up key, where the program looks for one."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    return KEY


@pytest.fixture
def server(key: str) -> Iterator[FaultServer]:
    """A server on loopback that answers as it is told, and the key for it in the environment."""
    with FaultServer() as server:
        yield server


Ran = subprocess.CompletedProcess[bytes]


@pytest.fixture
def program() -> Callable[..., Ran]:
    """Runs `python -m summarizer` as a process of its own, which tells of resources left open.

    `redirect` is what a shell puts behind the command, such as `>&-`.
    """

    def run(
        *arguments: str | bytes | Path, redirect: str = "", environment: dict[str, str] | None = None, **options: Any
    ) -> Ran:
        usual: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "timeout": 60}
        if "input" not in options:
            usual["stdin"] = subprocess.DEVNULL
        shell = ["sh", "-c", f'exec "$@" {redirect}', "sh"]
        command = [*shell, sys.executable, "-W", "always::ResourceWarning", "-m", "summarizer", *arguments]
        ran: Ran = subprocess.run(command, env=os.environ | (environment or {}), check=False, **(usual | options))
        return ran

    return run


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> Cli:
    """Runs the command line in this process: exit code, standard output, standard error."""
    from summarizer.cli import run

    def run_it(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = run([str(each) for each in arguments])
        return code, *capsys.readouterr()

    return run_it


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """A file with the article of `drafts`."""
    path = tmp_path / "port.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


@pytest.fixture
def tape(tmp_path: Path) -> Path:
    """Where a cassette can be."""
    return tmp_path / "tape.json"


@pytest.fixture
def live_key(monkeypatch: pytest.MonkeyPatch) -> str:
    """A made-up key that looks like a real one, where the program looks for one."""
    monkeypatch.setenv("OPENAI_API_KEY", LIVE_KEY)
    return LIVE_KEY
