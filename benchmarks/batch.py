"""Batches: their time against the ideal and beside the clients alone, their memory, what kills cost, and going on.

python -m benchmarks.batch [--articles 1000] [--seconds 0.5 2] [--many 20000] [--kills 50]

A server on loopback, a process of its own, answers each request after so many seconds with a draft that stands, so that
nothing is asked twice. Time on the processor, and memory, are those of all processes of a command.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import openai

ROOT = Path(__file__).parent.parent
SECONDS, AT_ONCE = 0.5, 100
"""What the server takes for an answer where nothing else is said, and how many articles are briefed at a time."""
MODEL = "bench/fixed"
ARTICLE = (ROOT / "examples" / "outbreak.txt").read_text(encoding="utf-8")
CASSETTE = ROOT / "cassettes" / "briefing@2" / "outbreak.json"
DAY = "2026-01-09"
SMALL = """Quay Line Adds Third Boat

The Quay Line in Torvik added a third boat on Monday because its two boats were full every morning.
"""
SMALL_DRAFT = {
    "what": [{"event": "The Quay Line in Torvik added a third boat.", "status": "asserted", "s": 2}],
    "who": [{"name": "The Quay Line", "part": "acted", "s": 2}, {"name": "Quay Line", "part": "acted", "s": 1}],
    "where": [{"s": 2, "place": "Torvik"}],
    "when": [{"s": 2, "time": "on Monday"}],
    "why": [{"s": 2, "cause": "because its two boats were full every morning"}],
    "rationale": [],
    "summary": [2],
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--seconds", type=float, nargs="*", default=[0.5, 2.0])
    parser.add_argument("--many", type=int, default=20_000)
    parser.add_argument("--kills", type=int, default=50)
    told = parser.parse_args()
    for seconds in told.seconds:
        with tempfile.TemporaryDirectory() as name, serving(seconds) as server:
            _speed(server, Path(name), told.articles, seconds)
    with tempfile.TemporaryDirectory() as name, serving() as server:
        folder = Path(name)
        if told.kills:
            _kills(server, folder, told.kills)
        if told.many:
            _many(server, folder, told.many)


def _speed(server: Server, folder: Path, count: int, seconds: float) -> None:
    ideal = count / AT_ONCE * seconds
    print(f"{count:,} articles, {AT_ONCE} at a time, answers after {seconds} s: ideally {ideal:.1f} s\n")
    print("| way | seconds | times the ideal | seconds of CPU an article | MB |\n|---|---:|---:|---:|---:|")
    for way in ("httpx2", "openai"):
        alone = [sys.executable, "-m", "benchmarks.batch", "--client", way, server.address, str(count)]
        _row(f"{way} alone", _ran(alone), count, ideal)
    given, before = _table(folder / "articles.jsonl", count, ARTICLE), server.requests()
    _row("summarizer batch", _ran(_command(server, given, folder / "speed", AT_ONCE)), count, ideal)
    asked = server.requests() - before
    os.environ["SUMMARIZER_CACHE"] = str(folder / "cache")
    for name in ("filled", "used"):
        ran = _ran(_command(server, given, folder / name, AT_ONCE, "--cache"))
        _row(f"the same, its cache being {name}", ran, count, ideal)
    print(f"\nrequests of the last three: {asked:,} and {server.requests() - before - asked:,}\n")


def _row(way: str, ran: Ran, count: int, ideal: float) -> None:
    print(f"| {way} | {ran.seconds:.1f} | {ran.seconds / ideal:.2f} | {ran.cpu / count:.4f} | {ran.megabytes:.0f} |")


def _kills(server: Server, folder: Path, kills: int) -> None:
    """A run that is killed at random moments, beside one that is not."""
    count, at_once, rng = 400, 8, random.Random(7)
    given = _table(folder / "killed.jsonl", count, SMALL)
    before = server.requests()
    command = _command(server, given, folder / "killed", at_once)
    for _ in range(kills):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(1 + rng.random() * 6)
        process.kill()
        process.wait()
    _ran(command)
    extra = server.requests() - before - count
    _ran(_command(server, given, folder / "whole", at_once))
    same = _content(folder / "killed") == _content(folder / "whole")
    print(f"{kills} kills of a run of {count}: {extra} requests more than articles (at most {kills * at_once}), "
          f"output {'the same' if same else 'ANOTHER'} but for the seconds\n")  # fmt: skip


def _many(server: Server, folder: Path, count: int) -> None:
    """Memory must not grow with the number of articles; what is finished is gone through in seconds."""
    print("| small articles | seconds | MB | journal, MB |\n|---|---:|---:|---:|")
    for number in (count // 20, count):
        given, run = _table(folder / f"{number}.jsonl", number, SMALL), folder / f"run-{number}"
        ran = _ran(_command(server, given, run, AT_ONCE))
        size = (run / "journal.sqlite").stat().st_size / 1e6
        print(f"| {number:,} | {ran.seconds:.1f} | {ran.megabytes:.0f} | {size:.0f} |")
    before = server.requests()
    again = _ran(_command(server, given, run, AT_ONCE))
    print(f"| {count:,}, finished before | {again.seconds:.1f} | {again.megabytes:.0f} | |")
    print(f"\nrequests made by the last: {server.requests() - before}")


class Ran:
    """What a command took, with all its processes; what they share in memory counts for each."""

    def __init__(self, seconds: float, usage: resource.struct_rusage, megabytes: float) -> None:
        self.seconds = seconds
        self.cpu = usage.ru_utime + usage.ru_stime
        self.megabytes = megabytes


def _ran(command: list[str]) -> Ran:
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    most, over = 0.0, threading.Event()

    def look() -> None:
        nonlocal most
        while not over.wait(0.2):
            most = max(most, _megabytes(process.pid))

    looking = threading.Thread(target=look)
    looking.start()
    _, status, usage = os.wait4(process.pid, 0)
    over.set()
    looking.join()
    if status:
        raise SystemExit(f"{' '.join(command)} failed: {status}")
    process.returncode = 0
    return Ran(time.perf_counter() - started, usage, most)


def _megabytes(process: int) -> float:
    """What a process and those below it have in memory."""
    here = Path(f"/proc/{process}")
    try:
        pages = int((here / "statm").read_text().split()[1])
        below = [int(each) for task in (here / "task").iterdir() for each in (task / "children").read_text().split()]
    except OSError:  # it has ended
        return 0.0
    return pages * resource.getpagesize() / 1e6 + sum(map(_megabytes, below))


def _command(server: Server, given: Path, run: Path, at_once: int, *options: str) -> list[str]:
    options = options or ("--no-cache",)
    asking = ["-m", MODEL, "--base-url", server.address, "--concurrency", str(at_once), *options]
    return [sys.executable, "-m", "summarizer", "batch", str(given), "-o", str(run), *asking]


def _table(path: Path, count: int, article: str) -> Path:
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            text = f"{article}\n\nThis was number {number} of the day.\n"
            file.write(json.dumps({"id": f"n{number}", "text": text, "published": DAY}) + "\n")
    return path


def _content(run: Path) -> list[Any]:
    found = [json.loads(line) for line in (run / "briefings.jsonl").read_text(encoding="utf-8").split("\n") if line]
    for each in found:
        for timed in (each["provenance"], *each["provenance"]["attempts"]):
            timed["seconds"] = 0
    return found


# The clients alone: the same requests, and nothing made of the answers.


def _body() -> dict[str, Any]:
    body: dict[str, Any] = json.loads(CASSETTE.read_text(encoding="utf-8"))["interactions"][0]["request"]["body"]
    return {name: value for name, value in body.items() if name in ("messages", "max_tokens", "temperature")}


async def _client(way: str, address: str, count: int) -> None:
    body = _body() | {"model": "fixed"}
    gate = asyncio.Semaphore(AT_ONCE)

    async def each(ask: Callable[[], Awaitable[Any]]) -> None:
        async with gate:
            await ask()

    if way == "httpx2":
        async with httpx2.AsyncClient(timeout=60, limits=httpx2.Limits(max_connections=AT_ONCE)) as client:
            await asyncio.gather(
                *(each(lambda: client.post(f"{address}/chat/completions", json=body)) for _ in range(count))
            )
    else:
        async with openai.AsyncOpenAI(api_key="none", base_url=address, max_retries=0) as asking:
            await asyncio.gather(*(each(lambda: asking.chat.completions.create(**body)) for _ in range(count)))


# The server


class Server:
    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}/v1"

    def requests(self) -> int:
        """How many there were."""
        return int(httpx2.get(f"{self.address}/count").text)


@contextmanager
def serving(seconds: float = SECONDS) -> Iterator[Server]:
    """The server, while this lasts."""
    command = [sys.executable, "-m", "benchmarks.batch", "--serve", str(seconds)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        yield Server(int(process.stdout.readline()))
    finally:
        process.terminate()
        process.wait()


async def _serve(seconds: float) -> None:
    recorded = json.loads(CASSETTE.read_text(encoding="utf-8"))["interactions"][0]["response"]["body"]
    whole, count = json.dumps(recorded).encode(), 0
    recorded["choices"][0]["message"]["content"] = json.dumps(SMALL_DRAFT)
    small = json.dumps(recorded).encode()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal count
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                if head.startswith(b"GET"):
                    await _send(writer, str(count).encode())
                    continue
                length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
                body = await reader.readexactly(int(length.partition(b":")[2]))
                count += 1
                await asyncio.sleep(seconds)
                await _send(writer, small if b"Quay Line" in body else whole)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, limit=1_000_000)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


async def _send(writer: asyncio.StreamWriter, body: bytes) -> None:
    writer.write(
        b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%b" % (len(body), body)
    )
    await writer.drain()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--serve"]:
        asyncio.run(_serve(float(sys.argv[2])))
    elif sys.argv[1:2] == ["--client"]:
        asyncio.run(_client(sys.argv[2], sys.argv[3], int(sys.argv[4])))
    else:
        main()
