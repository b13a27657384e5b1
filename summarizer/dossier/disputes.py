"""One thing that sources tell differently, with the words of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

from summarizer.dossier.counts import Count
from summarizer.dossier.entry import Entry
from summarizer.dossier.record import Kind
from summarizer.item import Evidence
from summarizer.language.folding import Folded


@dataclass(frozen=True, slots=True)
class Told:
    """What one source says: the entry, the characters of the source that say it, and the count, if it is one."""

    entry: Entry
    start: int
    end: int
    text: str
    count: Count | None = None

    @property
    def source(self) -> int:
        return self.entry.of.number

    @property
    def place(self) -> tuple[int, int, int]:
        return self.source, self.start, self.end


@dataclass(frozen=True, slots=True)
class Dispute:
    """`later` where all that differ were published on different days."""

    kind: Kind
    about: str
    told: tuple[Told, ...]
    later: bool = False


def cut(entry: Entry, evidence: Evidence, start: int, end: int, count: Count | None = None) -> Told:
    """Some characters of a piece of evidence, by where they stand in it."""
    return Told(entry, evidence.start + start, evidence.start + end, evidence.text[start:end], count)


def said(entry: Entry, words: str | None = None) -> Told:
    """Where the words of an entry stand in its evidence; the first sentence of it, where they are not its own."""
    for evidence in entry.item.evidence:
        if found := Folded(evidence.text).find(words or entry.item.statement):
            return cut(entry, evidence, found.start, found.end)
    first = entry.item.evidence[0]
    return cut(entry, first, 0, len(first.text))


def between(told: Sequence[Told], differ: Callable[[Told, Told], bool]) -> tuple[Told, ...]:
    """Those that differ from one of another source."""
    pairs = [
        pair for pair in combinations(told, 2)
        if pair[0].source != pair[1].source and differ(*pair)
    ]  # fmt: skip
    return tuple({each.place: each for pair in pairs for each in pair}.values())
