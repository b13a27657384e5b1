"""How like two texts are, and two names: by their words, in the language of the briefing that has them."""

from __future__ import annotations

import re
from functools import cached_property

from summarizer.check.facts import Facts
from summarizer.language.folding import fold, initials
from summarizer.language.lexicon import Lexicon

_WORD = re.compile(r"(?:[^\W_]\.){2,}|[^\W_]+(?:[.'’&/-][^\W_]+)*(?:['’](?!\w))?")
_POSSESSIVE = re.compile(r"(?:'s|(?<=s)')$")
_BRACKETED = re.compile(r"\(([^()]*)\)")

CONTAINED = 0.75
"""How like two texts are of which one has all that the other says, and more."""

Name = tuple[str, ...]


class Wording:
    """One text."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text = text
        self._lexicon = lexicon

    @cached_property
    def words(self) -> frozenset[str]:
        """The stems of the words that say something, and its numbers."""
        tokens = Facts(self.text, self._lexicon).content
        return frozenset(token.word.stem if token.number is None else str(token.number) for token in tokens)

    def share(self, other: Wording, *, fewest: int = 1) -> float:
        """How much of their words two texts share, from 0 to 1.

        Where all words of one, at least `fewest`, stand in the other, it is at least `CONTAINED`.
        """
        both = len(self.words & other.words)
        shared = 2 * both / max(len(self.words) + len(other.words), 1)
        contained = both >= fewest and both == min(len(self.words), len(other.words))
        return max(shared, CONTAINED) if contained else shared

    @cached_property
    def forms(self) -> frozenset[Name]:
        """The text as a name, and what stands in brackets in it: `Northern Front (NF)` is two."""
        inside = _BRACKETED.findall(self.text)
        return frozenset(filter(None, map(self._name, [_BRACKETED.sub(" ", self.text), *inside])))

    @cached_property
    def initials(self) -> frozenset[Name]:
        """The initials that its names can go by."""
        firsts = ("".join(word[0] for word in form if not self._stop(word)) for form in self.forms)
        return frozenset((letters,) for letters in firsts if len(letters) > 1)

    def named(self, other: Wording) -> float:
        """How like two names are: the same, one a shorter form of the other, or 0.

        A shorter form ends the longer one, as `Berg` does in `Mia Berg`, begins it, or is its initials.
        """
        if self.forms & other.forms:
            return 1.0
        if self.forms & other.initials or self.initials & other.forms:
            return 0.9
        pairs = [sorted((one, another), key=len) for one in self.forms for another in other.forms]
        return max((self._shorter(*pair) or other._shorter(*pair) for pair in pairs), default=0.0)

    def _shorter(self, short: Name, long: Name) -> float:
        if len(short) == len(long):
            return 0.0
        before, after = long[: -len(short)], long[len(short) :]
        if before + short == long and not self._stop(before[-1]):
            return 0.8
        owned = any(map(_POSSESSIVE.search, long))
        begins = short + after == long and not owned and (len(short) > 1 or not any(map(self._stop, after)))
        return 0.7 if begins else 0.0

    def _stop(self, word: str) -> bool:
        """Whether it is a word such as `of`, which no first name or title is."""
        return self._lexicon.word(word).stop and word not in self._lexicon.words("name_particles")

    def _name(self, text: str) -> Name:
        """The words of a name, folded, without an article before it and a possessive after it."""
        words = [initials(fold(match[0])) for match in _WORD.finditer(text)]
        while len(words) > 1 and words[0] in self._lexicon.words("articles"):
            words = words[1:]
        return (*words[:-1], _POSSESSIVE.sub("", words[-1])) if words else ()
