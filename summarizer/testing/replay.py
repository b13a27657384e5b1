"""Replays without pytest, and the type of its fixture `summarize`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, TypeVar, overload

from summarizer import deck
from summarizer.briefing import BaseBriefing, Briefing
from summarizer.cassette import Record
from summarizer.source import Source

B = TypeVar("B", bound=BaseBriefing)


class Summarize(Protocol):
    """`summarizer.brief`, as the fixture `summarize` gives it."""

    @overload
    def __call__(self, source: Source | str | Path, *, schema: type[B], **known: Any) -> B: ...
    @overload
    def __call__(self, source: Source | str | Path, *, schema: str, **known: Any) -> BaseBriefing: ...
    @overload
    def __call__(self, source: Source | str | Path, **known: Any) -> Briefing: ...


@contextmanager
def replaying(cassette: str | Path, record: Record = "none") -> Iterator[None]:
    """Each briefing made while this lasts, by whatever code, replays a cassette of its own.

        with replaying("cassettes/merger.json"):
            report("articles/merger.txt")

    Args:
        cassette: the file of the first briefing; that of the second is called `NAME-2.json`, and so on.
        record: `once` records where there is no file, `all` records anew.

    Raises:
        CassetteError: there is no such file, or at the end: some of what was recorded was not asked for.
    """
    with deck.playing(deck.Deck(cassette, record)) as played:
        yield
        played.check()
