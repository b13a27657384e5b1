"""Names: each is in the evidence, or the article has it together with one that is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from summarizer.check.facts import Token
from summarizer.check.rules.comparison import Comparison
from summarizer.record import Reason


def names(comparison: Comparison) -> Iterator[Reason]:
    """A name that the evidence does not have, and whose it has in that place."""
    missing = [token for token in comparison.missing if token.name and not token.calendar]
    unknown = [token for token in missing if comparison.is_claimed_name(token) or _opens_for_name(comparison, token)]
    known = comparison.article.spelled_out(comparison.evidence) if unknown else frozenset()
    for token in unknown:
        if _is_form_of(comparison, token, known) or _completes(comparison, token):
            continue
        if other := next((each for each in comparison.in_place(token) if each.name and not each.calendar), None):
            yield Reason(code="other_name", explanation=f"The evidence names {other.text} there, not “{token.text}”.")
        else:
            yield Reason(code="name", explanation=f"The evidence does not name {token.text}.")


def _opens_for_name(comparison: Comparison, token: Token) -> bool:
    """Whether a claim begins with a word that no list knows, where the evidence has a name: it is one, too."""
    following = comparison.claim.after(token)
    partner = comparison.partner(following) if following and not following.name else None
    other = comparison.evidence.before(partner) if partner else None
    if other is None or not other.name or comparison.is_claimed(other) or "third_person_endings" in token.word.lists:
        return False
    return not token.word.known and not other.word.known


def _is_form_of(comparison: Comparison, token: Token, known: frozenset[str]) -> bool:
    """Whether it is a form of a `known` name, or a country in which a town of the evidence lies."""
    spelled = any(comparison.article.one_name(token.word.text, word) for word in known)
    return spelled or comparison.article.lies_in(token.word.text, comparison.evidence)


def _completes(comparison: Comparison, token: Token) -> bool:
    """Whether it belongs to a name that the evidence has in part: `Daniel Ostrey` for its `Ostrey`, as long as
    the article has the two words together and the evidence has nobody else of that part of the name."""
    before, after = comparison.claim.tokens[: token.at][::-1], comparison.claim.tokens[token.at + 1 :]
    for step, beside in ((-1, before), (1, after)):
        rest = list(takewhile(lambda each: each.name, beside))
        if any(each.at in comparison.pairs for each in rest) and _together(comparison, [token, *rest][::step]):
            return not _is_taken(comparison, rest[0], -step)
    return False


def _together(comparison: Comparison, words: Sequence[Token]) -> bool:
    """Whether the article has each of these words next to the one that follows it here."""
    return all(comparison.article.together(one, other) for one, other in pairwise(words))


def _is_taken(comparison: Comparison, neighbour: Token, step: int) -> bool:
    """Whether the evidence has somebody else's name where the claim has this one: beside its neighbour."""
    partner = comparison.partner(neighbour)
    other = comparison.beside(comparison.evidence, partner, step) if partner else None
    return other is not None and other.name and not comparison.is_claimed(other)
