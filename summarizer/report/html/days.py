"""The days that a briefing resolves, in their order, with the day of publication among them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from summarizer.item import Time
from summarizer.report.html.shown import Shown


@dataclass(frozen=True, slots=True)
class Day:
    """A day, or the days from `start` to `end`; `item` is the time that it is resolved from, None for the day of
    publication."""

    start: date
    end: date
    item: Shown | None = None

    @property
    def told(self) -> str:
        """The day, or the days, in words."""
        return _day(self.start) if self.start == self.end else f"{_day(self.start)} to {_day(self.end)}"


def days(items: Sequence[Shown], published: date | None) -> list[Day]:
    """In order; nothing where no time is resolved."""
    found = list(_resolved(items))
    if found and published:
        found.append(Day(published, published))
    return sorted(found, key=lambda day: (day.start, day.end))


def _resolved(items: Sequence[Shown]) -> Iterator[Day]:
    for each in items:
        if isinstance(each.item, Time) and each.item.start:
            yield Day(each.item.start, each.item.end or each.item.start, each)


def _day(day: date) -> str:
    return f"{day:%A}, {day.day} {day:%B} {day.year}"
