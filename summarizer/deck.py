"""The cassettes of one test: a file for each briefing that is made in it, whatever code makes it.

NAME.json      the first briefing
NAME-2.json    the second one, and so on
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from summarizer.errors import CassetteError
from summarizer.text import one_line

if TYPE_CHECKING:
    from summarizer.cassette import Cassette, Record

Again = Callable[["Record"], str]
"""Says how to record, `once` or `all`."""


class Deck:
    """While it is playing, each briefing whose settings name no cassette gets the next file of it.

    Briefings get their files in the order in which they begin. Those of several threads begin in no order of their
    own: give each a cassette by its settings. Safe to share among threads.
    """

    def __init__(self, first: str | Path, record: Record = "none", again: Again | None = None) -> None:
        """
        Args:
            first: the file of the first briefing.
            again: for what an error says of recording.
        """
        self.first = Path(first)
        self.record: Record = record
        self._again = again or (lambda record: f'record="{record}"')
        self._taken = 0
        self._opened: list[Cassette] = []
        self._missing: list[Path] = []
        self._lock = threading.Lock()

    def file(self, number: int) -> Path:
        """The file of the briefing with this number, 1 for the first."""
        return self.first if number == 1 else self.first.with_stem(f"{self.first.stem}-{number}")

    def take(self) -> Path:
        """The next file, which need not be there."""
        with self._lock:
            self._taken += 1
            return self.file(self._taken)

    def next(self) -> tuple[Path, Record]:
        """The file for the next briefing, and whether to record it.

        Raises:
            CassetteError: it is to be replayed and is not there.
        """
        path = self.take()
        if self.record == "none" and not os.path.lexists(path):
            self._missing.append(path)
            raise self._no(path)
        return path, self.record

    def opened(self, cassette: Cassette) -> None:
        """Told of every cassette that a briefing opens, one that its settings name among them."""
        self._opened.append(cassette)

    def check(self) -> None:
        """
        Raises:
            CassetteError: a file or an answer was missing, whoever caught the error; a recorded answer was not asked
                for; or there is a file that no briefing used, the one after the last included.
        """
        if self._missing:
            raise self._no(self._missing[0])
        for cassette in self._opened:
            if cassette.missed:
                raise cassette.missed
            if cassette.unused:
                raise CassetteError(
                    f"{cassette.unused} of the answers in {_shown(cassette.path)} were not asked for.",
                    tip=f"If that is right, record again: {self._again('all')}",
                )
        used = {cassette.path for cassette in self._opened}
        for path in map(self.file, range(1, self._taken + 2)):
            if path not in used and os.path.lexists(path):
                raise CassetteError(
                    f"No briefing used {_shown(path)}.",
                    tip=f"If that is right, delete the file; else record again: {self._again('all')}",
                )

    def _no(self, path: Path) -> CassetteError:
        return CassetteError(f"There is no cassette {_shown(path)}.", tip=f"Record it: {self._again('once')}")


_playing: list[Deck] = []


def current() -> Deck | None:
    """The deck that is playing, in whatever thread."""
    return _playing[-1] if _playing else None


@contextmanager
def playing(deck: Deck) -> Iterator[Deck]:
    """The deck serves the briefings of this process while this lasts."""
    _playing.append(deck)
    try:
        yield deck
    finally:
        _playing.remove(deck)


def _shown(path: Path) -> str:
    return one_line(os.path.relpath(path) if path.is_relative_to(Path.cwd()) else str(path), 300)
