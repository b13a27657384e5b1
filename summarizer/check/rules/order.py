"""Order in time: what the evidence puts before, the claim does not put after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from summarizer.check.facts import Facts, Token
from summarizer.check.rules.comparison import Comparison
from summarizer.record import Reason


@dataclass(frozen=True, slots=True)
class Sequence:
    """The places of the words told to come earlier, and of those told to come later."""

    earlier: set[int]
    later: set[int]


_FEWEST = 6
_SCRAMBLED = 0.2


def order(comparison: Comparison) -> Iterator[Reason]:
    """Most words of the claim stand on the other side of `before` or `after`, or in no order at all."""
    if _scrambled(comparison):
        yield Reason(code="order", explanation="The claim has the words of the evidence in an order of its own.")
    claimed, said = _sequence(comparison.claim), _sequence(comparison.evidence)
    if claimed is None or said is None:
        return
    earlier, later = _partners(comparison, claimed.earlier), _partners(comparison, claimed.later)
    turned = earlier & said.later, later & said.earlier
    straight = len(earlier & said.earlier) + len(later & said.later)
    if all(turned) and len(turned[0]) + len(turned[1]) > straight:
        yield Reason(code="order", explanation="The evidence has the two the other way round in time.")


def _scrambled(comparison: Comparison) -> bool:
    """Whether a claim has nearly only words of the evidence, and hardly two of them one after the other."""
    places = [said.at for token in comparison.claim.content if (said := comparison.partner(token))]
    follows = sum(one < other for one, other in pairwise(places))
    return len(places) >= _FEWEST and comparison.coverage > 1 - _SCRAMBLED and follows < _SCRAMBLED * len(places)


def _partners(comparison: Comparison, places: set[int]) -> set[int]:
    return {comparison.pairs[at].at for at in places if at in comparison.pairs}


def _sequence(facts: Facts) -> Sequence | None:
    """What comes first; None where there is not just one word to say so."""
    links = [token for token in facts.tokens if token.listed("earlier_first", "later_first")]
    if len(links) != 1:
        return None
    link = links[0]
    content = [token for token in facts.content if token is not link]
    before = {token.at for token in content if token.at < link.at}
    after = {token.at for token in content if token.at > link.at}
    if not before:  # `After the vote, the minister left`
        inside = {token.at for token in content if token.clause == link.clause}
        before, after = after - inside, inside
    in_order = ("earlier_first" in link.word.lists) != _turned_round(facts, link)
    return Sequence(before, after) if in_order else Sequence(after, before)


def _turned_round(facts: Facts, link: Token) -> bool:
    """`, after which the archive shut`."""
    following = facts.after(link)
    return following is not None and "relatives" in following.word.lists
