"""Is a summary supported by its article? The check against people's judgements, without any model.

`python -m benchmarks.summaries --data DIR` reads `summedits_news.jsonl` and `cliff.jsonl` there and prints balanced
accuracy: the mean of the shares of true claims that stand and of false ones that do not.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarizer.check import Checker
from summarizer.check.evidence import Finding
from summarizer.document import Document
from summarizer.language.lexicon import lexicon


@dataclass(frozen=True, slots=True)
class Judged:
    """A summary, what people say of it, and what the check finds."""

    set: str
    claim: str
    true: bool
    finding: Finding

    @property
    def stands(self) -> bool:
        return not self.finding.objections


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder with the gold sets")
    parser.add_argument("--show", type=int, default=0, help="print so many of the false alarms and of the misses")
    options = parser.parse_args()
    judged = [*_judged(options.data / "summedits_news.jsonl"), *_judged(options.data / "cliff.jsonl")]
    _print(judged)
    for true in (True, False):
        wrong = [each for each in judged if each.true is true and each.stands is not true]
        for each in wrong[: options.show]:
            _show(each)


def _judged(path: Path) -> Iterator[Judged]:
    documents: dict[str, Checker] = {}
    for row in _rows(path):
        text = row["source"]
        if text not in documents:
            documents[text] = Checker(Document.of(text), lexicon("en"), None)
        name = f"{path.stem} {row['gold'].get('origin', '')}".strip()
        yield Judged(name, row["claim"], row["gold"]["label"] == 1, documents[text].summary(row["claim"]))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in path.read_bytes().split(b"\n") if line.strip())


def _print(judged: Iterable[Judged]) -> None:
    groups: dict[str, list[Judged]] = {}
    for each in judged:
        groups.setdefault(each.set, []).append(each)
    print(f"{'set':<22}{'true':>6}{'stand':>8}{'false':>8}{'caught':>8}{'balanced':>10}")
    for name, group in groups.items():
        true, false = ([each for each in group if each.true is wanted] for wanted in (True, False))
        stand = sum(each.stands for each in true) / len(true)
        caught = sum(not each.stands for each in false) / len(false)
        print(f"{name:<22}{len(true):>6}{stand:>8.1%}{len(false):>8}{caught:>8.1%}{(stand + caught) / 2:>10.1%}")
    codes = Counter(
        reason.code for each in judged if each.true and not each.stands for reason in each.finding.objections
    )
    print("false alarms by rule:", ", ".join(f"{code} {count}" for code, count in codes.most_common()))


def _show(judged: Judged) -> None:
    print(f"\n{'FALSE ALARM' if judged.true else 'MISS'} {judged.set}: {judged.claim}")
    for reason in judged.finding.objections:
        print(f"  S{judged.finding.sentences} {reason.code}: {reason.explanation}")


if __name__ == "__main__":
    main()
