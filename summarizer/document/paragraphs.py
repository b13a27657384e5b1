"""Paragraphs, and the blocks in them that no sentence crosses.

A newline means three things. In a text with one line to a paragraph it ends the paragraph; in a mail
wrapped at 72 columns it is only a blank; and beneath a heading or between list items it ends a block.
"""

from __future__ import annotations

import re
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from summarizer.document.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

_NEWLINE = re.compile(r"\n")
_BLANK_LINE = re.compile(r"\n\s*\n")
_HEADING = re.compile(r"#{1,6}\s")
_BULLET = re.compile(r"[*•‣◦·▪]\s|-\s+[^\sa-z]")
_ENUMERATED = re.compile(r"\d{1,2}[.)]\s")
_ENDED = re.compile(r"(?:\b[a-z]+|\w{5,}|\W)\.$|[:;!?]$")
"""The end of a sentence or clause, rather than of `Jan.` or `No.`"""
_WIDEST_WRAP = 130
"""Mails, terminals and printed pages wrap at 60 to 120 columns; a longer line is a paragraph of its own."""
_NARROWEST_WRAP = 60
_RAGGED = 0.8
"""A line whose next word would have fitted within this share of the width was broken on purpose."""


def paragraphs(text: str) -> list[Span]:
    """The paragraphs, trimmed: what blank lines part, or every newline where the lines are not wrapped."""
    parted = _without(Span(0, len(text)), _BLANK_LINE.finditer(text))
    pieces = ([part] if _is_wrapped(part.of(text)) else _lines(text, part) for part in parted)
    return [piece for piece in (piece.trimmed(text) for piece in chain.from_iterable(pieces)) if piece]


def blocks(text: str, paragraph: Span) -> list[Span]:
    """The parts of a paragraph, cut after headings and before list items; mostly the paragraph itself."""
    lines = _lines(text, paragraph)
    width = _RAGGED * max(_NARROWEST_WRAP, *map(len, lines))
    starts = [
        following.start
        for line, following in pairwise(lines)
        if _ends_block(line.of(text).strip(), following.of(text).strip(), width)
    ]
    edges = [paragraph.start, *starts, paragraph.end]
    return [Span(start, end).trimmed(text) for start, end in pairwise(edges)]


def _is_wrapped(part: str) -> bool:
    """Whether no line has a blank beyond the widest column that anyone wraps at."""
    return all(line.rstrip().rfind(" ") < _WIDEST_WRAP for line in part.split("\n"))


def _ends_block(line: str, following: str, width: float) -> bool:
    if _BULLET.match(following) or _HEADING.match(following) or _HEADING.match(line):
        return True
    if _ENUMERATED.match(following) and _ENDED.search(line):
        return True
    word = following.partition(" ")[0]
    return not word[:1].islower() and len(line) + 1 + len(word) <= width


def _lines(text: str, span: Span) -> list[Span]:
    return _without(span, _NEWLINE.finditer(text, span.start, span.end))


def _without(span: Span, gaps: Iterable[re.Match[str]]) -> list[Span]:
    """What is left of the span between the gaps."""
    edges = [span.start, *(edge for gap in gaps for edge in gap.span()), span.end]
    return [Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True)]
