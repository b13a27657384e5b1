"""Finding the sentences that support a claim: the cited one, else one that does it better."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from summarizer.check.facts import Facts, Token
from summarizer.check.rules.comparison import Comparison
from summarizer.check.support import Support, verbatim
from summarizer.document import Document, Sentence
from summarizer.item import Evidence
from summarizer.record import Reason

_CANDIDATES = 6
_PAIRED = 3
_SPREAD = 3
_FEWEST_WORDS = 4
_SURE = 0.85
"""A sentence with this share of a claim's words speaks of the same."""
_MOSTLY = 0.65
_RAREST = 12
"""A claim is looked up by so many of its words, the rarest of the document."""
_WORD = re.compile(r"[$€£¥]?\d+(?:[.,]\d+)*%?|(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:['’][^\W\d_]+)*")

_SEVERAL = re.compile(r"[.!?][\"”’»]?\s+[^\s\da-z]")

REFUTING = frozenset({
    "binding", "contrast", "cut", "modality", "number", "opposite", "order", "other_name", "other_place", "polarity",
    "quantity", "role", "speaker", "spliced", "verb",
})  # fmt: skip
"""Codes of reasons that say more than that nothing was found."""


@dataclass(frozen=True, slots=True)
class Finding:
    """The best evidence there is, and what it leaves open. Without objections the claim is supported.

    Attributes:
        sentences: the numbers of the sentences that the claim was held against.
        objections: what is wrong with it.
        cited: the number that was cited, whether or not there is such a sentence.
    """

    sentences: tuple[int, ...]
    objections: list[Reason]
    cited: int | None = None

    @property
    def verdict(self) -> Literal["supported", "refuted", "not enough information"]:
        """Refuted where the evidence says otherwise, and not merely nothing of the kind."""
        if not self.objections:
            return "supported"
        return "refuted" if any(each.code in REFUTING for each in self.objections) else "not enough information"


class Finder:
    """The sentences of one document, searched for evidence. Those that instruct or ask are none."""

    def __init__(self, document: Document, support: Support) -> None:
        self.document = document
        self.support = support
        self._facts: dict[tuple[int, ...], Facts] = {}

    def facts(self, *numbers: int) -> Facts:
        """The facts of a sentence, or of several together."""
        if numbers not in self._facts:
            texts = (self.document.text_of(self.document.sentence(number)) for number in numbers)
            self._facts[numbers] = self.support.facts("\n".join(texts))
        return self._facts[numbers]

    def find(self, claim: str, cited: int | None, *, spread: bool = False) -> Finding:
        """The cited sentence where it supports `claim`; else the one that does, else one with the sentence
        that it leans on. A sentence that speaks of just this and says otherwise settles it. Where nothing
        supports the claim, what comes nearest, and its objections.

        `spread`: the claim may be put together from up to three sentences that stand anywhere. That is for
        summaries of whole articles: it also lets pass a name put in another's place.
        """
        if len(parts := _sentences(claim, self.document.language)) > 1:
            return _together([self._best(self.support.facts(part), cited, spread=spread) for part in parts])
        facts = self.support.facts(claim)
        return self._best(facts, cited, spread=spread) if _says_something(facts) else self._word_for_word(claim, cited)

    def _best(self, facts: Facts, cited: int | None, *, spread: bool) -> Finding:
        best: Finding | None = None
        for numbers in self._candidates(facts, cited, spread=spread):
            comparison = self.support.beside(facts, self.facts(*numbers), loose=spread)
            can_settle = not spread and _speaks_of_it(comparison)
            enough = len(best.objections) if best and not can_settle else None
            finding = Finding(numbers, self.support.judge(comparison, enough), cited)
            if not finding.objections:
                return finding
            if can_settle and finding.verdict == "refuted":
                return self._in_these_words(facts, cited) or finding
            if best is None or len(finding.objections) < len(best.objections):
                best = finding
        nothing = [Reason(code="evidence", explanation="No sentence of the source says this.")]
        return best or Finding((), nothing, cited)

    def _in_these_words(self, claim: Facts, cited: int | None) -> Finding | None:
        """A sentence that has the very words of a claim, where another one contradicts it."""
        ranked = ((number,) for number in self._ranked(claim, cited) if number != cited)
        found = (numbers for numbers in ranked if verbatim(claim.text, self.facts(*numbers).text))
        return next((Finding(each, [], cited) for each in found), None)

    def _word_for_word(self, claim: str, cited: int | None) -> Finding:
        """A claim of words that mean little: it stands where a sentence has just these."""
        numbers = [cited] if cited is not None else [each.number for each in self.document.reporting]
        if len(claim.split()) >= _FEWEST_WORDS:
            for number in filter(self._usable, numbers):
                if verbatim(claim, self.document.text_of(self.document.sentence(number))):
                    return Finding((number,), [], cited)
        return Finding((), [Reason(code="words", explanation="Too few words to state anything.")], cited)

    def _candidates(self, claim: Facts, cited: int | None, *, spread: bool) -> Iterator[tuple[int, ...]]:
        """Single sentences, most words shared first; then the best of them with the sentence that each leans on.

        Two sentences that have nothing to do with each other would support a name put in another's place.
        """
        known = [cited] if cited is not None and self._usable(cited) else []
        yield from ((number,) for number in known)
        singles = known + [number for number in self._ranked(claim, cited) if number not in known]
        yield from ((number,) for number in singles[len(known) :])
        for number in singles[:_PAIRED]:
            for pair in ((number - 1, number), (number, number + 1)):
                if self._usable(pair[0]) and self._usable(pair[1]) and self._leans(pair[1]):
                    yield pair
            around = (number - 1, number, number + 1)
            if all(map(self._usable, around)) and self._goes_on(number) and self._goes_on(number + 1):
                yield around
        if spread and singles:
            yield from self._spread(claim, singles)

    def _spread(self, claim: Facts, singles: list[int]) -> Iterator[tuple[int, ...]]:
        """The best sentence, and with it those that have most of the words that it lacks."""
        chosen, lacking = [singles[0]], claim.stems - self.facts(singles[0]).stems
        while lacking and len(chosen) < _SPREAD:
            more = self._ranked(claim, None, lacking - {""}, limit=1)
            if not more or more[0] in chosen:
                return
            chosen.append(more[0])
            lacking = lacking - self.facts(more[0]).stems
            yield tuple(sorted(chosen))
        for number in self._counting(claim, chosen):
            chosen.append(number)
            yield tuple(sorted(chosen))

    def _counting(self, claim: Facts, chosen: list[int]) -> Iterator[int]:
        """For each number of a claim that the chosen sentences lack, the first sentence that has it."""
        for token in claim.numbers:
            if any(_has(self.facts(number), token) for number in chosen):
                continue
            usable = (each.number for each in self.document.sentences if self._usable(each.number))
            yield from [number for number in usable if _has(self.facts(number), token)][:1]

    def _usable(self, number: int) -> bool:
        return 1 <= number <= len(self.document.sentences) and self._reports(self.document.sentence(number))

    def _reports(self, sentence: Sentence) -> bool:
        """Whether a sentence says that something is so."""
        return not sentence.instructs and not self.document.text_of(sentence).endswith("?")

    def _leans(self, number: int) -> bool:
        """Whether a sentence is read with the one before it: it has a pronoun, it goes on in the same paragraph, or
        it is the lead under the title."""
        title = self.document.sentence(number - 1).title
        return title or self._goes_on(number) or self.facts(number).has("pronouns")

    def _goes_on(self, number: int) -> bool:
        """Whether a sentence stands in the same paragraph as the one before it."""
        before = self.document.sentence(number - 1).span
        return "\n" not in self.document.text[before.end : self.document.sentence(number).span.start]

    def _ranked(
        self, claim: Facts, cited: int | None, stems: frozenset[str] | None = None, limit: int = _CANDIDATES
    ) -> list[int]:
        """The numbers of the sentences that share most words with a claim, the nearest to the cited one first among
        equals. The title says much in few words, but a sentence of the text is better evidence."""
        known = [self._index[stem] for stem in stems or claim.stems if stem in self._index]
        shared: dict[int, float] = {}
        for numbers in sorted(known, key=len)[:_RAREST]:
            for number in numbers:
                shared[number] = shared.get(number, 0.0) + 2.0
        for number in [each.number for each in self.document.sentences[:1] if each.title and each.number in shared]:
            shared[number] -= 1.0
        near = cited if cited is not None else 1
        return sorted(shared, key=lambda number: (-shared[number], abs(number - near)))[:limit]

    @cached_property
    def _index(self) -> dict[str, list[int]]:
        """For each stem the numbers of the sentences that have it."""
        index: dict[str, list[int]] = {}
        text, word = self.document.text, self.support.lexicon.word
        for sentence in self.document.sentences:
            if not self._reports(sentence):
                continue
            found = map(word, _WORD.findall(text, sentence.span.start, sentence.span.end))
            for stem in {each.stem for each in found if not each.stop}:
                index.setdefault(stem, []).append(sentence.number)
        return index

    def evidence(self, numbers: tuple[int, ...]) -> list[Evidence]:
        return [self.of(self.document.sentence(number)) for number in numbers]

    def of(self, sentence: Sentence) -> Evidence:
        span = sentence.span
        return Evidence(sentence=sentence.number, start=span.start, end=span.end, text=span.of(self.document.text))


def _has(facts: Facts, token: Token) -> bool:
    return any(token.number and other.number and token.number.same(other.number) for other in facts.numbers)


def _speaks_of_it(comparison: Comparison) -> bool:
    """Whether the evidence speaks of just what the claim speaks of: what it says otherwise then settles it."""
    return comparison.told >= _SURE and comparison.coverage >= _MOSTLY


def _says_something(claim: Facts) -> bool:
    """Whether a claim has two words that mean something."""
    light = claim.lexicon.stems("light")
    return sum(token.name or token.number is not None or token.word.stem not in light for token in claim.content) > 1


def _sentences(claim: str, language: str) -> list[str]:
    """The sentences of a claim, mostly one."""
    if not _SEVERAL.search(claim):
        return [claim]
    document = Document.of(claim, language)
    return [document.text_of(each) for each in document.sentences]


def _together(findings: list[Finding]) -> Finding:
    """What was found for each sentence of a claim, as one finding."""
    numbers = sorted({number for each in findings for number in each.sentences})
    return Finding(tuple(numbers), [reason for each in findings for reason in each.objections], findings[0].cited)
