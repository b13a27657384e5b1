"""Pages: how much of an article is found, what is said about it, and what of the hidden text gets through.

    python -m benchmarks.pages --data FOLDER [--show N]

The folder holds `html_body.jsonl`, `html_meta.jsonl` and `html_injection.jsonl`, whose `html_path` is relative to it.

- Article text: shingles of four words, as the article-extraction-benchmark of Scrapinghub counts them: true and false
  positives and false negatives of a page, as shares of their sum; precision and recall are means over the pages, and F1
  is made of the two. Our first line, the title, is left off, since the gold has none.
- Title: letters and digits are the same, case aside; `held`: or the one holds the other whole. Day: the same. Author:
  the same names in any order, or the one holds the other; only of pages for which one is marked.
- Hidden text: pages in whose text the planted words are found.

Beside ours: trafilatura alone, without readers' comments, on the same bytes.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import trafilatura
from trafilatura.metadata import extract_metadata

from summarizer import Source, SourceError
from summarizer.document import Document

WORD = re.compile(r"\w+")
SHINGLE = 4
RUNS = 5
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Read:
    """What a way makes of a page."""

    text: str
    title: str = ""
    author: str = ""
    day: str = ""


Way = Callable[[bytes, str | None], Read]


def ours(raw: bytes, url: str | None) -> Read:
    try:
        source = Source.from_html(raw, address=url)
    except SourceError as error:
        print(f"refused: {error.message} {url or ''}")
        return Read("")
    title, text = source.title or "", source.text
    body = text.removeprefix(f"{title}\n\n") if title else text
    return Read(body, title, source.author or "", str(source.published or ""))


def alone(raw: bytes, url: str | None) -> Read:
    text = trafilatura.extract(raw, include_comments=False) or ""
    told = extract_metadata(raw.decode("utf-8", "replace"), default_url=url)
    return Read(text, told.title or "", (told.author or "").replace(";", ","), told.date or "")


WAYS: dict[str, Way] = {"summarizer": ours, "trafilatura alone": alone}


def rows(data: Path, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (data / name).read_bytes().split(b"\n") if line.strip()]


def page(data: Path, row: dict[str, Any]) -> bytes:
    raw = (data / row["html_path"]).read_bytes()
    return gzip.decompress(raw) if raw.startswith(b"\x1f\x8b") else raw


def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = WORD.findall(text)
    found = (tuple(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1)))
    return Counter(each for each in found if each)


def matching(gold: str, found: str) -> tuple[float, float, float]:
    """The shares of true positives, false positives and false negatives."""
    wanted, given = shingles(gold), shingles(found)
    counts = [sum(each.values()) for each in (wanted & given, given - wanted, wanted - given)]
    whole = sum(counts) or 1
    right, extra, missed = (count / whole for count in counts)
    return right, extra, missed


def f1(counts: list[tuple[float, float, float]]) -> tuple[float, float, float]:
    """F1, and the precision and recall that it is made of."""
    precision = statistics.mean(right / (right + extra) for right, extra, _ in counts if right + extra)
    recall = statistics.mean(right / (right + missed) for right, _, missed in counts if right + missed)
    return 2 * precision * recall / (precision + recall), precision, recall


def bodies(data: Path, show: int) -> None:
    marked = rows(data, "html_body.jsonl")
    print(f"\n| article text, {len(marked)} pages | F1 | precision | recall | ms a page |\n|---|---:|---:|---:|---:|")
    for name, way in WAYS.items():
        started = time.perf_counter()
        found = [way(page(data, row), row["url"]).text for row in marked]
        took = 1000 * (time.perf_counter() - started) / len(marked)
        counts = [matching(row["gold"]["articleBody"], text) for row, text in zip(marked, found, strict=True)]
        print(f"| {name} | {' | '.join(f'{share:.3f}' for share in f1(counts))} | {took:.0f} |", flush=True)
        if way is ours:
            worst = sorted(zip(counts, marked, strict=True), key=lambda each: each[0][0])[:show]
    for (right, extra, missed), row in worst:
        print(f"    {right:.3f} right, {extra:.3f} too much, {missed:.3f} missed: {row['url']}")


def letters(text: str) -> str:
    return " ".join(WORD.findall(text.casefold()))


def people(text: str) -> list[str]:
    return sorted(filter(None, map(letters, re.split(r";|,|&|\band\b", text))))


def held(one: str, other: str) -> bool:
    return bool(one and other) and (one in other or other in one)


def facts(data: Path, show: int) -> None:
    marked = rows(data, "html_meta.jsonl")
    print(
        f"\n| what a page says, {len(marked)} pages | title | title, held | day | author |\n|---|---:|---:|---:|---:|"
    )
    for name, way in WAYS.items():
        found = [(row["gold"], way(page(data, row), row["url"])) for row in marked]
        judged = {
            "title": [letters(gold["title"]) == letters(told.title) for gold, told in found],
            "held": [held(letters(gold["title"]), letters(told.title)) for gold, told in found],
            "day": [gold["date"] == told.day for gold, told in found],
            "author": [_author(gold["author"], told.author) for gold, told in found if gold["author"]],
        }
        print(f"| {name} | {' | '.join(share(each) for each in judged.values())} |", flush=True)
        if way is ours:
            wrong = [each for each, right in zip(found, judged["held"], strict=True) if not right]
            wrong += [
                (gold, told) for gold, told in found if gold["author"] and not _author(gold["author"], told.author)
            ]
    for gold, told in wrong[:show]:
        print(f"    {gold['title']!r} by {gold['author']!r}, ours {told.title!r} by {told.author!r}")


def _author(gold: str, told: str) -> bool:
    return people(gold) == people(told) or held(letters(gold), letters(told))


def share(judged: Iterable[bool]) -> str:
    listed = list(judged)
    return f"{sum(listed)} of {len(listed)}, {sum(listed) / len(listed):.1%}"


def leaks(data: Path) -> None:
    planted = rows(data, "html_injection.jsonl")
    carriers = sorted({row["gold"]["carrier"] for row in planted})
    print(
        f"\n| hidden text let through, {len(planted)} pages | {' | '.join(carriers)} |\n|---|{'---:|' * len(carriers)}"
    )
    for name, way in WAYS.items():
        cells = []
        for carrier in carriers:
            mine = [row for row in planted if row["gold"]["carrier"] == carrier]
            through = sum(row["gold"]["injected"] in way(page(data, row), None).text for row in mine)
            cells.append(f"{through} of {len(mine)}")
        print(f"| {name} | {' | '.join(cells)} |", flush=True)


def large(data: Path) -> None:
    """The pages of about a megabyte, and one that is made of many paragraphs."""
    sized = [
        (row["html_path"], page(data, row))
        for name in ("html_body.jsonl", "html_meta.jsonl")
        for row in rows(data, name)
    ]
    taken = [each for each in sized if 0.8 * MEGABYTE < len(each[1]) < 1.5 * MEGABYTE]
    paragraph = (
        "<p>The ferry {} left the pier at Velmouth an hour late, the harbour board said, because of the storm.</p>"
    )
    made = "<html><head><title>Ferries</title></head><body><article>{}</article></body></html>"
    count = MEGABYTE // len(paragraph)
    taken.append(("made of paragraphs", made.format("".join(map(paragraph.format, range(count)))).encode()))
    print("\n| a page to a Document | MB | seconds, median | fastest |\n|---|---:|---:|---:|")
    for name, raw in taken:
        times = []
        for _ in range(RUNS):
            started = time.perf_counter()
            Document.of(Source.from_html(raw).text)
            times.append(time.perf_counter() - started)
        label = Path(name).stem[:40]
        print(
            f"| {label} | {len(raw) / MEGABYTE:.2f} | {statistics.median(times):.2f} | {min(times):.2f} |", flush=True
        )


def main(data: Path, show: int) -> None:
    bodies(data, show)
    facts(data, show)
    leaks(data)
    large(data)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder of marked pages")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print the N worst of each table")
    given = parser.parse_args()
    main(given.data, given.show)
