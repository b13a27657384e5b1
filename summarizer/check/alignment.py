"""Which word of a claim goes with which word of its evidence."""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property

from summarizer.check.facts import Facts, Token

_FEW = 2
_NEAR = 2
_TURNING = frozenset({"negators", "denials", "rejections", "failing", "possible", "alleged", "wanted", "planned"})
"""What words of these lists do is looked at by rules of their own."""


class Alignment(ABC):
    """A claim laid beside its evidence.

    Each word of the claim that says something goes with the word of the evidence that says the same and has
    most of the same words around it; several may go with one.
    """

    def __init__(self, claim: Facts, evidence: Facts) -> None:
        self.claim = claim
        self.evidence = evidence

    @abstractmethod
    def same(self, token: Token, other: Token) -> bool:
        """Whether a word of the claim says what one of the evidence says."""

    @abstractmethod
    def alike(self, token: Token) -> list[int]:
        """Where the evidence has words that say what a word of the claim says, among those that say something."""

    @cached_property
    def pairs(self) -> dict[int, Token]:
        """For the place of a word in the claim, the word of the evidence that it goes with."""
        chosen: dict[int, Token] = {}
        candidates = [self._candidates(token) for token in self.claim.content]
        last = -1
        for index, token in enumerate(self.claim.content):
            if found := candidates[index]:
                last = max(found, key=lambda at: (_agreement(index, at, candidates), -abs(at - last - 1), -at))
                chosen[token.at] = self.evidence.content[last]
        return chosen

    def _candidates(self, token: Token) -> list[int]:
        """Where the evidence has the word; where it has not, the words that say the same."""
        if token.number is None and (exact := self.evidence.places.get(token.word.stem)):
            return exact
        return self.alike(token)

    @property
    def coverage(self) -> float:
        """The share of the claim's words that go with a word of the evidence, from 0 to 1."""
        return len(self.pairs) / max(len(self.claim.content), 1)

    @property
    def told(self) -> float:
        """The same share without the words that negate or hedge, or without names and numbers, whichever is more;
        0 where few words are left."""
        words = [token for token in self.claim.content if not token.listed(*_TURNING)]
        plain = [token for token in words if not token.name and token.number is None]
        return max(self._share(words), self._share(plain))

    def _share(self, tokens: list[Token]) -> float:
        share = sum(token.at in self.pairs for token in tokens) / max(len(tokens), 1)
        return share if len(tokens) > _FEW or (share == 1.0 and len(tokens) == _FEW) else 0.0

    @cached_property
    def missing(self) -> list[Token]:
        """The words of the claim that go with nothing."""
        return [token for token in self.claim.content if token.at not in self.pairs]

    @cached_property
    def unclaimed(self) -> list[Token]:
        """The words of the evidence that nothing in the claim goes with."""
        return [token for token in self.evidence.content if not self.is_claimed(token)]

    @cached_property
    def _claimed(self) -> frozenset[int]:
        return frozenset(token.at for token in self.pairs.values())

    def is_claimed(self, said: Token) -> bool:
        """Whether a word of the evidence has its like in the claim."""
        return said.at in self._claimed

    def partner(self, token: Token) -> Token | None:
        """The word of the evidence that a word of the claim goes with."""
        return self.pairs.get(token.at)

    def in_place(self, token: Token) -> list[Token]:
        """The words of the evidence that stand where a word of the claim without a partner would: between the
        partners of the words around it, or within two of the one there is."""
        # `pairs` is in the order of the claim.
        before = [said for at, said in self.pairs.items() if at < token.at][-1:]
        after = next(([said] for at, said in self.pairs.items() if at > token.at), [])
        if before and after and before[0].at < after[0].at:
            return [each for each in self.unclaimed if before[0].at < each.at < after[0].at]
        near = {at for each in (*before, *after) for at in self._within(each)}
        return [each for each in self.unclaimed if each.at in near]

    def _within(self, token: Token) -> Iterator[int]:
        """The places of the words of the evidence that stand within two of one of them, among those that say
        something."""
        content = self.evidence.content
        at = bisect_left(content, token.at, key=lambda each: each.at)
        return (each.at for each in content[max(at - _NEAR, 0) : at + _NEAR + 1])


def _agreement(index: int, at: int, candidates: Sequence[Sequence[int]]) -> int:
    """How many of the two words before and the two after go with words that stand near, too; twice as much for each
    that stands just as near."""
    score = 0
    for step in (-2, -1, 1, 2):
        if 0 <= index + step < len(candidates):
            near = candidates[index + step]
            score += 2 if at + step in near else any(abs(other - at) <= _NEAR + 1 for other in near)
    return score
