"""Finding the sentences that support a claim: the cited one, else one that does it better."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from summarizer.briefing import Evidence, Reason
from summarizer.check.facts import Facts
from summarizer.check.support import Support
from summarizer.document import Document, Sentence

_CANDIDATES = 6
REFUTING = frozenset({"polarity", "number", "modality", "role", "cut", "spliced"})
"""Codes of reasons that say more than that nothing was found."""


@dataclass(frozen=True, slots=True)
class Finding:
    """The best evidence there is, and what it leaves open. Without objections the claim is supported."""

    sentences: tuple[int, ...]
    objections: list[Reason]

    @property
    def verdict(self) -> Literal["supported", "refuted", "not enough information"]:
        """Refuted where the evidence says otherwise, and not merely nothing of the kind."""
        if not self.objections:
            return "supported"
        return "refuted" if any(each.code in REFUTING for each in self.objections) else "not enough information"


class Finder:
    """The sentences of one document, searched for evidence."""

    def __init__(self, document: Document, support: Support) -> None:
        self.document = document
        self.support = support

    @cached_property
    def _facts(self) -> dict[int, Facts]:
        return {each.number: self.support.facts(each.span.of(self.document.text)) for each in self.document.sentences}

    def facts(self, number: int) -> Facts:
        """The facts of a sentence."""
        return self._facts[number]

    def find(self, claim: str, cited: int | None) -> Finding:
        """The cited sentence where it supports `claim`; else the one that does, else one with the sentence
        that it leans on. Where nothing supports it, what comes nearest, and its objections.
        """
        facts = self.support.facts(claim)
        best: Finding | None = None
        for numbers in self._candidates(facts, cited):
            objections = self.support.compare(facts, self._joined(numbers))
            if best is None or len(objections) < len(best.objections):
                best = Finding(numbers, objections)
            if not objections:
                return best
        return best or Finding((), [Reason(code="evidence", explanation="No sentence of the source says this.")])

    def _candidates(self, claim: Facts, cited: int | None) -> Iterator[tuple[int, ...]]:
        """Single sentences, most words shared first; then the best of them with the sentence that each leans on.

        Two sentences that have nothing to do with each other would support a name put in another's place.
        """
        known = cited if cited in self._facts else None
        ranked = sorted(self._facts, key=lambda number: (-self._shared(claim, number), abs(number - (known or 1))))
        ranked = [number for number in ranked if self._shared(claim, number)][:_CANDIDATES]
        singles = ([known] if known else []) + [number for number in ranked if number != known]
        yield from ((number,) for number in singles)
        for number in singles[:3]:
            if (number - 1) in self._facts and self._leans(number):
                yield (number - 1, number)

    def _leans(self, number: int) -> bool:
        """Whether a sentence is read with the one before it: it has a pronoun, or it is the lead under the title."""
        return self._facts[number].has("pronouns") or self.document.sentence(number - 1).title

    def _shared(self, claim: Facts, number: int) -> int:
        """The title says much in few words, but a sentence of the text is better evidence."""
        shared = len(claim.stems & self._facts[number].stems) * 2
        return shared - 1 if shared and self.document.sentence(number).title else shared

    def _joined(self, numbers: tuple[int, ...]) -> Facts:
        if len(numbers) == 1:
            return self._facts[numbers[0]]
        return self.support.facts("\n".join(self._facts[number].text for number in numbers))

    def evidence(self, numbers: tuple[int, ...]) -> list[Evidence]:
        return [self.of(self.document.sentence(number)) for number in numbers]

    def of(self, sentence: Sentence) -> Evidence:
        span = sentence.span
        return Evidence(sentence=sentence.number, start=span.start, end=span.end, text=span.of(self.document.text))
