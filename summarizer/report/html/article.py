"""The article as a page shows it: blocks of sentences, each cut where words begin or end that items take from it."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, pairwise
from typing import TypeVar

from summarizer.document import Document, Sentence, Span
from summarizer.document.paragraphs import blocks, paragraphs
from summarizer.report.citation import Citation, Pages
from summarizer.report.html.shown import Cited, Refused, Shown

T = TypeVar("T", Shown, Refused)


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of a sentence.

    Attributes:
        of: the anchors of the items whose own words they are.
        page: the number of the page that begins with them; None where none does.
    """

    text: str
    of: tuple[str, ...] = ()
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence.

    Attributes:
        gap: what stands between the sentence before it and this one.
        items: the items that rest on it.
        refused: the rejected ones for which it came nearest.
        left_out: whether it is evidence of nothing, since it tells a machine what to write.
    """

    number: int
    citation: Citation
    title: bool
    gap: str
    pieces: tuple[Piece, ...]
    items: tuple[Shown, ...]
    refused: tuple[Refused, ...]
    left_out: bool

    @property
    def cited(self) -> bool:
        return bool(self.items or self.refused)


def article(
    document: Document, pages: Pages, items: Sequence[Shown], rejected: Sequence[Refused], left_out: Sequence[Cited]
) -> list[list[Passage]]:
    """The article block by block; `pages` are those of its source."""
    resting, nearest = _by_sentence(items), _by_sentence(rejected)
    silent = {number for each in left_out for number in each.sentences}
    exact = [(span, each.anchor) for each in items for span in each.exact]
    begins = _begins(document, pages)
    passages = [
        Passage(
            number=each.number,
            citation=Citation.of(each.number, each.span.start, each.span.end, pages),
            title=each.title,
            gap=_gap(document, each),
            pieces=tuple(_pieces(document, each.span, exact, begins)),
            items=tuple(resting[each.number]),
            refused=tuple(nearest[each.number]),
            left_out=each.number in silent,
        )
        for each in document.sentences
    ]
    starts = [block.start for part in paragraphs(document.text) for block in blocks(document.text, part)]
    block_of = {each.number: bisect_right(starts, each.span.start) for each in document.sentences}
    return [list(group) for _, group in groupby(passages, key=lambda passage: block_of[passage.number])]


def _by_sentence(found: Iterable[T]) -> Mapping[int, list[T]]:
    by: dict[int, list[T]] = defaultdict(list)
    for each in found:
        for number in each.sentences:
            by[number].append(each)
    return by


def _gap(document: Document, sentence: Sentence) -> str:
    before = document.text[sentence.span.start - 1 : sentence.span.start]
    return " " if before.isspace() else ""


def _begins(document: Document, pages: Pages) -> dict[int, int]:
    """The numbers of pages by the first character that a sentence has on them."""
    ends = [each.span.end for each in document.sentences]
    begins = {}
    for offset, number in pages:
        if (at := bisect_right(ends, offset)) < len(ends):
            start = max(offset, document.sentences[at].span.start)
            rest = document.text[start : ends[at]]
            begins[start + len(rest) - len(rest.lstrip())] = number
    return begins


def _pieces(
    document: Document, sentence: Span, exact: Sequence[tuple[Span, str]], begins: Mapping[int, int]
) -> Iterator[Piece]:
    within = [(span, anchor) for span, anchor in exact if span.overlaps(sentence) and not span.contains(sentence)]
    edges = {sentence.start, sentence.end, *chain.from_iterable((span.start, span.end) for span, _ in within)}
    cuts = sorted(each for each in edges.union(begins) if sentence.start <= each <= sentence.end)
    for start, end in pairwise(cuts):
        piece = Span(start, end)
        of = tuple(anchor for span, anchor in within if span.contains(piece))
        yield Piece(piece.of(document.text), of, begins.get(start))
