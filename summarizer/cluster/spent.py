"""What the requests for one row cost, in tokens and dollars."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from summarizer.batch.tape import request_hash
from summarizer.cache import Reused
from summarizer.cassette import Response
from summarizer.model.answer import Usage, usage
from summarizer.prices import Tariff


class Spent:
    """Counts as a run on one machine does: what got no answer, or one that told no tokens, counts as the most that it
    can have cost. What a worker asked that died before the answer is not counted: nobody is left who knows of it."""

    def __init__(self, tariff: Tariff | None, before: Iterable[Response]) -> None:
        """
        Args:
            tariff: the model's; None where no price is known.
            before: what the row was answered when the run was stopped.
        """
        self._tariff = tariff
        self._open: dict[str, list[float | None]] = defaultdict(list)
        self._attempts = self._untold = self._cached = self._read = self._written = 0
        self._dollars: float | None = 0.0
        self._unsure = 0.0
        for response in before:
            self._count(response, None)

    @property
    def columns(self) -> dict[str, Any]:
        """Those of a finished row that say it."""
        return {
            "attempts": self._attempts,
            "untold": self._untold,
            "cached": self._cached,
            "tokens_read": self._read,
            "tokens_written": self._written,
            "dollars": self._dollars,
            "unsure": self._unsure,
        }

    def asking(self, body: dict[str, Any]) -> None:
        """A request is about to be sent."""
        self._open[request_hash(body)].append(self._tariff.most(body) if self._tariff else None)

    def answered(self, body: dict[str, Any], response: Response) -> None:
        """It was answered; or the cache answers it, so that it is not sent."""
        self._count(response, None if isinstance(response, Reused) else self._open[request_hash(body)].pop())

    def over(self, body: dict[str, Any]) -> None:
        """It is over, whether or not an answer came."""
        if unanswered := self._open[request_hash(body)]:
            self._attempts += 1
            self._guess(unanswered.pop())

    def _count(self, response: Response, most: float | None) -> None:
        if isinstance(response, Reused):
            self._cached += 1
            return
        used = usage(response.body) if isinstance(response.body, dict) else Usage()
        self._attempts += 1
        self._read += used.prompt_tokens or 0
        self._written += used.completion_tokens or 0
        if response.status >= 400:  # which costs nothing
            return
        if used.prompt_tokens is None or used.completion_tokens is None:
            self._guess(most)
        else:
            self._pay(self._tariff.cost(used) if self._tariff else None)

    def _guess(self, most: float | None) -> None:
        self._untold += 1
        self._unsure += most or 0.0
        self._pay(most)

    def _pay(self, dollars: float | None) -> None:
        self._dollars = None if dollars is None or self._dollars is None else self._dollars + dollars
