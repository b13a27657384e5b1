"""What a text counts: how many died or were hurt, and how many of a thing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from summarizer.check.facts import Facts, Token
from summarizer.check.fates import fate, of_more
from summarizer.check.rules.equivalents import bound
from summarizer.language.lexicon import Lexicon
from summarizer.language.numbers import Number

_NEAR = 1.2
"""`more than 50` may be 51, and hardly 70: at least in another report that has counted."""
_ABOUT = 0.1
_LETTERS = 4


@dataclass(frozen=True, slots=True)
class Count:
    """A number and what is counted.

    Attributes:
        thing: `killed`, `hurt`, or the stem of the noun after the number.
        name: the same as a reader is told it.
        exact: None, or which of `more`, `less` and `about` the words before it say.
        start, end: the words for it in the text, with `at least` before it.
    """

    thing: str
    name: str
    value: float
    unit: str
    exact: str | None
    start: int
    end: int

    def fits(self, other: Count) -> bool:
        """Whether the two can be one count."""
        small, large = sorted((self, other), key=lambda each: each.value)
        if small.unit != large.unit or small.value == large.value:
            return small.unit == large.unit
        if "about" in (small.exact, large.exact):
            return large.value - small.value <= _ABOUT * large.value
        open_ended = small.exact == "more" and large.exact is None
        return (open_ended or large.exact == "less") and large.value <= small.value * _NEAR


def tolls(facts: Facts) -> Iterator[Count]:
    """How many were killed, and how many hurt, where the text counts all of them: neither `two of the seven` nor
    `six men and a woman`, nor those of what it gives as a reason."""
    for token in facts.numbers:
        done = _done(facts, token)
        noun = _counted_people(facts, token)
        if done is None or noun is None or of_more(facts, token) or not _plain(token) or _in_reason(facts, token):
            continue
        if not _is_part(facts, token, noun, done):
            yield _count(facts, token, noun, done, done)


def things(facts: Facts) -> Iterator[Count]:
    """The numbers with a common noun right after them: `84 homes`, `6 percent`."""
    for token in facts.numbers:
        noun = facts.after(token)
        if token.number is None or token.number.ordinal or of_more(facts, token):
            continue
        if token.number.unit:
            yield _count(facts, token, token, token.number.unit, token.number.unit)
        elif noun is not None and _common(noun) and not _of_age(facts, token):
            yield _count(facts, token, noun, noun.word.stem, noun.word.text)


def _done(facts: Facts, token: Token) -> str | None:
    """What was done to that many; by the word right before them too, where `fate` takes that for a passive: `has killed
    two people`."""
    before = [each for each in facts.tokens[max(token.at - _LETTERS, 0) : token.at] if not each.word.stop]
    told = before[-1] if before else None
    near = facts.lexicon.map("fates").get(told.word.text) if told is not None else None
    between = facts.tokens[told.at + 1 : token.at] if told is not None else []
    apart = any(each.mark or each.listed("joining") for each in between)
    return fate(facts, token) or (str(near) if near and not apart else None)


def _plain(token: Token) -> bool:
    number = token.number
    return number is not None and not number.unit and number.value.is_integer() and number.value >= 1


def _counted_people(facts: Facts, token: Token) -> Token | None:
    """The last word of what is counted: `people`, also after a name, `Afghan civilians`; the number itself where the
    word for what was done to them is right beside it, `seven dead`, `killing two`; None where it is something else."""
    at = token.at + 1
    while at < len(facts.tokens) and facts.tokens[at].name:
        at += 1
    other = facts.tokens[at] if at < len(facts.tokens) else None
    if other is not None and other.listed("people_nouns"):
        return other
    fates = facts.lexicon.map("fates")
    following = facts.after(token)
    if following is not None and following.word.text in fates:
        return token
    before = [each for each in facts.tokens[max(token.at - _LETTERS, 0) : token.at] if not each.word.stop]
    near = bool(before) and before[-1].word.text in fates
    ends = following is None or following.mark or following.word.stop or following.calendar
    return token if near and ends else None


def _is_part(facts: Facts, token: Token, noun: Token, done: str) -> bool:
    """Whether others are counted beside them: `six men and a woman`, `two workers, one child`; and `two others`."""
    if noun.listed("people_nouns") and "others" in noun.word.text and done == "killed":
        return True
    after = facts.tokens[noun.at + 1 : noun.at + 4]
    before = facts.tokens[max(token.at - 2, 0) : token.at]
    return _goes_on(facts, after, done) or _goes_on(facts, list(reversed(before)), done, back=True)


def _goes_on(facts: Facts, beside: list[Token], done: str, *, back: bool = False) -> bool:
    if len(beside) < 2 or not (beside[0].text == "," or beside[0].listed("joining")):
        return False
    if back:
        return beside[1].listed("people_nouns")
    other = beside[1]
    people = len(beside) > 2 and beside[2].listed("people_nouns")
    return people and (other.listed("articles") or (other.number is not None and fate(facts, other) == done))


def _in_reason(facts: Facts, token: Token) -> bool:
    """Whether a cue for a reason stands before a number in its sentence: `in retaliation for air strikes that left`."""
    before = facts.text[: token.start].lower()
    return any(cue.search(before) for cue in facts.lexicon.compiled("reasons"))


def _common(noun: Token) -> bool:
    return noun.content and not noun.name and noun.number is None and len(noun.word.text) >= _LETTERS and not noun.past


def _of_age(facts: Facts, token: Token) -> bool:
    return any(each.listed("ages") for each in facts.tokens[token.at + 1 : token.at + 3])


def _count(facts: Facts, token: Token, last: Token, thing: str, name: str) -> Count:
    number = token.number or Number(0, "")
    before = _bounds(facts.lexicon).search(facts.text[: token.start].lower())
    start = before.start() if before else token.start
    return Count(thing, name, number.value, number.unit, bound(facts, token), start, last.start + len(last.text))


@cache
def _bounds(lexicon: Lexicon) -> re.Pattern[str]:
    words = [each for name in ("more", "less", "about") for each in lexicon.patterns(name)] or ["(?!)"]
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})\s+$")
