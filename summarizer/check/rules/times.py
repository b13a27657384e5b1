"""Days and months: in the evidence as they stand, or meaning a day that it has in other words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from summarizer.check.facts import Token
from summarizer.check.rules.comparison import Comparison
from summarizer.language import times as wordings
from summarizer.record import Reason


def times(comparison: Comparison) -> Iterator[Reason]:
    """A weekday, a month or a `yesterday` that the evidence does not have."""
    abbreviations, words = comparison.lexicon.map("abbreviations"), comparison.evidence.words
    known = words | {long for short, long in abbreviations.items() if short in words}
    for token in comparison.missing:
        if not (token.calendar or token.listed("relative_days")):
            continue
        no_month = "months" in token.word.lists and not token.name
        named = abbreviations.get(token.word.text, token.word.text) in known
        if not (no_month or named or _resolves(comparison, token)):
            yield Reason(code="time", explanation=f"The evidence does not say {token.text}.")


def _resolves(comparison: Comparison, token: Token) -> bool:
    """Whether the wording that a word belongs to means a day that the evidence has in other words."""
    lexicon = comparison.lexicon
    claimed = (words for words in wordings.expressions(comparison.claim.text, lexicon) if token.text in words)
    said = wordings.expressions(comparison.evidence.text, lexicon)
    return not _days(comparison, claimed).isdisjoint(_days(comparison, said))


def _days(comparison: Comparison, found: Iterable[str]) -> set[wordings.Resolved]:
    resolved = map(comparison.article.days, found)
    return {wordings.Resolved(each.start, each.end, anchored=True) for each in resolved if each}
