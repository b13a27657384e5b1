"""What a model is shown of a document, and so all that it may point to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from pydantic import BaseModel

from summarizer.document import Document, Quotation, Sentence
from summarizer.language import places, reasons, times
from summarizer.language.instructions import screened
from summarizer.language.lexicon import lexicon
from summarizer.language.reasons import clauses, gives_reason

PART = 16_000
"""Characters of a document that a model is shown at a time. With some 4,000 tokens before it a small model still finds
what it is asked for; the embedded engine prepares no grammar for much more than twice as many words to pick from."""

_MIN_WORDS = 3
# What chat templates take for their own marks, and what looks like ours: an article must not open a turn of
# its own, or number its quotations itself.
_MARK = re.compile(r"<(?=\|)|(?<=\|)>|\[(?=/?INST\])|<(?=/?s>)|\[(?=Q\d)")


# The tags of U+E0000: a copy of ASCII that no reader sees and a model reads.
_UNSEEN = dict.fromkeys(range(0xE0000, 0xE0080), " ")

T = TypeVar("T", bound=BaseModel)


@dataclass(frozen=True)
class View:
    """Some sentences of a document, numbered as in the whole, with the quotations that begin in them. Those that
    tell a machine what to write are not shown.

    Attributes:
        sentences: what is shown, the title included.
        quotations: what is marked, by marks of its own, 1 for the first: quotations of three words or more, in
            no other one, that may give a reason; where none may, all of them. A small model that may write
            no 1 writes 13, so there are no gaps.
    """

    document: Document
    sentences: tuple[Sentence, ...]
    quotations: tuple[Quotation, ...]
    published: date | None = None

    @classmethod
    def of(cls, document: Document, published: date | None = None) -> View:
        """The whole document."""
        document = screened(document)
        return cls._with(document, document.sentences, published)

    @classmethod
    def part(cls, document: Document, sentences: Iterable[Sentence], published: date | None = None) -> View:
        """Some sentences that follow each other, and the title, which says what all of it is about."""
        document = screened(document)
        numbers = {each.number for each in sentences}
        shown = (each for each in document.sentences if each.title or each.number in numbers)
        return cls._with(document, shown, published)

    @classmethod
    def around(cls, document: Document, numbers: Iterable[int], published: date | None = None) -> View:
        """The sentences with these numbers, and one before and after each."""
        document = screened(document)
        wanted = {near for number in numbers for near in (number - 1, number, number + 1)}
        return cls._with(document, (each for each in document.sentences if each.number in wanted), published)

    @classmethod
    def _with(cls, document: Document, sentences: Iterable[Sentence], published: date | None) -> View:
        shown = tuple(each for each in sentences if not each.instructs)
        numbers = {each.number for each in shown}
        whole = [
            each
            for each in document.quotations
            if each.parent is None and each.words >= _MIN_WORDS and numbers.issuperset(each.sentences)
        ]
        known = lexicon(document.language)
        marked = [each for each in whole if gives_reason(_around(document, each), known)]
        return cls(document, shown, tuple(marked or whole), published)

    def unmarked(self, draft: T) -> T:
        """`draft` with the numbers of the document's quotations in place of this view's marks; a mark that
        there is not becomes null."""
        lists = {name: value for name, value in draft if isinstance(value, list)}
        return draft.model_copy(
            update={name: [self._unmarked(each) for each in value] for name, value in lists.items()}
        )

    def _unmarked(self, item: object) -> object:
        if not isinstance(item, BaseModel) or "q" not in type(item).model_fields:
            return item
        return item.model_copy(update={"q": self._quotation(getattr(item, "q"))})  # noqa: B009 (a field of some classes)

    def _quotation(self, mark: int | None) -> int | None:
        exists = mark is not None and 1 <= mark <= len(self.quotations)
        return self.quotations[mark - 1].number if mark and exists else None

    def times(self, sentence: Sentence) -> tuple[str, ...]:
        """The wordings of time in a sentence that can be the time of the news: days around that of publication and
        times of day; where there are none, those that name no far day; where the day is not known, all of them."""
        known = lexicon(self.document.language)
        found = dict.fromkeys(times.expressions(self.document.text_of(sentence).replace("\n", " "), known))
        if self.published is None:
            return tuple(found)
        fits = times.near if self._has_near else times.may_be_near
        return tuple(each for each in found if fits(each, self.published, known))

    @cached_property
    def _has_near(self) -> bool:
        known = lexicon(self.document.language)
        return any(
            times.near(each, self.published, known)
            for sentence in self.sentences
            for each in times.expressions(self.document.text_of(sentence), known)
        )

    @cached_property
    def unlisted(self) -> frozenset[str]:
        """What the language has no words to find the wordings of by: `place`, `cause`."""
        known = lexicon(self.document.language)
        told = {"place": places.known(known), "cause": reasons.known(known)}
        return frozenset(name for name, listed in told.items() if not listed)

    def places(self, sentence: Sentence) -> tuple[str, ...]:
        """The wordings of places in a sentence."""
        known = lexicon(self.document.language)
        text = self.document.text_of(sentence).replace("\n", " ")
        return tuple(dict.fromkeys(places.expressions(text, known)))

    def causes(self, sentence: Sentence) -> tuple[str, ...]:
        """The wordings of causes in a sentence."""
        text = self.document.text_of(sentence).replace("\n", " ")
        return tuple(dict.fromkeys(clauses(text, lexicon(self.document.language))))

    def reasons(self, sentence: Sentence) -> bool:
        return gives_reason(self.document.text_of(sentence), lexicon(self.document.language))

    @cached_property
    def words(self) -> str:
        """The text that words may be copied from: all of the document; of a long one, the sentences that are shown."""
        if len(self.document.text) <= PART:
            return self.document.text
        return " ".join(self.document.text_of(each) for each in self.sentences)

    def text(self) -> str:
        """A sentence a line: `S12 text`, or `Title: text`; quotations begin with their mark, `[Q3] "text"`.

        Sentences keep their text byte for byte, but for line breaks inside them, which become blanks, and for
        what looks like a mark of ours or of a chat template, which loses a bracket. Characters that no reader sees
        become blanks.
        """
        return "\n".join(map(self._line, self.sentences))

    def _line(self, sentence: Sentence) -> str:
        text = plain(self.document.text_of(sentence))
        for mark, quotation in reversed(list(enumerate(self.quotations, start=1))):
            at = quotation.span.start - sentence.span.start
            if quotation.sentences[0] == sentence.number:
                text = f"{text[:at]}[Q{mark}] {text[at:]}"
        label = "Title:" if sentence.title else f"S{sentence.number}"
        return f"{label} {text}"


def plain(text: str) -> str:
    """A text as a model is shown it, as long as before: see `View.text`."""
    return _MARK.sub(" ", text.replace("\n", " ").translate(_UNSEEN))


def _around(document: Document, quotation: Quotation) -> str:
    return " ".join(document.text_of(document.sentence(number)) for number in quotation.sentences)
