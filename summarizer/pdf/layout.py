"""The words of a page in the order in which people read them: columns one after the other, lines from the top."""

from __future__ import annotations

import statistics
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from summarizer.pdf.word import Line, Word

_GAP = 0.8
"""Of a letter's size: a wider blank may part columns; a narrower one stands between words."""

_SAME_LINE = 0.5
_FEWEST = 3
"""Lines that begin at the same place on the left, for a column to begin there."""

_EDGE = 4.0
"""Points by which the beginnings of a column's lines may differ."""

_FILLED = 0.5
"""Of a column's width, what the middling line of running text fills at least; the cells of tables do not."""

_NARROWEST = 7
"""Of a letter's size, the width of a column; narrower are the cells of tables, and what stretched blanks part."""

_RAISED = 0.8
"""Of the letters beside it, the size of a raised number that refers to a note."""


def columns(words: Sequence[Word]) -> list[list[Line]]:
    """Stretches of lines that are read from top to bottom, one after the other."""
    return [lines for lines in map(_joined, _read(_pieces(words))) if lines]


def _pieces(words: Sequence[Word]) -> list[Line]:
    """Words side by side without a wide gap; one line of a column, or a part of it."""
    pieces: list[list[Word]] = []
    for each in words:
        if pieces and _goes_on(pieces[-1][-1], each):
            pieces[-1].append(each)
        else:
            pieces.append([each])
    return [Line.of(piece) for piece in pieces]


def _goes_on(before: Word, word: Word) -> bool:
    lower = min(before.bottom - before.top, word.bottom - word.top)
    overlap = min(before.bottom, word.bottom) - max(before.top, word.top)
    gap = max(word.left - before.right, before.left - word.right)
    return overlap > _SAME_LINE * lower and gap < _GAP * max(before.style.size, word.style.size)


def _read(pieces: list[Line]) -> Iterator[list[Line]]:
    """The pieces of each column; what goes across all of them parts those above it from those below it."""
    bands = _bands(pieces)
    if bands is None:
        yield pieces
        return
    for across, left, right in bands:
        if across:
            yield across
        if left:
            yield from _read(left)
        if right:
            yield from _read(right)


Band = tuple[list[Line], list[Line], list[Line]]


def _bands(pieces: list[Line]) -> list[Band] | None:
    """The best way to part a page at one edge: bands with text across, to the left and to the right of it.

    None where it has one column.
    """
    best: tuple[int, list[Band]] | None = None
    for edge in _edges(pieces):
        bands = list(_parted(pieces, edge))
        worth = sum(len(left) + len(right) for _, left, right in bands if left and right)
        if worth and (best is None or worth > best[0]):
            best = worth, bands
    return best and best[1]


def _edges(pieces: list[Line]) -> list[float]:
    """Where several lines begin, but for the outermost left."""
    begun = Counter(round(each.left / _EDGE) for each in pieces)
    leftmost = min((each.left for each in pieces), default=0)
    near = [at for at in begun if begun[at - 1] + begun[at] + begun[at + 1] >= _FEWEST]
    return [at * _EDGE - _EDGE for at in sorted(near) if at * _EDGE - _EDGE > leftmost + 2 * _EDGE]


def _parted(pieces: list[Line], edge: float) -> Iterator[Band]:
    across: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for each in sorted(pieces, key=lambda piece: piece.top):
        if each.left < edge < each.right:
            if left or right:
                yield _band(across, left, right)
                across, left, right = [], [], []
            across.append(each)
        elif each.right <= edge:
            left.append(each)
        else:
            right.append(each)
    yield _band(across, left, right)


def _band(across: list[Line], left: list[Line], right: list[Line]) -> Band:
    """A band whose sides are columns of running text; else what stands in it is read across."""
    if _is_column(left) and _is_column(right) and _gutter(left, right):
        return across, left, right
    return across + left + right, [], []


def _gutter(left: list[Line], right: list[Line]) -> bool:
    """Whether a blank goes down between two columns, and most lines of the second begin behind it at one place."""
    begin = min(each.left for each in right)
    size = statistics.median(each.style.size for each in right)
    rows = {round(each.middle / max(size, 1)) for each in right}
    aligned = sum(each.left - begin < 2 * _EDGE for each in right)
    # A line or two may stick out.
    end = sorted(each.right for each in left)[int(0.9 * (len(left) - 1))]
    return begin - end >= _GAP * size and aligned >= _FILLED * len(rows)


def _is_column(pieces: list[Line]) -> bool:
    if len(pieces) < _FEWEST:
        return False
    width = max(each.right for each in pieces) - min(each.left for each in pieces)
    if width < _NARROWEST * statistics.median(each.style.size for each in pieces):
        return False
    # A part that has columns itself is filled by several pieces side by side.
    rows: dict[int, float] = {}
    for each in pieces:
        row = round(each.middle / max(each.style.size, 1))
        rows[row] = rows.get(row, 0) + each.width
    return len(rows) >= _FEWEST and statistics.median(rows.values()) >= _FILLED * width


def _joined(pieces: list[Line]) -> list[Line]:
    """The lines of one column, from the top; pieces at the same height are one line."""
    lines: list[list[Line]] = []
    for each in sorted(pieces, key=lambda piece: piece.middle):
        if lines and _beside(lines[-1][-1], each):
            lines[-1].append(each)
        else:
            lines.append([each])
    return [line for line in (_line(each) for each in lines) if line]


def _beside(one: Line, other: Line) -> bool:
    lower = min(one.bottom - one.top, other.bottom - other.top)
    return min(one.bottom, other.bottom) - max(one.top, other.top) > _SAME_LINE * lower


def _line(pieces: list[Line]) -> Line | None:
    """Pieces side by side as one line, without numbers that refer to notes."""
    ordered = sorted(pieces, key=lambda piece: piece.left, reverse=_is_from_right(pieces))
    words = [word for piece in ordered for word in piece.words]
    kept = [word for at, word in enumerate(words) if not _is_reference(words[at - 1] if at else None, word)]
    return Line.of(kept) if kept else None


def _is_reference(before: Word | None, word: Word) -> bool:
    """Whether a number is raised behind a word."""
    return (
        before is not None
        and word.text.strip(",*").isdigit()
        and word.style.size <= _RAISED * before.style.size
        and word.middle < before.middle
        and not before.text[-1:].isdigit()
    )


def _is_from_right(pieces: list[Line]) -> bool:
    """Whether most letters are of a script that is written from the right."""
    if all(piece.text.isascii() for piece in pieces):
        return False
    sides = Counter(unicodedata.bidirectional(each) for piece in pieces for each in piece.text)
    return sides["R"] + sides["AL"] > sides["L"]
