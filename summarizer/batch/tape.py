"""The tape of one article: what it was answered, in the run's journal."""

from __future__ import annotations

import json
from collections import defaultdict, deque
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from summarizer.batch import items
from summarizer.batch.items import Item
from summarizer.batch.journal import Journal
from summarizer.batch.pace import Pace
from summarizer.cassette import PostponedError, Response
from summarizer.errors import OfflineError

_PASSING = (408, 409, 429)
"""Client errors that may be gone the next time."""


class _Answers:
    """What an article was answered, by the hash of what was asked: a request is its article and its prompt, which are
    kept once, and not with each answer."""

    def __init__(self, item: Item) -> None:
        self._kept: dict[str, deque[Response]] = defaultdict(deque)
        for request, response in item.answers:
            self._kept[request].append(response)

    def recorded(self, body: dict[str, Any]) -> Response | None:
        if not self._kept:
            return None
        kept = self._kept.get(request_hash(body))
        return kept.popleft() if kept else None


class LiveTape(_Answers):
    """Of an article that is being briefed."""

    live = True

    def __init__(self, item: Item, journal: Journal, pace: Pace, answered: Callable[[Response], None]) -> None:
        super().__init__(item)
        self._number, self._journal, self._pace, self._answered = item.number, journal, pace, answered

    async def ready(self) -> None:
        await self._pace.ready(self)

    async def keep(self, body: dict[str, Any], response: Response) -> None:
        self._pace.answered(response)
        self._answered(response)
        await items.answer(self._journal, self._number, request_hash(body), response)


class BatchTape(_Answers):
    """Of an article that is briefed as far as its answers go.

    Attributes:
        wanted: what it has no answer to, to be asked by a batch.
    """

    live = True

    def __init__(self, item: Item) -> None:
        super().__init__(item)
        self.wanted: list[dict[str, Any]] = []
        self._refused: dict[str, Response] = {}

    def recorded(self, body: dict[str, Any]) -> Response | None:
        hashed = request_hash(body)
        found = super().recorded(body)
        if found is None:
            found = self._refused.get(hashed)
        elif 400 <= found.status < 500 and found.status not in _PASSING:
            self._refused[hashed] = found  # asked again at once, it would be refused again
        if found is None:
            self.wanted.append(body)
        return found

    async def ready(self) -> None:
        raise PostponedError("This waits to be asked by a batch.")

    async def keep(self, body: dict[str, Any], response: Response) -> None:  # noqa: ARG002 (a Tape)
        await self.ready()


class StoredTape(_Answers):
    """Of an article that is briefed again from what it was answered, and asked nothing."""

    live = False

    async def ready(self) -> None:
        raise OfflineError("The model was never asked this, and is asked nothing now.")

    async def keep(self, body: dict[str, Any], response: Response) -> None:  # noqa: ARG002 (a Tape)
        await self.ready()


def request_hash(body: dict[str, Any]) -> str:
    return sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
