"""Edits: between two words that stand side by side in both texts, the small words that turn the sense are the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from summarizer.check.facts import Facts, Token
from summarizer.check.rules.comparison import Comparison
from summarizer.check.rules.modality import COMPATIBLE, SAID
from summarizer.record import Reason

_CLOSE = 0.8
"""The share of words in common, and in the same order, from which a claim is taken for an edited sentence."""
_ALIKE = 0.9
"""From this share on, every small word has its place; below it, it may have moved."""
_MOST_BETWEEN = 3
_TURNING = frozenset({"denials", "failing", "possible", "alleged", "negators", "negative_determiners"})
_NEGATING = frozenset({"negators", "denials", "failing"})


@dataclass(frozen=True, slots=True)
class Gap:
    """What stands before a `word` of the claim that has a partner, and what stands before the partner."""

    claimed: Sequence[Token]
    said: Sequence[Token]
    word: str


def edits(comparison: Comparison) -> Iterator[Reason]:
    """The first small word added or left out in a claim that is its evidence but for few words."""
    paired = [token for token in comparison.claim.content if token.at in comparison.pairs]
    if _is_edited(comparison, paired):
        reasons = (reason for gap in _gaps(comparison, paired) for reason in _differences(comparison, gap))
        yield from [reason for _, reason in zip(range(1), reasons, strict=False)]


def _is_edited(comparison: Comparison, paired: Sequence[Token]) -> bool:
    """Whether the claim has nearly the words of its evidence, in their order."""
    pairs = [(token, comparison.pairs[token.at]) for token in paired]
    exact = [said.at for token, said in pairs if _exact(token, said)]
    ordered = 1 + sum(one < other for one, other in pairwise(exact))
    counted = [token for token in comparison.claim.content if token.at in comparison.pairs or _is_plain(token)]
    return ordered >= _CLOSE * len(counted)


def _exact(token: Token, said: Token) -> bool:
    return token.word.stem == said.word.stem or token.word.text == said.word.text or token.number is not None


def _is_plain(token: Token) -> bool:
    """Whether a word says something, and not merely that something is not or may be so."""
    return token.content and not token.listed(*_TURNING)


def _differences(comparison: Comparison, gap: Gap) -> Iterator[Reason]:
    """What negates in one of the texts alone, and what hedges in the evidence alone."""
    claimed, said = _kinds(comparison.claim, gap.claimed), _kinds(comparison.evidence, gap.said)
    negates, negated = (sum(kind in _NEGATING for kind in kinds) % 2 for kinds in (claimed, said))
    if negates != negated and not _negate_as_often(comparison):
        which = "claim" if negates else "evidence"
        yield Reason(code="polarity", explanation=f"Before “{gap.word}” the {which} alone has a word that negates.")
    for kind in (each for each in said if each in COMPATIBLE and _hedges_next(comparison, each, gap.said)):
        if not COMPATIBLE[kind] & {*claimed, *_hedges_elsewhere(comparison, kind)}:
            yield Reason(code="modality", explanation=SAID[kind].format(word=gap.word))


def _kinds(facts: Facts, tokens: Sequence[Token]) -> list[str]:
    """What the words of a gap do: negate, or hedge in some way."""
    return [kind for token in tokens for kind in facts.scopes.kinds_at(token)]


def _negate_as_often(comparison: Comparison) -> bool:
    """Whether both texts have as many words that negate."""
    claimed, said = (
        sum(kind in _NEGATING for kind in _kinds(facts, facts.tokens))
        for facts in (comparison.claim, comparison.evidence)
    )
    return claimed == said


def _hedges_next(comparison: Comparison, kind: str, gap: Sequence[Token]) -> bool:
    """Whether a hedge of this kind in a gap of the evidence hedges the word after it."""
    places = [token.at for token in gap]
    hedged = comparison.evidence.scopes.hedges.get(max(places, default=-2) + 1, ())
    return any(governor.kind == kind and governor.at in places for governor in hedged)


def _hedges_elsewhere(comparison: Comparison, kind: str) -> set[str]:
    """The hedges that count wherever the claim has them: all where it is not so close, and for an allegation any word
    of saying."""
    kinds = set() if comparison.coverage >= _ALIKE else set(comparison.claim.scopes.kinds)
    return kinds | ({"alleged"} if kind == "alleged" and comparison.claim.attributed else set())


def _gaps(comparison: Comparison, paired: Sequence[Token]) -> Iterator[Gap]:
    """What stands between neighbouring words of the claim that have partners, and between the partners, where that is
    little; then what stands before the first such word and after the last."""
    claim, evidence = comparison.claim, comparison.evidence
    for one, other in pairwise(paired):
        first, last = comparison.pairs[one.at], comparison.pairs[other.at]
        if first.at < last.at and _is_short(between := evidence.between(first, last)):
            yield Gap(claim.between(one, other), between, other.text)
    if paired:
        first, last = paired[0], paired[-1]
        yield Gap(_up_to(claim, first), _up_to(evidence, comparison.pairs[first.at]), first.text)
        yield Gap(_on_from(claim, last), _on_from(evidence, comparison.pairs[last.at]), f"…{last.text}")


def _is_short(between: Sequence[Token]) -> bool:
    """Whether few of these words say something, and none of these marks ends a clause."""
    return sum(each.content for each in between) <= _MOST_BETWEEN and not any(each.text in ".;:!?" for each in between)


def _up_to(facts: Facts, token: Token) -> Sequence[Token]:
    """The small words right before a word."""
    start = token.at
    while start > 0 and not facts.tokens[start - 1].mark and not _is_plain(facts.tokens[start - 1]):
        start -= 1
    return facts.tokens[start : token.at]


def _on_from(facts: Facts, token: Token) -> Sequence[Token]:
    """The small words right after a word."""
    end = token.at + 1
    while end < len(facts.tokens) and not facts.tokens[end].mark and not _is_plain(facts.tokens[end]):
        end += 1
    return facts.tokens[token.at + 1 : end]
