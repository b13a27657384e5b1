"""When a request may be sent: one at first, then as many as are wanted, and none while the server asks to wait."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from contextlib import suppress

from summarizer.cassette import Response
from summarizer.errors import SummarizerError
from summarizer.model.answer import retry_after

FIRST = 5.0
"""Seconds for which the others wait for the first answer: a wrong key is then told once, and not a hundred times. What
takes longer is no refusal."""


class StoppedError(SummarizerError):
    """The run is being stopped, so that nothing more is sent; the article waits for another run."""


class Pace:
    """Of all tasks of one run, on one event loop."""

    def __init__(self, most: int | None = None) -> None:
        """
        Args:
            most: so many requests are on their way at a time.
        """
        self._places = asyncio.Semaphore(most) if most else None
        self._sending: set[object] = set()
        self._unused: Counter[object] = Counter()
        self._first: object | None = None
        self._first_at = 0.0
        self._open = False
        self._until = 0.0
        self._stopping = False
        self._stopped = False
        self._changed = asyncio.Event()

    @property
    def pause(self) -> float:
        """The seconds for which nothing is sent yet."""
        return max(self._until - time.monotonic(), 0.0)

    async def ready(self, who: object) -> None:
        """Returns when `who` may send a request, which then has a place until `back`.

        Raises:
            StoppedError: nothing more is to be sent, or nothing of `who`, which has sent nothing yet.
        """
        if self._unused[who]:
            self._unused[who] -= 1
        elif self._places:
            await self._places.acquire()
        try:
            while wait := self._wait(who):
                changed = self._changed
                with suppress(TimeoutError):
                    async with asyncio.timeout(wait):
                        await changed.wait()
        except BaseException:
            self.back(who)
            raise
        self._sending.add(who)

    def back(self, who: object, *, failed: bool = False) -> None:
        """Told when a request of `who` is over, or was not sent after all. One that `failed` keeps its place for the
        next try, until `who` is done: nothing else is sent before it is known what the failure means."""
        if failed:
            self._unused[who] += 1
        elif self._places:
            self._places.release()

    def answered(self, response: Response) -> None:
        """Told of each answer that a server gives."""
        self._open = self._open or response.status < 400
        if response.status == 429:
            self.hold(retry_after({str(name): value for name, value in response.headers.items()}) or 0.0)
        self._tell()

    def hold(self, seconds: float) -> None:
        """Nothing is sent for so long."""
        self._until = max(self._until, time.monotonic() + seconds)

    def over(self, who: object) -> None:
        """Told when one of those who send is done, whatever came of it."""
        self._sending.discard(who)
        for _ in range(self._unused.pop(who, 0)):
            self.back(who)
        if self._first == who:
            self._first = None
            self._tell()

    def stop(self, *, now: bool) -> None:
        """Lets those who are at it end what they began, unless they would have to wait; or, `now`, nobody."""
        self._stopping, self._stopped = True, self._stopped or now
        self._tell()

    def _wait(self, who: object) -> float:
        goes_on = self._open and not self.pause and who in self._sending
        if self._stopped or (self._stopping and not goes_on):
            raise StoppedError("The run was stopped before this was asked.")
        if self.pause or self._open:
            return self.pause
        if self._first in (None, who):
            if self._first is None:
                self._first, self._first_at = who, time.monotonic()
            return 0.0
        left = self._first_at + FIRST - time.monotonic()
        self._open = left <= 0
        return max(left, 0.0)

    def _tell(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()
