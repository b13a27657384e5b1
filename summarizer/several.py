"""Articles about one event: each briefed alone, in order, and their briefings made one dossier."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from summarizer.briefing import BaseBriefing, Briefing
from summarizer.deck import Deck
from summarizer.dossier.merging import merge, refuse_twice
from summarizer.dossier.record import Dossier
from summarizer.errors import SummarizerError, UsageError
from summarizer.settings import Settings, Watcher
from summarizer.source import Source
from summarizer.summarize import Summarizer, as_source
from summarizer.text import one_line


def together(
    sources: Sequence[Source | str | Path],
    *,
    schema: type[BaseBriefing] | str = Briefing,
    language: str | None = None,
    **settings: Any,
) -> Dossier:
    """What several articles say of one event: `together(["one.txt", "other.txt"])`.

    Every article is asked about by itself. What is put together afterwards is done by code, and no statement is in
    the dossier that is not an item of one of its briefings.

    Args:
        sources: two or more, each as `summarizer.brief` takes it. A `Source` holds the day of publication.
        schema: the kind of briefing, see `summarizer.brief`.
        language: of all articles that do not say their own; by default English.
        settings: the fields of `Settings`. A `cassette` is that of the first article; that of the second is called
            `NAME-2.json`, and so on.

    Raises:
        UsageError: fewer than two sources, or one text twice.
        SummarizerError: an article could not be briefed; the message begins with its name. Nothing is returned then.
    """
    asking = Settings(**settings)
    read = [as_source(each, allow_private=asking.allow_private, language=language) for each in sources]
    return merge(briefings(read, asking, schema=schema))


def briefings(
    sources: Sequence[Source],
    settings: Settings,
    *,
    schema: type[BaseBriefing] | str = Briefing,
    watcher: Watcher | None = None,
) -> list[BaseBriefing]:
    """The briefing of each article, in order.

    Raises:
        UsageError, SummarizerError: see `together`.
    """
    if len(sources) < 2:
        raise UsageError("There is only one article.", tip="Give two or more that are about one event.")
    refuse_twice([(each.name, each.sha256) for each in sources])
    with _summarizers(len(sources), settings, schema, watcher) as asked:
        return [_brief(each, source) for each, source in zip(asked, sources, strict=True)]


def _brief(summarizer: Summarizer[BaseBriefing], source: Source) -> BaseBriefing:
    try:
        return summarizer.brief(source)
    except SummarizerError as error:
        error.within(one_line(source.name, 120))
        raise


@contextmanager
def _summarizers(
    count: int, settings: Settings, schema: type[BaseBriefing] | str, watcher: Watcher | None
) -> Iterator[list[Summarizer[BaseBriefing]]]:
    """One for all articles, which keeps its connections; where there are cassettes, one for each."""
    deck = Deck(_file(settings.cassette), settings.record) if settings.cassette is not None else None
    each = [replace(settings, cassette=deck.file(number)) for number in range(1, count + 1)] if deck else [settings]
    made: list[Summarizer[BaseBriefing]] = [Summarizer(one, schema=schema, watcher=watcher) for one in each]
    try:
        yield made if deck else made * count
    finally:
        for one in made:
            one.close()


def _file(cassette: object) -> str | Path:
    if not isinstance(cassette, str | Path):
        raise UsageError("A cassette that is open already holds one briefing.", tip="Give the name of its file.")
    return cassette
