"""Contrast: what the evidence sets against something is not mixed up with it."""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.check.facts import Token
from summarizer.check.rules.comparison import Comparison
from summarizer.record import Reason


def contrast(comparison: Comparison) -> Iterator[Reason]:
    """`closed one but kept the other`: the claim has both of them closed."""
    turns = [token for token in comparison.evidence.tokens if "contrast" in token.word.lists]
    if len(turns) != 1 or comparison.claim.has("contrast"):
        return
    before, after = _sides(comparison, turns[0])
    for side, other in ((before, after), (after, before)):
        if not any(_may_be_verb(token) for token in side) or any(_may_be_verb(token) for token in other):
            continue
        if any(token.number is not None for token in other):  # `won 87 seats, the Liberals 52`
            continue
        strange = [token for token in other if not _on_both_sides(comparison, token, turns[0])]
        if things := [token for token in strange if _is_thing(comparison, token)]:
            yield Reason(code="contrast", explanation=f"The evidence sets {things[0].text} against this.")
            return


def _sides(comparison: Comparison, turn: Token) -> tuple[list[Token], list[Token]]:
    """The words of the claim that the evidence has before `but`, and those that it has after it up to a mark."""
    end = next((each.at for each in comparison.evidence.tokens[turn.at :] if each.text in ".,;"), None)
    sides: tuple[list[Token], list[Token]] = ([], [])
    for token in comparison.claim.content:
        said = comparison.partner(token)
        if said is not None and (end is None or said.at < end):
            sides[said.at > turn.at].append(token)
    return sides


def _is_thing(comparison: Comparison, token: Token) -> bool:
    """Whether a word is a name, or somebody's, as in `his deputy`."""
    before = comparison.claim.before(token)
    return token.name or (before is not None and "possessives" in before.word.lists)


def _may_be_verb(token: Token) -> bool:
    """Whether a word can be what is said to happen."""
    return not token.name and token.number is None and (token.past or "third_person_endings" in token.word.lists)


def _on_both_sides(comparison: Comparison, token: Token, turn: Token) -> bool:
    """Whether the evidence has the word before and after `but`."""
    sides = {other.at > turn.at for other in comparison.evidence.content if comparison.same(token, other)}
    return len(sides) > 1
