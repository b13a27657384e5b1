"""Causality: the claim makes one thing the cause of another only where the evidence joins them."""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.check.facts import Facts
from summarizer.check.rules.comparison import Comparison
from summarizer.record import Reason


def causality(comparison: Comparison) -> Iterator[Reason]:
    """A word for causes in the claim; in the evidence none that joins two things. In a single sentence `after` is one;
    of several, any one will have such a word."""
    cue = _cue(comparison.claim, "causes")
    single = "\n" not in comparison.evidence.text
    if cue and not (_cue(comparison.evidence, "joins") or (single and _cue(comparison.evidence, "loose_joins"))):
        yield Reason(code="cause", explanation=f"The evidence gives no cause; the claim has “{cue}”.")


def _cue(facts: Facts, name: str) -> str | None:
    """The first words that a pattern of the list `name` finds."""
    found = (pattern.search(facts.folded) for pattern in facts.lexicon.compiled(name))
    return next((match[0] for match in found if match), None)
