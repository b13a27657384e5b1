"""What a text commits itself to: its names, its numbers, its content words, what it negates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from summarizer.language.folding import fold
from summarizer.language.lexicon import Lexicon

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S., p.m.
    r"|[$€£¥]?\d+(?:[.,]\d+)*%?"
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*"
    r"|[%.,;:!?\"“”«»()—–-]"
)
_PUNCTUATION = re.compile(r"[.,;:!?\"“”«»()—–-]")
_WINDOW = 3


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or mark. `word` is folded, without possessive and without the dots of initials."""

    text: str
    word: str
    first: bool

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def mark(self) -> bool:
        return bool(_PUNCTUATION.fullmatch(self.text))


def tokens(text: str) -> list[Token]:
    found: list[Token] = []
    first = True
    for match in _TOKEN.finditer(text):
        token = Token(match[0], _plain(match[0]), first)
        found.append(token)
        first = token.mark and token.text in '.!?:"“«'
    return found


def _plain(text: str) -> str:
    word = fold(text).removesuffix("'s").removesuffix("s'") if not text.endswith("n't") else fold(text)
    return word.replace(".", "") if re.fullmatch(r"(?:[^\W\d_]\.)+[^\W\d_]?\.?", text) else word


class Facts:
    """The facts of one text."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text = text
        self._lexicon = lexicon

    @cached_property
    def tokens(self) -> list[Token]:
        return tokens(self.text)

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word, folded."""
        return frozenset(token.word for token in self.tokens if not token.mark)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of its content words."""
        stop = self._lexicon.words("stopwords")
        return frozenset(
            self._lexicon.stem(token.word)
            for token in self.tokens
            if token.word not in stop and token.word[:1].isalpha() and len(token.word) > 1
        )

    @cached_property
    def names(self) -> list[Token]:
        """Capitalised words that are no stop words, the first word of a sentence included."""
        stop = self._lexicon.words("stopwords")
        return [token for token in self.tokens if token.capital and token.word not in stop]

    @cached_property
    def numbers(self) -> frozenset[tuple[float, str]]:
        """Each number as its value and its unit: `%`, a currency mark, or nothing."""
        return frozenset(self._numbers())

    def _numbers(self) -> Iterator[tuple[float, str]]:
        values, magnitudes = self._lexicon.map("numbers"), self._lexicon.map("magnitudes")
        percent = self._lexicon.words("percent")
        words = [token.word for token in self.tokens]
        at = 0
        while at < len(words):
            value, unit, at = _number_at(words, at, values)
            if value is None:
                continue
            if at < len(words) and words[at] in magnitudes:
                value, at = value * magnitudes[words[at]], at + 1
            if at < len(words) and words[at] in percent:
                unit = "%"
            yield round(value, 6), unit

    @cached_property
    def negated(self) -> frozenset[str]:
        """The stems of content words that stand up to three words after a negation."""
        return self._governed(self._lexicon.words("negators"), _WINDOW)

    @cached_property
    def denied(self) -> frozenset[str]:
        """The stems of content words after a word of denial, to the end of the clause."""
        return self._governed(self._lexicon.words("denials"), 40)

    def has(self, name: str) -> bool:
        """Whether a word of the list `name` occurs."""
        return bool(self.words & self._lexicon.words(name))

    def _governed(self, governors: frozenset[str], window: int) -> frozenset[str]:
        stop = self._lexicon.words("stopwords")
        governed, left = set(), 0
        for token in self.tokens:
            if token.word in governors or ("n't" in governors and token.word.endswith("n't")):
                left = window
            elif token.mark and token.text in ".;:!?":
                left = 0
            elif left and not token.mark and token.word not in stop:
                governed.add(self._lexicon.stem(token.word))
                left -= 1
        return frozenset(governed)


def _number_at(words: list[str], at: int, values: Mapping[str, float]) -> tuple[float | None, str, int]:
    """The number that begins at `at`, its unit, and where the text goes on."""
    word = words[at]
    if any(character.isdigit() for character in word):
        unit = word[0] if word[0] in "$€£¥" else "%" if word.endswith("%") else ""
        return _digits(word.strip("$€£¥%")), unit, at + 1
    if word not in values or word == "one":
        return None, "", at + 1
    value = float(values[word])
    at += 1
    while at < len(words) and (words[at] in values or words[at] == "-"):
        follower = float(values.get(words[at], 0))
        if words[at] != "-":
            if follower >= 100:
                value *= follower
            elif 20 <= value < 100 and follower < 10:
                value += follower
            else:
                break
        at += 1
    return value, "", at


def _digits(text: str) -> float | None:
    """`1,300` and `1.300.000` are whole, `6.75` and `6,75` are not."""
    parts = re.split(r"[.,]", text)
    try:
        grouped = len(parts) > 1 and all(len(part) == 3 for part in parts[1:])
        decimal = parts[0] == "0" or ("." in text and len(parts) == 2)
        if grouped and not decimal:
            return float("".join(parts))
        return float("".join(parts[:-1]) + "." + parts[-1]) if len(parts) > 1 else float(parts[0])
    except ValueError:
        return None
