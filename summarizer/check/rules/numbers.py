"""Numbers: each is in the evidence, counts the same there, and is no closer or further off than it says."""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.check.facts import Token
from summarizer.check.rules.comparison import Comparison
from summarizer.check.rules.equivalents import bound, counting, equivalent
from summarizer.record import Reason


def numbers(comparison: Comparison) -> Iterator[Reason]:
    """A number that the evidence does not have, has with something else, or has without the same `more than`."""
    for token in comparison.claim.numbers:
        said = comparison.partner(token)
        if said is None:
            if equivalent(comparison, token):
                continue
            if other := next((each for each in comparison.in_place(token) if each.number is not None), None):
                yield _reason(f"The evidence has {other.number} there, not {token.number}.")
            else:
                explanation = f"The evidence does not have the number {token.number}."
                yield Reason(code="no_number", explanation=explanation)
        elif other := _another(comparison, token, said):
            yield _reason(f"The evidence has {other.number} where the claim has {token.number}.")
        elif unit := _other_unit(comparison, token, said):
            yield _reason(f"The evidence has {token.number} {unit.text}.")
        elif not _same_bound(comparison, token, said):
            yield _reason(f"The evidence does not say whether it was more or less than {token.number}.")


def _reason(explanation: str) -> Reason:
    return Reason(code="number", explanation=explanation)


def _another(comparison: Comparison, token: Token, said: Token) -> Token | None:
    """The number that the evidence has with what this one counts, where that is another one."""
    following = comparison.evidence.after(said)
    # `two of the nine districts` are two districts; after `11 people died`, `23 others` are people too.
    if following is not None and following.listed("of", "others"):
        return None
    others = counting(comparison, token)
    if any(token.number and other.number and token.number.same(other.number) for other in others):
        return None
    return next(iter(others), None)


def _other_unit(comparison: Comparison, token: Token, said: Token) -> Token | None:
    """What the evidence counts, where the claim counts something that the evidence does not have."""
    claimed, counted = comparison.claim.after(token), comparison.evidence.after(said)
    if claimed is None or counted is None or (token.number and token.number.ordinal):
        return None
    if claimed.at in comparison.pairs or comparison.is_claimed(counted):
        return None
    nouns = all(each.content and not (each.name or each.past or each.listed("light")) for each in (claimed, counted))
    return counted if nouns else None


def _same_bound(comparison: Comparison, token: Token, said: Token) -> bool:
    """Whether the evidence has `more than` or `less than`, too, where a claim has it."""
    claimed = bound(comparison.claim, token)
    numbers = (said, *comparison.evidence.numbers)
    return claimed not in ("more", "less") or any(bound(comparison.evidence, each) == claimed for each in numbers)
