"""Acts of speech in a sentence: a word of saying and the words for who says it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from summarizer.check.clauses import Clauses
from summarizer.check.naming import Naming
from summarizer.check.phrases import FINITE, Phrase
from summarizer.check.words import QUOTED
from summarizer.language.lexicon import Lexicon

__all__ = ["QUOTED", "Act", "Grammar"]

_ASIDE = re.compile(r"\([^()]*\)")
_SAYING = frozenset("AvjgxniN")
"""The tags that a word of saying can have."""
_FAR = 14
"""How many words the `by` of a passive may follow its verb."""


@dataclass(frozen=True, slots=True)
class Act:
    """`speaker` as the sentence has it: a name, a pronoun, or a few words such as `two officials`.

    `start` and `end` are where the word of saying stands in the sentence; `begin` and `finish` take in the speaker.
    `kind` is v for a verb of saying, j for one of judging, i for an infinitive or passive, r for one in
    a relative clause, g for `saying`, n for a
    noun as in `his claim`, s for a subject without any.
    `owner` is whose letter or statement the speaker is. An act of nobody, `was told`, has the empty speaker.
    """

    speaker: str
    start: int
    end: int
    begin: int
    finish: int
    kind: str = "v"
    owner: str | None = None


class Grammar:
    """What can be told of a sentence without a parser, for the order of words of news text."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def sentence(self, text: str) -> Speech:
        """The acts of speech in the text of a sentence whose quotations are blanked out by `QUOTED`."""
        return Speech(_ASIDE.sub(lambda aside: " " * len(aside[0]), text), self._lexicon)


@cache
def name_pattern(lexicon: Lexicon) -> re.Pattern[str]:
    """A name: capitalised words in a row, `de` and the like between them."""
    short = "|".join(sorted(lexicon.words("shortened"), key=len, reverse=True)) or "(?!)"
    word = rf"(?i:{short})\.|[^\W\d_a-z]\.|[A-ZÀ-ÖØ-Þ][\w'’-]*"
    inner = "|".join(sorted(lexicon.words("name_particles"))) or "(?!)"
    return re.compile(rf"\b(?:{word})(?:\s(?:{word}|(?:{inner})\s(?={word})))*")


class Speech:
    """What is said in one sentence, and by whom."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self.text = text
        self.clauses = Clauses(text, lexicon)
        self._naming = Naming(self.clauses, lexicon)

    @cached_property
    def acts(self) -> list[Act]:
        """The acts of speech, in the order of their words of saying."""
        return list(self._acts())

    def subject(self, end: int | None = None) -> Act | None:
        """The subject of the main clause, of the words before the character `end` if that is given: one who may be
        speaking."""
        words = self.clauses.words
        last = len(words) if end is None else sum(word.start < end for word in words)
        phrase = self.clauses.main(last)
        return self._act(phrase, phrase.last - 1, "s") if phrase else None

    @property
    def tells(self) -> bool:
        """Whether there is a verb behind the first word, which joins: `after surviving`, `as prices rise`."""
        tags = self.clauses.tags
        return (
            not FINITE.isdisjoint(tags)
            or self.clauses.tag(1) in "gi"
            or any(map(self._may_be_verb, range(2, len(tags))))
        )

    def _may_be_verb(self, index: int) -> bool:
        """Whether a word behind a subject can be a verb of the present, as far as lists and endings tell."""
        lists = self._lexicon.word(self.clauses.word(index)).lists
        return self.clauses.tag(index - 1) in "nh" and not lists.isdisjoint(("verbs", "third_person_endings"))

    def names_thing(self, start: int) -> bool:
        """Whether the name of something begins at the character `start`: `known as`, `the so-called`."""
        at = sum(word.start < start for word in self.clauses.words) - 1
        while self.clauses.word(at) in self._lexicon.words("before_things"):
            at -= 1
        by_nobody = not any(act.start == self.clauses.words[at].start and act.speaker for act in self.acts)
        return at >= 0 and by_nobody and self.clauses.word(at) in self._lexicon.words("naming")

    def tag_after(self, act: Act) -> str:
        """The tag of the word after an act and its speaker."""
        return self.clauses.tag(sum(word.start < act.finish for word in self.clauses.words))

    def _acts(self) -> Iterator[Act]:
        for index, tag in enumerate(self.clauses.tags):
            found = self._speaker(index, tag) if tag in _SAYING else None
            if found is not None:
                phrase, kind = found
                yield self._act(phrase, index, kind)

    def _speaker(self, index: int, tag: str) -> tuple[Phrase | None, str] | None:
        """Who speaks by the word at `index`, and the kind of act it is; None if the word is none of saying."""
        if tag == "A":
            return self.clauses.phrase_from(index + 2), "v"
        if self.clauses.word(index + 1) in self._lexicon.map("phrasal_deeds").get(self.clauses.word(index), "").split():
            return None  # `called in the army`
        if tag in "vj" or self._is_phrasal(index):
            return self._of_verb(index), self._kind(index, tag)
        if tag == "g":
            return self._of_gerund(index), "g"
        if tag in "xn" and self.clauses.word(index) in self._lexicon.words("reading"):
            return self._of_reading(index)
        return self._of_noun(index) if tag in "nN" else None

    def _kind(self, index: int, tag: str) -> str:
        if self._tag_before(index) in "Tb":
            return "i"
        if self._is_restrictive(index):
            return "r"
        return "j" if tag == "j" else "v"

    def _is_restrictive(self, index: int) -> bool:
        """`a man who said`, as against `Mia Berg, who said`; `the note that said`, whatever stands between."""
        at = index - 1
        while self.clauses.tag(at) in "yab":
            at -= 1
        if self.clauses.tag(at) == "s" and self.clauses.word(at) in self._lexicon.words("relatives"):
            return True
        return self.clauses.tag(at) == "w" and self.clauses.tag(at - 1) != ","

    def _is_phrasal(self, index: int) -> bool:
        """`put it`, `shot back`."""
        if self.clauses.tags[index] not in "xni":
            return False
        after = self._lexicon.map("phrasal").get(self.clauses.word(index))
        return after is not None and self.clauses.word(index + 1) in after.split()

    def _of_verb(self, index: int) -> Phrase | None:
        before = self._tag_before(index)
        if before == "b" and not self.clauses.word(index).endswith("ing"):
            return self._agent(index)
        if before == "T":
            return self._of_infinitive(index)
        return self._inverted(index) or self.clauses.subject(index)

    def _of_infinitive(self, index: int) -> Phrase | None:
        """`refused to call`; but `is to blame` says nothing."""
        at = index - 1
        while self.clauses.tag(at) in "yT":
            at -= 1
        return None if self.clauses.tag(at) == "b" else self.clauses.main(index)

    def _tag_before(self, index: int) -> str:
        index -= 1
        while self.clauses.tag(index) == "y":
            index -= 1
        return self.clauses.tag(index)

    def _agent(self, index: int) -> Phrase | None:
        """The speaker of a passive: `was described by Mia Berg as`."""
        for at in range(index + 1, min(index + _FAR, len(self.clauses.tags))):
            if self.clauses.tag(at) in ".:(":
                return None
            if self.clauses.word(at) in self._lexicon.words("of_agents"):
                return self.clauses.phrase_from(at + 1)
        return None

    def _inverted(self, index: int) -> Phrase | None:
        """The speaker after the verb: `said Mia Berg`."""
        before = self.clauses.tag(index - 1)
        addressing = self.clauses.word(index) in self._lexicon.words("addressing")
        if before not in ".,(:Q" or self.clauses.tags[index] != "v" or addressing:
            return None
        phrase = self.clauses.after(index)
        if phrase is None or before in "Q.":
            return phrase
        quoted = index > 1 and self.clauses.tag(index - 2) == "Q"
        return phrase if quoted or self.clauses.tag(phrase.last) in ".,wp" else None

    def _of_gerund(self, index: int) -> Phrase | None:
        """`Mia Berg left, saying`; `a recording of Mia Berg saying`."""
        at = index - 1 if self.clauses.word(index - 1) in self._lexicon.words("as") else index
        if self.clauses.tag(at - 1) == "b":
            return self.clauses.subject(at)
        if self._tag_before(at) in "pc" and (near := self._nearest_pronoun(at)) is not None:
            return near
        phrase = self.clauses.phrase_before(at)
        if phrase and self.clauses.tag(phrase.first - 1) in "pxvjg" and self._naming.is_name(phrase):
            aside = self.clauses.word(phrase.first - 1) in self._lexicon.words("of_asides")
            return self.clauses.main(at) if aside else phrase
        return self.clauses.main(index)

    def _nearest_pronoun(self, at: int) -> Phrase | None:
        """The subject of a clause such as `where he appeared for saying`."""
        for index in range(at - 1, 0, -1):
            if self.clauses.tags[index] in ",:.(":
                return None
            if self.clauses.tags[index] == "h" and self.clauses.tags[index - 1] in "sw":
                return Phrase(index, index + 1)
        return None

    def _of_reading(self, index: int) -> tuple[Phrase | None, str] | None:
        """`the statement read`: what can be read out, not who reads."""
        phrase = self.clauses.subject(index)
        return (phrase, "v") if phrase and self._naming.is_document(phrase) else None

    def _of_noun(self, index: int) -> tuple[Phrase | None, str] | None:
        """`Mia Berg’s claim`, `his recent letter`; `a statement from Mia Berg`."""
        if self.clauses.word(index) not in self._lexicon.words("claims"):
            return None
        owner = self._owner(index) or self._author(index)
        return (owner, "n") if owner else None

    def _owner(self, index: int) -> Phrase | None:
        phrase = self.clauses.phrase_before(index + 1)
        if phrase is None:
            return None
        owned = [at for at in range(phrase.first, index) if self.clauses.tags[at] == "Z"]
        if owned:
            return Phrase(phrase.first, owned[-1] + 1)
        own = self.clauses.word(phrase.first) in self._lexicon.words("owners")
        return Phrase(phrase.first, phrase.first + 1) if own else None

    def _author(self, index: int) -> Phrase | None:
        if self.clauses.word(index + 1) not in self._lexicon.words("of_authors"):
            return None
        phrase = self.clauses.phrase_from(index + 2)
        return phrase if phrase and self._naming.is_name(phrase) else None

    def _act(self, phrase: Phrase | None, index: int, kind: str) -> Act:
        word = self.clauses.words[index]
        if phrase is None or self.clauses.said(phrase).casefold() in self._lexicon.words("indefinite"):
            return Act("", word.start, word.end, word.start, word.end, kind)
        begin, finish = self.clauses.words[phrase.first].start, self.clauses.words[phrase.last - 1].end
        speaker, owner = self._naming.called(phrase)
        return Act(speaker, word.start, word.end, min(begin, word.start), max(finish, word.end), kind, owner)
