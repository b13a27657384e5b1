"""How often the first item of a field is what people marked, by the rule of `summarizer evaluate`, for every way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from benchmarks.beside.record import Article, Row
from summarizer.evaluation.judge import STANDS_IN
from summarizer.evaluation.phrase import right
from summarizer.evaluation.tally import Counts, Estimate, Sample, Totals

QUESTIONS = ("who", "what", "where", "when", "why")
ABSTENTION = "abstention"

Articles = Mapping[str, Article]
"""Articles by their id."""


def scores(rows: Iterable[Row], gold: Articles) -> Sample:
    """For each question, and for abstention over all of them, what one way got right.

    Where people agreed that an article does not say, any answer is wrong. A way that failed answers nothing, and
    abstains from nothing.
    """
    return Sample((gold[row.id].cluster, _counts(row, gold[row.id])) for row in rows)


def mean(totals: Totals) -> float | None:
    """The mean F1 of the questions."""
    found = [value for name in QUESTIONS if (value := totals.get(name, Counts()).f1) is not None]
    return sum(found) / len(found) if found else None


def lead(rows: Mapping[str, Row], others: Mapping[str, Row], gold: Articles) -> Estimate | None:
    """How much higher the mean F1 of one way is than another's, on the same articles."""
    both = Sample(
        (
            gold[each].cluster,
            _named("one", _counts(row, gold[each])) | _named("other", _counts(others[each], gold[each])),
        )
        for each, row in rows.items()
    )
    return both.estimate(_gap)


def _counts(row: Row, article: Article) -> dict[str, Counts]:
    counts: dict[str, Counts] = {}
    for question, phrases in article.answers.items():
        answer = _answer(row, question)
        hit = answer is not None and right(answer, phrases)
        counts[question] = Counts(hit, answer is not None, bool(phrases))
        silent = answer is None and row.error is None
        counts[ABSTENTION] = counts.get(ABSTENTION, Counts()) + Counts(silent and not phrases, silent, not phrases)
    return counts


def _answer(row: Row, question: str) -> str | None:
    """The first item of a field, or of the one that stands in for it where it is empty."""
    fields = (question, STANDS_IN.get(question))
    return next((item.text for field in fields for item in row.items if item.field == field), None)


def _named(way: str, counts: Totals) -> dict[str, Counts]:
    return {f"{way} {name}": each for name, each in counts.items()}


def _gap(totals: Totals) -> float | None:
    one, other = (
        mean({name: totals[f"{way} {name}"] for name in QUESTIONS if f"{way} {name}" in totals})
        for way in ("one", "other")
    )
    return None if one is None or other is None else one - other
