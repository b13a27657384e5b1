"""What an evaluation found: figures with their intervals, and every article with what was wrong in it."""

from __future__ import annotations

import json
import math
import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property

from summarizer.errors import WorseError
from summarizer.evaluation.judge import Judged
from summarizer.evaluation.tally import CONFIDENCE, Counts, Estimate, Figure, Sample, Totals
from summarizer.record import ArtifactRecord

SHARES = ("speakers", "quotations", "holds", "stood")
"""What is counted as a share of what was given; all the rest is F1."""

UNWEIGHED = ("holds", "stood")
"""What is no part of the overall figure: these say how the check works, and not how good the answers are."""


@dataclass(frozen=True, slots=True)
class Row:
    """One article, as one prompt had it.

    Attributes:
        counts: see `summarizer.evaluation.judge`; `any QUESTION` counts every item of a question as its answer.
        seconds: spent waiting for the model, when it was asked; in a replay, when it was recorded.
        read, written: tokens; null where the server does not tell them.
        error: why there is no briefing; null where there is one.
    """

    id: str
    title: str
    cluster: str
    judged: tuple[Judged, ...]
    counts: dict[str, Counts]
    seconds: float | None
    read: int | None
    written: int | None
    error: str | None


@dataclass(frozen=True)
class Run:
    """What one prompt made of the gold.

    Attributes:
        prompts: the one that asks, and the one that asks once more, if there is one.
        model: empty where no briefing was made.
        rows: in the order of the gold.
        fields: of the kind of briefing, in its order.
    """

    prompts: tuple[ArtifactRecord, ...]
    model: str
    rows: tuple[Row, ...]
    fields: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.prompts[0].id

    @cached_property
    def sample(self) -> Sample:
        return Sample((row.cluster, row.counts) for row in self.rows)

    @property
    def names(self) -> list[str]:
        """What was counted, in the order of the briefing, the shares last."""
        found = [name for name in self.sample.total if not name.startswith("any ")]
        place = {name: at for at, name in enumerate(self.fields)}
        return sorted(
            found,
            key=lambda name: (name in UNWEIGHED, name in SHARES, name == "abstention", place.get(name, len(place))),
        )

    @property
    def failed(self) -> list[Row]:
        return [row for row in self.rows if row.error is not None]

    def median(self, what: str) -> float | None:
        """Of `seconds`, `read` or `written`, over the articles that tell it."""
        known = [value for row in self.rows if (value := getattr(row, what)) is not None]
        return statistics.median(known) if known else None


@dataclass(frozen=True, slots=True)
class Difference:
    """How much higher one prompt's figure is than the other's, on the same articles."""

    name: str
    estimate: Estimate

    @property
    def worse(self) -> bool:
        """Whether the whole interval is below nought."""
        return self.estimate.high is not None and self.estimate.high < 0

    @property
    def better(self) -> bool:
        return self.estimate.low is not None and self.estimate.low > 0


@dataclass(frozen=True)
class Evaluation:
    """
    Attributes:
        gold: the name of the file.
        run: of the prompt in question.
        against: of the one that it is compared with.
    """

    gold: str
    run: Run
    against: Run | None = None

    @property
    def runs(self) -> tuple[Run, ...]:
        return (self.run, self.against) if self.against else (self.run,)

    @cached_property
    def differences(self) -> dict[str, Difference]:
        """By figure, `overall` first."""
        return {each.name: each for each in _differences(self.run, self.against)} if self.against else {}

    def raise_for_worse(self) -> None:
        """
        Raises:
            WorseError: the prompt is significantly worse than the other, in all: the interval of the difference
                of their overall figures lies below nought. With one cluster nothing is significant.
        """
        if (found := self.differences.get("overall")) and found.worse and self.against:
            low, high = found.estimate.low or 0.0, found.estimate.high or 0.0
            raise WorseError(
                f"{self.run.name} is worse than {self.against.name} on {self.gold}: "
                f"overall by {-found.estimate.value:.3f} ({CONFIDENCE:.0%} between {-high:.3f} and {-low:.3f}).",
                tip="See which answers went wrong: add --page FILE.",
            )

    def to_json(self) -> str:
        """The evaluation as JSON, indented, with a final newline."""
        plain = {
            "gold": self.gold,
            "articles": len(self.run.rows),
            "clusters": self.run.sample.clusters,
            "runs": [_run(each) for each in self.runs],
            "differences": {name: asdict(each.estimate) for name, each in self.differences.items()},
        }
        return json.dumps(plain, ensure_ascii=False, indent=2) + "\n"


def figure(name: str) -> Figure:
    """How a figure comes from counts: a share of what was given, or F1."""

    def of(totals: Totals) -> float | None:
        counts = totals.get(name, Counts())
        return counts.precision if name in SHARES else counts.f1

    return of


def overall(totals: Totals) -> float | None:
    """The mean of all figures but `UNWEIGHED`."""
    names = [name for name in totals if name not in UNWEIGHED and not name.startswith("any ")]
    found = [value for name in names if (value := figure(name)(totals)) is not None]
    return math.fsum(found) / len(found) if found else None  # fsum: the order of the figures does not matter


def _differences(run: Run, against: Run) -> Iterator[Difference]:
    both = Sample(
        (new.cluster, _named("new", new.counts) | _named("old", old.counts))
        for new, old in zip(run.rows, against.rows, strict=True)
    )
    for name, of in [("overall", overall), *((name, figure(name)) for name in run.names)]:
        if found := both.estimate(_gap(of)):
            yield Difference(name, found)


def _named(run: str, counts: Totals) -> dict[str, Counts]:
    return {f"{run} {name}": each for name, each in counts.items()}


def _gap(of: Figure) -> Figure:
    def gap(totals: Totals) -> float | None:
        new, old = (of(_Half(totals, run)) for run in ("new", "old"))
        return None if new is None or old is None else new - old

    return gap


class _Half(Mapping[str, Counts]):
    """The counts of one run among those of two. Nothing is copied: it is made for every draw and figure."""

    def __init__(self, both: Totals, run: str) -> None:
        self._both, self._start = both, f"{run} "

    def __getitem__(self, name: str) -> Counts:
        return self._both[self._start + name]

    def __iter__(self) -> Iterator[str]:
        return (name.removeprefix(self._start) for name in self._both if name.startswith(self._start))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _run(run: Run) -> dict[str, object]:
    total = run.sample.total
    figures: Sequence[tuple[str, Figure]] = [("overall", overall), *((name, figure(name)) for name in run.names)]
    return {
        "prompts": [each.model_dump() for each in run.prompts],
        "model": run.model,
        "figures": {
            name: (asdict(found) if (found := run.sample.estimate(of)) else {"value": None})
            | ({"precision": total[name].precision, "recall": total[name].recall} if name in total else {})
            | (asdict(total[name]) if name in total else {})
            | ({"any": total[f"any {name}"].recall} if f"any {name}" in total else {})
            for name, of in figures
        },
        "median": {what: run.median(what) for what in ("seconds", "read", "written")},
        "failed": len(run.failed),
        "rows": [asdict(row) for row in run.rows],
    }
