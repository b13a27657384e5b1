"""Whether an answer in words of its own has a phrase that people marked.

The rule of this project's figures on Giveme5W1H: an answer of at most 25 words is right where it has at least half
of the content words of a phrase. Without the limit, a whole paragraph would be right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from summarizer.language.folding import fold
from summarizer.language.lexicon import lexicon

LONGEST = 25
"""Words that an answer may have."""

_WORD = re.compile(r"[^\W_]+(?:[-'.,:][^\W_]+)*")


def words(text: str) -> list[str]:
    """Its words, folded, without what a genitive adds."""
    return [each.removesuffix("'s") for each in _WORD.findall(fold(text))]


def content(text: str, language: str) -> frozenset[str]:
    """The content words of a text; where it has none, all its words."""
    found = words(text)
    stops = lexicon(language).words("stopwords")
    return frozenset(each for each in found if each not in stops) or frozenset(found)


def covers(answer: str, phrase: str, language: str = "en") -> bool:
    """Whether an answer, of whatever length, has half of the content words of a phrase."""
    wanted = content(phrase, language)
    return bool(wanted) and 2 * len(wanted & content(answer, language)) >= len(wanted)


def too_long(answer: str) -> bool:
    return len(answer.split()) > LONGEST


def right(answer: str, phrases: Iterable[str], language: str = "en") -> bool:
    """Whether an answer is short enough and has one of the phrases."""
    return not too_long(answer) and any(covers(answer, each, language) for each in phrases)
