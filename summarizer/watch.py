"""What standard error shows while a briefing is made: much to a terminal, almost nothing to a pipe."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from summarizer.text import one_line

if TYPE_CHECKING:
    from summarizer.model.engine import Engine
    from summarizer.model.provider import ModelName

_EVERY = 0.5


def say(text: str) -> None:
    """A line on standard error. Where that is closed or full, nothing: the result matters more."""
    if sys.stderr is not None:
        with suppress(OSError):
            print(text, file=sys.stderr, flush=True)


class Terminal:
    """A watcher that writes to standard error. Where that is no terminal, only the line on the model."""

    def __init__(self) -> None:
        self._live = sys.stderr is not None and sys.stderr.isatty()
        self._bar: Any = None
        self._showing = threading.Lock()

    def chosen(self, model: ModelName) -> None:
        say(f"model: {one_line(str(model), 120)} ({model.why})")

    def fetching(self, road: str, done: int, total: int) -> None:
        if not self._live:
            return
        if self._bar is None:
            self._bar = _download_bar()
            self._task = self._bar.add_task("fetching", total=total)
            self._bar.start()
        self._bar.update(self._task, completed=done, description=f"fetching the model ({road})")
        if done >= total:
            self._bar.stop()
            self._bar = None

    @contextmanager
    def asking(self, purpose: str, engine: Engine | None) -> Iterator[None]:
        # Of several that are asked at a time, one is shown.
        if not (self._live and self._showing.acquire(blocking=False)):
            yield
            return
        done = threading.Event()
        thread = threading.Thread(target=_show, args=(purpose, engine, done), daemon=True)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()
            self._showing.release()


def _download_bar() -> Any:
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

    return Progress(
        TextColumn("{task.description}", markup=False), BarColumn(), DownloadColumn(), TransferSpeedColumn(),
        TimeRemainingColumn(), console=Console(stderr=True), transient=True,
    )  # fmt: skip


def _show(purpose: str, engine: Engine | None, done: threading.Event) -> None:
    started = time.monotonic()
    shown = 0
    while not done.wait(_EVERY):
        line = f"{purpose}: {_state(engine)}, {time.monotonic() - started:.0f} s"
        sys.stderr.write("\r" + line.ljust(shown))
        sys.stderr.flush()
        shown = len(line)
    sys.stderr.write("\r" + " " * shown + "\r")
    sys.stderr.flush()


def _state(engine: Engine | None) -> str:
    progress = engine.progress() if engine else None
    if progress is None:
        return "waiting for the model"
    if progress.written:
        return f"writing, {progress.written} tokens"
    # The engine takes a prompt in one go and counts it only then.
    return f"reading, {progress.to_read} tokens" if progress.to_read else "starting"
