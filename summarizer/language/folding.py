"""Comparing text without regard to how it is typed: case, kinds of marks, white space, soft hyphens."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cached_property, lru_cache

from summarizer.document import Span

_ALIKE = {
    **dict.fromkeys("“”„‟«»″〝〞＂", '"'),
    **dict.fromkeys("‘’‚‛‹›′`´ʼ＇", "'"),
    **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
}


def _fold_character(character: str) -> str:
    if character in _ALIKE:
        return _ALIKE[character]
    if character.isspace():
        return " "
    if unicodedata.category(character) in ("Cf", "Cc"):
        return ""
    return unicodedata.normalize("NFKC", character).casefold()


class _Table(dict[int, str]):
    """What each character folds to, found out when it first occurs."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold_character(chr(code))
        return folded


_FOLDED = _Table()
_BLANKS = re.compile("  +")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?\.?")


def fold(text: str) -> str:
    """`text` folded, white space made single blanks, none at the ends."""
    return _kept(text) if len(text) <= _LONGEST_KEPT else _fold(text)


def _fold(text: str) -> str:
    if text.isascii() and text.isprintable():
        return " ".join(text.lower().replace("`", "'").split())
    return " ".join(unicodedata.normalize("NFC", text).translate(_FOLDED).split())


_kept = lru_cache(maxsize=4096)(_fold)  # one rule after the other looks at the same sentences and words
_LONGEST_KEPT = 1000
"""Characters of a text that is kept: longer than sentences are."""


class Folded:
    """A text folded for searching, which still knows where each character stood."""

    def __init__(self, text: str) -> None:
        self._unfolded = text
        self.text = _BLANKS.sub(" ", text.translate(_FOLDED)).lstrip(" ")

    @cached_property
    def _origin(self) -> Sequence[int]:
        """For each character the place of the one that it was folded from. Most searches find nothing and need
        none."""
        if self.text == self._unfolded.translate(_FOLDED) and all(
            len(_FOLDED[ord(each)]) == 1 for each in set(self._unfolded)
        ):
            return range(len(self.text))
        origin: list[int] = []
        blank = True
        for index, character in enumerate(self._unfolded):
            for folded in _FOLDED[ord(character)]:
                if not (blank and folded == " "):
                    origin.append(index)
                blank = folded == " "
        return origin

    def find(self, words: str) -> Span | None:
        """Where `words` first stand as whole words, as a span of the unfolded text."""
        wanted, at = fold(words), -1
        while wanted and (at := self.text.find(wanted, at + 1)) >= 0:
            end = at + len(wanted)
            if self._boundary(at) and self._boundary(end):
                return Span(self._origin[at], self._origin[end - 1] + 1)
        return None

    def _boundary(self, at: int) -> bool:
        return not (0 < at < len(self.text) and self.text[at - 1].isalnum() and self.text[at].isalnum())


def initials(word: str) -> str:
    """A folded word without the dots of initials: `u.s.` is `us`."""
    return word.replace(".", "") if _INITIALS.fullmatch(word) else word
