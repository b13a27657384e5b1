"""How long the check takes: 25 items on an article of 6 KB, and 200 claims on a text of 1 MB.

`python -m benchmarks.latency` needs no data: the texts are made of `examples/`. Half of the claims are sentences as
they stand, half are paraphrased: words replaced by others of like meaning, the last clause left out.
"""

from __future__ import annotations

import random
import re
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from summarizer.check import Checker
from summarizer.document import Document
from summarizer.language.instructions import screened
from summarizer.language.lexicon import Lexicon, lexicon

ROOT = Path(__file__).parent.parent
ARTICLES = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "examples").glob("*.txt"))]
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b")


def main() -> None:
    print("| what | bytes | claims | document, ms | check, ms | all, ms |\n|---|---|---|---|---|---|")
    _row("an article", "\n\n".join(ARTICLES[:2])[:6200], 25, 15)
    _row("a long text", _long(1_000_000), 200, 3)


def _row(name: str, text: str, count: int, runs: int) -> None:
    claims = list(_claims(Document.of(text), count))
    reading = _median(lambda: screened(Document.of(text)), runs)
    document = screened(Document.of(text))
    checking = _median(lambda: _check(document, claims), runs)
    print(
        f"| {name} | {len(text.encode())} | {len(claims)} | {reading:.0f} | {checking:.0f} | {reading + checking:.0f} |"
    )


def _check(document: Document, claims: list[tuple[str, int]]) -> None:
    checker = Checker(document, lexicon("en"), None)
    for claim, cited in claims:
        checker.claim(claim, cited)


def _claims(document: Document, count: int) -> list[tuple[str, int]]:
    """So many claims, spread over the document, each with the number of the sentence that says it."""
    long = [each for each in document.sentences if len(each.span) > 60 and not each.title]
    picked = [long[at * len(long) // count] for at in range(count)]
    texts = [(document.text_of(each), each.number) for each in picked]
    return [(_paraphrased(text) if at % 2 else text, number) for at, (text, number) in enumerate(texts)]


def _paraphrased(text: str) -> str:
    words = text.rsplit(",", 1)[0].rstrip(".").split()
    return " ".join(_synonym(word, lexicon("en")) for word in words) + "."


def _synonym(word: str, known: Lexicon) -> str:
    for line in known.patterns("synonyms"):
        group = line.split()
        if word in group:
            return next((other for other in group if other != word and "_" not in other), word)
    return word


def _long(size: int) -> str:
    """The articles over and over, each time about other people and other numbers."""
    chance = random.Random(1)
    parts: list[str] = []
    length = 0
    while length < size:
        mark = "".join(chance.choice("bdfgklmnprstvz") + chance.choice("aeiou") for _ in range(2))
        text = _NAME.sub(lambda name, mark=mark: name[0] + mark, chance.choice(ARTICLES))  # type: ignore[misc]  # mark is bound
        parts.append(re.sub(r"\d+", lambda _: str(chance.randrange(2, 900)), text))
        length += len(parts[-1])
    return "\n\n".join(parts)[:size]


def _median(call: Callable[[], Any], runs: int) -> float:
    seconds: list[float] = []
    for _ in range(runs):
        started = time.perf_counter()
        call()
        seconds.append(time.perf_counter() - started)
    return statistics.median(seconds) * 1000


if __name__ == "__main__":
    main()
