"""The text around quotations: what the article itself says, its quotations blanked out character for character."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from summarizer.check.words import QUOTED
from summarizer.document import Document, Quotation, Span

_KEPT = ",.?!"
"""The mark at the end of a quotation that stands for one of the sentence around it."""
_SENTENCE_END = ".?!…"


class Unquoted:
    """The sentences of one document without what is quoted in them."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._sentences: dict[int, str] = {}

    def sentence(self, number: int) -> str:
        if number not in self._sentences:
            self._sentences[number] = self.text(self._document.sentence(number).span, self.quotations[number])
        return self._sentences[number]

    def text(self, span: Span, quotations: Iterable[Quotation]) -> str:
        """The text of a span without these quotations; nicknames stay."""
        text = span.of(self._document.text)
        for quotation in quotations:
            start, end = max(quotation.span.start, span.start), min(quotation.span.end, span.end)
            if start < end and not self._is_nickname(quotation):
                text = text[: start - span.start] + self._blank(quotation, start, end) + text[end - span.start :]
        return text

    def around(self, quotation: Quotation) -> Span:
        """The sentences that a quotation is a part of; within another quotation, the sentence of that."""
        if quotation.parent is not None:
            return self._within(self._document.quotation(quotation.parent).inner, quotation.span)
        first, last = quotation.sentences[0], quotation.sentences[-1]
        return Span(self._document.sentence(first).span.start, self._document.sentence(last).span.end)

    def around_text(self, quotation: Quotation) -> str:
        """The text of `around`, without this quotation and those beside it."""
        span = self.around(quotation)
        if quotation.parent is not None:
            return self.text(span, [each for each in self.nested[quotation.parent] if span.contains(each.span)])
        beside = {each.number: each for number in quotation.sentences for each in self.quotations[number]}
        return self.text(span, beside.values())

    @cached_property
    def quotations(self) -> dict[int, list[Quotation]]:
        """The quotations of each sentence that are in no other."""
        found: dict[int, list[Quotation]] = defaultdict(list)
        for quotation in self._document.quotations:
            for number in quotation.sentences if quotation.parent is None else ():
                found[number].append(quotation)
        return found

    @cached_property
    def nested(self) -> dict[int, list[Quotation]]:
        """The quotations that stand right within each."""
        found: dict[int, list[Quotation]] = defaultdict(list)
        for quotation in self._document.quotations:
            if quotation.parent is not None:
                found[quotation.parent].append(quotation)
        return found

    def _within(self, outer: Span, inner: Span) -> Span:
        """The part of `outer` around `inner` between two ends of sentences."""
        text = self._document.text
        start = max(text.rfind(mark, outer.start, inner.start) for mark in _SENTENCE_END)
        ends = [at for mark in _SENTENCE_END if (at := text.find(mark, inner.end, outer.end)) >= 0]
        return Span(max(start + 1, outer.start), min(ends, default=outer.end))

    def _blank(self, quotation: Quotation, start: int, end: int) -> str:
        last = self._document.text[quotation.inner.end - 1]
        if end < quotation.span.end or last not in _KEPT or quotation.inner.end - 1 <= start:
            return QUOTED * (end - start)
        return QUOTED * (quotation.inner.end - 1 - start) + last + " " * (end - quotation.inner.end)

    def _is_nickname(self, quotation: Quotation) -> bool:
        """`Robert “Bob” Berg`: no quotation."""
        text, span = self._document.text, quotation.span
        before, after = text[max(0, span.start - 20) : span.start].split()[-1:], text[span.end : span.end + 3].strip()
        inner = quotation.inner.of(text)
        named = bool(before) and before[0][0].isupper() and after[:1].isupper() and inner[:1].isupper()
        return named and quotation.words == 1 and inner[-1:].isalpha()
