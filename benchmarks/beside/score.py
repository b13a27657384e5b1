"""How often the first item of a field is what people marked.

An answer of at most 25 words is right if it has at least half of the content words of a phrase that people agreed on.
Without the limit a whole paragraph would be right. Where they agreed that the article does not say, any answer is wrong
and none is right; a way that failed has said neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from benchmarks.beside.record import QUESTIONS, Row
from summarizer.language.folding import fold
from summarizer.language.lexicon import lexicon

LONGEST = 25
ABSTENTION = "abstention"
_WORD = re.compile(r"[^\W_]+(?:[-'.,:][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Counts:
    """What was given, what was wanted, and what of it was both."""

    hit: int = 0
    given: int = 0
    wanted: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.hit + other.hit, self.given + other.given, self.wanted + other.wanted)

    @property
    def f1(self) -> float | None:
        """None where nothing was given and nothing was wanted."""
        both = self.given + self.wanted
        return 2 * self.hit / both if both else None


def scores(rows: Iterable[Row], gold: Mapping[str, Mapping[str, list[str]]]) -> dict[str, Counts]:
    """For each question, and for abstention over all of them, what one way got right.

    Args:
        gold: by the id of an article and a question, the phrases that are right; none where it does not say.
    """
    found = dict.fromkeys((*QUESTIONS, ABSTENTION), Counts())
    for row in rows:
        for question, phrases in gold.get(row.id, {}).items():
            answer = next((item.text for item in row.items if item.field == question), None)
            hit = answer is not None and right(answer, phrases)
            found[question] += Counts(hit, answer is not None, bool(phrases))
            silent = answer is None and row.error is None
            found[ABSTENTION] += Counts(silent and not phrases, silent, not phrases)
    return found


def right(answer: str, phrases: Iterable[str]) -> bool:
    return len(answer.split()) <= LONGEST and any(_covers(answer, each) for each in phrases)


def content(text: str) -> frozenset[str]:
    """The content words of a text, folded and without what a genitive adds; where it has none, all its words."""
    words = [each.removesuffix("'s") for each in _WORD.findall(fold(text))]
    stops = lexicon("en").words("stopwords")
    return frozenset(each for each in words if each not in stops) or frozenset(words)


def _covers(answer: str, phrase: str) -> bool:
    wanted = content(phrase)
    return bool(wanted) and 2 * len(wanted & content(answer)) >= len(wanted)
