"""The phrases of a sentence: runs of words for a person or a thing."""

from __future__ import annotations

from typing import NamedTuple

from summarizer.check.words import words
from summarizer.language.lexicon import Lexicon

FINITE = frozenset("vjxab")
"""The tags of the verbs that have a subject."""
PEOPLE = ("people_nouns", "person_nouns", "titles", "group_nouns")
"""The lists of words for persons and for what they form."""
_UNSETTLED = frozenset("vjxigy")
"""The tags that a word beside it can change."""
_PHRASE = frozenset("d#NnZ")
_NO_ARTICLE = _PHRASE - {"d"}
_HEADS = frozenset("Nn#Zo")


class Phrase(NamedTuple):
    """The words [first, last) of a sentence."""

    first: int
    last: int


class Phrases:
    """The words of one sentence, and what they make up."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text = text
        self._lexicon = lexicon
        self.words = words(text, lexicon)
        self.tags = [word.tag for word in self.words]
        for index, tag in enumerate(self.tags):
            if tag in _UNSETTLED:
                self.tags[index] = self._settled(index)

    def tag(self, index: int) -> str:
        """The tag of a word; that of a full stop outside the sentence."""
        return self.tags[index] if 0 <= index < len(self.tags) else "."

    def word(self, index: int) -> str:
        """The folded word; nothing outside the sentence."""
        return self.words[index].folded if 0 <= index < len(self.words) else ""

    def said(self, phrase: Phrase) -> str:
        """The words of a phrase as the sentence has them."""
        text = self.text[self.words[phrase.first].start : self.words[phrase.last - 1].end]
        return " ".join(text.split())

    def _settled(self, index: int) -> str:
        """The tag of a word beside its neighbours: `the report` is no verb, `the retired general` has none."""
        tag, before, after = self.tags[index], self.tag(index - 1), self.tag(index + 1)
        if tag in "vj" and self._is_noun(index, before, after):
            return "n"
        if tag in "xvj" and self.word(index).endswith("ed") and after in "Nn":
            return "n" if before == "d" or (tag == "x" and before in ".,(" and after == "N") else tag
        if tag == "i" and before == "n" and after in ",.":
            return "n"
        if tag in "ig" and (before in "dZ" or (before in ".,(pv" and after == "n" and tag == "i")):
            return "n"
        return "n" if tag == "y" and before == "d" and after in "nNx" else tag

    def _is_noun(self, index: int, before: str, after: str) -> bool:
        word = self.word(index)
        if word not in self._lexicon.words("noun_or_verb"):
            owned = before == "Z" or self.word(index - 1) in self._lexicon.words("owning")
            return owned and after not in ",Q" and not word.endswith("ed")
        if before in "dZ#pvj" or (after in "vjbax" and before not in "hT"):
            return True
        if before in "hTay" or after in "Qh" or self.word(index + 1) == "that":
            return False
        plural = before in "nN" and self.word(index - 1).endswith("s")
        return not (plural or (word.endswith("s") and before == "N"))

    def phrase_before(self, end: int) -> Phrase | None:
        """The phrase that ends before the word `end`, without what hangs on it by a preposition."""
        if self.tag(end - 1) not in _HEADS:
            return None
        first = end - 1
        while first > 0 and self._within_phrase(first - 1):
            first -= 1
        return Phrase(first, end)

    def phrase_from(self, first: int) -> Phrase | None:
        """The phrase that begins with the word `first`."""
        if self.tag(first) not in _PHRASE and not self._is_adjective(first):
            return None
        last = first + 1
        while self.tag(last) == "d":
            last += 1
        while last < len(self.tags) and (self.tags[last] in _NO_ARTICLE or self._is_adjective(last)):
            last += 1
        return Phrase(first, last) if self.tags[last - 1] != "d" or self.tag(last) in FINITE else None

    def _within_phrase(self, index: int) -> bool:
        if self.tags[index + 1] == "d" and self.tags[index] != "d":
            return False
        return self.tags[index] in _PHRASE or self._is_adjective(index)

    def _is_adjective(self, index: int) -> bool:
        """`retired` in `a retired general`, `Sunday` in `the Sunday Mail`, `de` in `Bill de Blasio`."""
        tag, before, after = self.tag(index), self.tag(index - 1), self.tag(index + 1)
        if tag == "N" or (before == "N" and after == "N" and self.word(index) in self._lexicon.words("name_particles")):
            return True
        return tag in "kx" and before == "d" and after in "Nn"

    def with_attached(self, phrase: Phrase) -> Phrase:
        """The phrase with what it hangs on by prepositions: `a narrator in the ad` for `the ad`."""
        while self.tag(phrase.first - 1) == "p":
            before = self.phrase_before(phrase.first - 1)
            if before is None:
                return phrase
            phrase = Phrase(before.first, phrase.last)
        return phrase

    def past_attached(self, phrase: Phrase) -> int:
        """The index after a phrase and what hangs on it by prepositions."""
        end = phrase.last
        while self.tag(end) == "p" and (more := self.phrase_from(end + 1)):
            end = more.last
        return end

    def head(self, phrase: Phrase) -> str:
        """The folded word that a phrase is about: `letter` in `a letter from the union`."""
        end = next((at for at in range(phrase.first, phrase.last) if self.tags[at] == "p"), phrase.last)
        return self.word(end - 1)
