"""What every rule of the check works on: one document, what is known about it, and what stands so far."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from pydantic import BaseModel

from summarizer.check.evidence import REFUTING, Finder
from summarizer.check.quoting import Quoting
from summarizer.check.rules.spread import LONGEST
from summarizer.check.speaker import Speakers
from summarizer.check.support import Support, verbatim
from summarizer.document import DATELINE, Document
from summarizer.item import Event, Evidence, Item, Verdict
from summarizer.kind import Kind
from summarizer.language import places
from summarizer.language.folding import Folded, fold
from summarizer.language.instructions import screened
from summarizer.language.lexicon import Lexicon
from summarizer.language.reasons import clauses, sureness
from summarizer.record import Reason, Rejected, Rejection

Held = TypeVar("Held", bound=Item)

TOP = 10
"""Sentences with which a news article begins, and which tell its main event: what matters most comes first."""

FIRST = 4
"""Sentences, the title included, that may tell in one go what happened and why."""


_Told = tuple[str, frozenset[int]]
"""A main event: its claim, and the sentences that it rests on."""


@dataclass
class Checked:
    """What stands, by field, and what does not."""

    items: dict[str, list[Item]]
    rejected: list[Rejected] = field(default_factory=list)

    @classmethod
    def of(cls, kind: Kind) -> Checked:
        """Nothing yet."""
        return cls({slot.name: [] for slot in kind.slots})

    def __getitem__(self, name: str) -> list[Any]:
        """The items of a field, in their order; of one that is no list, at most one."""
        return self.items[name]

    def all(self, kind: type[Held]) -> list[Held]:
        """The items of a class, in whichever field."""
        return [each for items in self.items.values() for each in items if isinstance(each, kind)]


class Case:
    """One document under check.

    Attributes:
        kind: of the briefing that is made of it.
        checked: what stands so far; later items rest on earlier ones.
    """

    def __init__(self, document: Document, lexicon: Lexicon, published: date | None, kind: Kind) -> None:
        self.kind = kind
        self.document = document = screened(document)
        self.lexicon = lexicon
        self.published = published
        self.support = Support(document, lexicon, published)
        self.finder = Finder(document, self.support)
        self.speakers = Speakers(document, lexicon)
        self.quoting = Quoting(document, lexicon, self.speakers)
        self.checked = Checked.of(kind)
        self._folded: dict[int, Folded] = {}
        self._places: dict[int, list[str]] = {}
        self._recalling: list[int] | None = None
        self._clauses: dict[str, list[str]] = {}
        self._neighbours: dict[_Told, list[int]] = {}
        self._on_cause: dict[tuple[_Told, int], bool] = {}

    # sentences

    def exists(self, number: int | None) -> bool:
        known = number is not None and 1 <= number <= len(self.document.sentences)
        return known and number is not None and not self.document.sentence(number).instructs

    def text(self, number: int) -> str:
        """A sentence, character for character."""
        return self.document.text_of(self.document.sentence(number))

    def report(self, number: int) -> str:
        """A sentence without the `VELIN, Dovrania —` that says where the report was written."""
        return DATELINE.sub("", self.text(number), count=1)

    def dateline(self, number: int) -> list[str]:
        """The places that a dateline names: VELIN and Dovrania."""
        found = DATELINE.match(self.text(number))
        return [part for each in re.split(r"[,(—–]|--", found[0]) if (part := each.strip(" -)"))] if found else []

    def naming(self, words: str) -> Iterator[int]:
        """The sentences, the title apart, that have these words."""
        for each in self.document.reporting:
            if not each.title and self.folded(each.number).find(words):
                yield each.number

    def folded(self, number: int) -> Folded:
        """A sentence, ready to be searched."""
        if number not in self._folded:
            self._folded[number] = Folded(self.text(number))
        return self._folded[number]

    def places(self, number: int) -> list[str]:
        """The wordings of places in a sentence, without those of a dateline."""
        if number not in self._places:
            self._places[number] = list(places.expressions(self.report(number), self.lexicon))
        return self._places[number]

    def clauses(self, text: str) -> list[str]:
        """The clauses of one of its sentences that can say why; see `reasons.clauses`."""
        if text not in self._clauses:
            self._clauses[text] = list(clauses(text, self.lexicon))
        return self._clauses[text]

    def quoted(self, evidence: list[Evidence]) -> bool:
        """Whether most of the evidence stands inside quotations."""
        length = sum(each.end - each.start for each in evidence)
        inside = sum(
            max(0, min(each.end, quotation.span.end) - max(each.start, quotation.span.start))
            for each in evidence
            for quotation in self.document.quotations
            if quotation.parent is None
        )
        return inside * 2 > length

    # the main event

    @property
    def events(self) -> list[Event]:
        """The events that stand, the main one first."""
        slot = self.kind.events
        return self.checked.items[slot.name] if slot else []  # type: ignore[return-value]  # a list of events

    @property
    def main_event(self) -> Event | None:
        return next(iter(self.events), None)

    @property
    def main_sentences(self) -> set[int]:
        """The numbers of the sentences that the main event rests on."""
        return {each.sentence for each in self.main_event.evidence} if self.main_event else set()

    def event_sentences(self) -> set[int]:
        """The numbers of the sentences that any event rests on."""
        return {each.sentence for event in self.events for each in event.evidence}

    def neighbours(self) -> list[int]:
        """The sentences beside the main event's, and those within two of it that speak of it too; where it is told at
        the top of the article, all of the top."""
        told = self._told()
        if told not in self._neighbours:
            self._neighbours[told] = list(self._near())
        return list(self._neighbours[told])

    def _near(self) -> Iterator[int]:
        beside = {number + step for number in self.main_sentences for step in (-1, 1)}
        beside |= set(range(1, TOP + 1)) if min(self.main_sentences, default=TOP) < TOP else set()
        near = {number + step for number in self.main_sentences for step in (-2, 2)}
        for each in sorted(beside | near):
            if (each in beside and self.exists(each)) or self.on_event(each):
                yield each

    def _told(self) -> _Told:
        return (self.main_event.claim if self.main_event else ""), frozenset(self.main_sentences)

    def recalling(self) -> list[int]:
        """The sentences that say of an event named before that it happened: `when the accident happened at 6 am`."""
        if self._recalling is None:
            happened = "|".join(sorted(self.lexicon.words("happened"))) or "(?!)"
            articles = "|".join(sorted(self.lexicon.words("definite"))) or "(?!)"
            told = re.compile(rf"\b(?:{articles}) (?:[\w-]+ ){{1,3}}(?:{happened})\b")
            self._recalling = [n.number for n in self.document.reporting if told.search(fold(self.report(n.number)))]
        return self._recalling

    def around(self) -> list[int]:
        """The sentences of the main event, and its neighbours."""
        return sorted({*self.main_sentences, *self.neighbours()})

    def on_event(self, number: int, share: float = 0.25) -> bool:
        """Whether a sentence has this share, and at least two, of the main event's content words."""
        if not self.exists(number) or self.main_event is None:
            return False
        claimed = self.support.facts(self.main_event.claim).stems
        return len(self.finder.facts(number).stems & claimed) >= max(2, int(len(claimed) * share))

    def runs_on(self, number: int) -> bool:
        """Whether a sentence on which the main event does not rest has more words than one that says one thing, among
        the first ones twice as many: in captions and links run together anything stands beside anything."""
        most = LONGEST if number > FIRST else 2 * LONGEST
        return number not in self.main_sentences and len(self.text(number).split()) > most

    def on_cause(self, number: int) -> bool:
        """Whether a sentence speaks rather of what the event answers than of the event itself: it has more content
        words of the causes that other sentences on the event tell (`in retaliation for a rocket attack`)."""
        if self.main_event is None or number in self.main_sentences:
            return False
        about = self._told(), number
        if about not in self._on_cause:
            self._on_cause[about] = self._rather_on_cause(self.main_event, number)
        return self._on_cause[about]

    def _rather_on_cause(self, event: Event, number: int) -> bool:
        own = [each for each in self.around() if each in self.main_sentences or each <= FIRST]
        texts = [self.text(each) for each in own if each != number]
        causes = [each for text in texts for each in self.clauses(text) if sureness(each, self.lexicon) == 0]
        answered = frozenset().union(*(self.support.facts(each).stems for each in causes))
        claimed = self.support.facts(event.claim).stems - answered
        told = self.finder.facts(number).stems
        return len(told & answered) > len(told & claimed)

    def in_event(self, words: str, cited: int) -> int | None:
        """The sentence on the main event that has `words`: one of its evidence, else the cited one if that has two
        thirds of what the event is, else one beside them that is not on its cause. Datelines do not count. In a kind
        without events, the cited one, else the first that has them."""
        if self.kind.events is None:
            having = [each.number for each in self.document.reporting if Folded(self.report(each.number)).find(words)]
            return cited if cited in having else next(iter(having), None)
        near = [cited] if self.on_event(cited, share=2 / 3) else []
        for number in [*sorted(self.main_sentences, reverse=True), *near, *self.neighbours(), *self.recalling()]:
            if Folded(self.report(number)).find(words) and not self.on_cause(number):
                return number
        return None


def reject(proposed: BaseModel, reasons: list[Reason], evidence: list[Evidence] | None = None) -> Rejected:
    """The record of an item that does not stand. Whoever sorts it puts in the field."""
    verdict: Rejection = "refuted" if any(each.code in REFUTING for each in reasons) else "not enough information"
    return Rejected(field="", proposed=proposed.model_dump(), verdict=verdict, reasons=reasons, evidence=evidence or [])


def because(code: str, explanation: str) -> list[Reason]:
    return [Reason(code=code, explanation=explanation)]


def verdict_on(claim: str, evidence: list[Evidence]) -> Verdict:
    return "verbatim" if any(verbatim(claim, each.text) for each in evidence) else "supported"


def respelled(claim: str) -> str:
    """A claim with initials as articles spell them: a model writes `U. S.` for `U.S.`"""
    return re.sub(r"\b([A-Z])\. (?=[A-Z]\.)", r"\1.", claim).strip()


def tidy(words: str) -> str:
    """Words cut out of a text, without the marks at their ends and without half a bracket."""
    words = words.strip(" ,.;:")
    if words.count("(") > words.count(")"):
        words = words.rpartition("(")[0]
    elif words.count(")") > words.count("("):
        words = words.partition(")")[2] or words.partition(")")[0]
    return words.strip(" ,.;:")
