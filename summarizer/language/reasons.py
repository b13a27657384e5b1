"""Whether words give a reason or a purpose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from summarizer.language import times
from summarizer.language.folding import fold
from summarizer.language.lexicon import Lexicon


def gives_reason(text: str, lexicon: Lexicon) -> bool:
    """Whether `text` has a cue: `because`, `in response to`, `must`, `to prevent`. A language without a list of
    cues gives the benefit of the doubt."""
    return states_reason(text, lexicon) or _has(text, "aims", lexicon)


def states_reason(text: str, lexicon: Lexicon) -> bool:
    """Whether `text` has a cue that gives a reason whoever speaks: `because`, `in response to`, and not `we must`."""
    return not lexicon.compiled("reasons") or _has(text, "reasons", lexicon)


def _has(text: str, cues: str, lexicon: Lexicon) -> bool:
    return lexicon.any_of(cues).search(fold(text)) is not None


CUES = ("causal_cues", "purpose_cues", "circumstance_cues")
"""The lists of what begins a clause that can say why, the surest first: `because`, `in order to`, `after`."""


def known(lexicon: Lexicon) -> bool:
    """Whether the language has such lists."""
    return any(lexicon.patterns(name) for name in CUES)


def sureness(clause: str, lexicon: Lexicon) -> int:
    """The place in `CUES` of what a clause begins with."""
    folded = fold(clause).lstrip(_MARKS)
    return next((place for place, name in enumerate(CUES) if lexicon.any_of(name).match(folded)), len(CUES))


_MOST_WORDS = 25
_FEWEST_WORDS = 3
_OPENING = 5
_LEANING = frozenset({"prepositions", "articles", "conjunctions", "infinitive"})
_MARKS = "\"'“”‘’"
_ASIDE = re.compile(r"\s\(\w+\)")
_CLAUSE_END = re.compile(r"[.;:!?](?=\s|$)|,\s|\s[—–-]\s|[\"“”]|\s\(")


def clauses(text: str, lexicon: Lexicon) -> Iterator[str]:
    """The parts of a text that can say why something else in it happened, from the cue on, as far as the clause
    goes: `after a crane collapsed and injured two workers`. What only says when is none, nor is why somebody would not
    be named."""
    for cue in [each for cues in CUES for each in lexicon.compiled(cues)]:
        for match in cue.finditer(text):
            ends = sorted(
                each.start()
                for ending in (_CLAUSE_END, _run_on(lexicon))
                for each in ending.finditer(text, match.end())
            )
            end = next((each for each in ends if _closes(text, match.start(), each, lexicon)), len(text))
            start = match.start() - _opened(text, match.start(), end)
            clause = _shortened(text[start:end].split(), lexicon)
            if len(clause.split()) < _FEWEST_WORDS or no_cause(clause, lexicon):
                continue
            if _says_what(clause, lexicon):
                continue
            if not _says_when(match[0], clause, text[match.end() :], lexicon):
                yield clause


def _shortened(words: list[str], lexicon: Lexicon) -> str:
    """The first words of a clause, not ended by one that leans on the next."""
    kept = words[:_MOST_WORDS]
    while len(kept) < len(words) and kept and lexicon.word(fold(kept[-1])).lists & _LEANING:
        kept.pop()
    return " ".join(kept)


@cache
def _run_on(lexicon: Lexicon) -> re.Pattern[str]:
    """Where a sentence begins inside another, whose stop was lost: `one of the greats The driver left`. A capital
    before another one may be of a name, `by The Guardian`, and a single letter too, `hepatitis A was`."""
    words = lexicon.words("articles", "pronouns")
    openers = "|".join(sorted(word.capitalize() for word in words if len(word) > 1)) or "(?!)"
    return re.compile(rf"(?<=\w)\s(?=(?:{openers})\s[^\W\d_A-ZÀ-ÖØ-Þ])")


def no_cause(clause: str, lexicon: Lexicon) -> bool:
    """Whether a clause with a cue says no more than how far something went, or why somebody would not be named."""
    return _has(clause, "no_causes", lexicon)


def _opened(text: str, start: int, end: int) -> bool:
    """Whether a mark before a clause is closed in it: `"revenge attack" for the raid`."""
    before = text[start - 1 : start]
    return bool(before) and before in _MARKS and re.search(rf"[{_MARKS}](?!\w)", text[start:end]) is not None


def _closes(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether a clause that begins at `start` ends at this mark: not the stop of `Nov.`, the marks around a word or two
    of `a "revenge attack" for`, nor the bracket of `the State Audit Office (SAO)`."""
    scare = text[end] in _MARKS and len(text[start:end].split()) < _FEWEST_WORDS
    return not (scare or _ASIDE.match(text, end) or _abbreviates(text[:end], lexicon))


def _says_what(clause: str, lexicon: Lexicon) -> bool:
    """Whether `as` says what somebody or something is, and not why: `as the three victims`, `as their base`."""
    words = [fold(word) for word in clause.split()[: _OPENING + 1]]
    counted = lexicon.word(words[1]).value is not None
    named = words[0] in lexicon.words("naming_as") and (words[1] in lexicon.words("articles") or counted)
    verbs = lexicon.words("auxiliaries", "being")
    return named and not any(word in verbs or _past(word, lexicon) for word in words[2:])


def _past(word: str, lexicon: Lexicon) -> bool:
    return bool(lexicon.word(word).lists & {"past", "past_endings"})


def _abbreviates(text: str, lexicon: Lexicon) -> bool:
    """Whether a stop after this text would be that of `Nov.` or `U.S.`"""
    last = fold(text.split()[-1]) if text.split() else ""
    return last in lexicon.map("abbreviations") or "." in last


def _says_when(cue: str, clause: str, rest: str, lexicon: Lexicon) -> bool:
    """Whether a clause goes on with a time or a length of time: `after more than a century of`, `since its opening in
    2019`."""
    if gives_reason(cue, lexicon):
        return fold(cue) in lexicon.words("open_ended") and times.is_time(clause, lexicon)
    first = [fold(word) for word in rest.split()[:_OPENING]]
    return times.is_time(" ".join(first[:3]), lexicon) or not lexicon.words("units").isdisjoint(first)
