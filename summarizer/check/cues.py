"""Words that take back some of what a text says, and what all that look for them need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarizer.language.lexicon import Lexicon

if TYPE_CHECKING:
    from summarizer.check.facts import Token

PHRASE_ENDS = frozenset(".;:!?")
CLAUSE_ENDS = frozenset(".,;:!?()—–")


@dataclass(frozen=True, slots=True)
class Governor:
    """A word that takes back some of what a text says: the kind of its list, and its place among the tokens."""

    kind: str
    at: int


class Cues:
    """The tokens of one text, looked through for words of some kind."""

    def __init__(self, tokens: Sequence[Token], lexicon: Lexicon) -> None:
        self.tokens = tokens
        self.lexicon = lexicon

    def is_at(self, at: int, name: str) -> bool:
        """Whether a word of the list `name` stands at a place, which may lie outside the text."""
        return 0 <= at < len(self.tokens) and self.tokens[at].word.text in self.lexicon.words(name)

    def is_noun(self, token: Token) -> bool:
        """`the plan`, `his denial`, `a $240 million order`: an article or the like stands before it."""
        before = self.tokens[max(token.at - 3, 0) : token.at]
        while before and (before[-1].number is not None or before[-1].word.value is not None):
            before = before[:-1]
        return bool(before) and before[-1].listed("articles", "prepositions")
