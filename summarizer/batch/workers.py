"""The processes that brief the articles of a long run, as many as there are processors."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from summarizer import deck
from summarizer.batch.bug import Bug
from summarizer.batch.items import Item
from summarizer.batch.tape import LiveTape
from summarizer.batch.wire import Wire
from summarizer.briefing import BaseBriefing
from summarizer.settings import Settings
from summarizer.source import Source

WORTH = 48
"""From so many articles on processes are started: to start them takes as long as to brief some twenty."""

_START = 60.0
"""Seconds after which one that does not say that it is ready is given up."""

_END = 5.0
"""Seconds after which one that does not end is killed."""

_MAIN = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from summarizer.batch.worker import main; main()"
_DIED = "The process that briefed it died, alone with it."


class DiedError(Bug):
    """The process that was to brief an article died."""


def wanted(settings: Settings, schema: type[BaseBriefing] | str, pending: int, concurrency: int) -> int:
    """How many processes are worth it: 0 where there is little to do, or where they could not do the same."""
    if os.name != "posix" or pending < WORTH or deck.current():
        return 0
    if settings.model is not None and not isinstance(settings.model, str):
        return 0  # it answers from here
    if not isinstance(schema, str) and not _found_elsewhere(schema):
        return 0
    number = min(_processors(), concurrency)
    return number if number > 1 else 0


def _found_elsewhere(schema: type[BaseBriefing]) -> bool:
    """Whether another process finds a class by its name: not one of a script, or of a function."""
    return schema.__module__ != "__main__" and "<locals>" not in schema.__qualname__


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Workers:
    """The processes of one run, on its event loop. One that dies is replaced; where none can be had, there are none."""

    def __init__(self, settings: Settings, schema: type[BaseBriefing] | str, number: int) -> None:
        self._told = (settings, schema)
        self._all: list[_Worker] = []
        self._spare: _Worker | None = None
        self._careful = asyncio.Lock()
        self._processes: list[subprocess.Popen[bytes]] = []
        self._starting = asyncio.create_task(self._start(number))

    async def brief(self, item: Item, source: Source, tape: LiveTape, *, alone: bool) -> str | None:
        """The JSON of what `Summarizer.taped` makes of an article; None where there are no processes.

        Args:
            alone: in a process where no other article would go down with it.

        Raises:
            DiedError: the process died.
            SummarizerError, Bug: what the article met.
        """
        await asyncio.shield(self._starting)
        if alone:
            async with self._careful:
                if self._spare is None or self._spare.died:
                    self._spare = next(iter(await self._started(1)), None)
                return await self._spare.brief(item, source, tape) if self._spare else None
        if any(each.died for each in self._all):
            gone = len(self._all)
            self._all = [each for each in self._all if not each.died]
            self._starting = asyncio.create_task(self._start(gone - len(self._all)))
            await asyncio.shield(self._starting)
        least = min(self._all, key=lambda each: len(each.jobs), default=None)
        return await least.brief(item, source, tape) if least else None

    async def close(self) -> None:
        """Lets go of them, and they end."""
        self._starting.cancel()
        await asyncio.gather(self._starting, return_exceptions=True)
        for each in [*self._all, *([self._spare] if self._spare else [])]:
            each.close()
        await asyncio.gather(*(asyncio.to_thread(_ended, each) for each in self._processes))

    async def _start(self, number: int) -> None:
        self._all += await self._started(number)

    async def _started(self, number: int) -> list[_Worker]:
        """So many more, all of one process that forks, so that what they import is imported once."""
        pairs = [socket.socketpair() for _ in range(number)]
        try:
            self._processes.append(_process([end.fileno() for _, end in pairs]))
        except OSError:
            for mine, _ in pairs:
                mine.close()
            return []
        finally:
            for _, end in pairs:
                end.close()
        tried = await asyncio.gather(*(_Worker.of(mine, self._told) for mine, _ in pairs))
        return [each for each in tried if each]


class _Worker:
    """One process, as the run sees it."""

    def __init__(self, wire: Wire) -> None:
        self._wire, self._numbers = wire, count()
        self.jobs: dict[int, _Job] = {}
        self.died = False
        self._listening = asyncio.create_task(self._listen())

    @classmethod
    async def of(cls, end: socket.socket, told: tuple[Any, ...]) -> _Worker | None:
        """The process at the other end, once it is ready; None where it does not come to that."""
        wire = await Wire.of(end)
        try:
            async with asyncio.timeout(_START):
                wire.tell(*told)
                await wire.told()
        except (EOFError, TimeoutError):
            wire.close()
            return None
        except BaseException:
            wire.close()
            raise
        return cls(wire)

    async def brief(self, item: Item, source: Source, tape: LiveTape) -> str:
        if self.died:
            raise DiedError(_DIED)
        number, job = next(self._numbers), _Job(tape, asyncio.get_running_loop().create_future())
        self.jobs[number] = job
        try:
            self._wire.tell("brief", number, source, item.answers)
            return await job.made
        finally:
            del self.jobs[number]
            job.close()

    def close(self) -> None:
        self._listening.cancel()
        self._wire.close()

    async def _listen(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            while True:
                match await self._wire.told():
                    case (("made" | "failed"), number, came):
                        self._over(number, came)
                    case "ended", number, request if job := self.jobs.get(number):
                        loop.call_soon(job.tape.over, request)  # not before what it was answered is kept
                    case what, number, call, *told if job := self.jobs.get(number):
                        task = asyncio.create_task(self._answer(job.tape, what, call, told))
                        job.calls.add(task)
                        task.add_done_callback(job.calls.discard)
        except EOFError:
            self.died = True
            self.close()
            for job in self.jobs.values():
                job.close()  # all of them first, or one asks in the place of another
            for number in list(self.jobs):
                self._over(number, DiedError(_DIED))

    def _over(self, number: int, came: str | Exception) -> None:
        job = self.jobs.get(number)
        if job is None or job.made.done():  # the run is being ended
            return
        if isinstance(came, Exception):
            job.made.set_exception(came)
        else:
            job.made.set_result(came)

    async def _answer(self, tape: LiveTape, what: str, call: int, told: list[Any]) -> None:
        """Does for an article what only the run can."""
        try:
            await (tape.ready(*told) if what == "ready" else tape.kept(*told))
        except Exception as error:  # noqa: BLE001 (it is that of the article)
            self._wire.tell("answer", call, error)
        else:
            self._wire.tell("answer", call, None)


@dataclass(frozen=True, slots=True)
class _Job:
    """An article that a process was given."""

    tape: LiveTape
    made: asyncio.Future[str]
    calls: set[asyncio.Task[None]] = field(default_factory=set)

    def close(self) -> None:
        """What its process still wanted, or was to tell, is nobody's now."""
        for call in self.calls:
            call.cancel()
        self.tape.close()


def _process(descriptors: list[int]) -> subprocess.Popen[bytes]:
    path = json.dumps([os.path.abspath(each) for each in sys.path])  # noqa: PTH100  # "" is the current folder
    return subprocess.Popen(  # noqa: S603 (our own, and numbers)
        [sys.executable, "-c", _MAIN, path, *map(str, descriptors)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        pass_fds=descriptors,
        start_new_session=True,  # Ctrl-C is for the run
    )


def _ended(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(_END)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
