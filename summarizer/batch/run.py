"""Briefing the articles of a run, many at a time, until all are done or going on makes no sense."""

from __future__ import annotations

import asyncio
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Protocol

from summarizer.batch import items
from summarizer.batch.batches import Sent
from summarizer.batch.bug import shown
from summarizer.batch.entry import Entry
from summarizer.batch.items import Item
from summarizer.batch.journal import Journal
from summarizer.batch.pace import Pace, StoppedError
from summarizer.batch.purse import Purse
from summarizer.batch.reading import read
from summarizer.batch.tape import LiveTape
from summarizer.batch.workers import DiedError, Workers
from summarizer.briefing import BaseBriefing
from summarizer.cassette import Response, Tape
from summarizer.errors import (
    ArtifactError,
    AuthenticationError,
    BudgetError,
    CassetteError,
    JournalError,
    OfflineError,
    QuotaError,
    RateLimitError,
    SummarizerError,
    UnknownModelError,
    UnreachableError,
    UsageError,
    WeightsError,
)
from summarizer.source import Source
from summarizer.summarize import Summarizer, loop

STOPPING = (
    ArtifactError,
    AuthenticationError,
    BudgetError,
    CassetteError,
    JournalError,
    OfflineError,
    QuotaError,
    UnknownModelError,
    UsageError,
    WeightsError,
)
"""What stops a run, since every article would meet it."""

IN_A_ROW = 5
"""So many articles that met no connection, or a bug, or so many pauses, with no good answer in between, stop a run."""

ROUNDS = 3
"""How often an article is tried that met a rate limit or no connection; again when all others had their turn."""

READERS = 16
"""How many articles are read, or fetched, at a time."""

PAUSE = 30.0
"""Seconds for which nothing is sent where a server limits the rate, try after try, and does not say for how long."""

LONGEST_PAUSE = 900.0
"""Seconds: told to wait longer, the run stops and says so."""


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
        processes: Callable[[], Workers] | None = None,
    ) -> None:
        """
        Args:
            processes: those that brief in place of this one.
        """
        self._journal, self._summarizer, self._known, self._told = journal, summarizer, known, told
        self._purse, self._processes = purse, processes
        self._waiting: Iterator[int] = items.pending(journal)
        self._again: deque[int] = deque()
        self._rounds: dict[int, int] = {}
        self._in_a_row: dict[str, set[float]] = {}
        self._pause_ends = 0.0
        self._pace = Pace()
        self._task: asyncio.Task[None] | None = None
        self._readers: ThreadPoolExecutor
        self._workers: Workers | None = None
        self._begun = False
        self._fatal: set[int] = set()
        self.stopped: BaseException | None = None

    def finish(self, concurrency: int) -> None:
        """Briefs what waits. At the first Ctrl-C what was begun is ended; at the second nothing.

        Raises:
            KeyboardInterrupt: it was the second.
        """
        future = asyncio.run_coroutine_threadsafe(self._finish(concurrency), loop())
        with self._interrupted():
            try:
                future.result()
            except CancelledError:
                raise KeyboardInterrupt from None

    async def _finish(self, concurrency: int) -> None:
        self._task = asyncio.current_task()
        # Of their own, so that nothing else waits for a page that is slow to come.
        self._readers = ThreadPoolExecutor(min(concurrency, READERS), "reader")
        self._workers = self._processes() if self._processes else None
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(concurrency):
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
            self._stop(error)

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
            self._rounds.pop(number, None)
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
        if isinstance(error, STOPPING):
            self._stop(error)
        if isinstance(error, (StoppedError, *STOPPING)):
            await items.put_back(self._journal, number)
        elif isinstance(error, RateLimitError | UnreachableError) and self._once_more(number, error):
            await items.put_back(self._journal, number)
            self._again.append(number)
        elif isinstance(error, DiedError) and number not in self._fatal:
            self._fatal.add(number)  # or another one was, that was beside it
            await items.put_back(self._journal, number)
            self._again.append(number)
        else:
            self._rounds.pop(number, None)
            message = error.message if isinstance(error, SummarizerError) else shown(error)
            await items.fail(self._journal, number, error, message)
            self._told.finished(error)
            if not isinstance(error, SummarizerError):
                self._counted(items.BUG, number, error)

    def _once_more(self, number: int, error: RateLimitError | UnreachableError) -> bool:
        """Whether an article is tried again, in this run or, where that ends here, in the next."""
        self._rounds[number] = self._rounds.get(number, 0) + 1
        if isinstance(error, UnreachableError):
            self._counted(error.kind, number, error)
        elif (error.retry_after or 0) > LONGEST_PAUSE:
            self._stop(error)
        else:
            self._pause(error)
        return bool(self.stopped) or self._rounds[number] < ROUNDS

    def _pause(self, error: RateLimitError) -> None:
        self._pace.hold(PAUSE if error.retry_after is None else error.retry_after)
        self._told.pausing(self._pace.pause)
        now = time.monotonic()
        if now >= self._pause_ends:  # else it is the pause that another article met
            self._pause_ends = now + self._pace.pause
            self._counted(error.kind, now, error)

    def _counted(self, kind: str, which: float, error: Exception) -> None:
        met = self._in_a_row.setdefault(kind, set())
        met.add(which)
        if len(met) >= IN_A_ROW:
            self._stop(error)

    def _answered(self, response: Response, dollars: float | None) -> None:
        if response.status < 400:
            self._in_a_row.clear()
        else:
            self._in_a_row.pop(UnreachableError.kind, None)
        if self._pace.pause > 1:
            self._told.pausing(self._pace.pause)
        self._told.answered(response, dollars)

    def _stop(self, error: BaseException) -> None:
        self.stopped = self.stopped or error
        self._pace.stop(now=not isinstance(error, KeyboardInterrupt))
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
            loop().call_soon_threadsafe(self._stop, KeyboardInterrupt())

        before = signal.signal(signal.SIGINT, interrupt)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)
