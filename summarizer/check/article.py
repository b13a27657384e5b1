"""What an article knows of words: its acronyms, the names that stand together, which words it writes small."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from itertools import takewhile
from weakref import WeakKeyDictionary

from summarizer.check.facts import Facts, Token
from summarizer.check.speech import Act, Grammar
from summarizer.language import times
from summarizer.language.folding import fold
from summarizer.language.lexicon import Lexicon, Word

_ACRONYM = re.compile(
    r"\b(?P<long>[A-Z][\w'’-]*(?:\s+(?:of|for|the|and|on|de|[A-Z][\w'’-]*)){0,8})"
    r"\s*\((?P<short>[A-Z][A-Za-z]*[A-Z])s?\)"
)
_SHARED = 5
"""How many letters two stems must begin with in common for being of one family."""
_MOST_SUFFIX = 3
_SHORTEST = 3
_FIRST_NAMES = ("female_names", "male_names")


class Article:
    """The words of one article, and whether two of them say the same."""

    def __init__(self, text: str, lexicon: Lexicon, published: date | None = None) -> None:
        self.text = text
        self.lexicon = lexicon
        self.published = published
        self._meaning = lexicon.meaning
        self._endings = lexicon.words("nationalities")
        self._common: dict[str, bool] = {}
        self._acts: WeakKeyDictionary[Facts, list[Act]] = WeakKeyDictionary()
        self._same: dict[Word, tuple[dict[Word, bool], dict[Word, bool]]] = {}
        self._resolved: dict[str, times.Resolved | None] = {}
        self._prefixes = tuple(lexicon.words("repeating_prefixes"))
        self._countries: Mapping[str, str] = lexicon.map("demonyms")

    @cached_property
    def _grammar(self) -> Grammar:
        """Who says what in a sentence."""
        return Grammar(self.lexicon)

    def acts(self, facts: Facts) -> list[Act]:
        """The acts of speech in a text."""
        if facts not in self._acts:
            self._acts[facts] = self._grammar.sentence(facts.text).acts
        return self._acts[facts]

    def days(self, words: str) -> times.Resolved | None:
        """The days that a wording of time means, seen from the day of publication."""
        if words not in self._resolved:
            self._resolved[words] = times.resolve(words, self.published, self.lexicon)
        return self._resolved[words]

    @cached_property
    def acronyms(self) -> dict[str, str]:
        """Acronyms that the article defines, and those that everybody knows, with their full forms, folded."""
        found = dict(self.lexicon.map("abbreviations"))
        found.update((fold(match["short"]), fold(match["long"])) for match in _ACRONYM.finditer(self.text))
        return found

    def spelled_out(self, evidence: Facts) -> frozenset[str]:
        """The words of the full forms of the evidence's acronyms, and the acronyms of its full forms."""
        more: set[str] = set()
        for short, long in self.acronyms.items():
            if short in evidence.words:
                more.update(long.split())
            if long in evidence.folded:
                more.add(short)
        return frozenset(more)

    def common(self, token: Token) -> bool:
        """Whether the article writes a capitalised word small somewhere, or does not have it."""
        word = token.word.text
        if word not in self._common:
            capital = token.text.removesuffix("'s").removesuffix("’s")
            self._common[word] = f" {word}" in self.text or capital not in self.text
        return self._common[word]

    def is_name(self, token: Token) -> bool:
        """Whether a word of a claim names something, and does not merely begin a sentence."""
        return token.name and not (token.first and self.common(token) and not token.listed(*_FIRST_NAMES))

    def together(self, one: Token, other: Token) -> bool:
        """Whether the article has two words side by side, one of them being named in full here and there."""
        return f"{one.text} {other.text}" in self.text or f"{one.word.text} {other.text}" in self.text

    def same(self, claimed: Token, said: Token) -> bool:
        """Whether a word of a claim says what a word of its evidence says."""
        return self.same_as(claimed)(said)

    def same_as(self, claimed: Token) -> Callable[[Token], bool]:
        """Tells of a word of the evidence whether it says what a word of a claim says."""
        number, word, name = claimed.number, claimed.word, claimed.name
        if number is not None:
            return lambda said: said.number is not None and number.same(said.number)
        known = self._same.setdefault(word, ({}, {}))

        def same(said: Token) -> bool:
            if said.number is not None:
                return False
            named = name or said.name
            found = known[named].get(said.word)
            if found is None:
                known[named][said.word] = found = self._same_word(word, said.word, named=named)
            return found

        return same

    def _same_word(self, one: Word, other: Word, *, named: bool) -> bool:
        if one.stem == other.stem or self._meaning.same(one.stem, other.stem):
            return True
        return self.one_name(one.text, other.text) if named else self._derived(one.stem, other.stem)

    def spells(self, short: str, word: str, text: Facts) -> bool:
        """Whether a word belongs to the full form of an acronym, and a text has all of that."""
        long = self.acronyms.get(short)
        return long is not None and word in long.split() and long in text.folded

    def lies_in(self, country: str, evidence: Facts) -> bool:
        """Whether the evidence names a town of a country that everybody knows to lie there."""
        within = self.lexicon.map("within")
        return any(within.get(word) == self._country(country) for word in evidence.words)

    def _country(self, word: str) -> str:
        """The country that a word such as `French` stands for, else the word."""
        return self._countries.get(word, word)

    def one_name(self, one: str, other: str) -> bool:
        """`Norway` and `Norwegian`, `Syria` and `Syrians`."""
        countries = self._countries
        if countries.get(one, one) == countries.get(other, other):
            return True
        short, long = (one, other) if len(one) <= len(other) else (other, one)
        if len(short) <= _SHORTEST:
            return False
        stem = short.rstrip("aeiouy")
        if not long.startswith(stem):
            return False
        return long[len(stem) :] in self._endings or (long.startswith(short) and long[len(short) :] in self._endings)

    def _derived(self, one: str, other: str) -> bool:
        """`explode` and `explosion`: a long beginning in common and little else; `open` and `reopen`."""
        if one.endswith(other) or other.endswith(one):
            short, long = sorted((one, other), key=len)
            if any(long == prefix + short for prefix in self._prefixes):
                return True
        if one[:_SHARED] != other[:_SHARED] or len(one) < _SHARED:
            return False
        shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
        if max(len(one), len(other)) - shared > _MOST_SUFFIX:
            return False
        verbs = self.lexicon.stems("verbs")  # `protest` and `protect` are two
        apart = one in verbs and other in verbs
        return not (apart or self._meaning.opposed(one, other) or self._meaning.rivals(one, other))
