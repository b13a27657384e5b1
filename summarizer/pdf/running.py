"""What stands at the head or foot of page after page: titles, dates and numbers of pages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from summarizer.pdf.word import Line

_ZONE = 0.12
"""Of the page's height, at its top and at its bottom."""

_SAME_HEIGHT = 6.0
_OUTERMOST = 3
_OFTEN = 3
"""Pages that a line stands on; in a file of fewer pages, all of them but at least two."""

_NUMBER = re.compile(
    r"\W*(?:(?:page|p\.|seite|página)\s*)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:of|/|von|sur|de)\s*\d{1,4})?\W*",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")

Columns = list[list[Line]]


def without(pages: Sequence[tuple[Columns, float]]) -> list[Columns]:
    """The columns of each page, given with its height, without what runs through the file."""
    seen: dict[tuple[str, int], set[int]] = defaultdict(set)
    for number, (columns, height) in enumerate(pages):
        for line in _outer(columns, height):
            for key in _keys(line, height):
                seen[key].add(number)
    often = max(2, min(_OFTEN, len(pages)))
    running = {key for key, numbers in seen.items() if len(numbers) >= often}
    return [_kept(columns, height, running) for columns, height in pages]


def _kept(columns: Columns, height: float, running: set[tuple[str, int]]) -> Columns:
    outer = _outer(columns, height)
    gone = {id(each) for each in outer if any(key in running for key in _keys(each, height))}
    lowest = max(outer, key=lambda line: line.bottom, default=None)
    if lowest and lowest.top > height / 2 and _NUMBER.fullmatch(lowest.text):
        gone.add(id(lowest))
    kept = [[line for line in lines if id(line) not in gone] for lines in columns]
    return [lines for lines in kept if lines]


def _outer(columns: Columns, height: float) -> list[Line]:
    """The first and last lines near the edges of a page."""
    lines = sorted((line for lines in columns for line in lines), key=lambda line: line.middle)
    head = [each for each in lines[:_OUTERMOST] if each.middle < _ZONE * height]
    foot = [each for each in lines[-_OUTERMOST:] if each.middle > (1 - _ZONE) * height]
    return list(dict.fromkeys(head + foot))


def _keys(line: Line, height: float) -> list[tuple[str, int]]:
    """What a line says, numbers aside, and about where, from the nearer edge of the page."""
    from_edge = line.middle if line.middle < height / 2 else line.middle - height - 1
    place = round(from_edge / _SAME_HEIGHT)
    said = _DIGITS.sub("#", line.text.casefold())
    return [(said, place), (said, place + 1)]
