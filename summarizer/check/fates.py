"""What happened to how many people, as the text counts them: `killing at least six civilians and wounding 120`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from summarizer.check.facts import Facts, Token
from summarizer.language.lexicon import Lexicon

_BEFORE = 4
"""So many words before a number, at most, stands what was done to that many: `killing at least`."""
_AFTER = 12
_NOUN = 2


def fate(facts: Facts, token: Token) -> str | None:
    """`killed` or `hurt`: the word for it just before the number, else the first one after it, `two officers and a
    guard were killed`; None where neither is near."""
    fates = facts.lexicon.map("fates")
    for other in reversed(facts.tokens[max(token.at - _BEFORE, 0) : token.at]):
        if other.mark or other.number is not None or other.listed("joining"):
            break
        if other.word.text in fates and not _passive(facts, other):
            return str(fates[other.word.text])
    for other in facts.tokens[token.at + 1 : token.at + _AFTER]:
        if other.mark and other.text != ",":
            break
        if other.word.text in fates:
            return str(fates[other.word.text])
    return None


def of_more(facts: Facts, token: Token) -> bool:
    """Whether a number says of how many: `two of the 14 workers`."""
    before = [each for each in facts.tokens[max(token.at - 2, 0) : token.at] if not each.listed("articles")]
    return bool(before) and before[-1].listed("of")


def people(facts: Facts) -> Iterator[str]:
    """Those who died or were hurt, as the text counts them: `At least six civilians`."""
    for token in facts.numbers:
        noun = _noun(facts, token)
        if noun is None or of_more(facts, token) or fate(facts, token) is None:
            continue
        counted = facts.text[token.start : noun.start + len(noun.text)]
        before = _bound(facts.lexicon).search(facts.text[: token.start])
        yield (before[0] if before else "") + counted


@cache
def _bound(lexicon: Lexicon) -> re.Pattern[str]:
    """What stands before a number to say how exact it is: `at least`."""
    words = [each for name in ("more", "less", "about") for each in lexicon.patterns(name)] or ["(?!)"]
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})\s+$", re.IGNORECASE)


def told(facts: Facts) -> Token | None:
    """The first word of a text for somebody's death or injury."""
    fates = facts.lexicon.map("fates")
    return next((each for each in facts.tokens if each.word.text in fates), None)


def _noun(facts: Facts, token: Token) -> Token | None:
    """What a number counts, where that is people as far as the noun tells."""
    for other in facts.tokens[token.at + 1 : token.at + 1 + _NOUN]:
        if other.listed("people_nouns"):
            return other
        if other.mark or other.number is not None or not other.content:
            return None
    return None


def _passive(facts: Facts, token: Token) -> bool:
    """`were killed and 84 wounded`: the killed are those before."""
    return token.at > 0 and facts.tokens[token.at - 1].listed("being", "auxiliaries")
