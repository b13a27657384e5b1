"""The tape of one article: what it was answered, in the run's journal."""

from __future__ import annotations

import json
from collections import defaultdict, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from summarizer.batch import items
from summarizer.batch.items import Item
from summarizer.batch.journal import Journal
from summarizer.batch.pace import Pace
from summarizer.batch.purse import Purse
from summarizer.cache import Reused
from summarizer.cassette import PostponedError, Response
from summarizer.errors import BudgetError, OfflineError
from summarizer.model.answer import Usage, usage

_PASSING = (408, 409, 429)
"""Client errors that may be gone the next time."""


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
        kept = self._kept.get(request_hash(body))
        return kept.popleft() if kept else None


@dataclass(frozen=True, slots=True)
class _Open:
    """A request that is on its way: what the journal and the purse call it."""

    at: int
    aside: int


class LiveTape(Answers):
    """Of an article that is being briefed."""

    live = True

    def __init__(
        self, item: Item, journal: Journal, pace: Pace, purse: Purse, answered: Callable[[Response, float | None], None]
    ) -> None:
        super().__init__(item.answers)
        self._number, self._journal, self._answered = item.number, journal, answered
        self._pace, self._purse = pace, purse
        self._open: dict[str, list[_Open]] = defaultdict(list)

    async def ready(self, body: dict[str, Any]) -> None:
        most = self._purse.most(body)
        aside = await self._room(most)
        try:
            at = await items.ask(self._journal, self._number, most)
        except BaseException:
            self._over(aside, failed=True)
            raise
        self._open[request_hash(body)].append(_Open(at, aside))

    async def _room(self, most: float | None) -> int:
        """Returns when there is a place and the money for a request, which has what the purse calls it."""
        while True:
            await self._pace.ready(self)
            try:
                aside = self._purse.put_aside(most)
            except BudgetError:
                self._pace.back(self)
                raise
            if aside is not None:
                return aside
            self._pace.back(self)
            await self._purse.changed()

    def _over(self, aside: int, cost: float | None = None, *, failed: bool) -> None:
        self._purse.over(aside, cost)
        self._pace.back(self, failed=failed)

    async def keep(self, body: dict[str, Any], response: Response) -> None:
        await self.kept(request_hash(body), response)

    async def kept(self, request: str, response: Response) -> None:
        """`keep`, with the hash of what was asked."""
        if isinstance(response, Reused):
            await items.answer(self._journal, self._number, request, response, None, Usage(), None)
            return
        sent = self._open[request].pop()
        used = usage(response.body) if isinstance(response.body, dict) else Usage()
        cost = self._purse.cost(response.status, used)
        self._over(sent.aside, cost, failed=response.status >= 400)
        self._pace.answered(response)
        self._answered(response, cost)
        await items.answer(self._journal, self._number, request, response, sent.at, used, cost)

    def ended(self, body: dict[str, Any]) -> None:
        self.over(request_hash(body))

    def over(self, request: str) -> None:
        """`ended`, with the hash of what was asked."""
        if unanswered := self._open[request]:
            self._over(unanswered.pop().aside, failed=True)

    def close(self) -> None:
        """What was asked and has no answer gets none: nobody is there to tell it."""
        for request, unanswered in self._open.items():
            while unanswered:
                self.over(request)


class BatchTape(Answers):
    """Of an article that is briefed as far as its answers go.

    Attributes:
        wanted: what it has no answer to, to be asked by a batch.
    """

    live = True

    def __init__(self, item: Item, journal: Journal) -> None:
        super().__init__(item.answers)
        self._number, self._journal = item.number, journal
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

    async def ready(self, body: dict[str, Any]) -> None:  # noqa: ARG002 (a Tape)
        raise PostponedError("This waits to be asked by a batch.")

    async def keep(self, body: dict[str, Any], response: Response) -> None:
        """Keeps what the cache answered; nothing else is answered here."""
        if not isinstance(response, Reused):
            await self.ready(body)
        self.wanted.remove(body)
        await items.answer(self._journal, self._number, request_hash(body), response, None, Usage(), None)

    def ended(self, body: dict[str, Any]) -> None: ...


class StoredTape(Answers):
    """Of an article that is briefed again from what it was answered, and asked nothing."""

    live = False

    async def ready(self, body: dict[str, Any]) -> None:  # noqa: ARG002 (a Tape)
        raise OfflineError("The model was never asked this, and is asked nothing now.")

    async def keep(self, body: dict[str, Any], response: Response) -> None:  # noqa: ARG002 (a Tape)
        await self.ready(body)

    def ended(self, body: dict[str, Any]) -> None: ...


def request_hash(body: dict[str, Any]) -> str:
    """The hash that a request is known by."""
    return sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
