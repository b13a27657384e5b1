"""Every item of a briefing held against its own evidence, where the source is not at hand.

It shows a claim that was changed and evidence that was not, or the other way round; not both changed alike. An
acronym that the source spells out elsewhere is not known here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from summarizer.briefing import BaseBriefing
from summarizer.check import extras
from summarizer.check.case import because, verdict_on
from summarizer.check.support import Support, verbatim
from summarizer.document import Document
from summarizer.item import Actor, Cause, Event, Evidence, Extract, Item, Place, Quote, Rationale, Time
from summarizer.language import times
from summarizer.language.folding import Folded
from summarizer.language.lexicon import lexicon
from summarizer.record import Reason
from summarizer.verification import spans
from summarizer.verification.difference import claimed, empty, last_word
from summarizer.verification.result import Result, brief_of, proposed


def results(briefing: BaseBriefing) -> list[Result]:
    """A result for every item, and for the evidence of every rejected one."""
    alone = _Alone(briefing)
    found = [
        Result(field, index, brief_of(item), tuple(alone.reasons(item)), tuple(item.evidence))
        for field, index, item in briefing.items
    ]
    for index, each in enumerate(briefing.rejected):
        wrong = [reason for piece in each.evidence for reason in alone.piece(piece)]
        found.append(Result("rejected", index, proposed(each), tuple(wrong), tuple(each.evidence)))
    return found


Held = TypeVar("Held", bound=Item)


class _Alone:
    """A briefing without its source."""

    def __init__(self, briefing: BaseBriefing) -> None:
        self._briefing = briefing
        self._pieces = list(_pieces(briefing))
        texts = {each.start: each.text for each in self._pieces if isinstance(each, Evidence)}
        document = Document.of("\n\n".join(texts[start] for start in sorted(texts)), briefing.source.language)
        self._lexicon = lexicon(document.language)
        self._support = Support(document, self._lexicon, briefing.source.published)

    def reasons(self, item: Item) -> list[Reason]:
        wrong = [reason for piece in spans.pieces(item) for reason in self.piece(piece)]
        text = "\n".join(each.text for each in item.evidence)
        return wrong + (empty(item) or list(self._held(item, text)))

    def piece(self, piece: Evidence | Quote) -> list[Reason]:
        """What is wrong with a piece by itself, and beside the others."""
        if wrong := spans.lengths(piece, self._briefing.source.characters):
            return wrong
        for other in self._pieces:
            if _contradict(piece, other):
                told = f"Two items have different texts for characters {piece.start} to {piece.end}."
                return because("contradiction", told)
        return []

    def _held(self, item: Item, text: str) -> Iterator[Reason]:
        """An item against the text of its own evidence."""
        if isinstance(item, Extract):
            yield from _copied(item, text)
        elif claim := claimed(item):
            yield from self._claim(item, claim, text)
        match item:
            case Actor() if not self._gives_reason(item):
                yield from _has(text, last_word(item.name), item.name, "name")
            case Place():
                yield from _has(text, item.place, item.place, "place")
            case Time():
                yield from _has(text, item.time, item.time, "time")
                yield from self._resolved(item)
            case Cause() if item.event not in [each.claim for each in self._of(Event)]:
                yield from because("event", "The event that it explains is not in the briefing.")
            case Rationale():
                yield from self._rationale(item, text)
        yield from extras.objections(self._support, type(item), item.statement, text, item.added)

    def _of(self, kind: type[Held]) -> list[Held]:
        """The items of a class, in the order of the briefing."""
        return [each for _, _, each in self._briefing.items if isinstance(each, kind)]

    def _claim(self, item: Item, claim: str, text: str) -> Iterator[Reason]:
        yield from self._support.objections(claim, text)
        if item.verdict != verdict_on(claim, item.evidence):
            yield from because("verdict", f"By its evidence it is not “{item.verdict}”.")

    def _gives_reason(self, item: Actor) -> bool:
        """Whether an actor is of the story for a reason that the briefing has, and rests on its evidence."""
        stated = self._of(Rationale)
        return any(each.speaker == item.name and each.evidence[-1:] == item.evidence for each in stated)

    def _resolved(self, item: Time) -> Iterator[Reason]:
        published = self._briefing.source.published
        made = [times.resolve(item.time, published, self._lexicon, future=each) for each in self._futures()]
        days = [(each.start, each.end, published if each.anchored else None) if each else (None,) * 3 for each in made]
        if (item.start, item.end, item.resolved_from) not in days:
            told = f"{days[0][0]} to {days[0][1]}" if made[0] else "no certain day"
            yield from because("start", f"Seen from {published}, “{item.time}” is {told}.")

    def _futures(self) -> Iterator[bool]:
        """Whether the main event is to come; a repair may have put another in its place."""
        yield next((each.status == "planned" for each in self._of(Event)), False)
        if any(each.purpose == "repair" for each in self._briefing.provenance.attempts):
            yield from (True, False)

    def _rationale(self, item: Rationale, text: str) -> Iterator[Reason]:
        if item.quotation:
            # In indirect speech a pronoun may stand for the speaker, whose name is in no evidence then.
            yield from _has(text, last_word(item.speaker), item.speaker, "speaker")
        if item.quotation and not any(_overlap(item.quotation, each) for each in item.evidence):
            yield from because("quotation", "The quotation does not stand in its evidence.")
        said = item.quotation.text if item.quotation else text
        if not verbatim(item.reason.strip(" ,"), said):
            yield from self._support.objections(item.reason, said)


def _pieces(briefing: BaseBriefing) -> Iterator[Evidence | Quote]:
    for _, _, item in briefing.items:
        yield from spans.pieces(item)
    for rejected in briefing.rejected:
        yield from rejected.evidence


def _copied(item: Item, text: str) -> Iterator[Reason]:
    if claimed(item) != text or item.verdict != "verbatim":
        yield from because("text", "It is not its own evidence, word for word.")


def _has(text: str, words: str, told: str, code: str) -> Iterator[Reason]:
    if not Folded(text).find(words):
        yield from because(code, f"Its evidence does not have “{told}”.")


def _overlap(one: Evidence | Quote, other: Evidence | Quote) -> bool:
    return max(one.start, other.start) < min(one.end, other.end)


def _contradict(one: Evidence | Quote, other: Evidence | Quote) -> bool:
    """Whether two pieces give different characters for one place, or different places for one sentence."""
    overlap = _overlap(one, other)
    if isinstance(one, Evidence) and isinstance(other, Evidence) and (one.sentence == other.sentence) != overlap:
        return True
    if not overlap:
        return False
    start, end = max(one.start, other.start), min(one.end, other.end)
    return one.text[start - one.start : end - one.start] != other.text[start - other.start : end - other.start]
