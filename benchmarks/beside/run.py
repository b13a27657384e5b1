"""The run: article by article, every way in turn, the first one another each time."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial

import httpx2

from benchmarks.beside.record import Article, Results, Row
from benchmarks.beside.ways import OURS, Ours, Way, others
from benchmarks.plain import TIMEOUT
from summarizer.model import engine, weights


def run(articles: Sequence[Article], results: Results, names: Sequence[str]) -> None:
    """Asks the ways of these names about every article, but for what the results have.

    Raises:
        OSError, subprocess.SubprocessError: the environment of a way cannot be made, or its program does not begin.
    """
    if all(results.has(article, name) for article in articles for name in names):
        return
    running = engine.engine(weights.pull(weights.EMBEDDED), weights.EMBEDDED.name)
    children = others(running.address, results.path.with_suffix(".log"))
    children = [each for each in children if each.name in names]
    for child in children:
        child.environment.install()
    ways: list[Way] = [*([Ours(running)] if OURS in names else []), *children]
    with ExitStack() as stack:
        for way in ways:
            stack.callback(way.close)
        fill(articles, ways, results, settle=partial(_settle, running.address))


def fill(
    articles: Sequence[Article], ways: Sequence[Way], results: Results, *, settle: Callable[[], None] = lambda: None
) -> None:
    """Adds the rows that the results lack; `settle` is called where an answer may still be on its way."""
    for article, way in turns(articles, ways):
        if results.has(article, way.name):
            continue
        answer = way.brief(article)
        row = Row(**answer.model_dump(), way=way.name, made_by=way.made_by)
        results.add(article, row)
        _show(article, row)
        if row.error:
            settle()


def turns(articles: Sequence[Article], ways: Sequence[Way]) -> list[tuple[Article, Way]]:
    """Whom to ask about what, in order. A machine's speed changes while this runs, so no way has all its first half."""
    return [
        (article, ways[(index + step) % len(ways)])
        for index, article in enumerate(articles)
        for step in range(len(ways))
    ]


def _show(article: Article, row: Row) -> None:
    what = row.error or f"{len(row.items)} items, {row.completion_tokens} tokens written"
    print(f"{article.id[:12]:<12}  {row.way:<14}{row.seconds:7.1f} s  {what}", file=sys.stderr, flush=True)


def _settle(address: str) -> None:
    """Waits until the engine, which answers one request at a time, has given up those that nobody waits for."""
    httpx2.post(
        f"{address}/chat/completions",
        json={"messages": [{"role": "user", "content": "Hello"}], "max_tokens": 1},
        timeout=TIMEOUT,
    ).raise_for_status()
