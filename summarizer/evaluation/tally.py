"""Counting what was right, and how far the figures can be trusted."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

DRAWS = 2000
CONFIDENCE = 0.95
SEED = 20_260_311


@dataclass(frozen=True, slots=True)
class Counts:
    """What was given, what was wanted, and what of it was both."""

    hit: int = 0
    given: int = 0
    wanted: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.hit + other.hit, self.given + other.given, self.wanted + other.wanted)

    @property
    def precision(self) -> float | None:
        """None where nothing was given."""
        return self.hit / self.given if self.given else None

    @property
    def recall(self) -> float | None:
        """None where nothing was wanted."""
        return self.hit / self.wanted if self.wanted else None

    @property
    def f1(self) -> float | None:
        """None where nothing was given and nothing was wanted."""
        both = self.given + self.wanted
        return 2 * self.hit / both if both else None


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with the interval that 95 of 100 resamplings fall in; none where there is one cluster alone."""

    value: float
    low: float | None = None
    high: float | None = None


Totals = Mapping[str, Counts]
"""Counts by the name of what they count."""

Figure = Callable[[Totals], float | None]


class Sample:
    """Counts of articles, with what they could have been: the bootstrap over clusters (Efron's percentiles).

    Clusters are drawn with replacement, since articles about one event go right and wrong together. Equal input
    gives equal figures.
    """

    def __init__(self, rows: Iterable[tuple[str, Totals]]) -> None:
        """Args: rows: of each article, its cluster and its counts."""
        clusters: dict[str, dict[str, Counts]] = {}
        for cluster, counts in rows:
            _add(clusters.setdefault(cluster, {}), counts)
        self.clusters = len(clusters)
        self.total = _sum(clusters.values())
        self._drawn = list(_resampled(clusters)) if self.clusters > 1 else []

    def estimate(self, figure: Figure) -> Estimate | None:
        """A figure over all articles; None where there is none."""
        value = figure(self.total)
        drawn = sorted(found for each in self._drawn if (found := figure(each)) is not None)
        if value is None or not drawn:
            return None if value is None else Estimate(value)
        tail = (1 - CONFIDENCE) / 2
        return Estimate(value, _at(drawn, tail), _at(drawn, 1 - tail))


def _resampled(clusters: Mapping[str, Totals]) -> Iterator[dict[str, Counts]]:
    chance, names = random.Random(SEED), sorted(clusters)  # noqa: S311 (no secret)
    for _ in range(DRAWS):
        yield _sum(clusters[name] for name in chance.choices(names, k=len(names)))


def _sum(totals: Iterable[Totals]) -> dict[str, Counts]:
    found: dict[str, Counts] = {}
    for each in totals:
        _add(found, each)
    return found


def _add(to: dict[str, Counts], more: Totals) -> None:
    for name, counts in more.items():
        to[name] = to.get(name, Counts()) + counts


def _at(ordered: Sequence[float], share: float) -> float:
    return ordered[round(share * (len(ordered) - 1))]
