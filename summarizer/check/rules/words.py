"""Words: the claim speaks of what the evidence speaks of, adds nothing and turns nothing round."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.check.facts import Token
from summarizer.check.rules.comparison import Comparison
from summarizer.record import Reason

_OTHER_RULES = frozenset(
    {
        "said",
        "possible",
        "denials",
        "rejections",
        "achieving",
        "negators",
        "planned",
        "wanted",
        "units",
        "definite",
        "relative_days",
    }
)
"""What words of these lists say is looked at by other rules."""
_ADDED = 1.0
_REPLACED = 0.5
_SLIGHT = 0.25
"""How much a word without a partner weighs: one that adds something, one that stands where the evidence has another
word, and one that says little."""
_MOST = 0.25
_MOST_TOGETHER = 0.2
"""How much they may weigh together, as a share of the claim's words: beside one sentence, and beside several."""
_NAME = 0.5
"""How much a name or number counts among the claim's words."""
_FEWEST_KNOWN = 2
_FEWEST_NEW = 2
_KNOWN = 0.5
"""The share of a claim's plain words that its evidence must have."""
_SHOWN = 5


def words(comparison: Comparison) -> Iterator[Reason]:
    """A word that contradicts the one in its place; else words without partners, if they weigh too much."""
    lacking = _lacking(comparison)
    opposites = ((token, other) for token in lacking if (other := _opposite(comparison, token)))
    if found := next(opposites, None):
        token, other = found
        yield Reason(code="opposite", explanation=f"The evidence says “{other.text}”, the claim “{token.text}”.")
    elif _weight(comparison, lacking) > _room(comparison) or _mostly_new(comparison, len(lacking)):
        shown = ", ".join(token.text for token in lacking[:_SHOWN])
        yield Reason(code="words", explanation=f"The evidence does not say: {shown}.")


def _lacking(comparison: Comparison) -> list[Token]:
    """The words without a partner, but for names and numbers and for those of an acronym's full form."""
    plain = [token for token in comparison.missing if token.number is None and not comparison.is_claimed_name(token)]
    known = comparison.article.spelled_out(comparison.evidence) if plain else frozenset()
    return [token for token in plain if token.word.text not in known and not comparison.reverses(token)]


def _opposite(comparison: Comparison, token: Token) -> Token | None:
    """The word of the evidence that a word of the claim contradicts: any verb, or one that stands in its place."""
    verbs = [each for each in comparison.unclaimed if token.past and each.past]
    there = comparison.in_place(token)
    opposed = (each for each in verbs if _contradicts(comparison, token, each, alone=False))
    alone = sum(not each.name for each in there) == 1  # `Ashkarani police`: the name goes with the noun
    rivals = (each for each in there if _contradicts(comparison, token, each, alone=alone))
    return next(opposed, None) or next(rivals, None)


def _contradicts(comparison: Comparison, token: Token, other: Token, *, alone: bool) -> bool:
    """Whether two words that stand in one place cannot both be right; `did not succeed` and `failed` can."""
    if comparison.claim.scopes.negated(token.at) or comparison.evidence.scopes.negated(other.at):
        return False
    before = comparison.claim.before(token)
    if "achieving" in token.word.lists or (before is not None and "negators" in before.word.lists):
        return False
    timely = "units" in token.word.lists or "units" in other.word.lists
    return comparison.clash(token, other, alone=alone and not timely)


def _weight(comparison: Comparison, lacking: Sequence[Token]) -> float:
    """What these words weigh together; a word of the evidence is replaced by one of them at most."""
    weight, replaced = 0.0, set[int]()
    for token in lacking:
        there = comparison.in_place(token)
        free = [each for each in there if each.at not in replaced and not each.name and each.number is None]
        weight += min(_alone(comparison, token), _REPLACED if free else _ADDED)
        replaced.update(each.at for each in there[:1])
    return weight


def _alone(comparison: Comparison, token: Token) -> float:
    """What a word weighs that stands in no other's place."""
    if token.listed(*_OTHER_RULES):
        return 0.0
    slight = "adverb_endings" in token.word.lists or token.word.stem in comparison.lexicon.stems("light")
    return _SLIGHT if slight else _ADDED


def _room(comparison: Comparison) -> float:
    """How much may be lacking; less where the evidence was put together from sentences."""
    whole = sum(_NAME if token.name or token.number is not None else 1.0 for token in comparison.claim.content)
    return (_MOST_TOGETHER if _is_together(comparison) else _MOST) * whole


def _is_together(comparison: Comparison) -> bool:
    """Whether the evidence was put together from sentences."""
    return comparison.loose or "\n" in comparison.evidence.text


def _mostly_new(comparison: Comparison, lacking: int) -> bool:
    """Whether a claim has little but names in common with its evidence."""
    words = [token for token in comparison.claim.content if not token.name and token.number is None]
    full = [token for token in words if _alone(comparison, token) == _ADDED]
    longer = [token for token in full if len(token.text) > 1]
    known = sum(token.at in comparison.pairs or comparison.reverses(token) for token in longer)
    others = [token for token in comparison.claim.content if token not in words and len(token.text) > 1]
    named = sum(token.at in comparison.pairs for token in others)
    alike = known + named >= _FEWEST_KNOWN or lacking == 0
    return not alike or (lacking >= _FEWEST_NEW and known < _KNOWN * len(full))
