"""Tolls: how many died stays apart from how many were hurt."""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.check.facts import Token
from summarizer.check.fates import fate, of_more
from summarizer.check.rules.comparison import Comparison
from summarizer.record import Reason


def tolls(comparison: Comparison) -> Iterator[Reason]:
    """A number of people who are dead in the claim and hurt in the evidence, or the other way round."""
    for token in comparison.claim.numbers:
        claimed = None if of_more(comparison.claim, token) else fate(comparison.claim, token)
        true = {each for other in _equal(comparison, token) if (each := fate(comparison.evidence, other))}
        if claimed and true and claimed not in true:
            explanation = f"The evidence has {token.text} with “{min(true)}”, not with “{claimed}”."
            yield Reason(code="toll", explanation=explanation)


def _equal(comparison: Comparison, token: Token) -> list[Token]:
    """The numbers of the evidence that are this one."""
    wanted = token.number
    return [each for each in comparison.evidence.numbers if wanted and each.number and wanted.same(each.number)]
