"""What a text commits itself to: its names, its numbers, its content words, what it negates, what it hedges."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from summarizer.check.scopes import Scopes
from summarizer.language.folding import fold
from summarizer.language.lexicon import Lexicon, Word
from summarizer.language.nouns import common_noun
from summarizer.language.numbers import Number, NumberReader

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S., p.m.
    r"|[$€£¥]?\d+(?:[.,:]\d+)*(?:(?:st|nd|rd|th)\b)?%?"
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*"
    r"|[%.,;:!?\"“”«»()—–]"
    r"|(?<=\s)-+(?=\s)"
)
_MARKS = frozenset('%.,;:!?"“”«»()—–-')
_ENDS = '.!?:"“«'
_BREAKS = frozenset(".,;:!?()—–-")


@dataclass(slots=True, eq=False)
class Token:
    """A word, a number or a mark.

    Attributes:
        text: as it stands.
        word: what the language knows of it.
        first: whether it begins a sentence or a quotation, where a capital means nothing.
        number: its value, where it is a number; the words of one number are one token.
        clause: the clause it stands in, by number: clauses end at marks and at words such as `that` and `but`.
        at: its place among the tokens.
        start: where it stands in the text.
        name: whether it is part of a name.
        mark: whether it is a mark.
        content: whether it says something by itself.
    """

    text: str
    word: Word
    first: bool
    number: Number | None
    clause: int
    at: int
    start: int
    name: bool
    mark: bool
    content: bool

    @property
    def possessive(self) -> bool:
        return self.text.endswith(("'s", "’s", "s'", "s’"))

    @property
    def past(self) -> bool:
        """Whether it looks like the past form of a verb."""
        return "past" in self.word.lists or "past_endings" in self.word.lists

    @property
    def adverb(self) -> bool:
        return "adverbs" in self.word.lists or self.shaped_as_adverb

    @property
    def shaped_as_adverb(self) -> bool:
        """Whether it looks like an adverb: `quickly`, and not `family`."""
        return "adverb_endings" in self.word.lists and "not_adverbs" not in self.word.lists

    @property
    def calendar(self) -> bool:
        """Whether it is a weekday or a month."""
        return self.listed("weekdays", "months")

    def listed(self, *names: str) -> bool:
        """Whether one of these lists has its word."""
        return not self.word.lists.isdisjoint(names)


class Facts:
    """The facts of one text."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text = text
        self.lexicon = lexicon

    @cached_property
    def tokens(self) -> list[Token]:
        return list(self._tokens())

    @cached_property
    def folded(self) -> str:
        return fold(self.text)

    @cached_property
    def content(self) -> list[Token]:
        """The tokens that say something."""
        return [token for token in self.tokens if token.content]

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """For each stem, numbers apart, where it stands among the words that say something."""
        places: dict[str, list[int]] = {}
        for index, token in enumerate(self.content):
            if token.number is None:
                places.setdefault(token.word.stem, []).append(index)
        return places

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word, folded."""
        return frozenset(token.word.text for token in self.tokens if not token.mark)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of its content words, numbers apart."""
        return frozenset(token.word.stem for token in self.content if token.number is None and len(token.word.text) > 1)

    @cached_property
    def names(self) -> list[Token]:
        """The words of names, the first word of a sentence included if it has a capital."""
        return [token for token in self.tokens if token.name]

    @cached_property
    def numbers(self) -> list[Token]:
        return [token for token in self.tokens if token.number is not None]

    @cached_property
    def scopes(self) -> Scopes:
        """What is negated and what is hedged."""
        return Scopes(self.tokens, self.lexicon)

    @cached_property
    def attributed(self) -> bool:
        """Whether a word of saying occurs."""
        return self.has("said", "according")

    def has(self, *names: str) -> bool:
        """Whether a word of one of these lists occurs."""
        return not self._lists.isdisjoint(names)

    @cached_property
    def _lists(self) -> frozenset[str]:
        """The lists that have a word of the text."""
        return frozenset().union(*(token.word.lists for token in self.tokens))

    def before(self, token: Token) -> Token | None:
        """The token right before one."""
        return self.tokens[token.at - 1] if token.at else None

    def after(self, token: Token) -> Token | None:
        """The token right after one."""
        return self.tokens[token.at + 1] if token.at + 1 < len(self.tokens) else None

    def between(self, one: Token, other: Token) -> Sequence[Token]:
        """The tokens between two, whichever comes first."""
        return self.tokens[min(one.at, other.at) + 1 : max(one.at, other.at)]

    def preposition(self, token: Token) -> str | None:
        """What a preposition is known by: those for where something is count as one."""
        word = token.word.text.rpartition("_")[-1]  # the last of a phrase such as `go_to`
        if word not in self.lexicon.words("prepositions"):
            return None
        return self.lexicon.ordered("locative")[0] if word in self.lexicon.words("locative") else word

    def _tokens(self) -> Iterator[Token]:
        """Tokens as they come; the words of a number, and of a phrase such as `step down`, made one."""
        found = list(_TOKEN.finditer(self.text))
        texts = [match[0] for match in found]
        words = [self.lexicon.word(text) for text in texts]
        numbers = NumberReader(texts, found, self.lexicon)
        last: tuple[Token, ...] = ()
        index = 0
        phrases, has_nouns = self.lexicon.meaning.phrases, bool(self.lexicon.words("nouns"))
        while index < len(texts):
            word = words[index]
            number, used = numbers.at(index) if word.counts else (None, 1)
            if number is None and word.stem in phrases:
                word, used = self._phrase(words, index)
            start, end = found[index].start(), found[index + used - 1].end()
            noun = has_nouns and texts[index][0].isupper() and common_noun(texts, index, self.lexicon)
            token = _token(self.text[start:end], word, number, start, last, noun=noun)
            yield token
            last, index = (*last[-1:], token), index + used

    def _phrase(self, words: Sequence[Word], index: int) -> tuple[Word, int]:
        """The phrase of several words that begins here, and how many they are; else the one word."""
        word = words[index]
        for rest in self.lexicon.meaning.phrases[word.stem]:
            following = words[index + 1 : index + 1 + len(rest)]
            if following and following[0].text == rest[0] and tuple(each.text for each in following) == rest:
                return self.lexicon.phrase("_".join([word.stem, *rest]), word.lists), 1 + len(rest)
        return word, 1


def _token(text: str, word: Word, number: Number | None, start: int, last: tuple[Token, ...], *, noun: bool) -> Token:
    """A token that comes after the `last` two; `noun` where its capital marks no name."""
    before = last[-1] if last else None
    first = _begins(last)
    breaks = number is None and (text in _BREAKS or "clause_words" in word.lists)
    clause = (before.clause if before else 0) + breaks
    name, mark = False, text[0] in _MARKS
    if number is None and text[0].isupper() and not noun:
        month = "months" in word.lists and not first
        unit = before is not None and before.number is not None and before.start + len(before.text) == start  # `300MW`
        name = (not word.stop or month) and not unit
    content = number is not None or name or not (word.stop or mark)
    return Token(text, word, first, number, clause, before.at + 1 if before else 0, start, name, mark, content)


def _begins(last: tuple[Token, ...]) -> bool:
    """Whether a sentence or a quotation begins after these tokens; `Mr.` and `J.` end none."""
    if not last:
        return True
    mark, shortened = last[-1], last[0]
    if not (mark.mark and mark.text in _ENDS):
        return False
    initial = len(shortened.text) == 1 and shortened.text.isupper()
    return not (mark.text == "." and ("shortened" in shortened.word.lists or initial))
