"""The words by which every report cites a sentence: its number, and its page where the source has pages."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from summarizer.item import Evidence

Pages = Sequence[tuple[int, int]]
"""As a source records them: pairs of an offset and the number of the page that begins there, by offset."""


@dataclass(frozen=True, slots=True, order=True)
class Citation:
    """A sentence. As a string it is `S6`, or `S6, p. 3`, or `S6, pp. 3–4` where it goes over to the next page."""

    sentence: int
    page: str = ""

    @classmethod
    def of(cls, sentence: int, start: int, end: int, pages: Pages) -> Citation:
        """The citation of a sentence between two offsets of a source with these pages, or none."""
        return cls(sentence, _page(start, end, pages))

    def __str__(self) -> str:
        return ", ".join(filter(None, [f"S{self.sentence}", self.page]))


def cite(evidence: Evidence, pages: Pages) -> Citation:
    """The citation of a piece of evidence."""
    return Citation.of(evidence.sentence, evidence.start, evidence.end, pages)


def citations(evidence: Iterable[Evidence], pages: Pages) -> tuple[Citation, ...]:
    return tuple(cite(each, pages) for each in evidence)


def joined(cited: Sequence[Citation]) -> str:
    """Citations in one line: `S2, S3`, or `S2, p. 1; S3, p. 2`."""
    return ("; " if any(each.page for each in cited) else ", ").join(map(str, cited))


def _page(start: int, end: int, pages: Pages) -> str:
    first = max(bisect_right(pages, start, key=_offset) - 1, 0)
    numbers = [number for _, number in pages[first : max(bisect_left(pages, end, key=_offset), first + 1)]]
    if len(set(numbers)) > 1:
        return f"pp. {min(numbers)}\N{EN DASH}{max(numbers)}"
    return f"p. {numbers[0]}" if numbers else ""


def _offset(page: tuple[int, int]) -> int:
    return page[0]
