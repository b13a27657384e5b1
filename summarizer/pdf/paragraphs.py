"""Lines to paragraphs, also where those go on in the next column or on the next page."""

from __future__ import annotations

import itertools
import re
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from summarizer.pdf.hyphens import HYPHENS, Hyphens
from summarizer.pdf.word import Line

_SIZE = 0.12
"""Share by which the letters of two paragraphs may differ in size, and still be one."""

_APART = 1.35
"""Of the usual distance of lines, what parts paragraphs."""

_INDENT = 0.8
"""Of a letter's size, by how much the first line of a paragraph is set in at least."""

_DEEP = 0.4
"""Of a column's width; what begins farther in is no first line."""

_LEFT_OVER = 0.35
"""Of a column's width, what is free behind a line that ends a paragraph whatever it ends with."""

_ENDED = re.compile(r"[.!?:;…。！？]\W*$")
_BULLET = re.compile(r"[•▪◦‣●○■□➢✓·]$")
_NOTE = 0.93
"""Of the size of running text, that of notes at the foot of a page."""


@dataclass
class Paragraph:
    """A paragraph, growing.

    Attributes:
        parts: its text by the pages that it stands on.
    """

    lines: list[Line]
    parts: list[tuple[int, list[str]]] = field(default_factory=list)

    @property
    def size(self) -> float:
        return self.lines[-1].style.size

    @property
    def ends(self) -> bool:
        """Whether its last line ends a sentence."""
        return ends_sentence(self.lines[-1])

    def add(self, other: Paragraph) -> None:
        self.lines += other.lines
        self.parts += other.parts


def paragraphs(pages: Sequence[tuple[int, Sequence[Sequence[Line]]]]) -> list[Paragraph]:
    """The paragraphs of pages, given by their numbers and columns, in reading order."""
    body = usual_size([line for _, columns in pages for lines in columns for line in lines])
    made: list[Paragraph] = []
    for number, columns in pages:
        for lines in columns:
            for at, block in enumerate(_blocks(lines)):
                new = Paragraph(block, [(number, [line.text for line in block])])
                earlier = None if at else _open(made, body)
                if earlier and _goes_on(earlier, new):
                    earlier.add(new)
                else:
                    made.append(new)
    return made


def ends_sentence(line: Line) -> bool:
    """Whether a sentence ends with a line."""
    return bool(_ENDED.search(line.text[-4:]))


def usual_size(lines: Sequence[Line]) -> float:
    """The size of most letters."""
    sizes: Counter[float] = Counter()
    for each in lines:
        sizes[each.style.size] += len(each.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def written(paragraph: Paragraph, hyphens: Hyphens) -> list[tuple[int, str]]:
    """The text of a paragraph by pages, each piece as it goes on behind the one before."""
    text, pieces = "", list[tuple[int, str]]()
    for number, lines in paragraph.parts:
        start = len(text)
        for each in lines:
            text = hyphens.join(text, each) if text else each
        if pieces and not text.startswith("".join(piece for _, piece in pieces)):
            # A hyphen went: it stood on the page before.
            last, piece = pieces[-1]
            pieces[-1] = (last, piece[:-1])
            start -= 1
        pieces.append((number, text[start:]))
    return pieces


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The paragraphs of a column."""
    if not lines:
        return
    left = min(each.left for each in lines)
    right = sorted(each.right for each in lines)[int(0.9 * (len(lines) - 1))]  # a line or two may stick out
    pitch = _pitch(lines)
    block = [lines[0]]
    for each in lines[1:]:
        if _parts(block, each, pitch, left, right):
            yield block
            block = []
        block.append(each)
    yield block


def _pitch(lines: Sequence[Line]) -> float:
    steps = [other.middle - one.middle for one, other in itertools.pairwise(lines)]
    return statistics.median(steps) if steps else 0.0


def _parts(block: Sequence[Line], line: Line, pitch: float, left: float, right: float) -> bool:
    """Whether a paragraph begins with this line, behind those of the last one."""
    before = block[-1]
    size, width = before.style.size, max(right - left, 1.0)
    step = line.middle - before.middle
    if _differs(before.style.size, line.style.size) or before.style.bold != line.style.bold:
        return True
    if step > _APART * max(min(pitch, 2 * size), size) or step < 0 or _BULLET.match(line.words[0].text[:1]):
        return True
    if before.text.endswith(HYPHENS):
        return False
    hangs = _BULLET.match(block[0].words[0].text[:1]) or (len(block) == 1 and line.left > before.left > left + _INDENT)
    set_in = line.left - before.left > _INDENT * size and line.left - left < _DEEP * width
    if set_in and not hangs and abs(before.left - left) < _INDENT * size:
        return True
    free, first = right - before.right, line.words[0]
    needed = (first.right - first.left) + size * 0.6
    if ends_sentence(before):
        return free > needed and line.left - left < _DEEP * width
    return free > max(needed, _LEFT_OVER * width)


def _open(made: Sequence[Paragraph], body: float) -> Paragraph | None:
    """The last paragraph that may go on: notes at the foot of a page stand between it and the next."""
    for each in reversed(made):
        if each.size >= _NOTE * body:
            return each
    return None


def _goes_on(earlier: Paragraph, new: Paragraph) -> bool:
    """Whether a paragraph at the top of a column goes on with an earlier one."""
    last, first = earlier.lines[-1].style, new.lines[0]
    if _differs(last.size, first.style.size) or last.bold != first.style.bold or earlier.ends:
        return False
    return first.text[:1].islower() or earlier.lines[-1].text.endswith((*HYPHENS, ","))


def _differs(one: float, other: float) -> bool:
    return abs(one - other) > _SIZE * max(one, other)
