"""Parsers that do what a hostile file may make one do; run in a child by test_child.py."""

from __future__ import annotations

import ctypes
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

from summarizer.errors import SourceError


def count(raw: bytes, *, times: int = 1) -> dict[str, Any]:
    print("a stray line")
    return {"bytes": len(raw) * times, "modules": sorted(name for name in sys.modules if name.startswith("summarizer"))}


def refuse(_: bytes) -> None:
    raise SourceError("the file is no good.", tip="Give another.")


def spin(_: bytes) -> None:
    while True:
        pass


def swell(_: bytes) -> int:
    return len([bytearray(10_000_000) for _ in range(10_000)])


def sleep(_: bytes) -> None:
    import time

    time.sleep(600)


def dive(_: bytes) -> int:
    def deeper(level: int) -> int:
        return deeper(level + 1)

    return deeper(0)


def crash(_: bytes) -> None:
    ctypes.string_at(0)


def leave(_: bytes) -> None:
    os._exit(0)


def blunder(_: bytes) -> None:
    raise ZeroDivisionError("a bug of a parser")


def environment(_: bytes) -> list[str]:
    return sorted(os.environ)


def connect(raw: bytes) -> str:
    return _tried(lambda: socket.create_connection(("127.0.0.1", int(raw)), timeout=5).close())


def run(_: bytes) -> str:
    return _tried(lambda: subprocess.run(["true"], check=False))


def write(raw: bytes) -> str:
    return _tried(lambda: Path(raw.decode()).write_text("x" * 10))


def _tried(what: Any) -> str:
    try:
        what()
    except OSError as error:
        return type(error).__name__
    return "done"
