"""A batch with the embedded model: what it reads of each article's prompt anew, and how long it takes.

python -m benchmarks.embedded [--articles 20]

The articles are those of examples/, each with a line of its own at the end, no article twice in a row. Tokens are as
the engine tells them; what it remembers of a prompt it does not read again.
"""

from __future__ import annotations

import argparse
import itertools
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
EXAMPLES = [*sorted((ROOT / "examples").glob("*.txt")), *sorted((ROOT / "examples" / "together").glob("*.txt"))]
DAY = "2026-03-11"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=20)
    count = parser.parse_args().articles
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        given, run = _table(folder / "articles.jsonl", count), folder / "run"
        command = [sys.executable, "-m", "summarizer", "batch", str(given), "-o", str(run), "--no-cache"]
        started = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        seconds = time.perf_counter() - started
        lines = (run / "briefings.jsonl").read_text(encoding="utf-8").splitlines()
    _tell([json.loads(line)["provenance"]["attempts"] for line in lines], seconds)


def _tell(articles: list[list[dict[str, Any]]], seconds: float) -> None:
    drafts = [each for attempts in articles for each in attempts if each["purpose"] == "draft"]
    repairs = [each for attempts in articles for each in attempts if each["purpose"] == "repair"]
    print(f"{len(articles)} articles in {seconds:.0f} s, {seconds / len(articles):.1f} s each\n")
    print("| requests | number | tokens read, median | of them remembered | written, median | seconds, median |")
    print("|---|---:|---:|---:|---:|---:|")
    for name, asked in (("drafts", drafts), ("repairs", repairs)):
        if asked:
            row = (_median(asked, key) for key in ("prompt_tokens", "cached_tokens", "completion_tokens", "seconds"))
            print(f"| {name} | {len(asked)} | " + " | ".join(row) + " |")
    first, *others = (each["cached_tokens"] or 0 for each in drafts)
    print(f"\nof the first draft's prompt {first} tokens were remembered, of every other one at least {min(others)}")


def _median(asked: list[dict[str, Any]], key: str) -> str:
    return f"{statistics.median(each[key] or 0 for each in asked):,.0f}"


def _table(path: Path, count: int) -> Path:
    with path.open("w", encoding="utf-8") as file:
        for number, example in zip(range(count), itertools.cycle(EXAMPLES), strict=False):
            text = f"{example.read_text(encoding='utf-8')}\n\nThis was number {number} of the day.\n"
            file.write(json.dumps({"id": f"n{number}", "text": text, "published": DAY}) + "\n")
    return path


if __name__ == "__main__":
    main()
