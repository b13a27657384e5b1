"""Seconds, tokens and memory of a briefing, beside plain instructor on the same engine and articles.

    python -m benchmarks.speed [ARTICLE ...]

Both run in turn in one process, on one engine that is loaded and warm, article by article. The plain way
asks for the same fields and has the model copy the words that say each of them, as instructor's guide to
citations does; `quotations only` copies those of the stated rationale alone.
"""

from __future__ import annotations

import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from pydantic import BaseModel

from benchmarks.plain import ASKED, LIMIT, QUOTED, Quoted, ask, connected, plain_schema
from summarizer import Settings, Source, Summarizer
from summarizer.briefing import Briefing
from summarizer.model import engine, weights
from summarizer.model.provider import EMBEDDED

EXAMPLES = Path(__file__).parent.parent / "examples"

Figures = tuple[float, int, int, int]
"""Seconds, prompt tokens read, prompt tokens taken from the cache, tokens written."""


def plain(address: str, schema: type[BaseModel], asked: str) -> Callable[[Path], Figures]:
    client = connected(address)

    def run(article: Path) -> Figures:
        started = time.monotonic()
        _, completion = ask(client, schema, asked, article.read_text(encoding="utf-8"))
        used = completion.usage
        cached = used.prompt_tokens_details.cached_tokens or 0
        return time.monotonic() - started, used.prompt_tokens - cached, cached, used.completion_tokens

    return run


def ours(summarizer: Summarizer[Briefing]) -> Callable[[Path], Figures]:
    def run(article: Path) -> Figures:
        started = time.monotonic()
        briefing: Briefing = summarizer.brief(Source.read(article))
        seconds = time.monotonic() - started
        attempts = briefing.provenance.attempts
        cached = sum(each.cached_tokens or 0 for each in attempts)
        read = sum(each.prompt_tokens or 0 for each in attempts) - cached
        return seconds, read, cached, sum(each.completion_tokens or 0 for each in attempts)

    return run


def main(articles: list[Path]) -> None:
    file = weights.pull(weights.EMBEDDED)
    running = engine.engine(file, weights.EMBEDDED.name)
    summarizer = Summarizer(Settings(model=EMBEDDED))
    ways: dict[str, Callable[[Path], Figures]] = {
        "summarizer": ours(summarizer),
        "instructor, every item quoted": plain(running.address, plain_schema(Quoted), QUOTED),
        "instructor, quotations only": plain(running.address, plain_schema(BaseModel), ASKED),
    }
    warm_up, *articles = articles
    found: dict[str, list[Figures]] = {name: [] for name in ways}
    for turn, article in enumerate([warm_up, *articles]):
        for name, way in list(ways.items()) if turn % 2 else list(ways.items())[::-1]:
            figures = way(article)
            print(f"{article.name:>28}  {name:<30} " + _row(figures), flush=True)
            if turn:
                found[name].append(figures)
    summarizer.close()
    _report(found)


def _row(figures: Figures) -> str:
    seconds, read, cached, written = figures
    return f"{seconds:6.1f} s  {read:5d} read  {cached:5d} cached  {written:4d} written"


def _report(found: dict[str, list[Figures]]) -> None:
    base: Literal["summarizer"] = "summarizer"
    print(f"\nmedians over {len(found[base])} articles after a first one to warm up; ratio article by article\n")
    print("| way | seconds | tokens read | tokens written | summarizer's time against it |")
    print("|---|---|---|---|---|")
    for name, rows in found.items():
        ratios = [mine[0] / other[0] for mine, other in zip(found[base], rows, strict=True)]
        seconds, read, _, written = (statistics.median(column) for column in zip(*rows, strict=True))
        cut = sum(row[3] >= LIMIT for row in rows)
        name += f" ({cut} cut at {LIMIT} tokens)" if cut else ""
        print(f"| {name} | {seconds:.1f} | {read:.0f} | {written:.0f} | {statistics.median(ratios):.2f} |")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"\npeak memory of this process, engine included: {peak:.2f} GB")


if __name__ == "__main__":
    main([Path(each) for each in sys.argv[1:]] or sorted(EXAMPLES.glob("*.txt")))
