"""A document: the text of an article as numbered sentences S1 to Sn and numbered quotations Q1 to Qm.

The numbers are what a model cites; the spans are what the numbers stand for in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarizer.document import quotations, sentences
from summarizer.document.paragraphs import paragraphs
from summarizer.document.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence, Sized

__all__ = ["Document", "Quotation", "Sentence", "Span"]

_LONGEST_TITLE = 200

DATELINE = re.compile(r"^[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ .'’-]{2,}(?:,[^—–\n]{1,40})?(?:\s\([^)]{1,30}\))?\s*(?:—|–|--?)\s")
"""What an agency's report begins with: `VELIN, Dovrania —`."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, without white space around it.

    Attributes:
        number: its place, from 1.
        span: its characters.
        title: whether it is the headline: a line of its own at the very top of several paragraphs.
        instructs: whether it tells a machine what to write, or is hidden from readers, and so reports nothing;
            see `summarizer.language.instructions`.
    """

    number: int
    span: Span
    title: bool = False
    instructs: bool = False


@dataclass(frozen=True, slots=True)
class Quotation:
    """What stands between quotation marks: one unbroken piece of the text.

    Attributes:
        number: its place among the quotations, by where they start, from 1.
        span: its characters with the outer marks. One over several paragraphs has the repeated marks in it.
        inner: the same without the outer marks.
        sentences: the numbers of the sentences it has characters in, in order and without a gap.
        parent: the number of the innermost quotation around it, if there is one.
        words: how many words it has; quotations of one or two are names, terms and irony.
    """

    number: int
    span: Span
    inner: Span
    sentences: tuple[int, ...]
    parent: int | None
    words: int


@dataclass(frozen=True, slots=True)
class Document:
    """A text, its sentences and its quotations, each in the order of the text.

    The sentences do not overlap and hold every character that is not white space. Of two quotations, one
    is inside the other or they are apart. `screened`: whether sentences that instruct have been looked for.
    """

    text: str
    sentences: tuple[Sentence, ...]
    quotations: tuple[Quotation, ...]
    language: str = "en"
    screened: bool = False

    @classmethod
    def of(cls, text: str, language: str = "en") -> Document:
        """Takes a text apart. Any string will do, even an empty one; newlines are expected to be `\\n`.

        `language` is an ISO 639-1 code, for abbreviations; an unknown one is taken as English.
        """
        parts = paragraphs(text)
        quoted = quotations.find(text, parts)
        spans = sentences.split(text, parts, quoted, language)
        titles = 1 if len(parts) > 1 and _is_title(text, parts[0], language) else 0
        numbered = (Sentence(number, span, number <= titles) for number, span in enumerate(spans, start=1))
        return cls(text, tuple(numbered), tuple(_numbered(text, quoted, spans)), language)

    @property
    def reporting(self) -> Iterator[Sentence]:
        """The sentences that do not instruct."""
        return (sentence for sentence in self.sentences if not sentence.instructs)

    def reports(self, quotation: Quotation) -> bool:
        """Whether a quotation stands in sentences that do not instruct."""
        return not any(self.sentence(number).instructs for number in quotation.sentences)

    def sentence(self, number: int) -> Sentence:
        """Raises LookupError if there is no such number."""
        return self.sentences[_index(number, self.sentences, "sentence S")]

    def quotation(self, number: int) -> Quotation:
        """Raises LookupError if there is no such number."""
        return self.quotations[_index(number, self.quotations, "quotation Q")]

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence with the character at this offset; None outside the text and between sentences."""
        index = bisect_right(self.sentences, offset, key=lambda sentence: sentence.span.start) - 1
        return self.sentences[index] if index >= 0 and offset < self.sentences[index].span.end else None

    def text_of(self, part: Sentence | Quotation | Span) -> str:
        """The exact characters of a part of this document."""
        return (part if isinstance(part, Span) else part.span).of(self.text)


def _is_title(text: str, first: Span, language: str) -> bool:
    """Whether the first paragraph is a short line of one sentence, whatever it quotes, and begins no report."""
    if len(first) >= _LONGEST_TITLE or "\n" in first.of(text) or DATELINE.match(first.of(text)):
        return False
    return sentences.split(text[: first.end], [first], [], language) == [first]


def _numbered(text: str, quoted: Sequence[quotations.Quoted], spans: Sequence[Span]) -> list[Quotation]:
    numbered: list[Quotation] = []
    around: list[Quotation] = []
    for number, (span, inner) in enumerate(quoted, start=1):
        while around and around[-1].span.end <= span.start:
            around.pop()
        first = bisect_right(spans, span.start, key=lambda sentence: sentence.start)
        last = bisect_right(spans, span.end - 1, key=lambda sentence: sentence.start)
        words = sum(any(map(str.isalnum, word)) for word in inner.of(text).split())
        parent = around[-1].number if around else None
        numbered.append(Quotation(number, span, inner, tuple(range(first, last + 1)), parent, words))
        around.append(numbered[-1])
    return numbered


def _index(number: int, parts: Sized, name: str) -> int:
    if not 1 <= number <= len(parts):
        raise LookupError(f"no {name}{number}: there are {len(parts)}")
    return number - 1
