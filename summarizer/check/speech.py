"""Acts of speech in a sentence: a verb of saying and the words for who says it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from summarizer.language.folding import fold
from summarizer.language.lexicon import Lexicon

QUOTED = "\x00"
"""Stands for each character of a quotation in the text that is searched."""

_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_CLAUSE_END = re.compile(rf"[{QUOTED};:—–]|\s-\s|\bbut\b")
_ASIDE = re.compile(r"\([^()]*\)")
_PHRASE_END = re.compile(rf"[,.;:{QUOTED}](?:\s|$)|\s(?:who|which|that|in|on|at|during|after)\s")
_MOST_WORDS = 8
_MOST_JOINED = 6


@dataclass(frozen=True, slots=True)
class Act:
    """`speaker` as the sentence has it: a name, a pronoun, or a few words such as `two officials`.

    `start` and `end` are where the verb stands in the sentence.
    """

    speaker: str
    start: int
    end: int


class Grammar:
    """What can be told of a sentence without a parser, for the order of words of news text."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        short = "|".join(sorted(lexicon.words("shortened"), key=len, reverse=True)) or "(?!)"
        word = rf"(?i:{short})\.|[^\W\d_a-z]\.|[A-ZÀ-ÖØ-Þ][\w'’-]*"
        inner = "|".join(sorted(lexicon.words("name_particles"))) or "(?!)"
        self.name = re.compile(rf"\b(?:{word})(?:\s(?:{word}|(?:{inner})\s(?={word})))*")

    def acts(self, text: str) -> Iterator[Act]:
        """The acts of speech in the text of a sentence whose quotations are blanked out by `QUOTED`."""
        text = _ASIDE.sub(lambda aside: " " * len(aside[0]), text)
        for verb in _WORD.finditer(text):
            if fold(verb[0]) not in self._lexicon.words("said") or self._governed(text[: verb.start()]):
                continue
            if speaker := self._speaker(text, verb):
                yield Act(speaker, verb.start(), verb.end())

    def _governed(self, before: str) -> bool:
        """`who asked`, `was told`, `to say`: the speaker is not the words before."""
        words = [fold(word) for word in _WORD.findall(before)]
        while words and words[-1] in self._lexicon.words("adverbs"):
            words.pop()
        return bool(words) and words[-1] in self._lexicon.words("not_subjects")

    def _speaker(self, text: str, verb: re.Match[str]) -> str | None:
        if fold(verb[0]) in self._lexicon.words("according"):
            return self._after(text[verb.end() :])
        clause = _CLAUSE_END.split(text[: verb.start()])[-1]
        if clause.strip(" ,.!?…"):
            return self._before(clause)
        return self._after(text[verb.end() :])

    def _before(self, clause: str) -> str | None:
        """`Mia Berg said`; `Mia Berg, the director, said`; `two people died, officials said`."""
        segments = [segment.strip() for segment in clause.rstrip().split(",")]
        closed = segments[-1] == ""
        if not closed:
            return self._phrase(segments[-1], last=True)
        for segment in reversed(segments[:-2] or segments[:-1]):
            if (phrase := self._phrase(segment, last=True)) and self.name.search(phrase):
                return phrase
        return None

    def _after(self, text: str) -> str | None:
        """`said Mia Berg, the director`; `according to two officials who asked not to be named`."""
        words = _PHRASE_END.split(text, maxsplit=1)[0]
        return self._phrase(words.strip().removeprefix("to "), last=False)

    def _phrase(self, text: str, *, last: bool) -> str | None:
        """The name in a noun phrase, else the phrase. `last`: the phrase stands at the end of `text`."""
        words = self._trimmed(self._last_clause(text.split()) if last else text.split())
        if not words or fold(words[0]) in self._lexicon.words("not_subjects"):
            return None
        if fold(words[-1]) in self._lexicon.words("pronouns"):
            return words[-1]
        names = [match for match in self.name.finditer(" ".join(words)) if not self._is_no_name(match[0])]
        named = [match for match in names if not self._in_phrase(" ".join(words)[: match.start()])]
        if named and named[-1].end() == len(" ".join(words)):
            return named[-1][0]
        phrase = words[-_MOST_WORDS:] if last and len(words) <= _MOST_WORDS else words
        return " ".join(phrase) if len(phrase) <= _MOST_WORDS else (named[-1][0] if named else None)

    def _last_clause(self, words: list[str]) -> list[str]:
        """`a pump burned out and investigators`: the investigators; but `Mia Berg and Tor Lind` is one subject."""
        joins = [index for index, word in enumerate(words) if fold(word) in self._lexicon.words("joining")]
        return words[joins[-1] + 1 :] if joins and len(words) > _MOST_JOINED else words

    def _trimmed(self, words: list[str]) -> list[str]:
        """Without the conjunctions at the front, the adverbs, auxiliaries and days at the end."""
        while words and fold(words[0]) in self._lexicon.words("conjunctions"):
            words = words[1:]
        while words and (fold(words[-1]) in self._lexicon.words("auxiliaries") or self._is_time(words[-1])):
            words = words[:-1]
        return words

    def _in_phrase(self, before: str) -> bool:
        """Whether a preposition governs what follows: `officials in Paris`."""
        words = [fold(word) for word in before.split()]
        while words and words[-1] in self._lexicon.words("articles"):
            words.pop()
        return bool(words) and words[-1] in self._lexicon.words("prepositions")

    def _is_no_name(self, name: str) -> bool:
        return self._is_time(name) or fold(name) in self._lexicon.words("articles")

    def _is_time(self, name: str) -> bool:
        word = fold(name.split()[0]).rstrip(".")
        return word in self._lexicon.words("weekdays") or word in self._lexicon.words("months")
