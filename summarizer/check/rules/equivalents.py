"""Other forms that a number of the evidence may have in a claim: rounded, as a fraction, in hours, as `both`."""

from __future__ import annotations

import re
from functools import cache

from summarizer.check.facts import Facts, Token
from summarizer.check.rules.comparison import Comparison
from summarizer.language.folding import fold
from summarizer.language.lexicon import Lexicon
from summarizer.language.numbers import PERCENT

_BOUND_WORDS = 4
_NEAR = {"more": (1.0, 1.35), "less": (0.75, 1.0), "about": (0.9, 1.1)}
"""How far the number of the evidence may be from the one of a claim that says `more than`, `nearly`, `about`."""
_COUNTED = 5
_FEW = 4
"""So many may be counted from the names in the evidence."""
_CLOSE = 0.02
"""The share by which lengths of time may differ: months have no one length."""


def equivalent(comparison: Comparison, token: Token) -> bool:
    """Whether the evidence has a number of the claim in another form."""
    ways = (_part_of_name, _rounded, _article, _fraction, _ratio, _converted, _counted)
    return any(way(comparison, token) for way in ways)


def counting(comparison: Comparison, token: Token) -> list[Token]:
    """The number that stands in the evidence as this one stands in the claim: before the same word, else after it."""
    anchor = comparison.beside(comparison.claim, token, 1, bound=True)
    while anchor is not None and "ages" in anchor.word.lists:  # `a 19-year-old woman`
        anchor = comparison.beside(comparison.claim, anchor, 1, bound=True)
    step = -1
    if anchor is None and token.number is not None and token.number.unit:
        anchor, step = comparison.beside(comparison.claim, token, -1), 1
    partner = comparison.partner(anchor) if anchor else None
    if anchor is None or partner is None or anchor.number is not None or anchor.name:
        return []
    return _number_near(comparison, partner, step)


def bound(facts: Facts, token: Token) -> str | None:
    """Which of `more`, `less` and `about` the words just before a number say."""
    before = facts.tokens[max(token.at - _BOUND_WORDS, 0) : token.at]
    following = facts.after(token)
    length = following is not None and "units" in following.word.lists  # `over two days` lasts, `in about an hour` too
    if length and before and "bounding" not in before[-1].word.lists:
        return None
    words = fold(" ".join(each.text for each in before))
    return next((name for name, pattern in _bounds(facts.lexicon) if pattern.search(words)), None)


@cache
def _bounds(lexicon: Lexicon) -> list[tuple[str, re.Pattern[str]]]:
    """The words before a number, each with what it says of it."""
    return [(name, re.compile(rf"(?:^|\s){each}$")) for name in _NEAR for each in lexicon.patterns(name)]


def _number_near(comparison: Comparison, anchor: Token, step: int) -> list[Token]:
    """The first number within a few words on one side of a word of the evidence, unless the claim has it."""
    other: Token | None = anchor
    for _ in range(_COUNTED):
        other = comparison.beside(comparison.evidence, other, step, bound=True) if other else None
        if other is not None and other.number is not None:
            return [] if comparison.is_claimed(other) else [other]
    return []


def _value(token: Token) -> float:
    return token.number.value if token.number else 0.0


def _part_of_name(comparison: Comparison, token: Token) -> bool:
    """`World War Two` for `Second World War`."""
    others = comparison.evidence.numbers
    values = [_value(each) for each in others if _by_name(comparison.evidence, each)]
    return _by_name(comparison.claim, token) and _value(token) in values


def _by_name(facts: Facts, token: Token) -> bool:
    return any(each.name for each in facts.tokens[max(token.at - 1, 0) : token.at + 2])


def _rounded(comparison: Comparison, token: Token) -> bool:
    """`more than 1,000` for 1,034, `nearly 200` for 198."""
    name = bound(comparison.claim, token)
    if name is None or token.number is None:
        return False
    low, high = (token.number.value * share for share in _NEAR[name])
    numbers = (other.number for other in comparison.evidence.numbers)
    return any(number.unit == token.number.unit and low <= number.value <= high for number in numbers if number)


def _article(comparison: Comparison, token: Token) -> bool:
    """`one` says no more than `a`, unless the evidence counts otherwise."""
    plain = token.word.value == 1 and token.number is not None and not token.number.unit
    return plain and not counting(comparison, token)


def _fraction(comparison: Comparison, token: Token) -> bool:
    """`50 percent` and `0.5` for `half`, `a fifth` for `20 percent`."""
    value = _value(token)
    if token.number is not None and token.number.ordinal and value:
        return any(abs(_value(each) - 100 / value) <= 1 for each in comparison.evidence.numbers)
    fractions = comparison.lexicon.map("fractions")
    found = [fractions[word] for word in comparison.evidence.words if word in fractions]
    return any(abs(value - share * factor) <= 0.01 * value for share in found for factor in (1, 100))


def _ratio(comparison: Comparison, token: Token) -> bool:
    """`nine in ten` for `90 percent`."""
    numbers = [each for each in comparison.claim.numbers if abs(each.at - token.at) <= 2]
    if len(numbers) != 2 or "locative" not in comparison.claim.tokens[numbers[0].at + 1].word.lists:
        return False
    share, whole = map(_value, numbers)
    percents = [_value(each) for each in comparison.evidence.numbers if each.number and each.number.unit == PERCENT]
    return any(abs(percent - 100 * share / whole) <= 1 for percent in percents if whole)


def _converted(comparison: Comparison, token: Token) -> bool:
    """`two days` for `48 hours`."""
    unit = _hours(comparison.claim, token)
    wanted = _value(token) * unit
    others = ((_hours(comparison.evidence, other), _value(other)) for other in comparison.evidence.numbers)
    lengths = [hours * value for hours, value in others if hours not in (0.0, unit)]
    return wanted > 0 and any(abs(length - wanted) <= _CLOSE * wanted for length in lengths)


def _hours(facts: Facts, token: Token) -> float:
    """How many hours the unit of time after a number has; 0 where there is none."""
    following = facts.after(token)
    return float(facts.lexicon.map("hours").get(following.word.text, 0.0)) if following else 0.0


def _counted(comparison: Comparison, token: Token) -> bool:
    """`2` for `twice` and `both`; `the two men` after two names."""
    counts = comparison.lexicon.map("counts")
    if any(counts.get(word) == _value(token) for word in comparison.evidence.words):
        return True
    before = comparison.claim.before(token)
    definite = before is not None and "definite" in before.word.lists
    return definite and _value(token) <= _FEW and not counting(comparison, token)
