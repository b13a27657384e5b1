"""Places: what is `in` one in the evidence is in no other in the claim, and so for whatever has a place of its own."""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.check.facts import Facts, Token
from summarizer.check.rules.comparison import Comparison
from summarizer.record import Reason

_STOPS = frozenset(".;!?")


def places(comparison: Comparison) -> Iterator[Reason]:
    """A word with the neighbour in the claim that another one has in the evidence."""
    for token in comparison.claim.content:
        said = comparison.partner(token)
        found = (_displaced(comparison, token, said, step) for step in (-1, 1) if said is not None)
        if other := next(filter(None, found), None):
            explanation = f"The evidence has {other.text} where the claim has {token.text}."
            yield Reason(code="other_place", explanation=explanation)


def _displaced(comparison: Comparison, token: Token, said: Token, step: int) -> Token | None:
    """What the evidence has beside the partner of this word's neighbour, where it is of a kind with the word."""
    anchor = comparison.beside(comparison.claim, token, step)
    partner = comparison.partner(anchor) if anchor else None
    if anchor is None or partner is None or anchor.number is not None or comparison.is_symmetric(anchor):
        return None
    other = comparison.beside(comparison.evidence, partner, -step)
    if other is None or other is said or not _rivals(comparison, token, other):
        return None
    between = comparison.evidence.between(partner, said)
    if any(each.text in _STOPS or "said" in each.word.lists for each in between):
        return None
    link = _link(comparison.claim, anchor, token)
    joined_alike = link == _link(comparison.evidence, partner, other)
    if not joined_alike or not link.isdisjoint(comparison.lexicon.words("turning_links")):
        return None
    if _alongside(comparison, token, other) or _changed_sides(comparison, token, other):
        return None
    return None if _reaches(comparison, said, partner, other, step) else other


def _rivals(comparison: Comparison, token: Token, other: Token) -> bool:
    """Whether one of the two can stand for the other and says something else."""
    if comparison.same(token, other) or token.number is not None or other.number is not None:
        return False
    if token.possessive != other.possessive:
        return False
    if comparison.is_claimed_name(token):
        return comparison.is_said_name(other) and token.calendar == other.calendar
    return not other.name and not comparison.is_claimed(other) and comparison.clash(token, other)


def _link(facts: Facts, one: Token, other: Token) -> frozenset[str]:
    """The prepositions and forms of `be` between two words: `in` and `on` join alike, `from` and `to` do not."""
    links = (each for each in facts.between(one, other) if each.listed("prepositions", "being", "infinitive"))
    return frozenset(facts.preposition(each) or each.word.text for each in links)


def _alongside(comparison: Comparison, token: Token, other: Token) -> bool:
    """Whether the claim has the other one, too, right beside this: `the London Russian embassy`."""
    beside = (comparison.beside(comparison.claim, token, step) for step in (-1, 1))
    return any(each is not None and comparison.partner(each) is other for each in beside)


def _changed_sides(comparison: Comparison, token: Token, other: Token) -> bool:
    """Whether the two have changed sides of a verb, as they do in the passive and beside `met`: what stands beside
    the one then stands beside the other. Who does what to whom is looked at by another rule."""
    clause = [each for each in comparison.claim.tokens if each.clause == token.clause]
    has_both = any(comparison.partner(each) is other for each in clause)
    return has_both and any("by" in each.word.lists or comparison.is_symmetric(each) for each in clause)


def _reaches(comparison: Comparison, said: Token, partner: Token, other: Token, step: int) -> bool:
    """Whether the word stands in the evidence on the same side, with nothing but names and joints between."""
    if (said.at - partner.at) * -step < 0:
        return False
    between = comparison.evidence.between(said, partner)
    return all(
        each.name or each is other or each.text == "," or (not each.content and "said" not in each.word.lists)
        for each in between
    )
