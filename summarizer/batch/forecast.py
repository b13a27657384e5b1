"""What a batch would ask, read and cost, told without a call.

Tokens are counted by characters, of which recorded requests have 3.9 a token (English, 12 requests to the embedded
model; each is met within 7 %). What an answer takes, and how often something is asked once more, is the mean of what
was recorded: a model that reasons before it answers writes more.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from summarizer.batch.entry import Entry
from summarizer.batch.facts import model_of
from summarizer.batch.inputs import Inputs
from summarizer.batch.journal import NAME, Journal
from summarizer.batch.reading import read
from summarizer.briefing import BaseBriefing, Briefing
from summarizer.errors import FetchError, ModelError, SourceError, UsageError
from summarizer.model.answer import Usage
from summarizer.prices import Tariff
from summarizer.recall import NotCachedError
from summarizer.recipe import Recipe
from summarizer.settings import Settings
from summarizer.source import Source
from summarizer.summarize import Summarizer, loop, project_of
from summarizer.web import is_address

CHARACTERS = 3.9
"""Characters of a token."""

DRAFT = 315
"""Tokens of an answer."""

AGAIN, AGAIN_READ, AGAIN_WRITTEN = 0.5, 570, 12
"""How often something is asked once more about an article, and the tokens of that. A merge is taken to be as large."""


_COUNTED = ("articles", "done", "duplicates", "unreadable", "links", "cached")


@dataclass(frozen=True, slots=True)
class Forecast:
    """
    Attributes:
        articles: what is named, each once, without what the run has done.
        done: what it has done, or has given up.
        duplicates: how often an article is named again.
        unreadable: those that are no articles, or cannot be read: how many.
        links: those that are not fetched for this, and taken to be like the others.
        cached: those that the cache has all answers for.
        calls, read, written: the requests to expect, and their tokens; None where there is nothing to judge links by.
        dollars: None where no price is known, or the tokens are not.
    """

    articles: int
    done: int
    duplicates: int
    unreadable: int
    links: int
    cached: int
    calls: int | None
    read: int | None
    written: int | None
    dollars: float | None


@dataclass
class _Sum:
    """Of the articles that are asked about, and could be looked at."""

    articles: int = 0
    calls: float = 0.0
    read: float = 0.0
    written: float = 0.0

    def add(self, characters: int, drafts: int, *, merged: bool) -> None:
        more = AGAIN + merged
        self.articles += 1
        self.calls += drafts + more
        self.read += characters / CHARACTERS + more * AGAIN_READ
        self.written += drafts * DRAFT + more * AGAIN_WRITTEN


def forecast(
    inputs: Inputs,
    folder: str | Path,
    settings: Settings | None = None,
    *,
    schema: type[BaseBriefing] | str = Briefing,
    retry_failed: bool = False,
    known: dict[str, str] | None = None,
) -> Forecast:
    """What `brief_all` would do with the same arguments. Files are read and feeds fetched, links are not, nothing is
    written.

    Raises:
        JournalError: the folder has a run that cannot be read.
        UsageError: there is nothing to brief, or the settings contradict each other.
    """
    settings, folder = settings or Settings(), Path(folder)
    if settings.cassette is not None:
        raise UsageError("A cassette holds one briefing, and a run keeps all exchanges.", tip="Leave it out.")
    recipe = Recipe.of(schema, settings.prompt, project_of(settings.project))
    seen: set[bytes] = set()
    count = dict.fromkeys((*_COUNTED, "asked"), 0)
    total = _Sum()
    has = _Has(folder, retry_failed=retry_failed)
    with closing(has), Summarizer(settings, schema=schema) as summarizer:
        for entry in inputs.entries(without=folder, allow_private=settings.allow_private):
            if (place := sha256(entry.place.encode("utf-8", "surrogateescape")).digest()) in seen:
                count["duplicates"] += 1
                continue
            seen.add(place)
            if has.ended(entry):
                count["done"] += 1
                continue
            count["articles"] += 1
            count[_looked_at(entry, summarizer, recipe, known or {}, total)] += 1
    return _told(count, total, Tariff.of(model_of(settings)))


def _looked_at(
    entry: Entry, summarizer: Summarizer[BaseBriefing], recipe: Recipe, known: dict[str, str], total: _Sum
) -> str:
    """What an article is counted as; what is asked about it is added to `total`."""
    if entry.where and is_address(entry.where):
        return "links"
    try:
        if entry.fault:
            return "unreadable"
        source = read(entry, known, allow_private=False)
        body = _missing(summarizer, source)
    except (SourceError, FetchError):
        return "unreadable"
    if body is None:
        return "cached"
    document = recipe.document(source)
    requests = recipe.requests(document, source.published)
    shown = sum(len(message["content"]) for each in requests for message in each.messages)
    form = body.get("response_format")
    schema = len(json.dumps(form)) * len(requests) if form else 0
    total.add(shown + schema, len(requests), merged=len(requests) > 1 and recipe.merge is not None)
    return "asked"


def _missing(summarizer: Summarizer[BaseBriefing], source: Source) -> dict[str, Any] | None:
    """The first request about an article that the cache has no answer to; None where it has them all."""
    try:
        asyncio.run_coroutine_threadsafe(summarizer.recalled(source), loop()).result()
    except NotCachedError as missing:
        return missing.body
    except ModelError:  # what it has gives no briefing any more
        return {}
    return None


class _Has:
    """What a run has, if there is one."""

    def __init__(self, folder: Path, *, retry_failed: bool) -> None:
        self._journal = Journal(folder) if (folder / NAME).exists() else None
        self._ends = ("done",) if retry_failed else ("done", "failed")

    def ended(self, entry: Entry) -> bool:
        if self._journal is None:
            return False
        place = entry.place.encode("utf-8", "backslashreplace").decode()
        found = self._journal.rows("SELECT state FROM item WHERE place = ?", place)
        return any(state in self._ends for (state,) in found)

    def close(self) -> None:
        if self._journal:
            self._journal.close()


def _told(count: dict[str, int], total: _Sum, tariff: Tariff | None) -> Forecast:
    judged = total.articles or not count["links"]
    times = 1 + count["links"] / total.articles if total.articles else 1.0
    used = Usage(round(total.read * times), round(total.written * times))
    return Forecast(
        **{name: count[name] for name in _COUNTED},
        calls=round(total.calls * times) if judged else None,
        read=used.prompt_tokens if judged else None,
        written=used.completion_tokens if judged else None,
        dollars=tariff.cost(used) if tariff and judged else None,
    )
