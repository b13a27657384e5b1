"""Polarity: what the evidence negates or denies, the claim does too, and the other way round."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from summarizer.check.cues import Governor
from summarizer.check.facts import Facts, Token
from summarizer.check.rules.comparison import Comparison
from summarizer.check.scopes import Governors
from summarizer.record import Reason

_ALIKE = 0.8
"""Below this share of words in common, a negation may stand at another word."""
_SHORTEST_PRIVATIVE = 7
_NEGATING = frozenset({"negators", "denials", "failing"})


def polarity(comparison: Comparison) -> Iterator[Reason]:
    """The first word that one text negates and the other does not; else a negation that the evidence has nothing of."""
    answered = _answered(comparison)
    one_sided = (_one_sided(comparison, token, answered) for token in comparison.claim.content)
    if explanation := next(filter(None, one_sided), None):
        yield Reason(code="polarity", explanation=explanation)
    elif explanation := _unheard(comparison, answered):
        yield Reason(code="negation", explanation=explanation)


def _one_sided(comparison: Comparison, token: Token, answered: set[Governor]) -> str | None:
    """What is wrong with a word of the claim that is negated in one of the texts alone."""
    claim, evidence = comparison.claim, comparison.evidence
    said = comparison.partner(token)
    if said is None or token.number is not None:
        return None
    claimed = claim.scopes.negated(token.at)
    if claimed == evidence.scopes.negated(said.at):
        return None
    facts, other = (claim, evidence) if claimed else (evidence, claim)
    governors = facts.scopes.negations[token.at if claimed else said.at]
    if not answered.isdisjoint(governors) or _said_otherwise(comparison, facts, governors, other):
        return None
    if claimed:
        return f"The claim negates “{token.text}”, the evidence does not."
    return f"The evidence negates or denies “{said.text}”, the claim does not."


def _said_otherwise(comparison: Comparison, facts: Facts, governors: Sequence[Governor], other: Facts) -> bool:
    """Whether the other text has the word that negates this one too, as with `The report was denied`, or says
    by another word that something is not there."""
    words = [facts.tokens[each.at] for each in governors]
    if other.has("unless") and any("unless" in each.word.lists for each in words):
        return True
    if other.has("pending") and any("awaiting" in each.word.lists for each in words):
        return True
    unpaired = comparison.missing if other is comparison.claim else comparison.unclaimed
    if any("lacking" in token.word.lists for token in unpaired):
        return True
    if any(each.kind == "denials" for each in governors) and other.has("denials", "rejections", "failing"):
        return True
    turning = [word for word, each in zip(words, governors, strict=True) if each.kind != "negators"]
    return any(comparison.same(word, each) for word in turning for each in other.content)


def _unheard(comparison: Comparison, answered: set[Governor]) -> str | None:
    """A negation of what the evidence has in other words, where nothing in the evidence negates anything."""
    negations = comparison.claim.scopes.negations
    kinds = chain.from_iterable(map(comparison.evidence.scopes.kinds_at, comparison.evidence.tokens))
    if not _NEGATING.isdisjoint(kinds):
        return None
    if any(each.listed("absences") or _is_privative(comparison, each) for each in comparison.unclaimed):
        return None
    if any(comparison.reverses(comparison.claim.tokens[at]) for at in negations):
        return None
    for at in sorted(governor.at for governor in _all(negations) - answered):
        return f"The claim has “{comparison.claim.tokens[at].text}”, the evidence negates nothing."
    return None


def _is_privative(comparison: Comparison, token: Token) -> bool:
    """`unclear`, `inactive`: a word with a prefix that negates."""
    prefixes = tuple(comparison.lexicon.words("privatives"))
    return len(token.word.text) >= _SHORTEST_PRIVATIVE and token.word.text.startswith(prefixes)


def _answered(comparison: Comparison) -> set[Governor]:
    """The negations of either text that the other has too: they govern words that go together, or each governs
    nothing that the other text has."""
    claim, evidence = comparison.claim.scopes.negations, comparison.evidence.scopes.negations
    all_claimed, all_said = _all(claim), _all(evidence)
    as_many = len(all_claimed) == len(all_said)
    kinds, others = {each.kind for each in all_claimed}, {each.kind for each in all_said}
    if (
        as_many and kinds and others and kinds != others and "denials" in kinds | others
    ):  # `denied that she had` and `said she had not`
        return all_claimed | all_said
    unpaired = all_claimed - _all(claim, comparison.pairs)
    unclaimed = all_said - _all(evidence, (said.at for said in comparison.pairs.values()))
    displaced = (unclaimed and unpaired) or (all_said and as_many)
    if comparison.coverage < _ALIKE and displaced:
        return all_claimed | all_said
    both = ((claim.get(at, ()), evidence.get(said.at, ())) for at, said in comparison.pairs.items())
    return {each for mine, yours in both if mine and yours for each in (*mine, *yours)}


def _all(negations: Governors, places: Iterable[int] | None = None) -> set[Governor]:
    """What negates anything, or anything at these places."""
    return set(chain.from_iterable(negations.get(at, ()) for at in (negations if places is None else places)))
