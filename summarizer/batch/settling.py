"""The files of folders, each when nobody writes to it any more."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from summarizer.batch.inputs import below
from summarizer.text import one_line

SECONDS = 2.0
"""For so long a file must stay as it is."""

_Sign = tuple[int, int]
"""The size of a file, and when it was last written to."""


class Settling:
    """The files below folders, without hidden and empty ones."""

    def __init__(self, folders: list[str], without: Path, *, said: Callable[[str], None]) -> None:
        """
        Args:
            without: a folder that is not looked into: the run's own.
            said: told of each folder that is not there, in a line.
        """
        self._folders, self._without, self._said = folders, without, said
        self._settled: dict[str, _Sign] = {}

    @property
    def paths(self) -> list[str]:
        """The files that stood still when they were last looked at."""
        return list(self._settled)

    def look(self) -> bool:
        """Looks at the folders, twice where something is new, and says whether a file has come to rest since."""
        found = self._signs()
        if all(sign == self._settled.get(path) for path, sign in found.items()):
            self._settled = found
            return False
        time.sleep(SECONDS)
        again = self._signs()
        settled = {path: sign for path, sign in again.items() if found.get(path) == sign}
        new = any(sign != self._settled.get(path) for path, sign in settled.items())
        self._settled = settled
        return new

    def _signs(self) -> dict[str, _Sign]:
        found = {}
        for folder in self._folders:
            if not Path(folder).is_dir():
                self._said(f"The folder {one_line(folder, 200)} is not there.")
            for path in below(folder, self._without):
                try:
                    stat = Path(path).stat()
                except OSError:  # gone since, or a link to nothing
                    continue
                if stat.st_size:
                    found[path] = (stat.st_size, stat.st_mtime_ns)
        return found
