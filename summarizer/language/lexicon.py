"""The word lists of a language: data, not code."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

from summarizer.language.folding import fold, initials

MOST_WORDS = 50_000
"""So many words are remembered at most."""

_NONE: frozenset[Any] = frozenset()
_EMPTY: Mapping[str, Any] = MappingProxyType({})
_FOLDER = Path(__file__).parent / "words"


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """What a language knows of a word.

    Attributes:
        text: the word, folded, without possessive and without the dots of initials.
        stem: what its inflections share.
        lists: the names of the lists that have it; of those named `…_endings`, the ones with an ending of it.
        meanings: the groups of words of like meaning that it belongs to, by number.
        value: the number that it is.
        counts: whether a number can begin with it.
        stop: whether it says nothing by itself.
    """

    text: str
    stem: str
    lists: frozenset[str]
    meanings: frozenset[int]
    value: float | None = None
    counts: bool = False
    stop: bool = False

    @property
    def known(self) -> bool:
        """Whether the language has it in a list, or knows words of like meaning."""
        return bool(self.meanings) or not all(name.endswith("_endings") for name in self.lists)

    @property
    def phrase(self) -> bool:
        """Whether it is several words taken as one, such as `step_down`."""
        return "_" in self.stem


class Lexicon:
    """The lists of one language, from every file in its folder; empty ones where it has none."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._stems: dict[str, str] = {}
        self._words: dict[str, Word] = {}
        self._stem_sets: dict[str, frozenset[str]] = {}
        self._compiled: dict[str, tuple[re.Pattern[str], ...]] = {}
        self._any: dict[str, re.Pattern[str]] = {}
        self._unions: dict[tuple[str, ...], frozenset[str]] = {}
        self._lists: dict[str, Any] = {}
        for path in sorted((_FOLDER / language).glob("*.json")):
            self._lists.update(json.loads(path.read_text(encoding="utf-8")))

    def words(self, *names: str) -> frozenset[str]:
        """The words of a list, or of several together, folded."""
        found = self._unions.get(names)
        if found is None:
            self._unions[names] = found = frozenset().union(*(self._sets.get(name, _NONE) for name in names))
        return found

    def stems(self, name: str) -> frozenset[str]:
        """The stems of the words of a list."""
        if name not in self._stem_sets:
            self._stem_sets[name] = frozenset(map(self.stem, self.words(name)))
        return self._stem_sets[name]

    def ordered(self, name: str) -> list[str]:
        """The words of a list in the order of its file."""
        return str(self._lists.get(name, "")).split()

    def map(self, name: str) -> Mapping[str, Any]:
        """The values of a list that maps words to something."""
        found: Mapping[str, Any] = self._lists.get(name, _EMPTY)
        return found

    def patterns(self, name: str) -> tuple[str, ...]:
        """The lines of a list: regular expressions for folded text, or groups of words."""
        return tuple(self._lists.get(name, ()))

    def compiled(self, name: str) -> tuple[re.Pattern[str], ...]:
        """The lines of a list of regular expressions, each for whole words."""
        if name not in self._compiled:
            self._compiled[name] = tuple(re.compile(rf"\b(?:{line})\b") for line in self.patterns(name))
        return self._compiled[name]

    def any_of(self, name: str) -> re.Pattern[str]:
        """All of `compiled` as one, for asking whether there is any; that of an empty list finds nothing."""
        if name not in self._any:
            lines = "|".join(f"(?:{line})" for line in self.patterns(name))
            self._any[name] = re.compile(rf"\b(?:{lines})\b" if lines else "(?!)")
        return self._any[name]

    def word(self, text: str) -> Word:
        """What is known of a word as it stands in a text."""
        word = self._words.get(text)
        if word is None:
            if len(self._words) >= MOST_WORDS:
                self._words.clear()
            self._words[text] = word = self._known(text)
        return word

    def stem(self, word: str) -> str:
        """The stem of a folded word; the word itself where the language has no stemmer."""
        stem = self._stems.get(word)
        if stem is None:
            if len(self._stems) >= MOST_WORDS:
                self._stems.clear()
            base: str = self.map("irregular").get(word, word)
            self._stems[word] = stem = self._stemmer.stemWord(base) if self._stemmer else base
        return stem

    @cached_property
    def meaning(self) -> Meaning:
        """Which words can stand for which."""
        return Meaning(self)

    def _known(self, text: str) -> Word:
        folded = fold(text)
        plain = initials(folded.removesuffix("'s").removesuffix("s'"))
        stem = self.stem(plain)
        lists = self._index.get(plain, frozenset()) | self._shapes(plain)
        value = self.value(plain)
        counts = value is not None or "ordinals" in lists or any(map(str.isdigit, text))
        return Word(plain, stem, lists, self.meaning.groups(stem), value, counts, "stopwords" in lists)

    def _shapes(self, word: str) -> set[str]:
        """The lists of endings that have one of a word."""
        return {name for name, endings in self._endings.items() if word.endswith(endings)}

    def is_verb(self, word: Word) -> bool:
        """Whether a word has the stem of a verb: `repainted` that of `paint`, `be_held` that of one of its words."""
        known = self.stems("verbs")
        if word.stem in known:
            return True
        if word.phrase:
            return any(self.stem(part) in known for part in word.stem.split("_"))
        return any(word.stem.removeprefix(prefix) in known for prefix in self.words("repeating_prefixes"))

    def value(self, words: str) -> float | None:
        """The number that these words are; None where they are none."""
        from text_to_num import text2num

        if words in (extra := self.map("numbers")):
            return float(extra[words])
        try:
            return float(text2num(words, self.language)) if words[:1].isalpha() else None
        except ValueError:  # how it says that it knows no such number, or no such language
            return None

    def phrase(self, stem: str, lists: frozenset[str]) -> Word:
        """A phrase of several words, known by `stem`, as one word."""
        return Word(stem, stem, lists, self.meaning.groups(stem), stop="stopwords" in lists)

    @cached_property
    def _index(self) -> dict[str, frozenset[str]]:
        """For each word the names of the lists that have it."""
        index: dict[str, set[str]] = {}
        for name, words in self._sets.items():
            for word in words:
                index.setdefault(word, set()).add(name)
        for word in self.map("irregular"):
            index.setdefault(word, set()).add("past")
        return {word: frozenset(names) for word, names in index.items()}

    @cached_property
    def _sets(self) -> dict[str, frozenset[str]]:
        return {key: frozenset(value.split()) for key, value in self._lists.items() if isinstance(value, str)}

    @cached_property
    def _endings(self) -> dict[str, tuple[str, ...]]:
        return {name: tuple(words) for name, words in self._sets.items() if name.endswith("_endings")}

    @cached_property
    def _stemmer(self) -> Any:
        import Stemmer

        name = self._lists.get("stemmer")
        return Stemmer.Stemmer(name) if name else None


class Meaning:
    """Which words of a language can stand for which in a claim, by their stems."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._groups: dict[str, set[int]] = {}
        self._broader: dict[str, set[str]] = {}
        self._opposites: dict[str, set[str]] = {}
        self._exclusive: dict[str, set[int]] = {}
        self.phrases: dict[str, list[tuple[str, ...]]] = {}
        """The rest of each phrase of several words, by the stem of its first word."""
        self._bases: dict[str, set[str]] = {}
        self._lexicon = lexicon
        for number, line in enumerate(lexicon.patterns("synonyms")):
            for stem in self._stemmed(line):
                self._groups.setdefault(stem, set()).add(number)
        for line in lexicon.patterns("broader"):
            special, _, general = line.partition(":")
            for stem in self._stemmed(special):
                self._broader.setdefault(stem, set()).update(self._stemmed(general))
        for line in lexicon.patterns("antonyms"):
            one, _, other = line.partition("|")
            for side, opposed in ((one, other), (other, one)):
                self._note(side)
                for stem in self._stemmed(side):
                    self._opposites.setdefault(stem, set()).update(self._stemmed(opposed))
        self._akin = self._together("akin")
        for number, line in enumerate(lexicon.patterns("exclusive")):
            self._note(line)
            for stem in self._stemmed(line):
                self._exclusive.setdefault(stem, set()).add(number)

    def groups(self, stem: str) -> frozenset[int]:
        return frozenset(self._groups.get(stem, ()))

    def same(self, claimed: str, said: str) -> bool:
        """Whether a claim may have the stem `claimed` where its evidence has `said`."""
        if claimed == said:
            return True
        groups = self._groups.get(claimed)
        if groups is not None and not groups.isdisjoint(self._groups.get(said, _NONE)):
            return True
        return claimed in self._broader.get(said, _NONE)

    def akin(self, claimed: str, said: str) -> bool:
        """Whether a claim that is right otherwise may have the verb `claimed` where its evidence has `said`."""
        return self.same(claimed, said) or claimed in self._akin.get(said, _NONE)

    def opposed(self, claimed: str, said: str) -> bool:
        """Whether the two contradict each other in the same place."""
        return any(self.same(claimed, other) for other in self._opposites.get(said, ()))

    def fits(self, word: Word) -> bool:
        """Whether a word is a form of one that the lists of opposites and rivals mean: `authorities` has the stem of
        `authorize` and is none of its forms."""
        bases = self._bases.get(word.stem, ())
        return (
            "past" in word.lists
            or word.phrase
            or any(word.text[: len(base) - 1] == base[: len(base) - 1] for base in bases)
        )

    def rivals(self, claimed: str, said: str) -> bool:
        """Whether the two are of a kind of which only one can be right in one place: colours, relations."""
        return not self._exclusive.get(claimed, _NONE).isdisjoint(self._exclusive.get(said, _NONE))

    def _together(self, name: str) -> dict[str, set[str]]:
        """For each stem of a list of groups, those that are in a group with it. Its phrases are not looked for in
        texts."""
        found: dict[str, set[str]] = {}
        for line in self._lexicon.patterns(name):
            stems = {self._named(word) for word in line.split()}
            for stem in stems:
                found.setdefault(stem, set()).update(stems)
        return found

    def _note(self, line: str) -> None:
        """Keeps the base forms of words that exclude each other."""
        for word in line.split():
            self._bases.setdefault(self._lexicon.stem(word), set()).add(word)

    def _stemmed(self, line: str) -> list[str]:
        return [self._phrase(word) if "_" in word else self._lexicon.stem(word) for word in line.split()]

    def _named(self, word: str) -> str:
        """The stem of a word, or of a phrase."""
        first, *rest = word.split("_")
        return "_".join([self._lexicon.stem(first), *rest])

    def _phrase(self, phrase: str) -> str:
        """The stem of a phrase such as `step_down`, which is noted for finding it in texts."""
        first, *rest = phrase.split("_")
        stem = self._named(phrase)
        self._bases.setdefault(stem, set()).add(phrase)
        known = self.phrases.setdefault(self._lexicon.stem(first), [])
        if tuple(rest) not in known:
            known.append(tuple(rest))
        return stem


@cache
def lexicon(language: str) -> Lexicon:
    return Lexicon(language)
