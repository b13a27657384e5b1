"""Whom a pronoun stands for: the last one of its kind who could be meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from summarizer.check.people import People
from summarizer.check.speech import Act, Speech
from summarizer.language.folding import fold
from summarizer.language.lexicon import Lexicon

_BACK = 8
"""How many sentences before it a pronoun may refer to."""


class Pronouns:
    """The pronouns of one document: `speech` gives what is said in a sentence, by its number; `first` is the number of
    the first that is no headline."""

    def __init__(self, people: People, speech: Callable[[int], Speech], first: int, lexicon: Lexicon) -> None:
        self._first = first
        self._people = people
        self._speech = speech
        self._lexicon = lexicon

    def is_pronoun(self, words: str) -> bool:
        """Whether the words are a pronoun; `I` and `you` are, though nobody before them is meant."""
        word = fold(words)
        return word in self._lexicon.words("pronouns") or word in self._lexicon.words("first_persons")

    def antecedent(self, pronoun: Act, number: int) -> tuple[str, int] | None:
        """Whom a pronoun in a sentence stands for, and in which sentence that is named; None if nobody fits."""
        if fold(pronoun.speaker) in self._lexicon.words("first_persons"):
            return None
        word = fold(pronoun.speaker)
        for earlier in range(number, max(self._first - 1, number - _BACK), -1):
            before = pronoun.begin if earlier == number else None
            speaking = list(self._speaking(earlier, before))
            fitting = next((name for name in speaking if self._fits(name, word)), None)
            same = any(fold(name) == word for name in speaking)
            if name := fitting or (None if same else self._only(earlier, before, word)):
                return name, earlier
        return None

    def _speaking(self, number: int, before: int | None) -> Iterator[str]:
        """The subject of a sentence and who speaks in it from the last on, as far as they stand before a character."""
        speech = self._speech(number)
        acts = [act for act in speech.acts if before is None or act.begin < before]
        for act in (speech.subject(before), *reversed(acts)):
            if act and act.speaker:
                yield from filter(None, (act.owner, act.speaker, self._possessor(act.speaker)))

    def _only(self, number: int, before: int | None, pronoun: str) -> str | None:
        """The one person in a sentence who fits, be it not the subject."""
        named = {self._people.full(name) for name in self._people.names_in(self._speech(number).text[:before])}
        known = (name for name in named if self._people.is_person(name) and self._people.gender(name))
        fitting = [name for name in known if self._fits(name, pronoun)]
        return fitting[0] if len(fitting) == 1 else None

    def _possessor(self, phrase: str) -> str | None:
        """`Berg` in `Berg’s dubious advice`."""
        first, mark, _ = phrase.replace("’", "'").partition("'s ")
        return first if mark and self._people.is_name(first) else None

    def _fits(self, name: str, pronoun: str) -> bool:
        if self.is_pronoun(name):
            return False
        if pronoun in self._lexicon.words("plural"):
            return self._is_plural(name)
        gender = next((each for each in ("female", "male") if pronoun in self._lexicon.words(each)), None)
        if gender is None:
            return not self._is_person(name) and self._people.is_name(self._people.bare(name))
        return self._is_person(name) and self._gender(name) in (gender, None)

    def _is_plural(self, name: str) -> bool:
        joined = set(fold(name).split()) & {"and"}
        return bool(joined) or (not self._is_person(name) and (name[0].isupper() or name.endswith("s")))

    def _is_person(self, name: str) -> bool:
        """A person's name, or a word for a person such as `the spokeswoman`."""
        head = name.split()[-1]
        words = self._lexicon.words("female", "male")
        return self._people.is_person(name) or self._people.is_title(head) or fold(head) in words

    def _gender(self, name: str) -> str | None:
        head = fold(name.split()[-1])
        worded = [each for each in ("female", "male") if head in self._lexicon.words(each)]
        return worded[0] if worded else self._people.gender(name)
