"""The check's own rules, asked once more about what they let stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import get_args

from summarizer.briefing import BaseBriefing
from summarizer.check import actors, events, policy
from summarizer.check.case import Case, Checked, because, reject
from summarizer.check.checker import made_of
from summarizer.check.extras import proposed
from summarizer.document import Document
from summarizer.draft import Status
from summarizer.item import Actor, Cause, Claim, Event, Extract, Headline, Item, Place, Rationale, Time
from summarizer.kind import kind_of
from summarizer.language.lexicon import lexicon
from summarizer.record import Reason, Rejected
from summarizer.verification.difference import differences

Form = Item | Rejected


class Rules:
    """A rule of the check takes what a model proposes and gives the item that the text makes of it.

    So an item of a briefing holds where there is a proposal of which the text makes this very item. The
    proposals that come into question are the item itself, citing each sentence that it rests on.
    """

    def __init__(self, briefing: BaseBriefing, document: Document) -> None:
        self._kind = kind_of(type(briefing))
        self.case = Case(document, lexicon(document.language), briefing.source.published, self._kind)
        self._briefing = briefing
        self._states = list(self._main_events())

    def reasons(self, field: str, item: Item) -> list[Reason]:
        """Why the text does not make this of what it says; empty where it does."""
        first: list[Reason] | None = None
        for what in self._states:
            self.case.checked = Checked.of(self._kind)
            if self._kind.events:
                self.case.checked[self._kind.events.name].extend(what)
            found = self._nearest(item, list(self._forms(field, item)))
            if not found:
                return []
            first = first or found
        return first or []

    def _main_events(self) -> Iterator[list[Event]]:
        """The events that a later item may rest on, the main one first.

        Those of the briefing. But a repair may have put another main event, or the first one at all, in front
        of the items that had been checked by then.
        """
        events = getattr(self._briefing, self._kind.events.name) if self._kind.events else []
        what = [each for each in events if all(self.case.exists(e.sentence) for e in each.evidence)]
        yield what
        if any(each.purpose == "repair" for each in self._briefing.provenance.attempts):
            yield from ([event, *(each for each in what if each is not event)] for event in what[1:])
            yield []

    def _nearest(self, item: Item, forms: Sequence[Form]) -> list[Reason]:
        """What sets the item apart from the one of these forms that is most like it."""
        if not forms:
            return because("evidence", "It rests on no sentence of the source.")
        ranked = [(isinstance(form, Rejected), self._apart(item, form)) for form in forms]
        if any(not apart for _, apart in ranked):
            return []
        return min(ranked, key=lambda each: (each[0], len(each[1])))[1]

    def _apart(self, item: Item, form: Form) -> list[Reason]:
        if isinstance(form, Rejected):
            return form.reasons
        fewer = {each.sentence for each in form.evidence} < {each.sentence for each in item.evidence}
        if fewer and self._briefing.provenance.policy != policy():
            # Rules that have been mended since may need one sentence where two were needed.
            form = form.model_copy(update={"evidence": item.evidence})
        return differences(self.case, item, form)

    def _forms(self, field: str, item: Item) -> Iterator[Form]:
        numbers = [each.sentence for each in item.evidence if self.case.exists(each.sentence)]
        if isinstance(item, Extract):
            yield from self._summaries(field, item, numbers)
            return
        if isinstance(item, Rationale):
            yield self._rationale(item, numbers)
        elif isinstance(item, Actor):
            yield from self._stating(item)
        for number in numbers:
            yield from self._proposing(item, number)

    def _proposing(self, item: Item, s: int) -> Iterator[Form]:
        """What the rules make of the item as a proposal that cites this sentence."""
        match item:
            case Headline():
                yield events.headline(self.case, item.text, s)
            case Claim():
                yield self._made(item, claim=item.text, s=s)
            case Event():
                for status in (item.status, *get_args(Status)):
                    yield self._made(item, event=item.claim, status=status, s=s)
            case Actor():
                for name in _endings(item.name):
                    yield self._made(item, name=name, title=item.role or "", part=item.part, s=s)
            case Place():
                yield self._made(item, s=s, place=item.place)
            case Time():
                yield self._made(item, time=item.time, s=s)
            case Cause():
                yield self._made(item, cause=item.cause, s=s)

    def _made(self, item: Item, **wire: object) -> Form:
        return made_of(self.case, type(item), proposed(item, **wire))

    def _summaries(self, field: str, item: Item, numbers: list[int]) -> Iterator[Form]:
        """The sentence as the summary has it, read with the others; or with one before it, left out in its turn."""
        listed = [each.sentence for claim in getattr(self._briefing, field) for each in claim.evidence]
        found = [each for each in events.summary(self.case, listed) if each.evidence[0].sentence in numbers]
        for number in numbers:
            leaning = events.summary(self.case, [number, number - 1])
            if not any(each.evidence[0].sentence == number - 1 for each in leaning):
                found += [each for each in leaning if each.evidence[0].sentence == number]
        yield from found
        if not found:
            told = "The summary does not take this sentence: it is the title, or leans on one that is left out."
            yield reject(item, because("leaning", told))

    def _rationale(self, item: Rationale, numbers: list[int]) -> Form:
        q = item.quotation.quotation if item.quotation else None
        s = None if item.quotation else next(iter(numbers), None)
        return self._made(item, q=q, s=s, speaker=item.speaker, reason=item.reason)

    def _stating(self, item: Actor) -> Iterator[Form]:
        """The actor as one who gives a reason of the briefing, and is of the story for that alone."""
        for field, _, rationale in self._briefing.items:
            if isinstance(rationale, Rationale) and rationale.speaker == item.name:
                self.case.checked.items[field] = [rationale]
                yield from actors.speakers_of_reasons(self.case)


def _endings(name: str) -> Iterator[str]:
    """A name and its shorter forms: an article that has `Mia Berg` once has `Berg` thereafter."""
    words = name.split()
    yield from (" ".join(words[begin:]) for begin in range(max(len(words), 1)))
