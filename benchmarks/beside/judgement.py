"""What the evidence of an item is worth: whether its quotes stand in the article, and whether they say what it says.

The evidence are the sentences that have its quotes, but for case, marks and white space; where the way tells a place,
those there. An item without any is not supported. The check judges an event or a cause as it judges any claim that
cites one of them, and a stated reason with its speaker. A name, a place or a time is no claim: the evidence must have
its content words; of a name that the article has elsewhere in full, the last will do.
"""

from __future__ import annotations

import unicodedata
from functools import cached_property

from benchmarks.article import Article as Checked
from benchmarks.beside import record
from benchmarks.beside.record import Item
from summarizer.evaluation import phrase
from summarizer.language.folding import Folded

_NAMING = frozenset({"who", "where", "when"})
_MARKS = " \"“”'‘’"


class Judge:
    """Of the items on one article."""

    def __init__(self, article: record.Article) -> None:
        self._checked = Checked(article.text, article.published)

    def verbatim(self, item: Item) -> bool:
        """Whether it has quotes, and every one stands in the article character for character; blanks around it do not
        count."""
        return bool(item.quotes) and all(_normalised(each) in self._checked.text for each in item.quotes)

    def found(self, item: Item) -> bool:
        """The same, but for case, marks and white space."""
        return bool(item.quotes) and all(self._folded.find(each.strip(_MARKS)) for each in item.quotes)

    def evidence(self, item: Item) -> list[int]:
        """The numbers of the sentences that it rests on."""
        if item.start is not None and item.end is not None:
            return self._between(item.start, item.end)
        return sorted({number for quote in item.quotes for number in self._having(quote.strip(_MARKS))})

    def sentences(self, item: Item) -> list[str]:
        """Those sentences."""
        return [self._checked.sentence(number) for number in self.evidence(item)]

    def supported(self, item: Item) -> bool:
        """Whether the evidence says what the item says."""
        numbers = self.evidence(item)
        if item.field in _NAMING:
            return any(self._names(number, item.text) for number in numbers)
        if item.field == "stated_rationale" and self._misattributed(item):
            return False
        return any(self._says(number, item.text) for number in numbers)

    def _names(self, number: int, name: str) -> bool:
        wanted, has = _content(name), _content(self._checked.sentence(number))
        last = name.split()[-1:]
        short = last and last[0][0].isupper() and self._folded.find(name) and _content(last[0]) <= has
        return bool(wanted) and (wanted <= has or bool(short))

    def _says(self, number: int, claim: str) -> bool:
        finding = self._checked.checker.claim(claim, number)
        return finding.verdict == "supported" and number in finding.sentences

    def _misattributed(self, item: Item) -> bool:
        """Whether the words are somebody else's; those that stand in no quotation are judged by the claim alone."""
        if not (item.speaker and item.quotes):
            return False
        finding = self._checked.checker.quotation(item.quotes[0], item.speaker)
        return any(reason.code == "speaker" for reason in finding.objections)

    @cached_property
    def _folded(self) -> Folded:
        return Folded(self._checked.text)

    def _having(self, quote: str) -> list[int]:
        """Every sentence that has a quote; where none has it whole, those over which it goes."""
        document = self._checked.document
        whole = [each.number for each in document.sentences if Folded(document.text_of(each)).find(quote)]
        span = None if whole else self._folded.find(quote)
        return whole or (self._between(span.start, span.end) if span else [])

    def _between(self, start: int, end: int) -> list[int]:
        sentences = self._checked.document.sentences
        return [each.number for each in sentences if each.span.start < end and start < each.span.end]


def _content(text: str) -> frozenset[str]:
    return phrase.content(text, "en")


def _normalised(text: str) -> str:
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
