"""What failures mean for a run: another try of the article, a pause for all, or the end of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from typing import Literal

from summarizer.batch import items
from summarizer.batch.pace import Pace, StoppedError
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

PAUSE = 30.0
"""Seconds for which nothing is sent where a server limits the rate, try after try, and does not say for how long."""

LONGEST_PAUSE = 900.0
"""Seconds: told to wait longer, the run stops and says so."""

Verdict = Literal["failed", "again", "stopped"]
"""What an article is that got no briefing: failed for good, to be tried again in this run, or left to the next."""


def _unheard(*_: object) -> None: ...


class Breaker:
    """Of all articles of one run, on one event loop.

    Attributes:
        stopped: what ended the run before its end.
    """

    def __init__(
        self,
        pace: Pace,
        pausing: Callable[[float], None] = _unheard,
        stopping: Callable[[], None] = _unheard,
        *,
        rounds: int = ROUNDS,
    ) -> None:
        """
        Args:
            pausing: told for how many seconds nothing is sent.
            stopping: told when the run is being stopped.
            rounds: how often an article is tried that met a rate limit or no connection; once, where others do not wait
                for it either.
        """
        self._pace, self._pausing, self._stopping, self._most = pace, pausing, stopping, rounds
        self._rounds: dict[Hashable, int] = {}
        self._in_a_row: dict[str, set[Hashable]] = {}
        self._pause_ends = 0.0
        self.stopped: BaseException | None = None

    def answered(self, status: int) -> None:
        """Told of each answer that a server gives."""
        if status < 400:
            self._in_a_row.clear()
        else:
            self._in_a_row.pop(UnreachableError.kind, None)
        if self._pace.pause > 1:
            self._pausing(self._pace.pause)

    def done(self, which: Hashable) -> None:
        """An article has its briefing."""
        self._rounds.pop(which, None)

    def failed(self, which: Hashable, error: Exception) -> Verdict:
        """What comes of an article that met an error."""
        if isinstance(error, STOPPING):
            self.stop(error)
        if isinstance(error, (StoppedError, *STOPPING)):
            return "stopped"
        if isinstance(error, RateLimitError | UnreachableError) and self._most > 1 and self._once_more(which, error):
            return "again"
        self._rounds.pop(which, None)
        if not isinstance(error, SummarizerError):
            self._counted(items.BUG, which, error)
        return "failed"

    def stop(self, error: BaseException) -> None:
        """Ends the run; at Ctrl-C, when what was begun is done."""
        self.stopped = self.stopped or error
        self._pace.stop(now=not isinstance(error, KeyboardInterrupt))
        self._stopping()

    def _once_more(self, which: Hashable, error: RateLimitError | UnreachableError) -> bool:
        """Whether an article is tried again, in this run or, where that ends here, in the next."""
        self._rounds[which] = self._rounds.get(which, 0) + 1
        if isinstance(error, UnreachableError):
            self._counted(error.kind, which, error)
        elif (error.retry_after or 0) > LONGEST_PAUSE:
            self.stop(error)
        else:
            self._pause(error)
        return bool(self.stopped) or self._rounds[which] < self._most

    def _pause(self, error: RateLimitError) -> None:
        self._pace.hold(PAUSE if error.retry_after is None else error.retry_after)
        self._pausing(self._pace.pause)
        now = time.monotonic()
        if now >= self._pause_ends:  # else it is the pause that another article met
            self._pause_ends = now + self._pace.pause
            self._counted(error.kind, now, error)

    def _counted(self, kind: str, which: Hashable, error: Exception) -> None:
        met = self._in_a_row.setdefault(kind, set())
        met.add(which)
        if len(met) >= IN_A_ROW:
            self.stop(error)
