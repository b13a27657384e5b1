"""What of a text is negated, and what is not said to be so: allowed, planned, alleged, or bound to a condition."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from summarizer.check.cues import Governor
from summarizer.check.hedging import Hedging
from summarizer.check.negation import Negation
from summarizer.language.lexicon import Lexicon

if TYPE_CHECKING:
    from summarizer.check.facts import Token

Governors = dict[int, list[Governor]]
"""For the place of a word what governs it."""


class Scopes:
    """The words of one text that stand under a negation or a hedge, each with the word that puts them there."""

    def __init__(self, tokens: Sequence[Token], lexicon: Lexicon) -> None:
        self._tokens = tokens
        self._negation = Negation(tokens, lexicon)
        self._hedging = Hedging(tokens, lexicon)

    @cached_property
    def negations(self) -> Governors:
        """For the place of each negated word what negates it; two negations make none."""
        return _collected(each for token in self._tokens for each in self._negation.negated_by(token))

    @cached_property
    def hedges(self) -> Governors:
        """For the place of each hedged word what hedges it."""
        return _collected(each for token in self._tokens for each in self._hedging.hedged_by(token))

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of hedges that the text has anywhere; what must be done is wanted."""
        obliges = {"wanted"} if any("obliging" in token.word.lists for token in self._tokens) else set()
        return frozenset({governor.kind for governors in self.hedges.values() for governor in governors} | obliges)

    def negated(self, place: int) -> bool:
        return len(self.negations.get(place, ())) % 2 == 1

    def kinds_at(self, token: Token) -> Sequence[str]:
        """What a word does to others: `negators`, `denials`, `failing`, or a kind of hedge."""
        return self._kinds_at[token.at]

    @cached_property
    def _kinds_at(self) -> list[list[str]]:
        return [[*filter(None, [self._negation.kind(each)]), *self._hedging.kinds(each)] for each in self._tokens]


def _collected(found: Iterable[tuple[int, Governor]]) -> Governors:
    collected: Governors = {}
    for place, governor in found:
        collected.setdefault(place, []).append(governor)
    return collected
