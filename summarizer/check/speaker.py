"""Who says a quotation, and what the article calls them: read from the text, not from the model."""

from __future__ import annotations

import re
from functools import cached_property

from summarizer.check import parts
from summarizer.check.quoted import Quoted
from summarizer.check.sentences import Attribution, Sentences
from summarizer.document import Document, Quotation
from summarizer.draft import Part
from summarizer.language.folding import fold
from summarizer.language.lexicon import Lexicon

__all__ = ["Attribution", "Speakers"]


class Speakers:
    """The speakers of one document."""

    def __init__(self, document: Document, lexicon: Lexicon) -> None:
        self._document = document
        self._lexicon = lexicon
        self._sentences = Sentences(document, lexicon)
        self._quoted = Quoted(document, self._sentences)

    def of(self, quotation: Quotation) -> Attribution | None:
        """The speaker of `quotation`, or None where the text around it does not say."""
        return self._quoted.attributions.get(quotation.number)

    def subject(self, number: int) -> Attribution | None:
        """Who says what a sentence says, pronouns resolved; None where nobody is said to say it."""
        return self._sentences.subject(number)

    def spoken_part(self, number: int) -> str:
        """What of a sentence its first act of speech covers: all of it, or what follows `..., after officials said`."""
        text = self._sentences.unquoted.sentence(number)
        act = next(iter(self._sentences.acts(number)), None)
        if act is None:
            return ""
        before = [fold(word) for word in text[: act.begin].split()[-1:]]
        joins = self._lexicon.words("joining", "clause_words")
        return text[act.end :] if joins.intersection(before) else text

    def tells(self, clause: str) -> bool:
        """Whether a clause such as `after the race was halted` tells anything: it has a verb."""
        return self._sentences.clause(clause).tells

    def speaks(self, clause: str) -> bool:
        """Whether what a clause tells is that somebody speaks: `as he spoke of the war`."""
        quoting = self._lexicon.words("also_deeds", "only_quoting")
        acts = self._sentences.clause(clause).acts
        return any(act.kind == "v" and fold(clause[act.start : act.end]) not in quoting for act in acts)

    def part(self, number: int, name: str) -> Part | None:
        """What part a sentence gives to a name that it has, by the words beside it."""
        return parts.part(self._sentences.speech(number).clauses, name, self._lexicon)

    def part_quoted(self, number: int, name: str) -> Part | None:
        """What part a quotation in a sentence gives to a name that it has."""
        inner = [self._document.text_of(each.inner) for each in self._document.quotations if number in each.sentences]
        clauses = (self._sentences.clause(" ".join(text.split())).clauses for text in inner if name in text)
        return next(filter(None, (parts.part(each, name, self._lexicon) for each in clauses)), None)

    def part_told(self, claim: str, name: str) -> Part | None:
        """What part a claim gives to somebody whom it calls by name, or by the last word of it."""
        clauses = self._sentences.clause(claim).clauses
        last = name.split()[-1]
        names = dict.fromkeys((name, last if last[:1].isupper() else name))
        return next(filter(None, (parts.part(clauses, each, self._lexicon) for each in names)), None)

    def speaker_of(self, claim: str) -> str | None:
        """Who says what a claim says that something is said, as it has them; None where nobody does, or a pronoun."""
        said = self._lexicon.words("said") - self._lexicon.words("also_deeds", "only_quoting")
        acts = (each for each in self._sentences.clause(claim).acts if each.speaker and each.kind == "v")
        act = next((each for each in acts if fold(claim[each.start : each.end]) in said), None)
        pronoun = act is not None and fold(act.speaker) in self._lexicon.words("pronouns")
        return None if act is None or pronoun else act.speaker

    def speaking(self, name: str) -> list[int]:
        """The sentences in which `name` says something."""
        last = next(reversed(_words(name)), None)
        if last is None:
            return []
        # A speaker is called by words of the sentence, so most sentences need no closer look.
        near = (number for number, text in self._folded if last in text)
        return [number for number in near for speaker in self._speakers(number) if self._is(speaker, name, last)]

    def _is(self, speaker: str, name: str, last: str) -> bool:
        """Whether the words for a speaker have the last word of a name, and are not those of a namesake, nor of
        something that is called after it, or a part of it."""
        words = _words(speaker)
        hangs = next(
            (at for at, word in enumerate(words) if at and word in self._lexicon.words("prepositions")), len(words)
        )
        heading = words if words[hangs - 1] in self._lexicon.words("any_speaker") else words[:hangs]
        if last not in heading:
            return False
        person = self.is_person(name)
        if not person and self._other_group(words, name):
            return False
        given = self._lexicon.words("female_names", "male_names")
        full = _words(self._sentences.people.bare(name))
        named = [_words(self._sentences.people.bare(each)) for each in self._sentences.people.names_in(speaker)]
        within = any(last in each[:-1] for each in named)  # `Sorvik` of `the Sorvik Health Trust`
        others = (
            (each[0] in given and each[0] != full[0]) or (not person and each[-1] == last and each[-2] != full[-2])
            for each in named
            if len(each) > 1 < len(full)
        )
        return not within and not any(others)

    def _other_group(self, speaker: list[str], name: str) -> bool:
        """Whether words for a speaker say of a group what its name does not: `the Russian air forces` are not `U.S.
        military forces`, and `the forces` may be."""
        light = self._lexicon.words("articles", "any_speaker")
        mine, theirs = ({word for word in each if word not in light} for each in (_words(name), speaker))
        return len(mine) > 1 < len(theirs) and not (mine <= theirs or theirs <= mine)

    @cached_property
    def _folded(self) -> list[tuple[int, str]]:
        """Each sentence without its quotations, folded."""
        return [
            (each.number, fold(self._sentences.unquoted.sentence(each.number))) for each in self._document.sentences
        ]

    def _speakers(self, number: int) -> list[str]:
        """The words for each who says something in a sentence."""
        return [act.speaker for act in self._sentences.acts(number)]

    def same(self, one: str, other: str) -> bool:
        """Whether two wordings can name one speaker: the last words of their names are the same."""
        names = [_words(self._sentences.people.bare(each)) for each in (one, other)]
        return bool(names[0] and names[1]) and names[0][-1] == names[1][-1]

    def is_person(self, name: str) -> bool:
        """Whether the name is a person's, as far as the article tells."""
        return self._sentences.people.is_person(name)

    def is_title(self, word: str) -> bool:
        """Whether a word is the title of an office: `President`."""
        return self._sentences.people.is_title(word)

    def names_in(self, text: str) -> list[str]:
        """The names in a text, titles left out."""
        return [self._sentences.people.bare(each) for each in self._sentences.people.names_in(text)]

    def full_name(self, name: str) -> str:
        """The longest name in the article that ends with the last word of `name`, titles left out; `name` itself
        where it is no name."""
        return self._sentences.people.full(name)

    def role(self, name: str) -> str | None:
        """What stands beside the full name: `Mia Berg, the harbour director,` or `harbour director Mia Berg`."""
        return self._sentences.people.role(name)

    def on_behalf_of(self, role: str | None) -> str | None:
        """Whom a spokesperson speaks for, as far as the role says."""
        after = re.search(r"spokes\w+ (?:for|of) (?:the )?(?P<whom>.+)", role or "", re.IGNORECASE)
        before = re.search(r"^(?:an? |the )?(?P<whom>[^ ].*?) spokes\w+$", role or "", re.IGNORECASE)
        match = after or before
        return match["whom"].strip() if match else None


def _words(name: str) -> list[str]:
    return [fold(word).removesuffix("'s") for word in name.split()]
