"""How a phrase calls somebody: the name in it, and whose a letter or statement is."""

from __future__ import annotations

from summarizer.check.clauses import Clauses
from summarizer.check.phrases import Phrase
from summarizer.language.lexicon import Lexicon

_MOST_WORDS = 8


class Naming:
    """The names in the phrases of one sentence."""

    def __init__(self, clauses: Clauses, lexicon: Lexicon) -> None:
        self._clauses = clauses
        self._lexicon = lexicon

    def is_document(self, phrase: Phrase) -> bool:
        """Whether a phrase is for something that can be read: a letter, a report."""
        return self._clauses.head(phrase) in self._lexicon.words("documents")

    def is_name(self, phrase: Phrase) -> bool:
        """Whether a phrase ends with a name."""
        return self._clauses.tags[phrase.last - 1] == "N"

    def called(self, phrase: Phrase) -> tuple[str, str | None]:
        """How a phrase calls somebody, by the name in it if it has one; and the owner of a letter or statement."""
        head = self._head(phrase)
        if self._clauses.tags[head.last - 1] in "NZ":
            return self._name(head), None
        whole = phrase if phrase.last - phrase.first <= _MOST_WORDS else head
        return self._clauses.said(whole), self._possessor(phrase) if self.is_document(phrase) else None

    def _head(self, phrase: Phrase) -> Phrase:
        """The phrase up to its first preposition; the name set beside a description, if there is one."""
        first = next((at + 1 for at in range(phrase.first, phrase.last) if self._clauses.tags[at] == ","), phrase.first)
        end = next((at for at in range(first, phrase.last) if self._clauses.tags[at] == "p"), phrase.last)
        return Phrase(first, max(end, first + 1))

    def _name(self, phrase: Phrase) -> str:
        first = phrase.last - 1
        while first > phrase.first and self._continues_name(first - 1):
            first -= 1
        return self._clauses.said(Phrase(first, phrase.last))

    def _continues_name(self, index: int) -> bool:
        word = self._clauses.words[index]
        particle = word.folded in self._lexicon.words("name_particles") and self._clauses.tags[index] != "d"
        article = word.folded == "the" and self._clauses.text[word.start] == "T"
        return self._clauses.tags[index] == "N" or particle or article

    def _possessor(self, phrase: Phrase) -> str | None:
        """Whose the letter is: `Mia Berg’s letter`, `a letter from Mia Berg`."""
        owned = [at for at in range(phrase.first, phrase.last) if self._clauses.tags[at] == "Z"]
        if owned:
            return self._name(Phrase(phrase.first, owned[0] + 1))
        last = self._clauses.word(phrase.last - 1) in self._lexicon.words("documents")
        if last and self._clauses.tag(phrase.last - 2) == "N" and phrase.last - 2 >= max(phrase.first, 1):
            return self._name(Phrase(phrase.first, phrase.last - 1))
        for at in range(phrase.first, phrase.last - 1):
            if (
                self._clauses.word(at) in self._lexicon.words("of_authors")
                and self._clauses.tags[phrase.last - 1] == "N"
            ):
                return self._name(Phrase(at + 1, phrase.last))
        return None
