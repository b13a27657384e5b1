"""A run's folder, which one process works in at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from summarizer.batch.journal import LOCK, NAME
from summarizer.errors import JournalError
from summarizer.text import one_line


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """The run is this process's own while this lasts; when the process dies, the operating system ends it.

    Raises:
        JournalError: it is another's, or there can be no such folder.
    """
    shown = one_line(str(folder), 200)
    lock = FileLock(folder / LOCK, timeout=0)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise JournalError(
            f"Another process works on the run {shown}.",
            tip=f"Wait for its end; how far it is: summarizer runs show {shown}",
        ) from error
    except OSError as error:
        raise JournalError(f"Cannot work in {shown}: {error.strerror}.") from error
    try:
        yield
    finally:
        lock.release()


def runs(folder: Path) -> list[Path]:
    """The runs in a folder, in the order of their names: itself, if it is one, and those right in it.

    Raises:
        JournalError: it cannot be read.
    """
    try:
        return [each for each in (folder, *sorted(folder.iterdir())) if (each / NAME).is_file()]
    except OSError as error:
        raise JournalError(f"Cannot read {one_line(str(folder), 200)}: {error.strerror}.") from error
