"""Feeds and folders that are looked at again and again: what is new is briefed, once. Each round is `brief_all` over
the same run, with all that is there."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarizer.batch import items
from summarizer.batch.brief import brief_all
from summarizer.batch.entry import Entry
from summarizer.batch.inputs import Inputs
from summarizer.batch.items import Failure, Made
from summarizer.batch.journal import NAME, Journal
from summarizer.batch.outcome import Outcome
from summarizer.batch.polling import Polling
from summarizer.batch.run import Told, Unheard
from summarizer.batch.settling import Settling
from summarizer.batch.table import Columns
from summarizer.errors import RateLimitError, SourceError, UnreachableError, UsageError
from summarizer.settings import Settings
from summarizer.source import Source
from summarizer.text import one_line
from summarizer.web import is_address

EVERY = 900.0
"""Seconds from one round to the next."""

PASSING = (RateLimitError, UnreachableError)
"""What ends a round, and not the watch."""


@dataclass(frozen=True, slots=True)
class Briefed:
    """An article that has just got its briefing."""

    made: Made
    source: Source

    @property
    def headline(self) -> str:
        """Its title; of a text without one, the first line."""
        return self.source.title or self.source.text.strip().partition("\n")[0]


@dataclass(frozen=True, slots=True)
class Round:
    """
    Attributes:
        made, failed: what got its briefing in this round, and what got none.
        errors: of the feeds that could not be read.
        outcome: how the run stands; None where there was nothing new.
    """

    made: tuple[Briefed, ...] = ()
    failed: tuple[Failure, ...] = ()
    errors: tuple[SourceError, ...] = ()
    outcome: Outcome | None = None

    @property
    def stopped(self) -> BaseException | None:
        """What ended it before its end."""
        return self.outcome.stopped if self.outcome else None

    @property
    def passing(self) -> bool:
        """Whether the next round may get further than this one, which was stopped."""
        return isinstance(self.stopped, PASSING)


def watch(
    places: Iterable[str | Path],
    folder: str | Path,
    settings: Settings | None = None,
    *,
    every: float = EVERY,
    once: bool = False,
    retry_failed: bool = False,
    columns: Columns | None = None,
    said: Callable[[str], None] = lambda _: None,
    told: Callable[[], AbstractContextManager[Told]] = lambda: nullcontext(Unheard()),
    **wanted: Any,
) -> Iterator[Round]:
    """Briefs what is new in feeds and folders, round after round, for ever. Between two rounds it waits.

    An article is briefed once: one that changes at its link or path is not briefed again.

    Args:
        places: feeds, by address or file, and folders.
        folder: the run's own.
        every: seconds from the beginning of a round to that of the next.
        once: whether there is one round only.
        retry_failed: whether the first round tries again what failed before.
        said: told of each feed or folder that cannot be read, in a line.
        told: makes what is told of a round, see `brief_all`.
        wanted: other keywords of `brief_all`.

    Raises:
        UsageError: a place is neither feed nor folder.
        SummarizerError, KeyboardInterrupt: what ended a round and would end the next one too; see `brief_all`. A
            server that is not there, or wants us to wait, is none of these unless there is one round only.
    """
    settings, folder = settings or Settings(), Path(folder)
    feeds, folders = _sorted(places)
    polling = Polling(feeds, folder, allow_private=settings.allow_private, said=said)
    settling = Settling(folders, Path(os.path.realpath(folder)), said=said)
    found = _Found(polling, settling, columns or Columns())
    left = True
    while True:
        began = time.monotonic()
        new = found.look()
        one = Round(errors=tuple(polling.errors))
        if (new or left) and (new or (folder / NAME).exists()):
            before = _ended(folder, retry_failed=retry_failed)
            with told() as hears:
                outcome = brief_all(found, folder, settings, retry_failed=retry_failed, told=hears, **wanted)
            one = _round(folder, before, one.errors, outcome)
            retry_failed, left = False, one.passing
        if (folder / NAME).exists():
            polling.keep()
        yield one
        if one.stopped and (once or not one.passing):
            raise one.stopped
        if once:
            return
        time.sleep(max(0.0, began + every - time.monotonic()))


class _Found:
    """What feeds and folders hold now. Nothing of the files is kept: each is read where it is asked for."""

    def __init__(self, polling: Polling, settling: Settling, columns: Columns) -> None:
        self._polling, self._settling, self._columns = polling, settling, columns

    def look(self) -> bool:
        """Whether there is something new."""
        return any([self._polling.look(), self._settling.look()])

    def entries(self, without: Path, *, allow_private: bool = False) -> Iterator[Entry]:
        yield from self._polling.entries()
        for path in self._settling.paths:
            try:
                yield from Inputs([path], columns=self._columns).entries(without, allow_private=allow_private)
            except UsageError as error:  # a table that is none
                yield Entry.wrong(path, error.message.encode(), error.message)


def _sorted(places: Iterable[str | Path]) -> tuple[list[str], list[str]]:
    """The feeds, and the folders."""
    names = list(dict.fromkeys(map(str, places)))
    if not names:
        raise UsageError("There is nothing to watch.", tip="Name feeds, by address or file, or folders.")
    for each in names:
        if not is_address(each) and not Path(each).exists():
            raise UsageError(f"There is no feed and no folder {one_line(each, 200)}.", tip="Check how it is written.")
    folders = [each for each in names if not is_address(each) and Path(each).is_dir()]
    return [each for each in names if each not in folders], folders


def _ended(folder: Path, *, retry_failed: bool) -> tuple[set[int], set[int]]:
    """The numbers of what has its briefing already, and of what got none and is not tried again."""
    if not (folder / NAME).exists():
        return set(), set()
    with closing(Journal(folder)) as journal:
        failed = set() if retry_failed else {each.number for each in items.failures(journal)}
        return set(items.finished(journal)), failed


def _round(folder: Path, before: tuple[set[int], set[int]], errors: tuple[SourceError, ...], outcome: Outcome) -> Round:
    done, failed = before
    with closing(Journal(folder)) as journal:
        made = tuple(_briefed(journal, number) for number in items.finished(journal) if number not in done)
        missed = tuple(each for each in items.failures(journal) if each.number not in failed)
    return Round(made, missed, errors, outcome)


def _briefed(journal: Journal, number: int) -> Briefed:
    source = items.item(journal, number).source
    assert source is not None  # noqa: S101 (what has a briefing was read)
    return Briefed(items.made_of(journal, number), source)
