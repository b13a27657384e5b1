"""Bindings: a number, a day or a place stays with the clause that the evidence gives it to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from summarizer.check.facts import Facts, Token
from summarizer.check.rules.comparison import Comparison
from summarizer.record import Reason

_FEWEST = 2
"""So many words must tell which clause of the evidence a clause of the claim is."""
_REACH = 4


def bindings(comparison: Comparison) -> Iterator[Reason]:
    """A value taken from one clause of the evidence and given to another, which has its own."""
    for token in comparison.claim.content:
        said = comparison.partner(token)
        kind = _kind(comparison.claim, token)
        if said is None or kind is None or kind != _kind(comparison.evidence, said):
            continue
        home = _home(comparison, token)
        if home is None or home == said.clause:
            continue
        there = [each for each in comparison.unclaimed if each.clause == home]
        others = [each for each in there if _kind(comparison.evidence, each) == kind]
        if _counts_the_same(comparison, token) and not any(_counts_that(comparison, each, token) for each in others):
            continue
        if others and not any(comparison.same(token, each) for each in others):
            explanation = f"The evidence has {others[0].text} there, and {token.text} with something else."
            yield Reason(code="binding", explanation=explanation)


def directions(comparison: Comparison) -> Iterator[Reason]:
    """`from Ledbury to Ostfeld` turned round."""
    turning = comparison.lexicon.words("directions")
    for token in comparison.claim.names:
        said = comparison.partner(token)
        if said is None:
            continue
        claimed, true = _preposition(comparison.claim, token), _preposition(comparison.evidence, said)
        if claimed != true and claimed in turning and true in turning and _same_mover(comparison, token, said):
            explanation = f"The evidence has {true} {said.text}, the claim {claimed} {token.text}."
            yield Reason(code="binding", explanation=explanation)
            return


def _same_mover(comparison: Comparison, token: Token, said: Token) -> bool:
    """Whether the two names depend on one verb: the nearest plain word before each, in its clause."""
    nearest = next((each for each in reversed(comparison.claim.content) if each.at < token.at and not each.name), None)
    partner = comparison.partner(nearest) if nearest else None
    return partner is None or partner.clause == said.clause


def _kind(facts: Facts, token: Token) -> str | None:
    """What a word gives a value for: a number of some unit, a day, a month, a place after `in` or `at`."""
    if token.number is not None:
        beside = facts.tokens[max(token.at - 2, 0) : token.at + 2]
        dated = any("months" in each.word.lists and each.name for each in beside)
        return None if dated else f"number {token.number.unit}"
    if token.name and token.calendar:
        return "weekday" if "weekdays" in token.word.lists else "month"
    preposition = _preposition(facts, token) if token.name else None
    return f"place {preposition}" if preposition in facts.lexicon.words("placing") else None


def _preposition(facts: Facts, token: Token) -> str | None:
    """The preposition before a name, its first words and articles passed over."""
    for other in reversed(facts.tokens[: token.at]):
        if preposition := facts.preposition(other):
            return preposition
        if not (other.name or other.listed("articles", "place_words")):
            return None
    return None


def _home(comparison: Comparison, token: Token) -> int | None:
    """The clause of the evidence that has most of what stands around a word in its clause of the claim; None where
    two have as much."""
    around = [each for each in comparison.claim.content if each.clause == token.clause and each is not token]
    partners = [said for each in around if (said := comparison.partner(each))]
    counts = Counter(each.clause for each in partners).most_common(2)
    if not counts or counts[0][1] < _FEWEST or (len(counts) > 1 and counts[0][1] == counts[1][1]):
        return None
    return counts[0][0]


def _counts_the_same(comparison: Comparison, token: Token) -> bool:
    """Whether a number counts the same thing in both texts."""
    counted = comparison.beside(comparison.claim, token, 1, bound=True) if token.number is not None else None
    partner = comparison.partner(counted) if counted else None
    return partner is not None and 0 < partner.at - comparison.pairs[token.at].at <= _REACH


def _counts_that(comparison: Comparison, other: Token, token: Token) -> bool:
    """Whether another number counts what this one counts, be it not said again: `87 seats and the Green Left 52`."""
    counted = comparison.beside(comparison.evidence, other, 1, bound=True)
    wanted = comparison.beside(comparison.claim, token, 1, bound=True)
    return counted is None or (wanted is not None and counted.word.stem == wanted.word.stem)
