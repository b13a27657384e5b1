"""The gate of a run: an actor of Ray that all workers ask before they send a request, and tell what came of it.

It holds one pace and one breaker, as a run on one machine does. A worker makes two calls for each request, of about a
millisecond each; told to wait, all wait there.
"""

from __future__ import annotations

from typing import Any

from summarizer.batch.breaker import Breaker, Verdict
from summarizer.batch.pace import Pace, StoppedError
from summarizer.cassette import Response
from summarizer.errors import SummarizerError

WAITING = 10_000
"""How many calls there may be at a time, and so about how many articles."""


class Gate:
    """What is at the gate, on its own event loop."""

    def __init__(self) -> None:
        self._pace = Pace()
        self._breaker = Breaker(self._pace)

    async def ready(self, who: str) -> bool:
        """Returns when `who` may send a request; False where nothing more is to be sent."""
        try:
            await self._pace.ready(who)
        except StoppedError:
            return False
        return True

    async def answered(self, response: Response) -> None:
        self._pace.answered(response)
        self._breaker.answered(response.status)

    async def over(self, who: str) -> None:
        self._pace.over(who)

    async def done(self, which: str) -> None:
        self._breaker.done(which)

    async def failed(self, which: str, error: Exception) -> Verdict:
        return self._breaker.failed(which, error)

    async def stop(self, error: SummarizerError) -> None:
        self._breaker.stop(error)

    async def stopped(self) -> BaseException | None:
        """What ended the run before its end."""
        return self._breaker.stopped

    async def pause(self) -> float:
        """The seconds for which nothing is sent yet."""
        return self._pace.pause


def opened(name: str, node: str) -> Any:
    """The gate of a run, an actor on the driver's node: what ends that ends the run anyway.

    Raises:
        ValueError: the run has one, so that another driver works on it.
    """
    import ray

    kind = ray.remote(Gate).options(
        name=name,
        num_cpus=0,
        max_concurrency=WAITING,
        max_restarts=-1,
        max_task_retries=-1,
        label_selector={"ray.io/node-id": node},
    )
    return kind.remote()
