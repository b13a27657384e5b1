"""The articles of a set."""

from __future__ import annotations

from pathlib import Path

from benchmarks.beside.record import Article
from summarizer.evaluation import Gold, read


def articles(path: Path, limit: int | None = None) -> list[Article]:
    """The articles of a file of gold; with a limit, so many of them, spread over it.

    Raises:
        SummarizerError: see `summarizer.evaluation.read`.
    """
    found = read(path)
    if limit and limit < len(found):
        found = [found[index * len(found) // limit] for index in range(limit)]
    return [_article(each) for each in found]


def _article(gold: Gold) -> Article:
    text = gold.source.text
    return Article(
        id=gold.id,
        title=" ".join(text.strip().split("\n\n")[0].split()),
        text=text,
        published=gold.published.isoformat() if gold.published else None,
        cluster=gold.cluster or f"article {gold.id}",
        answers=gold.answers,
    )
