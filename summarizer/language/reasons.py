"""Whether words give a reason or a purpose."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarizer.language import times
from summarizer.language.folding import fold
from summarizer.language.lexicon import Lexicon


def gives_reason(text: str, lexicon: Lexicon) -> bool:
    """Whether `text` has a cue: `because`, `in response to`, `must`, `to prevent`. A language without a list of
    cues gives the benefit of the doubt."""
    cues = lexicon.compiled("reasons")
    folded = fold(text)
    return not cues or any(cue.search(folded) for cue in cues)


_MOST_WORDS = 25
_FEWEST_WORDS = 3
_OPENING = 5
_CLAUSE_END = re.compile(r"[.;:!?](?=\s|$)|,\s|\s[—–-]\s|[\"“”]|\s\(")


def clauses(text: str, lexicon: Lexicon) -> Iterator[str]:
    """The parts of a text that can say why something else in it happened, from the cue on, as far as the clause
    goes: `after a crane collapsed and injured two workers`. What only says when is none, nor is why somebody would not
    be named."""
    beside = lexicon.compiled("no_causes")
    for cue in lexicon.compiled("cause_cues"):
        for match in cue.finditer(text):
            ends = (each.start() for each in _CLAUSE_END.finditer(text, match.end()))
            end = next((each for each in ends if not _abbreviates(text[:each], lexicon)), len(text))
            clause = " ".join(text[match.start() : end].split()[:_MOST_WORDS])
            if len(clause.split()) < _FEWEST_WORDS or any(each.search(fold(clause)) for each in beside):
                continue
            sure = gives_reason(match[0], lexicon) and fold(match[0]) not in lexicon.words("open_ended")
            if sure or not _says_when(text[match.end() :], lexicon):
                yield clause


def _abbreviates(text: str, lexicon: Lexicon) -> bool:
    """Whether a stop after this text would be that of `Nov.` or `U.S.`"""
    last = fold(text.split()[-1]) if text.split() else ""
    return last in lexicon.map("abbreviations") or "." in last


def _says_when(text: str, lexicon: Lexicon) -> bool:
    """Whether a text goes on with a time or a length of time: `after more than a century of`."""
    first = [fold(word) for word in text.split()[:_OPENING]]
    return times.is_time(" ".join(first[:3]), lexicon) or not lexicon.words("units").isdisjoint(first)
