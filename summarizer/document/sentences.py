"""Sentences: the library's, corrected where news text misleads it.

The library sees no quotation marks: it proposes the ends of sentences as if nothing were quoted, and the
quotations that `quotations.find` found decide which of them count.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

from summarizer.document.paragraphs import blocks
from summarizer.document.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from summarizer.document.quotations import Quoted

_LONGEST = 600
"""A longer sentence is cut inside its quotations, so that evidence stays readable."""
_WINDOW, _CERTAIN = 2000, 1500
"""The library takes quadratic time for some texts: it is shown this much, and believed on this much."""

_UNSEEN = {ord(mark): " " for mark in '"“”„«»‹›「」『』《》`'} | {ord("'"): "’"}
_SURROGATE = re.compile("[\ud800-\udfff]")
_SPACE = re.compile(r"\s")

_WORDS = re.compile(r"\b(?:May|art|fed|ill|may|miss|no|ok)(?=\. +[A-Z])")
"""Words that the library takes for abbreviations, so that their full stop ends no sentence."""
_CUT_SHORT = re.compile(r"(?:\b(?:Apt|Approx|Atty|Gens|Ms|Pfc|Sgts|Spc)|^\d{1,2})\.$")
_HOUR = re.compile(r"\b[ap]\.m\.$")
_DAY_OR_ZONE = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s\d"
    r"|[ECMP][SD]?T|GMT|UTC|BST|CES?T|Eastern|Central|Mountain|Pacific)\b"
)
_WORD = r"\s(?!(?:as|are|be|been|had|has|have|is|was|were|what|who)\b)[\w.’'-]+"
_SAID = "said|says|asked|told|added|replied|answered|wrote|warned|insisted|continued|explained|recalled"
_ATTRIBUTION = re.compile(rf"[A-Z][\w.’'-]*(?:{_WORD}){{0,4}}\s(?:{_SAID})(?:\s[\w’'-]+){{0,2}}\.")


def split(text: str, paragraphs: Sequence[Span], quoted: Sequence[Quoted], language: str) -> list[Span]:
    """The sentences, in order: trimmed, disjoint, together every character that is not white space.

    None crosses a block (see `paragraphs.blocks`). One that quotes several sentences is kept whole up to
    600 characters. Never raises; the time is linear in the length of the text.
    """
    splitter = _Splitter(text, quoted, _SURROGATE.sub("\ufffd", language))
    parts = (block for paragraph in paragraphs for block in blocks(text, paragraph))
    return [sentence for part in parts for sentence in splitter.split(part)]


class _Splitter:
    def __init__(self, text: str, quoted: Sequence[Quoted], language: str) -> None:
        self.text = text
        self.language = language
        self.unquoted = _unquoted(text, quoted)
        self.opening = {span.start for span, _ in quoted}
        self.closing = {span.end for span, _ in quoted}
        self.outermost = _outermost(quoted)

    def split(self, block: Span) -> Iterator[Span]:
        """The sentences of a block."""
        breaks = list(self.breaks(block))
        outside = [block.start, *(at for at in breaks if not self.is_quoted(at)), block.end]
        for start, end in pairwise(outside):
            inside = breaks[bisect_right(breaks, start) : bisect_left(breaks, end)]
            edges = [start, *(inside if end - start > _LONGEST else []), end]
            yield from (Span(*edge).trimmed(self.text) for edge in pairwise(edges))

    def breaks(self, block: Span) -> Iterator[int]:
        """Where a new sentence starts within the block, be it quoted or not."""
        proposed = [block.start, *_starts(self.unquoted, block, self.language)]
        starts = [self.before_marks(start, floor) for floor, start in pairwise(proposed)]
        for last, start, end in zip([block.start, *starts], starts, [*starts[1:], block.end], strict=False):
            if start > block.start and not self.goes_on(last, start, end):
                yield start

    def before_marks(self, start: int, floor: int) -> int:
        """Where the sentence really starts: its opening marks belong to it, closing ones to the last."""
        gap = start
        while gap > floor and self.unquoted[gap - 1] in " ’":
            gap -= 1
        opening = (at for at in range(gap, start) if at in self.opening)
        after_space = (at for at in range(start, gap, -1) if self.text[at - 1].isspace())
        return next(opening, next(after_space, start))

    def goes_on(self, last: int, start: int, end: int) -> bool:
        """Whether what stands from start to end is no sentence of its own, but goes on with the last."""
        before = self.text[max(last, start - 12) : start].rstrip()
        after = self.text[start:end].rstrip()
        if _CUT_SHORT.search(before) or not any(map(str.isalnum, after)):
            return True
        if _HOUR.search(before) and _DAY_OR_ZONE.match(after):
            return True
        is_tail = after[0].islower() or _ATTRIBUTION.fullmatch(after) is not None
        return is_tail and self.follows_quotation(start)

    def follows_quotation(self, start: int) -> bool:
        while start > 0 and self.text[start - 1].isspace():
            start -= 1
        return start in self.closing

    def is_quoted(self, at: int) -> bool:
        """Whether a quotation is open between the character at this offset and the one before."""
        index = bisect_left(self.outermost, Span(at, at)) - 1
        return index >= 0 and at < self.outermost[index].end


def _starts(text: str, block: Span, language: str) -> Iterator[int]:
    """Where the library starts a sentence in the block, without its first."""
    from sentencex import get_sentence_boundaries

    at = block.start
    while True:
        window = text[at : min(at + _WINDOW, block.end)]
        certain = at + _CERTAIN if at + _WINDOW < block.end else block.end
        found = (at + sentence["start_index"] for sentence in get_sentence_boundaries(language, window))
        starts = [start for start in found if at < start <= certain]
        yield from starts
        if certain == block.end:
            return
        at = starts[-1] if starts and starts[-1] > at + _CERTAIN // 2 else certain


def _unquoted(text: str, quoted: Sequence[Quoted]) -> str:
    """What the library is to see: as many characters, with blanks for white space and quotation marks."""
    plain = _SPACE.sub(" ", _SURROGATE.sub("\ufffd", text)).translate(_UNSEEN)
    characters = list(_WORDS.sub(lambda word: "x" * len(word[0]), plain))
    for span, inner in quoted:
        characters[span.start : inner.start] = " " * (inner.start - span.start)
        characters[inner.end : span.end] = " " * (span.end - inner.end)
    return "".join(characters)


def _outermost(quoted: Sequence[Quoted]) -> list[Span]:
    spans: list[Span] = []
    for span, _ in quoted:
        if not spans or span.start >= spans[-1].end:
            spans.append(span)
    return spans
