"""Every article of an evaluation with what was asked about it, the ones with the most wrong first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from summarizer.evaluation.cells import Table, label
from summarizer.evaluation.judge import RIGHT, Judged, Outcome
from summarizer.evaluation.result import Evaluation, Row
from summarizer.text import one_line

Change = Literal["better", "worse", "other"]

OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
CHANGES: tuple[Change, ...] = get_args(Change)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question about one article.

    Attributes:
        judged: as each prompt answered it, in the order of the runs.
    """

    judged: tuple[Judged, ...]

    @property
    def question(self) -> str:
        return self.judged[0].question

    @property
    def change(self) -> Change | None:
        """What the prompt in question does otherwise than the one that it is compared with; None where the outcome
        is the same, or there is one prompt alone. Other: neither of the two is right, in different ways."""
        new, old = (each.outcome for each in (self.judged[0], self.judged[-1]))
        if new == old:
            return None
        return "better" if new in RIGHT else "worse" if old in RIGHT else "other"

    @property
    def marks(self) -> tuple[str, ...]:
        """What it can be looked for by: its outcomes, and how they changed."""
        found = dict.fromkeys(each.outcome for each in self.judged)
        return (*found, *(("changed", self.change) if self.change else ()))


@dataclass(frozen=True, slots=True)
class Article:
    """
    Attributes:
        number: its place in the gold, 1 for the first.
        rows: as each prompt had it, in the order of the runs.
    """

    number: int
    rows: tuple[Row, ...]
    asked: tuple[Asked, ...]

    @property
    def wrong(self) -> tuple[int, ...]:
        """How many answers of each prompt are wrong."""
        return tuple(sum(each.outcome not in RIGHT for each in row.judged) for row in self.rows)

    @property
    def changed(self) -> int:
        return sum(each.change is not None for each in self.asked)


def articles(evaluation: Evaluation) -> list[Article]:
    """The ones with the most wrong first, else in the order of the gold."""
    every = zip(*(run.rows for run in evaluation.runs), strict=True)
    found = [Article(number, rows, tuple(_asked(rows))) for number, rows in enumerate(every, start=1)]
    return sorted(found, key=lambda each: [-wrong for wrong in each.wrong])


def questions(evaluation: Evaluation) -> list[str]:
    """What was asked of any article, in the order of the figures."""
    asked = {each.question for row in evaluation.run.rows for each in row.judged}
    return [*(name for name in evaluation.run.names if name in asked), *sorted(asked - set(evaluation.run.names))]


def outcomes(evaluation: Evaluation) -> Iterator[Table]:
    """How often each question had each outcome, by prompt; and what changed where there are two."""
    every, names = articles(evaluation), questions(evaluation)
    for at, run in enumerate(evaluation.runs):
        counts = Counter((each.question, each.judged[at].outcome) for article in every for each in article.asked)
        lines = [(label(name), *(str(counts[name, outcome]) for outcome in OUTCOMES)) for name in names]
        yield Table((one_line(run.name), *OUTCOMES), tuple(lines))
    if evaluation.against:
        both = " against ".join(one_line(run.name) for run in evaluation.runs)
        changed = Counter((each.question, each.change) for article in every for each in article.asked)
        lines = [(label(name), *(str(changed[name, change]) for change in CHANGES)) for name in names]
        yield Table((both, *CHANGES), tuple(lines))


def _asked(rows: tuple[Row, ...]) -> Iterator[Asked]:
    for judged in zip(*(row.judged for row in rows), strict=True):
        yield Asked(judged)
