"""A process that briefs articles of a run; started with the sockets of all of them, of which it forks the others.

It asks the model itself, or the cache, and asks the run before each request and tells it each answer: only the run
writes its journal, has its purse and knows when a request may be sent. It ends with the run, however that ends.
"""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import socket
import sys
from contextlib import suppress
from itertools import count
from typing import Any

from summarizer.batch.bug import Bug, shown
from summarizer.batch.tape import Answers, request_hash
from summarizer.batch.wire import Wire
from summarizer.briefing import BaseBriefing
from summarizer.cassette import Response
from summarizer.errors import SummarizerError
from summarizer.source import Source
from summarizer.summarize import Summarizer


def main() -> None:
    """With the descriptors of the sockets as arguments, after one that is not for it."""
    import summarizer.model.client  # noqa: F401 (by all of them, before they are forked)

    gc.freeze()  # what was imported stays: it is shared by all, and not looked through again and again
    descriptors = [int(each) for each in sys.argv[2:]]
    mine = descriptors[0]
    forked: list[int] = []
    for each in descriptors[1:]:
        if child := os.fork():
            forked.append(child)
        else:
            mine, forked = each, []
            break
    for other in set(descriptors) - {mine}:
        os.close(other)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the run is told, and tells
    with suppress(EOFError):
        asyncio.run(_serve(socket.socket(fileno=mine)))
    for child in forked:  # they end as this one does
        os.waitpid(child, 0)
    os._exit(0)  # what was begun has nobody left to tell


async def _serve(end: socket.socket) -> None:
    """Works for the run, until it is gone.

    Raises:
        EOFError: it is.
    """
    wire = await Wire.of(end)
    asked = _Asked(wire)
    briefing: set[asyncio.Task[None]] = set()
    try:
        settings, schema = await wire.told()
        summarizer: Summarizer[BaseBriefing] = Summarizer(settings, schema=schema)
    except (AttributeError, ImportError, SummarizerError):
        return  # a class that is not found from here: the run briefs by itself, and meets what there is to meet
    wire.tell("ready")
    while True:
        match await wire.told():
            case "brief", job, source, answers:
                task = asyncio.create_task(_brief(wire, summarizer, job, source, _RunTape(asked, job, answers)))
                briefing.add(task)
                task.add_done_callback(briefing.discard)
            case "answer", call, error:
                asked.answered(call, error)


async def _brief(wire: Wire, summarizer: Summarizer[BaseBriefing], job: int, source: Source, tape: _RunTape) -> None:
    try:
        made = await summarizer.taped(source, tape)
        wire.tell("made", job, made.model_dump_json(by_alias=True))
    except SummarizerError as error:
        wire.tell("failed", job, error)
    except Exception as error:  # noqa: BLE001 (the run counts and shows it)
        wire.tell("failed", job, Bug(shown(error)))


class _Asked:
    """What the run was asked, and has not answered yet."""

    def __init__(self, wire: Wire) -> None:
        self._wire, self._numbers = wire, count()
        self._waiting: dict[int, asyncio.Future[None]] = {}

    async def ask(self, what: str, job: int, *told: Any) -> None:
        call = next(self._numbers)
        self._waiting[call] = asyncio.get_running_loop().create_future()
        self._wire.tell(what, job, call, *told)
        await self._waiting[call]

    def tell(self, what: str, job: int, *told: Any) -> None:
        """What wants no answer."""
        self._wire.tell(what, job, *told)

    def answered(self, call: int, error: Exception | None) -> None:
        waiting = self._waiting.pop(call)
        if waiting.done():  # who asked was given up
            return
        if error:
            waiting.set_exception(error)
        else:
            waiting.set_result(None)


class _RunTape(Answers):
    """The tape of an article, kept by the run."""

    live = True

    def __init__(self, asked: _Asked, job: int, answers: list[tuple[str, Response]]) -> None:
        super().__init__(answers)
        self._asked, self._job = asked, job

    async def ready(self, body: dict[str, Any]) -> None:
        await self._asked.ask("ready", self._job, body)

    async def keep(self, body: dict[str, Any], response: Response) -> None:
        await self._asked.ask("keep", self._job, request_hash(body), response)

    def ended(self, body: dict[str, Any]) -> None:
        self._asked.tell("ended", self._job, request_hash(body))
