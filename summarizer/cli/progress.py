"""How a batch goes on, on standard error: a bar on a terminal, a line now and then on a pipe."""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from summarizer.text import one_line
from summarizer.watch import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summarizer.batch.batches import Sent
    from summarizer.cassette import Response

EVERY = 10.0
"""Seconds between two lines on a pipe."""


OFTEN = 600.0
"""Seconds after which a line about batches is said again that has not changed."""


class Once:
    """A watcher that says which model it is once, and not for each article."""

    def __init__(self, terminal: Any) -> None:
        self._terminal, self._told = terminal, False

    def chosen(self, model: Any) -> None:
        if not self._told:
            self._told = True
            self._terminal.chosen(model)

    def fetching(self, road: str, done: int, total: int) -> None:
        self._terminal.fetching(road, done, total)

    def asking(self, purpose: str, engine: Any) -> Any:  # noqa: ARG002 (a Watcher)
        from contextlib import nullcontext

        return nullcontext()


class Progress:
    """Told of a run, and shows it while this lasts."""

    def __init__(self, folder: Path) -> None:
        self._name = one_line(folder.name, 40)
        self._live = sys.stderr is not None and sys.stderr.isatty()
        self._bar: Any = None
        self._task: Any = None
        self._done = self._failed = self._left = self._tokens = 0
        self._dollars = 0.0
        self._began = self._said = time.monotonic()
        self._until = self._waited = 0.0
        self._told = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()

    def beginning(self, pending: int) -> None:
        self._left, self._began = pending, time.monotonic()
        if not self._live or not pending:
            return
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        name, told = TextColumn("{task.description}", markup=False), TextColumn("{task.fields[told]}", markup=False)
        columns = (name, BarColumn(), told, TimeRemainingColumn())
        self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task = self._bar.add_task(self._name, total=pending, told="")
        self._bar.start()

    def finished(self, error: Exception | None) -> None:
        self._done, self._failed = self._done + (error is None), self._failed + (error is not None)
        self._left -= 1
        self._show()

    def part(self, done: int, failed: int, tokens: int, dollars: float) -> None:
        self._done, self._failed, self._tokens = self._done + done, self._failed + failed, self._tokens + tokens
        self._dollars += dollars
        self._left -= done + failed
        self._show()

    def answered(self, response: Response, dollars: float | None) -> None:
        used = response.body.get("usage") if isinstance(response.body, dict) else None
        total = used.get("total_tokens") if isinstance(used, dict) else None
        self._tokens += total if isinstance(total, int) else 0
        self._dollars += dollars or 0.0

    def pausing(self, seconds: float) -> None:
        if time.monotonic() + seconds > self._until + 1:
            self._until = time.monotonic() + seconds
            self._say(f"waiting {seconds:.0f} s, as the server asks")

    def waiting(self, sent: Sequence[Sent]) -> None:
        told, now = _waiting([each for each in sent if each.open]), time.monotonic()
        minutes, seconds = divmod(int(now - self._began), 60)
        passed = f"after {minutes // 60}:{minutes % 60:02}:{seconds:02}"
        if self._bar:
            self._bar.update(self._task, completed=self._done + self._failed, told=f"{told}, {passed}")
        elif told != self._told or now - self._waited >= OFTEN:
            self._told, self._waited = told, now
            self._say(f"{told}, {passed}")

    def stopping(self) -> None:
        self._say("ending what was begun; Ctrl-C again stops at once")

    def _show(self) -> None:
        if self._bar:
            self._bar.update(self._task, completed=self._done + self._failed, told=self._line())
        elif time.monotonic() - self._said >= EVERY:
            self._said = time.monotonic()
            self._say(self._line())

    def _line(self) -> str:
        rate = (self._done + self._failed) / max(time.monotonic() - self._began, 0.001)
        told = f"{self._done:,} done, {self._failed:,} failed, {self._left:,} left"
        cost = f", ${self._dollars:,.2f}" if self._dollars else ""
        return f"{told}, {rate * 60:,.0f} a minute, {self._tokens:,} tokens{cost}"

    def _say(self, text: str) -> None:
        if self._bar:
            self._bar.console.print(text, markup=False, highlight=False)
        else:
            say(text)


def _waiting(open_: Sequence[Sent]) -> str:
    """What is waited for."""
    if not open_:
        return "waiting until the provider's queue takes more"
    states = ", ".join(f"{count} {state}" for state, count in Counter(each.state for each in open_).items())
    answered, total = sum(each.completed for each in open_), sum(each.total for each in open_)
    batches = "1 batch" if len(open_) == 1 else f"{len(open_)} batches"
    return f"waiting for {batches} ({states}), {answered:,} of {total:,} requests answered"
