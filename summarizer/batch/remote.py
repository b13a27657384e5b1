"""Briefing the articles of a run by a provider's batches: what they would ask goes up in files, round after round.

An article is briefed as far as its answers go. What it asks beyond is put into a file; when that is answered, it is
briefed anew, and may ask again: for a repair, or since it was refused. It is done as soon as it asks nothing more.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

from summarizer.batch import batches, items
from summarizer.batch.batches import FULL, PLANNED, SMALLER, Question, Sent
from summarizer.batch.breaker import STOPPING
from summarizer.batch.items import Item
from summarizer.batch.journal import Journal
from summarizer.batch.line import Line, parsed
from summarizer.batch.purse import Purse
from summarizer.batch.requests import Limits, Requests, path_of
from summarizer.batch.run import READERS, Run, Told
from summarizer.batch.tape import BatchTape, request_hash
from summarizer.briefing import BaseBriefing
from summarizer.cassette import PostponedError
from summarizer.errors import (
    BatchError,
    DeadlineError,
    RateLimitError,
    ServerError,
    SummarizerError,
    UnreachableError,
)
from summarizer.model.answer import Usage
from summarizer.model.batch import ENDED, PRICE, QueueFullError, Remote
from summarizer.model.batches import Batches
from summarizer.summarize import Summarizer

FIRST_LOOK, LONGEST_LOOK = 5.0, 60.0
"""Seconds between two looks at the provider: the first ones after something happened, and those after a long while."""

SETTLED = 60.0
"""Seconds after which a batch that the provider does not list was not created."""

QUEUE = 600.0
"""Seconds to wait where the queue is full, unless a batch of ours ends before."""

TRIES = 3
"""How many batches may leave a request unanswered before its article fails."""

DOWNLOADS = 5
"""How often files are looked for and read that hold less than the provider says."""

IN_A_ROW = 10
"""So many looks that failed stop the run. The batches go on."""

_AT_ONCE = 500
_PASSING = (RateLimitError, UnreachableError, ServerError, DeadlineError)


class BatchRun(Run):
    """`Run` by batches. For one use."""

    def __init__(
        self,
        journal: Journal,
        summarizer: Summarizer[BaseBriefing],
        known: dict[str, str],
        told: Told,
        purse: Purse,
        folder: Path,
        concurrency: int,
        limits: Limits,
        *,
        wait: bool,
    ) -> None:
        # Each question has its own rounds: TRIES.
        super().__init__(journal, summarizer, known, told, purse, concurrency, rounds=1)
        self._folder, self._limits, self._wait = folder, limits, wait
        self._tapes: dict[int, BatchTape] = {}
        self._look = FIRST_LOOK
        self._queue_until = 0.0
        self._failed_looks = 0
        self._over: BatchError | None = None
        self._woken = asyncio.Event()
        self._remote: Batches
        self._requests: Requests

    async def _finish(self) -> None:
        self._task = asyncio.current_task()
        self._readers = ThreadPoolExecutor(min(self._concurrency, READERS), "reader")
        try:
            self._remote = Batches(await self._summarizer.connected())
            await self._go_on()
        except SummarizerError as error:
            self._breaker.stop(error)
        finally:
            self._readers.shutdown(wait=False, cancel_futures=True)

    async def _go_on(self) -> None:
        await asyncio.to_thread(batches.begin, self._journal)
        while not self.stopped:
            pause = 0.0
            try:
                await self._round()
                self._failed_looks = 0
            except _PASSING as error:
                pause = self._missed(error)
            if self.stopped or not self._left():
                return
            found = batches.sent(self._journal)
            self._told.waiting(found)
            if not self._wait:
                return
            await self._sleep(max(pause, self._look))
            self._look = min(self._look * 1.5, LONGEST_LOOK)

    def _left(self) -> bool:
        waits = next(items.pending(self._journal), None) is not None
        return waits or bool(batches.sent(self._journal, only_open=True))

    def _missed(self, error: RateLimitError | UnreachableError | ServerError | DeadlineError) -> float:
        """The seconds to wait after a look that failed."""
        self._failed_looks += 1
        if self._failed_looks >= IN_A_ROW or not self._wait:
            self._breaker.stop(error)
        asked = error.retry_after if isinstance(error, RateLimitError) else None
        return max(asked or 0.0, self._look)

    async def _sleep(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._woken.wait()

    def _stopping(self) -> None:
        super()._stopping()
        self._woken.set()

    # One look at all batches, and what follows from it

    async def _round(self) -> None:
        for each in batches.sent(self._journal, only_open=True):
            await self._further(each)
        if self._may_ask():
            await self._ask()
        if self._over:
            self._breaker.stop(self._over)
        for each in batches.sent(self._journal, only_open=True):
            if each.id is None and each.creating is None:
                await self._further(each)

    async def _further(self, batch: Sent) -> None:
        """Takes a batch one or more steps further, from wherever it is."""
        if self.stopped:
            return
        path = path_of(self._folder, batch.number)
        if batch.state == PLANNED:
            if not path.is_file():
                await batches.drop(self._journal, batch)
                return
            file = await self._remote.upload(path, f"{batch.key}.jsonl")
            await batches.uploaded(self._journal, batch, file)
            batch = self._again_of(batch)
        remote = await (self._remote.get(batch.id) if batch.id else self._created(batch))
        if remote is None:
            return
        await batches.told(self._journal, batch, remote)
        path.unlink(missing_ok=True)
        if (remote.status, remote.completed) != (batch.state, batch.completed):
            self._look = FIRST_LOOK
        if remote.status in ENDED:
            await self._ended(self._again_of(batch), remote)

    async def _created(self, batch: Sent) -> Remote | None:
        """Its batch, new or found; None where it may still turn up, or the queue is full."""
        file = batch.file or ""
        if batch.creating is not None:
            found = await self._remote.find(file, batch.key)
            if found or time.time() - batch.creating < SETTLED:
                return found
        await batches.creating(self._journal, batch)
        try:
            return await self._remote.create(file, batch.key)
        except QueueFullError as error:
            await self._queue_full(batch, error.message)
            return None
        except _PASSING:
            await batches.creating(self._journal, batch)  # it may be created yet
            raise

    async def _ended(self, batch: Sent, remote: Remote) -> None:
        if remote.full:
            await self._queue_full(batch, remote.why)
            return
        if remote.status == "failed":
            await batches.close(self._journal, batch, tried=False)
            self._over = BatchError(
                f"The provider did not take the batch {batch.id}: {remote.why or 'no reason is told'}.",
                tip="Nothing of it was paid for. See to what it says, then run the same command again.",
            )
            return
        await batches.looking(self._journal, batch)
        for file in remote.files:
            await self._collect(batch, file)
        answered = batch.total - batches.unanswered(self._journal, batch)
        if answered < remote.completed and batch.looks + 1 < DOWNLOADS:
            return  # what is missing was paid for, and may be there at the next look
        await batches.close(self._journal, batch)
        self._queue_until = 0.0
        if remote.status == "cancelled":
            self._over = BatchError(
                f"The batch {batch.id} was cancelled; what it had answered is kept.",
                tip="The same command asks for the rest, in another batch.",
            )

    async def _collect(self, batch: Sent, file: str) -> None:
        """Keeps what a file of answers or errors says."""
        some: list[Line] = []
        odd = 0
        async for raw in self._remote.lines(file):
            line = parsed(raw)
            if line:
                some.append(line)
            odd += line is None and bool(raw.strip())
            if len(some) >= _AT_ONCE:
                await self._keep(batch, some, odd)
                some, odd = [], 0
        await self._keep(batch, some, odd)

    async def _keep(self, batch: Sent, lines: list[Line], odd: int) -> None:
        kept = self._remote.client.kept
        told = [(each.id, None if each.response is None else kept(each.response, 0.0), each.why) for each in lines]
        for response, cost in await batches.keep(self._journal, batch, told, odd, self._cost):
            self._told.answered(response, cost)

    def _cost(self, status: int, used: Usage) -> float | None:
        cost = self._purse.cost(status, used)
        return None if cost is None else cost * PRICE

    async def _queue_full(self, batch: Sent, why: str) -> None:
        """Lets its questions be asked later, in smaller batches where there was nothing of ours to wait for."""
        others = [each for each in batches.sent(self._journal, only_open=True) if each.number != batch.number]
        said = FULL if others else SMALLER
        await batches.close(self._journal, batch, f"{said}: {why}", tried=False)
        path_of(self._folder, batch.number).unlink(missing_ok=True)
        self._queue_until = time.monotonic() + QUEUE

    def _again_of(self, batch: Sent) -> Sent:
        return next(each for each in batches.sent(self._journal) if each.number == batch.number)

    # The articles, as far as their answers go

    def _may_ask(self) -> bool:
        if self._over:
            return True
        if self.stopped or time.monotonic() < self._queue_until:
            return False
        unsure = [each for each in batches.sent(self._journal, only_open=True) if each.state in _UNSURE]
        return self._most() == self._limits.requests or not unsure

    def _most(self) -> int:
        return batches.most(self._journal, self._limits.requests)

    async def _ask(self) -> None:
        """Briefs what waits for no batch, and puts down batches of what that asks."""
        most = self._most()
        self._requests = Requests(self._journal, self._folder, Limits(most, self._limits.bytes))
        self._waiting = self._until_full(most) if most < self._limits.requests else batches.unasked(self._journal)
        async with asyncio.TaskGroup() as group:
            for _ in range(self._concurrency):
                group.create_task(self._work())
        await self._requests.close()
        await batches.tidy(self._journal)

    def _until_full(self, most: int) -> Iterator[int]:
        """No more than one batch: the queue did not hold many."""
        for count, number in enumerate(batches.unasked(self._journal)):
            if count >= most:
                return
            yield number

    def _tape(self, item: Item) -> Any:
        self._tapes[item.number] = BatchTape(item, self._journal)
        return self._tapes[item.number]

    async def _brief(self, number: int) -> None:
        try:
            await super()._brief(number)
        finally:
            self._tapes.pop(number, None)

    async def _failed(self, number: int, error: Exception) -> None:
        if isinstance(error, PostponedError):
            failure = await self._later(number)
            if failure is None:
                return
            error = failure
        await super()._failed(number, error)
        if isinstance(error, STOPPING):
            await items.forget_refusals(self._journal)

    async def _later(self, number: int) -> ServerError | None:
        """Puts what an article asks into the next batch; or says why that has no use."""
        if self._over:  # what is answered is briefed, and nothing else asked
            await items.wait(self._journal, number)
            return None
        asked = [(Question.of(number, request_hash(body)), body) for body in self._tapes[number].wanted]
        for question, _ in asked:
            tries, why = batches.tries(self._journal, question)
            if tries >= TRIES:
                return ServerError(f"{tries} batches did not answer it: {why or 'it was in none of their files'}.")
        for question, body in asked:
            await self._requests.add(question, body)
        await items.wait(self._journal, number)
        return None


_UNSURE = (PLANNED, batches.UPLOADED, "validating")
