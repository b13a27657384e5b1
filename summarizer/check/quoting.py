"""Whether words given as a quotation are one: unbroken, whole enough to keep their sense, and said by their speaker."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarizer.check.evidence import Finding
from summarizer.check.speaker import Speakers
from summarizer.document import Document, Quotation, Span
from summarizer.language.folding import Folded, fold
from summarizer.language.lexicon import Lexicon
from summarizer.record import Reason

_MARKS = " \"“”„«»‟'‘’‚‹›"
_GAP = re.compile(r"…|\.\s?\.\s?\.|\[[^\]]*\]")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_NEAR = 2


class Quoting:
    """The quotations of one document, held against words that claim to be one of them."""

    def __init__(self, document: Document, lexicon: Lexicon, speakers: Speakers) -> None:
        self._document = document
        self._lexicon = lexicon
        self._speakers = speakers

    def find(self, words: str, speaker: str | None = None) -> Finding:
        """The sentences of the quotation that has `words` unbroken, and what is wrong with calling it one.

        Case, kinds of marks and white space do not count. `speaker` is who is said to say it, if anybody.
        """
        wanted = words.strip(_MARKS)
        reported = filter(self._document.reports, self._document.quotations)
        found = [(each, span) for each in reported if (span := self._within(each, wanted))]
        if not found:
            return Finding((), [self._missing(wanted)])
        findings = [Finding(each.sentences, list(self._objections(each, span, speaker))) for each, span in found]
        return min(findings, key=lambda finding: len(finding.objections))

    def turned(self, quotation: Quotation, words: str) -> bool:
        """Whether `words`, cut out of a quotation, say something else than the whole."""
        span = self._within(quotation, words.strip(_MARKS))
        return span is not None and any(True for _ in self._objections(quotation, span, None))

    def _within(self, quotation: Quotation, words: str) -> Span | None:
        """Where in the document a quotation has these words."""
        inner = Folded(self._document.text_of(quotation.inner)).find(words.rstrip(".,"))
        start = quotation.inner.start
        return Span(start + inner.start, start + inner.end) if inner else None

    def _missing(self, words: str) -> Reason:
        if _GAP.search(words):
            return Reason(code="spliced", explanation="The quotation has a gap: the source has no such words unbroken.")
        if Folded(self._document.text).find(words.rstrip(".,")):
            return Reason(code="not_quoted", explanation="The source has these words, but nobody is quoted with them.")
        return Reason(code="quotation", explanation="No one quotation of the source has these words unbroken.")

    def _objections(self, quotation: Quotation, span: Span, speaker: str | None) -> Iterator[Reason]:
        if word := self._cut_after(quotation, span):
            yield Reason(code="cut", explanation=f"The quotation is cut before “{word}”, which changes what it says.")
        if word := self._cut_before(quotation, span):
            yield Reason(code="cut", explanation=f"The quotation is cut after “{word}”, which changes what it says.")
        if speaker is not None:
            yield from self._speaker_objections(quotation, speaker)

    def _cut_after(self, quotation: Quotation, span: Span) -> str | None:
        """The word that turns the sense, where the words left out begin with it."""
        rest = self._document.text[span.end : quotation.inner.end]
        following = [fold(word) for word in _WORD.findall(rest)[:1]]
        return following[0] if following and following[0] in self._lexicon.words("turning") else None

    def _cut_before(self, quotation: Quotation, span: Span) -> str | None:
        """A negation or condition among the last words left out before."""
        left = re.split(r"[.;:!?]", self._document.text[quotation.inner.start : span.start])[-1]
        words = [fold(word) for word in _WORD.findall(left)]
        near = [word for word in words[-_NEAR:] if word in self._lexicon.words("negators") or word.endswith("n't")]
        conditional = [word for word in words if word in self._lexicon.words("conditional")]
        return next(iter([*near, *conditional]), None)

    def _speaker_objections(self, quotation: Quotation, speaker: str) -> Iterator[Reason]:
        attribution = self._speakers.of(quotation)
        if attribution is None:
            yield Reason(code="speaker", explanation="The text around the quotation does not say who speaks.")
        elif not self._speakers.same(speaker, attribution.full) and not self._speakers.same(speaker, attribution.name):
            yield Reason(code="speaker", explanation=f"The text gives these words to {attribution.full}.")
