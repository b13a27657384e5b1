"""Quantity: some are not all, and two of four are not four."""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.check.facts import Facts, Token
from summarizer.check.rules.comparison import Comparison
from summarizer.record import Reason


def quantity(comparison: Comparison) -> Iterator[Reason]:
    """`more` for `fewer`, and a whole where the evidence has a part of it."""
    yield from _turned(comparison)
    part = _part(comparison.evidence)
    if part is None or _part(comparison.claim) is not None:
        return
    whole = next((token for token in comparison.claim.tokens if "all" in token.word.lists), None)
    if whole is not None and not comparison.evidence.has("all"):
        explanation = f"The evidence speaks of “{part.text}” of them, the claim of “{whole.text}”."
        yield Reason(code="quantity", explanation=explanation)
    elif _has_whole_alone(comparison, part):
        yield Reason(code="quantity", explanation=f"The evidence speaks of “{part.text}” of them, the claim of all.")


def _turned(comparison: Comparison) -> Iterator[Reason]:
    """`fewer` for `more`, `many` for `few`."""
    claim, evidence = comparison.claim, comparison.evidence
    for ours, opposite in (("more_words", "less_words"), ("less_words", "more_words")):
        if claim.has(ours) and not claim.has(opposite) and evidence.has(opposite) and not evidence.has(ours):
            word = next(token.text for token in claim.tokens if ours in token.word.lists)
            yield Reason(code="quantity", explanation=f"The claim has “{word}”, the evidence says the opposite.")


def _part(facts: Facts) -> Token | None:
    """`some`, `most`; `two of the four`, `one of the men`."""
    return next((token for token in facts.tokens if "parts" in token.word.lists or _counts_some_of(facts, token)), None)


def _counts_some_of(facts: Facts, token: Token) -> bool:
    following = facts.tokens[token.at + 1 : token.at + 3]
    of_the = len(following) == 2 and "of" in following[0].word.lists and "definite" in following[1].word.lists
    return of_the and (token.number is not None or token.word.value is not None)


def _has_whole_alone(comparison: Comparison, part: Token) -> bool:
    """Whether the claim has the whole that the part is of, and not the part."""
    if part.number is None or comparison.is_claimed(part):
        return False
    whole = comparison.evidence.tokens[part.at + 3 : part.at + 4]
    return any(each.number is not None and comparison.is_claimed(each) for each in whole)
