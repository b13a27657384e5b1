"""The child's side of `confined`; started by its path, with the arguments that `_answer` gives it."""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from typing import Any

_FORBIDDEN = ("socket.connect", "socket.getaddrinfo", "socket.bind", "subprocess.Popen", "os.system", "os.exec")


def main() -> None:
    """Reads what is given on standard input, and writes the answer to standard output, both whole."""
    path, target, seconds, megabytes = sys.argv[1:]
    answers = os.dup(1)
    os.dup2(2, 1)  # a stray print is no answer
    sys.path[:] = json.loads(path)
    module, _, name = target.partition(":")
    function = getattr(import_module(module), name)
    limit(int(seconds), int(megabytes))
    known = json.loads(sys.stdin.buffer.readline())
    answer = answered(function, sys.stdin.buffer.read(), known)
    with os.fdopen(answers, "wb") as out:
        out.write(json.dumps(answer).encode("ascii"))
    os._exit(0)  # without taking a large tree apart


def limit(seconds: int, megabytes: int) -> None:
    """From here on no more than this, no file to write, no connection and no other program."""
    sys.addaudithook(_forbid)
    try:
        import resource
    except ImportError:  # Windows
        return
    bounds = {
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_AS: megabytes * 1_000_000,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for what, most in bounds.items():
        _, hard = resource.getrlimit(what)
        lowest = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (lowest, hard))


def answered(function: Any, raw: bytes, known: dict[str, Any]) -> dict[str, Any]:
    """What the function makes of it, or why it does not."""
    from summarizer.errors import SourceError

    try:
        return {"result": function(raw, **known)}
    except SourceError as error:
        return {"refused": [error.message, error.tip]}
    except MemoryError:
        return {"failed": "memory"}
    except RecursionError:
        return {"failed": "nesting"}


def _forbid(event: str, _: tuple[Any, ...]) -> None:
    if event in _FORBIDDEN:
        raise PermissionError(f"{event} is forbidden here")


if __name__ == "__main__":
    main()
