"""Briefing the articles of a run, many at a time, until all are done or going on makes no sense."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Protocol

from summarizer.batch import items
from summarizer.batch.batches import Sent
from summarizer.batch.breaker import ROUNDS, Breaker, Verdict
from summarizer.batch.bug import shown
from summarizer.batch.entry import Entry
from summarizer.batch.items import Item
from summarizer.batch.journal import Journal
from summarizer.batch.pace import Pace
from summarizer.batch.purse import Purse
from summarizer.batch.reading import read
from summarizer.batch.tape import LiveTape
from summarizer.batch.workers import DiedError, Workers
from summarizer.briefing import BaseBriefing
from summarizer.cassette import Response, Tape
from summarizer.errors import JournalError, SummarizerError
from summarizer.source import Source
from summarizer.summarize import Summarizer, loop

READERS = 16
"""How many articles are read, or fetched, at a time."""

AHEAD = 2
"""For each request on its way so many articles are in work: while one waits for an answer, another is checked. Asked
one after the other, they are briefed one after the other."""


class Told(Protocol):
    """Told of a run while it goes on, from the thread that it goes on in."""

    def beginning(self, pending: int) -> None:
        """So many articles are to be briefed."""

    def finished(self, error: Exception | None) -> None:
        """An article has its briefing; or has none, and why."""

    def answered(self, response: Response, dollars: float | None) -> None:
        """A model answered, for so much; None where the price is not known."""

    def pausing(self, seconds: float) -> None:
        """Nothing is sent for so long, as the server asks."""

    def waiting(self, sent: Sequence[Sent]) -> None:
        """The batches of the run at a provider, of which some are open, or its queue is full."""

    def stopping(self) -> None:
        """What was begun is ended, and nothing else begun."""


class Unheard:
    """Tells nobody."""

    def beginning(self, pending: int) -> None: ...
    def finished(self, error: Exception | None) -> None: ...
    def answered(self, response: Response, dollars: float | None) -> None: ...
    def pausing(self, seconds: float) -> None: ...
    def waiting(self, sent: Sequence[Sent]) -> None: ...
    def stopping(self) -> None: ...


class Run:
    """The part of a run that asks a model. For one use."""

    def __init__(
        self,
        journal: Journal,
        summarizer: Summarizer[BaseBriefing],
        known: dict[str, str],
        told: Told,
        purse: Purse,
        concurrency: int,
        processes: Callable[[], Workers] | None = None,
        *,
        rounds: int = ROUNDS,
    ) -> None:
        """
        Args:
            concurrency: how many requests are on their way at a time.
            processes: those that brief in place of this one.
            rounds: see `Breaker`.
        """
        self._journal, self._summarizer, self._known, self._told = journal, summarizer, known, told
        self._purse, self._concurrency, self._processes = purse, concurrency, processes
        self._waiting: Iterator[int] = items.pending(journal)
        self._again: deque[int] = deque()
        self._pace = Pace(concurrency)
        self._breaker = Breaker(self._pace, told.pausing, self._stopping, rounds=rounds)
        self._task: asyncio.Task[None] | None = None
        self._readers: ThreadPoolExecutor
        self._workers: Workers | None = None
        self._begun = False
        self._fatal: set[int] = set()

    @property
    def stopped(self) -> BaseException | None:
        """What ended the run before its end."""
        return self._breaker.stopped

    def finish(self) -> None:
        """Briefs what waits. At the first Ctrl-C what was begun is ended; at the second nothing.

        Raises:
            KeyboardInterrupt: it was the second.
        """
        future = asyncio.run_coroutine_threadsafe(self._finish(), loop())
        with self._interrupted():
            try:
                future.result()
            except CancelledError:
                raise KeyboardInterrupt from None

    async def _finish(self) -> None:
        self._task = asyncio.current_task()
        # Of their own, so that nothing else waits for a page that is slow to come.
        self._readers = ThreadPoolExecutor(min(self._concurrency, READERS), "reader")
        self._workers = self._processes() if self._processes else None
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(self._concurrency * AHEAD if self._concurrency > 1 else 1):
                    group.create_task(self._work())
        finally:
            self._readers.shutdown(wait=False, cancel_futures=True)
            if self._workers:
                await self._workers.close()

    async def _work(self) -> None:
        try:
            while not self.stopped and (number := self._next()) is not None:
                await self._brief(number)
        except JournalError as error:
            self._breaker.stop(error)

    def _next(self) -> int | None:
        number = next(self._waiting, None)
        return self._again.popleft() if number is None and self._again else number

    async def _brief(self, number: int) -> None:
        item = items.item(self._journal, number)
        tape = self._tape(item)
        try:
            source = item.source
            if source is None:
                source = await asyncio.get_running_loop().run_in_executor(self._readers, self._read, item.entry)
            await items.begin(self._journal, number, source)
            await items.done(self._journal, number, await self._made(item, source, tape))
            self._breaker.done(number)
            self._told.finished(None)
        except Exception as error:  # noqa: BLE001 (one article's, or it stops the run)
            await self._failed(number, error)
        finally:
            self._pace.over(tape)

    async def _made(self, item: Item, source: Source, tape: Tape) -> str:
        # The first is briefed here, while the other processes start: it is the first to be asked about anyhow.
        begun, self._begun = self._begun, True
        if self._workers and begun and isinstance(tape, LiveTape):
            alone = item.number in self._fatal
            if made := await self._workers.brief(item, source, tape, alone=alone):
                return made
        return (await self._summarizer.taped(source, tape)).model_dump_json(by_alias=True)

    def _tape(self, item: Item) -> Tape:
        return LiveTape(item, self._journal, self._pace, self._purse, self._answered)

    def _read(self, entry: Entry) -> Source:
        return read(entry, self._known, allow_private=self._summarizer.settings.allow_private)

    async def _failed(self, number: int, error: Exception) -> None:
        if isinstance(error, DiedError) and number not in self._fatal:
            self._fatal.add(number)  # or another one was, that was beside it
            verdict: Verdict = "again"
        else:
            verdict = self._breaker.failed(number, error)
        if verdict == "failed":
            message = error.message if isinstance(error, SummarizerError) else shown(error)
            await items.fail(self._journal, number, error, message)
            self._told.finished(error)
            return
        await items.put_back(self._journal, number)
        if verdict == "again":
            self._again.append(number)

    def _answered(self, response: Response, dollars: float | None) -> None:
        self._breaker.answered(response.status)
        self._told.answered(response, dollars)

    def _stopping(self) -> None:
        """Told when the run is being stopped, to wake what waits for anything."""
        self._purse.tell()

    @contextmanager
    def _interrupted(self) -> Iterator[None]:
        """Ctrl-C while this lasts ends the run in good order, and the second one at once."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return

        seen: list[None] = []

        def interrupt(*_: object) -> None:
            if seen and self._task:
                loop().call_soon_threadsafe(self._task.cancel)
                return
            seen.append(None)
            self._told.stopping()
            loop().call_soon_threadsafe(self._breaker.stop, KeyboardInterrupt())

        before = signal.signal(signal.SIGINT, interrupt)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)
