"""Runs of `summarizer batch`: articles by number, a server that answers each, and the command as a process."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from batch_server import BatchServer
from drafts import ARTICLE, DRAFT, MODEL, completion
from fault_server import Answer, FaultServer, Received, Step

from summarizer import Settings
from summarizer.batch import Inputs, Outcome, brief_all

NUMBER = re.compile(r"It was number (\d+)\.")
GOOD = completion(DRAFT)


def text(number: int) -> str:
    """An article that differs from the others in one sentence."""
    return f"{ARTICLE}\nIt was number {number}.\n"


def articles(folder: Path, count: int) -> Path:
    """A folder with so many articles, numbered from 1."""
    folder.mkdir(exist_ok=True)
    for number in range(1, count + 1):
        (folder / f"{number:04}.txt").write_text(text(number), encoding="utf-8")
    return folder


def table(path: Path, count: int) -> Path:
    """The same in one file."""
    rows = [json.dumps({"id": f"n{number}", "text": text(number)}) for number in range(1, count + 1)]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def number_of(received: Received) -> int:
    """The number of the article; 0 where the request was cut off with the process that sent it."""
    if received.body is None:
        return 0
    found = NUMBER.search(json.dumps(received.body["messages"]))
    assert found
    return int(found[1])


def by_number(faults: dict[int, Step], others: Step = GOOD) -> Answer:
    """The articles with these numbers meet these faults, for ever."""
    return Answer(lambda received: faults.get(number_of(received), others))


def asked(server: FaultServer) -> Counter[int]:
    """How often each article was asked about."""
    return Counter(map(number_of, server.requests))


def run(server: FaultServer | BatchServer, given: Any, folder: Path, **options: Any) -> Outcome:
    settings = {"model": MODEL, "base_url": server.base_url} | options.pop("settings", {})
    inputs = given if isinstance(given, list | Inputs) else [given]
    return brief_all(inputs, folder, Settings(**settings), **options)


def briefings(folder: Path) -> list[dict[str, Any]]:
    """What the run left, without the seconds that a server took."""
    found = [json.loads(line) for line in (folder / "briefings.jsonl").read_text(encoding="utf-8").splitlines()]
    for each in found:
        for timed in (each["provenance"], *each["provenance"]["attempts"]):
            timed["seconds"] = 0
    return found


def failures(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "failures.jsonl").read_text(encoding="utf-8").splitlines()]


class Command:
    """`summarizer batch` as a process of its own."""

    def __init__(self, server: FaultServer, given: Path, folder: Path, *options: str, before: str = "") -> None:
        command = [sys.executable, "-m", "summarizer", "batch", str(given), "-o", str(folder)]
        command += ["--model", MODEL, "--base-url", server.base_url, *options]
        if before:
            command = ["sh", "-c", f'{before}; exec "$@"', "sh", *command]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=dict(os.environ)
        )

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()

    def interrupt(self) -> None:
        self.process.send_signal(signal.SIGINT)

    def ended(self) -> tuple[int, str, str]:
        out, err = self.process.communicate(timeout=120)
        return self.process.returncode, out, err


def wait_until(true: Callable[[], Any], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


def batched(provider: BatchServer, given: Any, folder: Path, **options: Any) -> Outcome:
    """`run` by the batches of a provider."""
    return run(provider, given, folder, engine="openai-batch", **options)


_OFTEN = """
import os, signal, sys
from summarizer.batch import remote
from summarizer.batch.journal import Journal
from summarizer.cli import main
remote.FIRST_LOOK = remote.LONGEST_LOOK = 0.02
remote.SETTLED = 0.5
left, commit = [int(sys.argv.pop(1))], Journal.commit
async def killed(self, work):
    done = await commit(self, work)
    left[0] -= 1
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return done
Journal.commit = killed
main()
"""


class BatchCommand(Command):
    """`summarizer batch --engine openai-batch` as a process of its own, which looks often, and may kill itself."""

    def __init__(self, provider: BatchServer, given: Path, folder: Path, kill_at_commit: int = 0) -> None:
        command = [sys.executable, "-c", _OFTEN, str(kill_at_commit), "batch", str(given), "-o", str(folder)]
        command += ["--model", MODEL, "--base-url", provider.base_url, "--engine", "openai-batch"]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=dict(os.environ)
        )
