"""Who is meant by the words for a speaker, in any sentence of a document."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from summarizer.check.people import People
from summarizer.check.pronouns import Pronouns
from summarizer.check.speech import QUOTED, Act, Grammar, Speech
from summarizer.check.unquoted import Unquoted
from summarizer.document import Document, Quotation, Span
from summarizer.language.folding import fold
from summarizer.language.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Attribution:
    """`name` as the attributing sentence has it; `full` is the longest form in the article."""

    name: str
    full: str
    sentence: int


class Sentences:
    """What is said in the sentences of one document, and by whom."""

    def __init__(self, document: Document, lexicon: Lexicon) -> None:
        self._document = document
        self._lexicon = lexicon
        self._grammar = Grammar(lexicon)
        self._speeches: dict[int, Speech] = {}
        self._acts: dict[int, list[Act]] = {}
        self._places: dict[Span, Speech] = {}
        self.unquoted = Unquoted(document)

    @cached_property
    def people(self) -> People:
        """The names of the document."""
        plain = [self.unquoted.sentence(each.number) for each in self._document.reporting if not each.title]
        return People(self._document.text, plain, self._lexicon)

    def subject(self, number: int) -> Attribution | None:
        """Who says what a sentence says, pronouns resolved; None where nobody is said to say it."""
        act = next(iter(self.acts(number)), None)
        return self.attribution(act, number) if act else None

    def acts(self, number: int) -> list[Act]:
        """The acts of speech of a sentence that somebody is said to do; none of the headline."""
        if number not in self._acts:
            sentence = self._document.sentence(number)
            silent = sentence.title or sentence.instructs
            acts = [] if silent else self.speech(number).acts
            self._acts[number] = [act for act in acts if act.speaker and act.kind in "vj" and self._says(number, act)]
        return self._acts[number]

    def _says(self, number: int, act: Act) -> bool:
        """Whether a verb says something here: `continues` and `cries` do only beside a quotation."""
        text = self.unquoted.sentence(number)
        return QUOTED in text or fold(text[act.start : act.end]) not in self._lexicon.words("only_quoting")

    def speech(self, number: int) -> Speech:
        """What is said in a sentence."""
        if number not in self._speeches:
            self._speeches[number] = self._grammar.sentence(self.unquoted.sentence(number))
        return self._speeches[number]

    def clause(self, text: str) -> Speech:
        """What is said in a part of a sentence."""
        return self._grammar.sentence(text)

    def place(self, quotation: Quotation) -> tuple[Span, Speech]:
        """Where the quotation stands in its sentences, and what is said in them."""
        around = self.unquoted.around(quotation)
        start, end = quotation.span.start - around.start, quotation.span.end - around.start
        if quotation.parent is None and len(quotation.sentences) == 1:
            return Span(start, end), self.speech(quotation.sentences[0])
        if around not in self._places:
            self._places[around] = self._grammar.sentence(self.unquoted.around_text(quotation))
        return Span(start, end), self._places[around]

    def by_subject(self, number: int, end: int | None = None) -> Attribution | None:
        """The subject of a sentence, or of its words before the character `end`, as a speaker."""
        act = self.speech(number).subject(end)
        return self.attribution(act, number) if act else None

    def attribution(self, act: Act, number: int) -> Attribution | None:
        """Who does an act of speech, pronouns resolved; None where that is not certain."""
        if not act.speaker:
            return None
        if self._pronouns.is_pronoun(act.speaker):
            found = self._pronouns.antecedent(act, number)
            return self.named(*found) if found else None
        return self.named(act.speaker, number, act.owner)

    def named(self, name: str, number: int, owner: str | None = None) -> Attribution:
        """The speaker whom a sentence calls `name`."""
        full = owner or self.people.described(name) or name
        return Attribution(name, self.people.full(full), number)

    @cached_property
    def _pronouns(self) -> Pronouns:
        first = next((each.number for each in self._document.sentences if not each.title), 1)
        return Pronouns(self.people, self.speech, first, self._lexicon)
