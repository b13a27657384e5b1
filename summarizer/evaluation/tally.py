"""Counting what was right, and how far the figures can be trusted."""

from __future__ import annotations

import random
import struct
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
        self.total: dict[str, Counts] = {}
        for cluster, counts in rows:
            _add(clusters.setdefault(cluster, {}), counts)
            _add(self.total, counts)
        self.clusters = len(clusters)
        self._drawn = list(_resampled(clusters, sorted(self.total))) if self.clusters > 1 else []

    def estimate(self, figure: Figure) -> Estimate | None:
        """A figure over all articles; None where there is none."""
        value = figure(self.total)
        drawn = sorted(found for each in self._drawn if (found := figure(each)) is not None)
        if value is None or not drawn:
            return None if value is None else Estimate(value)
        tail = (1 - CONFIDENCE) / 2
        return Estimate(value, _at(drawn, tail), _at(drawn, 1 - tail))


def _resampled(clusters: Mapping[str, Totals], names: Sequence[str]) -> Iterator[dict[str, Counts]]:
    """Draws as many clusters as there are, again and again, and sums what each draw counts.

    The counts of a cluster are put side by side in one long number, so that one addition adds all of them: with 500
    clusters the draws are a million additions, and not fifty million.
    """
    chance = random.Random(SEED)  # noqa: S311 (no secret)
    row = struct.Struct(f"<{3 * len(names)}Q")
    numbers = [_number(clusters[cluster], names, row) for cluster in sorted(clusters)]
    for _ in range(DRAWS):
        drawn = row.unpack(sum(chance.choices(numbers, k=len(numbers))).to_bytes(row.size, "little"))
        yield {name: Counts(*drawn[3 * at : 3 * at + 3]) for at, name in enumerate(names)}


def _number(counts: Totals, names: Sequence[str], row: struct.Struct) -> int:
    found = [counts.get(name, Counts()) for name in names]
    flat = [count for each in found for count in (each.hit, each.given, each.wanted)]
    return int.from_bytes(row.pack(*flat), "little")


def _add(to: dict[str, Counts], more: Totals) -> None:
    for name, counts in more.items():
        to[name] = to.get(name, Counts()) + counts


def _at(ordered: Sequence[float], share: float) -> float:
    return ordered[round(share * (len(ordered) - 1))]
