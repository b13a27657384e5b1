"""Whether a name or a phrase is of somebody, a person or a group, as far as its head tells."""

from __future__ import annotations

from summarizer.check.case import Case
from summarizer.check.phrases import PEOPLE
from summarizer.language.folding import fold


def is_somebody(case: Case, phrase: str) -> bool:
    """Whether the head of a phrase is a name, or a word for people or for what they form. In a language without
    lists of such words everything is."""
    endings = tuple(case.lexicon.words("agent_endings"))
    word = head(case, phrase)
    if not (endings and word.islower() and word.isalpha()):
        return True
    people = case.lexicon.words(*PEOPLE)
    return word in people or word.removesuffix("s") in people or word.endswith(endings)


def head(case: Case, phrase: str) -> str:
    """The last word before the first preposition: `driver` of `the driver of the tram`."""
    words = phrase.split()
    ends = (at for at, word in enumerate(words) if at and "prepositions" in case.lexicon.word(fold(word)).lists)
    return words[next(ends, len(words)) - 1]
