"""The tape of one row: asks at the gate, and puts each answer down before anybody reads it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import Executor
from typing import Any
from uuid import uuid4

from summarizer.batch.pace import StoppedError
from summarizer.batch.tape import Answers, request_hash
from summarizer.cache import Reused
from summarizer.cassette import Response
from summarizer.cluster import parts
from summarizer.cluster.folder import Folder
from summarizer.cluster.spent import Spent


class SharedTape(Answers):
    """
    Attributes:
        answered: all that the row was answered, before and now.
    """

    live = True

    def __init__(
        self,
        key: str,
        answered: Sequence[tuple[str, Response]],
        folder: Folder,
        gate: Any,
        threads: Executor,
        spent: Spent,
    ) -> None:
        super().__init__(answered)
        self.answered = list(answered)
        self._key, self._folder, self._gate, self._threads = key, folder, gate, threads
        self._spent = spent
        self._who = uuid4().hex

    async def ready(self, body: dict[str, Any]) -> None:
        if not await self._gate.ready.remote(self._who):
            raise StoppedError("The run was stopped before this was asked.")
        self._spent.asking(body)

    async def keep(self, body: dict[str, Any], response: Response) -> None:
        self._spent.answered(body, response)
        if not isinstance(response, Reused):
            told = Response(status=response.status, headers=response.headers, seconds=response.seconds)
            await self._gate.answered.remote(told)
        self.answered.append((request_hash(body), response))
        await asyncio.get_running_loop().run_in_executor(
            self._threads, parts.keep, self._folder, self._key, self.answered
        )

    def ended(self, body: dict[str, Any]) -> None:
        self._spent.over(body)

    async def over(self) -> None:
        """Told when the row is done, whatever came of it."""
        await self._gate.over.remote(self._who)
