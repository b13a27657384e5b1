"""Briefs the same articles by ours and by other ways, with the embedded model on one engine, and compares.

    python -m benchmarks.beside --data DIR [--set S] [--limit N] [--way W ...] [--out FILE]
    python -m benchmarks.beside --report FILE [--sample N FILE] [--marks FILE]

The ways: `summarizer`; `instructor` alone, with the same fields and the words that say each item copied;
`langextract` as its README has it; `prompt alone`, one request for JSON by the openai client. What comes is written to
a file as it comes, and what is there is not asked again. `--report` prints the tables of such a file with no model.
`--sample` writes items to be read by hand, `--marks` counts what was marked in them.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks.beside import gold, reading, table
from benchmarks.beside.record import Results
from benchmarks.beside.ways import NAMES
from benchmarks.environment import CACHE


def main(arguments: list[str] | None = None) -> None:
    given = _arguments(arguments)
    results = Results(given.report or given.out or CACHE / f"beside-{given.set}.jsonl")
    if given.data and not given.report:
        from benchmarks.beside.run import run

        articles = gold.articles(given.data / f"{given.set}.jsonl", given.limit)
        run(articles, results, given.way or NAMES)
    if not results.rows:
        sys.exit(f"{results.path} has no results: give --data, or another file.")
    table.report(results)
    if given.sample:
        count, file = given.sample
        reading.write(results, int(count), Path(file))
    if given.marks:
        reading.report(results, given.marks)


def _arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.beside")
    parser.add_argument("--data", type=Path, metavar="DIR", help="the folder with the set; without it nothing is asked")
    parser.add_argument("--set", default="giveme5w1h", help="the set, by the name of its file (default: %(default)s)")
    parser.add_argument("--limit", type=int, metavar="N", help="at most so many articles, spread over the set")
    parser.add_argument("--way", action="append", choices=NAMES, help="this way alone; may be given again")
    parser.add_argument("--out", type=Path, metavar="FILE", help="the results (default: in the user's cache)")
    parser.add_argument("--report", type=Path, metavar="FILE", help="the tables of these results; nothing is asked")
    parser.add_argument("--sample", nargs=2, metavar=("N", "FILE"), help="write N items of each way, to be read")
    parser.add_argument("--marks", type=Path, metavar="FILE", help="count what was marked in such a file")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
