"""Spread: what stands far apart in a sentence without end, such as captions and links run together, says nothing."""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.check.rules.comparison import Comparison
from summarizer.record import Reason

LONGEST = 60
"""Words of a sentence that says one thing."""
_WIDEST = 40
_TIMES = 2


def spread(comparison: Comparison) -> Iterator[Reason]:
    """The words of a claim stand in no stretch of 40 words, nor of twice the claim's length, where a sentence of the
    evidence has more than 60."""
    evidence = comparison.evidence
    if comparison.loose or max(len(line.split()) for line in evidence.text.splitlines() or [""]) <= LONGEST:
        return
    places = [said.at for said in comparison.pairs.values()]
    widest = max(_WIDEST, _TIMES * len(comparison.claim.tokens))
    if places and max(places) - min(places) > widest:
        yield Reason(code="spread", explanation="Its words stand far apart in a sentence that runs on.")
