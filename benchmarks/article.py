"""An article to lie about, and the claims and lies about it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from benchmarks.names import Names
from summarizer.check import Checker, checker
from summarizer.check.evidence import Finding
from summarizer.document import Document
from summarizer.errors import SourceError
from summarizer.source import Source

_WORD = re.compile(r"[^\W\d_]{4,}")


class Article:
    """A text with its sentences, its names and what checks claims about it."""

    def __init__(self, text: str, published: date | str | None = None) -> None:
        try:
            self.source = Source.from_text(text, published=published)
        except SourceError:  # a sentence or two: too short for an article, long enough to be held against a claim
            self.source = Source(text=unicodedata.normalize("NFC", text))
        self.document = Document.of(self.source.text)

    @property
    def text(self) -> str:
        return self.source.text

    @cached_property
    def checker(self) -> Checker:
        return checker(self.document, self.source)

    @cached_property
    def names(self) -> Names:
        return Names([self.sentence(each.number) for each in self.document.sentences if not each.title])

    def sentence(self, number: int) -> str:
        return self.document.text_of(self.document.sentence(number))

    @cached_property
    def quotations(self) -> list[str]:
        """The words of each quotation, without its marks."""
        return [self.document.text_of(each.inner).strip() for each in self.document.quotations if each.parent is None]


@dataclass(frozen=True)
class Claim:
    """What is said of an article: a claim that cites a sentence, or words quoted from a speaker.

    `group` is the row of the table of false alarms that it belongs to.
    """

    text: str
    article: Article
    group: str = ""
    cited: int | None = None
    quoted: bool = False
    speaker: str | None = None

    @property
    def evidence(self) -> str:
        """The sentence that it cites; the whole article where it cites none."""
        return self.article.text if self.cited is None else self.article.sentence(self.cited)

    def saying(self, text: str) -> Claim:
        return replace(self, text=text)

    def check(self) -> Finding:
        checker = self.article.checker
        if self.quoted:
            return checker.quotation(self.text, self.speaker)
        return checker.claim(self.text, self.cited)


def shares_words(claim: Claim, number: int) -> bool:
    """Whether a sentence of the article has half of a claim's longer words."""
    said = content(claim.text)
    return len(said & content(claim.article.sentence(number))) * 2 >= len(said)


def content(text: str) -> set[str]:
    """The longer words of a text, in lower case and cut to five letters, so that endings do not count."""
    return {word.lower()[:5] for word in _WORD.findall(text)}
