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

from pydantic import BaseModel, Field, create_model

from summarizer import Settings, Source, Summarizer
from summarizer.briefing import Briefing
from summarizer.draft import Part, Status
from summarizer.model import engine, weights
from summarizer.model.provider import EMBEDDED

LIMIT = 2000
EXAMPLES = Path(__file__).parent.parent / "examples"
ASKED = """You brief analysts on a news article. Say only what the article says.
headline: the main event in under 12 words. summary: one to three sentences.
what: the main event first, then at most two other events, each in one short sentence.
who: the people and groups in the main event and those who speak about it, with their titles and parts.
where: the place of the main event. when: its day or time.
why: what led to the main event, as the article reports it.
rationale: who says why it was done, the reason in brief, and the quotation, copied in full."""

# In front, so that the two plain ways share no cached prompt.
QUOTE = "quote: the exact words of the article that say it, copied."


class Quoted(BaseModel):
    quote: str = Field(description="The exact words of the article that say this.")


def plain_schema(base: type[BaseModel]) -> type[BaseModel]:
    """The fields of a briefing, each item with what `base` adds."""
    event = create_model("Event", __base__=base, claim=(str, ...), status=(Status, ...))
    actor = create_model("Actor", __base__=base, name=(str, ...), title=(str, ...), part=(Part, ...))
    place = create_model("Place", __base__=base, place=(str, ...))
    when = create_model("Time", __base__=base, time=(str, ...))
    cause = create_model("Cause", __base__=base, cause=(str, ...))
    rationale = create_model("Rationale", speaker=(str, ...), reason=(str, ...), quotation=(str, ...))
    return create_model(
        "PlainBriefing",
        headline=(str, ...),
        summary=(str, ...),
        what=(list[event], Field(min_length=1, max_length=3)),  # type: ignore[valid-type]  # made above
        who=(list[actor], Field(min_length=2, max_length=6)),  # type: ignore[valid-type]  # made above
        where=(list[place], Field(max_length=2)),  # type: ignore[valid-type]  # made above
        when=(list[when], Field(max_length=2)),  # type: ignore[valid-type]  # made above
        why=(list[cause], Field(max_length=2)),  # type: ignore[valid-type]  # made above
        rationale=(list[rationale], Field(max_length=3)),  # type: ignore[valid-type]  # made above
    )


Figures = tuple[float, int, int, int]
"""Seconds, prompt tokens read, prompt tokens taken from the cache, tokens written."""


def plain(address: str, schema: type[BaseModel], asked: str) -> Callable[[Path], Figures]:
    import instructor
    from instructor.core.exceptions import IncompleteOutputException
    from openai import OpenAI

    client = instructor.from_openai(
        OpenAI(base_url=address, api_key="none", max_retries=0, timeout=600), mode=instructor.Mode.JSON_SCHEMA
    )

    def run(article: Path) -> Figures:
        started = time.monotonic()
        try:
            _, completion = client.chat.completions.create_with_completion(
                model="local",
                temperature=0,
                max_tokens=LIMIT,
                max_retries=0,
                response_model=schema,
                messages=[
                    {"role": "system", "content": asked},
                    {"role": "user", "content": article.read_text(encoding="utf-8")},
                ],
            )
        except IncompleteOutputException as error:  # it ran on to the limit: no briefing, but the time was spent
            completion = error.last_completion
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
        "instructor, every item quoted": plain(running.address, plain_schema(Quoted), f"{QUOTE}\n{ASKED}"),
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
