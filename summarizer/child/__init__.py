"""A parser of what strangers wrote, run in a process of its own with limits on time and memory.

    text = confined("summarizer.page.extraction:extract", raw, "page.html", Limits(), charset="utf-8")

The function gets the bytes and the keywords, and returns what JSON can hold. The process has no environment to
speak of, so no keys; it writes no file, opens no connection and starts no program; and it imports the
function's module and nothing else of ours. Where the system has no such limits (Windows) only time is limited.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from summarizer.errors import SourceError
from summarizer.text import one_line

_MAIN = Path(__file__).with_name("__main__.py")
_PASSED_ON = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "LC_ALL")
_PATIENCE = 3
_TIP = "Save the text of the article and give that."


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may use.

    Attributes:
        seconds: of processor time; on the clock three times as many, since a busy machine is no fault of a file.
        megabytes: of address space.
    """

    seconds: int = 30
    megabytes: int = 1_000


def confined(target: str, raw: bytes, name: str, limits: Limits | None = None, **known: Any) -> Any:
    """What a function makes of bytes, in a child.

    Args:
        target: `package.module:function`; it is called as `function(raw, **known)`.
        name: of what is read, for messages.
        known: keywords for it, as JSON can hold them.

    Raises:
        SourceError: the function raised one; it took too long or too much memory; or it crashed.
    """
    allowed = limits or Limits()
    answer = _answer(target, json.dumps(known).encode() + b"\n" + raw, name, allowed)
    if "refused" in answer:
        message, tip = answer["refused"]
        raise SourceError(f"{one_line(name)}: {message}", tip=tip)
    if "failed" in answer:
        _fail(name, answer["failed"], allowed)
    return answer["result"]


def _answer(target: str, given: bytes, name: str, limits: Limits) -> dict[str, Any]:
    # The child finds what this process finds, whatever put it on the path.
    path = json.dumps([os.path.abspath(each) for each in sys.path])  # noqa: PTH100  # "" is the current folder
    command = [sys.executable, "-I", "-S", "-X", "utf8", str(_MAIN)]
    arguments = [path, target, str(limits.seconds), str(limits.megabytes)]
    try:
        ran = subprocess.run(
            command + arguments,
            input=given,
            capture_output=True,
            env={key: os.environ[key] for key in _PASSED_ON if key in os.environ},
            timeout=_PATIENCE * limits.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        _fail(name, "time", limits)
    except OSError as error:
        raise SourceError(f"Cannot start a process to read {one_line(name)}: {error.strerror}.") from error
    if ran.returncode == -getattr(signal, "SIGXCPU", 0):
        _fail(name, "time", limits)
    if ran.returncode != 0 or not ran.stdout:
        _fail(name, "crash", limits, f"exit status {ran.returncode}: {_last_line(ran.stderr)}")
    answer: dict[str, Any] = json.loads(ran.stdout)
    return answer


def _fail(name: str, why: str, limits: Limits, detail: str = "") -> NoReturn:
    said = {
        "time": f"took more than {limits.seconds} s to read",
        "memory": f"took more than {limits.megabytes} MB of memory to read",
        "nesting": "is nested too deeply to read",
    }.get(why, f"could not be read; the process that tried ended with {one_line(detail or why, 200)}")
    raise SourceError(f"{one_line(name)} {said}.", tip=_TIP)


def _last_line(stderr: bytes) -> str:
    lines = stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else "nothing was said"
