"""The tape of one article: what it was answered, in the run's journal."""

from __future__ import annotations

import json
from collections import defaultdict, deque
from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Any

from summarizer.batch import items
from summarizer.batch.items import Item
from summarizer.batch.journal import Journal
from summarizer.batch.pace import Pace
from summarizer.cassette import Response
from summarizer.errors import OfflineError


class Answers:
    """What an article was answered, by the hash of what was asked: a request is its article and its prompt, which are
    kept once, and not with each answer."""

    def __init__(self, answers: Iterable[tuple[str, Response]]) -> None:
        self._kept: dict[str, deque[Response]] = defaultdict(deque)
        for request, response in answers:
            self._kept[request].append(response)

    def recorded(self, body: dict[str, Any]) -> Response | None:
        if not self._kept:
            return None
        kept = self._kept.get(hash_of(body))
        return kept.popleft() if kept else None


class LiveTape(Answers):
    """Of an article that is being briefed."""

    live = True

    def __init__(self, item: Item, journal: Journal, pace: Pace, answered: Callable[[Response], None]) -> None:
        super().__init__(item.answers)
        self._number, self._journal, self._pace, self._answered = item.number, journal, pace, answered

    async def ready(self) -> None:
        await self._pace.ready(self)

    async def keep(self, body: dict[str, Any], response: Response) -> None:
        self._pace.answered(response)
        self._answered(response)
        await items.answer(self._journal, self._number, hash_of(body), response)


class StoredTape(Answers):
    """Of an article that is briefed again from what it was answered, and asked nothing."""

    live = False

    def __init__(self, item: Item) -> None:
        super().__init__(item.answers)

    async def ready(self) -> None:
        raise OfflineError("The model was never asked this, and is asked nothing now.")

    async def keep(self, body: dict[str, Any], response: Response) -> None:  # noqa: ARG002 (a Tape)
        await self.ready()


def hash_of(body: dict[str, Any]) -> str:
    """What a request is called among the answers that are kept."""
    return sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
