"""Feeds that are asked again and again, politely: what did not change is not sent again, and what fails is left alone
for a while."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from pydantic import BaseModel, TypeAdapter, ValidationError

from summarizer.batch import feeds
from summarizer.batch.entry import Entry
from summarizer.batch.journal import NAME as JOURNAL
from summarizer.errors import FetchError, JournalError, SourceError
from summarizer.files import write_whole
from summarizer.text import one_line
from summarizer.web import is_address

NAME = "journal.feeds.json"

SOONEST = 60.0
"""Seconds from one request for a feed to the next; after each failure in a row twice as many."""

LATEST = 6 * 3600.0
LONGEST = 24 * 3600.0
"""Seconds that a server may make us wait."""


class _Polled(BaseModel):
    """What is known of a feed: the mark of how it was, when it may be asked again, and how often in a row it failed."""

    mark: dict[str, str] = {}
    due: float = 0.0
    failures: int = 0


_KEPT = TypeAdapter(dict[str, _Polled])


class Polling:
    """The feeds of a run.

    Attributes:
        errors: what went wrong at the last look.
    """

    def __init__(self, names: list[str], folder: Path, *, allow_private: bool, said: Callable[[str], None]) -> None:
        """
        Args:
            folder: the run's; without its journal nothing is known of any feed.
            said: told of each feed that is not read, in a line.
        """
        self._path, self._said, self._allow_private = folder / NAME, said, allow_private
        kept = self._kept() if (folder / JOURNAL).exists() else {}
        self._feeds = {each: kept.get(each, _Polled()) for each in names}
        self._others = {name: each for name, each in kept.items() if name not in self._feeds}
        self._entries: dict[str, list[Entry]] = {}
        self._seen: set[str] = set()
        self._looked = False
        self.errors: list[SourceError] = []

    def look(self) -> bool:
        """Asks the feeds whose time has come, and says whether one of them has an entry that none had before.

        Raises:
            OfflineError: SUMMARIZER_OFFLINE is set.
        """
        self.errors = []
        for name, each in self._feeds.items():
            if not is_address(name) or (wait := each.due - time.time()) <= 0:
                self._ask(name, each)
            elif not self._looked:
                self._said(f"{one_line(name, 200)} is left alone for {_shown(wait)} more.")
        self._looked = True
        found = {each.place for each in self.entries()}
        new = not found <= self._seen
        self._seen |= found
        return new

    def entries(self) -> Iterator[Entry]:
        """What the feeds held when they were last sent."""
        for each in self._entries.values():
            yield from each

    def keep(self) -> None:
        """Puts down how the feeds are, once the journal has their entries.

        Raises:
            JournalError: it cannot be written.
        """
        try:
            write_whole(self._path, _KEPT.dump_json(self._others | self._feeds, indent=1))
        except OSError as error:
            raise JournalError(f"Cannot write {one_line(str(self._path), 200)}: {error.strerror}.") from error

    def _ask(self, name: str, polled: _Polled) -> None:
        try:
            found, polled.mark = feeds.asked(name, allow_private=self._allow_private, mark=polled.mark)
        except SourceError as error:
            self.errors.append(error)
            wait = min(LATEST, SOONEST * 2 ** min(polled.failures, 20))
            if isinstance(error, FetchError) and error.retry_after:
                wait = min(LONGEST, max(wait, error.retry_after))
            polled.failures += 1
            polled.due = time.time() + wait
            self._said(f"{error.message} {error.tip} It is left alone for {_shown(wait)}.")
            return
        polled.failures, polled.due = 0, time.time() + SOONEST
        if found is not None:
            self._entries[name] = found

    def _kept(self) -> dict[str, _Polled]:
        try:
            kept = _KEPT.validate_json(self._path.read_bytes())
        except FileNotFoundError:
            return {}
        except (OSError, ValidationError) as error:
            reason = getattr(error, "strerror", None) or "it is damaged"
            self._said(f"{one_line(str(self._path), 200)} cannot be read: {reason}. All feeds are read anew.")
            return {}
        for each in kept.values():  # a clock may have been wrong
            each.due = min(each.due, time.time() + LONGEST)
        return kept


def _shown(seconds: float) -> str:
    """A time to wait, for people."""
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.0f} min"
