"""The check of a whole draft, and of what a repair puts in place of what failed."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from pydantic import BaseModel

from summarizer.briefing import Briefing, Slot
from summarizer.check import actors, causes, circumstances, events, headlined
from summarizer.check.case import Case, Checked
from summarizer.check.evidence import Finding
from summarizer.check.extras import completed
from summarizer.document import Document
from summarizer.draft import Wire
from summarizer.item import Actor, Cause, Claim, Event, Extract, Headline, Item, Place, Rationale, Time
from summarizer.kind import Kind, kind_of
from summarizer.language.lexicon import Lexicon
from summarizer.record import Rejected

Rule = Callable[[Case, Any], Item | Rejected]

# The rule for each class of items, and for the classes built on it.
RULES: dict[type[Item], Rule] = {
    Event: events.event,
    Actor: actors.actor,
    Place: circumstances.place,
    Time: circumstances.time,
    Cause: causes.cause,
    Rationale: causes.rationale,
    Claim: events.claim,
}


def made_of(case: Case, item: type[Item], proposed: BaseModel) -> Item | Rejected:
    """What the text makes of a proposal for an item of this class."""
    made = next(rule for each, rule in RULES.items() if issubclass(item, each))(case, proposed)
    if isinstance(made, Rejected) or not issubclass(item, type(made)):
        return made
    return completed(case, item, made, proposed)


@dataclass(frozen=True)
class Standing:
    """A proposal for a field, and the item that the text makes of it."""

    slot: Slot
    proposed: BaseModel
    item: Item


class Checker:
    """Holds what drafts of a kind, by default of `Briefing`, propose against one document. Uses no model and no
    network."""

    def __init__(self, document: Document, lexicon: Lexicon, published: date | None, kind: Kind | None = None) -> None:
        kind = kind or kind_of(Briefing)
        self._case = Case(document, lexicon, published, kind)
        self._kind = kind
        self._main_stands = kind.events is not None

    @property
    def published(self) -> date | None:
        return self._case.published

    @property
    def main_event(self) -> Event | None:
        return self._case.main_event

    @property
    def main_sentences(self) -> set[int]:
        return self._case.main_sentences

    def claim(self, text: str, cited: int | None = None) -> Finding:
        """Whether the document says `text`: the sentences that come nearest, the cited one preferred where it
        says so, and what is wrong with them."""
        return self._case.finder.find(text, cited)

    def summary(self, text: str) -> Finding:
        """The same for a summary that cites nothing, and may put together sentences that stand far apart."""
        return self._case.finder.find(text, None, spread=True)

    def quotation(self, words: str, speaker: str | None = None) -> Finding:
        """Whether `words` are one unbroken quotation of the document, and `speaker` its speaker."""
        return self._case.quoting.find(words, speaker)

    def anew(self) -> Checker:
        """One for the same document and kind that holds nothing yet, and shares what was found in the document."""
        other = copy.copy(self)
        other._case = copy.copy(self._case)
        other._case.checked = Checked.of(self._kind)
        return other

    def standing(self, draft: BaseModel) -> list[Standing]:
        """What of `draft` stands, each with its proposal and as the draft alone has it, without what code adds. The
        first event that stands is the main one. What does not stand is in `rejected`."""
        main = self._kind.events
        slots = [slot for slot in self._kind.slots if slot.asks]
        found: list[Standing] = []
        for slot in sorted(slots, key=lambda each: each != main):
            for proposed in getattr(draft, slot.key):
                made = made_of(self._case, slot.item, proposed)
                before = sum(map(len, self._case.checked.items.values()))
                self._sort(slot, made)
                if not isinstance(made, Rejected) and sum(map(len, self._case.checked.items.values())) > before:
                    found.append(Standing(slot, proposed, made))
        return found

    @property
    def rejected(self) -> list[Rejected]:
        """What was proposed so far and does not stand."""
        return self._case.checked.rejected

    def alike(self, one: Item, other: Item) -> bool:
        """Whether two items of a field, from anywhere in the document, say the same, or one of them a part of what the
        other says."""
        if not isinstance(one, Event | Cause | Claim):
            return self._same(one, other)
        short, long = sorted((one, other), key=lambda each: len(each.statement))
        mine, yours = (self._case.support.facts(each.statement).stems for each in (short, long))
        covered = bool(mine) and mine <= yours and one.added == other.added
        return covered and not self._case.support.objections(short.statement, long.statement)

    def check(self, draft: BaseModel) -> Checked:
        """What of `draft` stands, with its evidence, and what does not, with the reasons."""
        checked, main = self._case.checked, self._kind.events
        if main:
            self._check_list(main, draft)
            failed = [each.proposed for each in checked.rejected]
            first = next(iter(getattr(draft, main.key)), None)
            self._main_stands = first is not None and first.model_dump() not in failed
        self._headline(draft)
        self._put_main_event_first()
        self._check_lists(draft, [slot for slot in self._kind.slots if slot != main])
        self._complete()
        self._summarize(draft)
        self._add_speakers()
        self._arrange()
        return checked

    def mend(self, failed: Sequence[Rejected], repaired: BaseModel) -> Checked:
        """The result so far, with the items of `repaired` that stand in place of those that `failed`.

        What failed and has no replacement stays rejected; so does a replacement that fails.
        """
        checked, main = self._case.checked, self._kind.events
        before = {slot.name: len(checked[slot.name]) for slot in self._kind.slots}
        self._check_lists(repaired, [*([main] if main else []), *(each for each in self._kind.slots if each != main)])
        for name, count in before.items():
            mended = len(checked[name]) - count
            for rejected in [each for each in failed if each.field == name][:mended]:
                checked.rejected.remove(rejected)
        if main and not self._main_stands and len(checked[main.name]) > before[main.name]:
            checked[main.name].insert(0, checked[main.name].pop(before[main.name]))
        if main and not before[main.name]:
            self._complete()  # there was no event to look around
        for slot in self._of(Headline):
            self._put_headline(slot, events.main_event_as_headline(self._case))
        self._summarize(self._kind.draft_of({}))
        self._add_speakers()
        self._arrange()
        return checked

    def _put_main_event_first(self) -> None:
        """The main event is what the title tells: the first event that speaks of it, else the title itself. It stands
        for an event, too, that is told in more words than a reader takes in at once."""
        main = self._kind.events
        title = events.title(self._case) if main and main.item is Event else None
        if main is None or title is None:
            return
        stands = self._case.checked[main.name]
        told = [each for each in stands if events.tells(self._case, each.claim, title.text)]
        short = [each for each in told if len(each.claim.split()) <= events.LONGEST]
        if first := next(iter(short), None):
            stands.remove(first)
            stands.insert(0, first)
        else:
            stands.insert(0, events.headline_as_main_event(self._case, title))
        self._main_stands = True

    def _complete(self) -> None:
        """What the text says of the main event and the model did not find: the likeliest place and time; causes and
        people as far as there is room."""
        if self.main_event is None:
            return
        for slot in [each for each in self._kind.slots if each.event]:
            stands = self._case.checked[slot.name]
            circumstance = issubclass(slot.item, Place | Time)
            for proposed in self._told(slot):
                if not circumstance and len(stands) >= slot.most + 2 * (slot.item is Actor):
                    break
                found = made_of(self._case, slot.item, proposed)
                if isinstance(found, Rejected):
                    continue
                stands[:] = [each for each in stands if not self._says_more(found, each)]
                self._sort(slot, found)
                if circumstance:
                    break

    def _told(self, slot: Slot) -> Iterator[Wire]:
        if issubclass(slot.item, Cause):
            yield from causes.told(self._case)
        elif issubclass(slot.item, Place | Time):
            yield from circumstances.told(self._case, slot)
        elif slot.item is Actor:
            yield from islice(headlined.counted(self._case), 1)
            yield from headlined.missing(self._case)

    def _arrange(self) -> None:
        """Who the headline and the main event name comes first, in their order; then the others, those who spoke or
        are mentioned last."""
        checked = self._case.checked
        for slot in self._kind.slots:
            if issubclass(slot.item, Cause):
                checked[slot.name].sort(key=causes.strength(self._case))
            elif issubclass(slot.item, Place | Time):
                checked[slot.name].sort(key=circumstances.prominence(self._case))
        if actor := self._kind.actors:
            for each in list(headlined.descriptors(self._case)):
                checked[actor.name].remove(each)
            headlines = [each.text for each in self._case.checked.all(Headline)]
            main = [self.main_event.claim] if self.main_event else []
            checked[actor.name].sort(key=headlined.prominence(self._case, headlines + main))

    def _headline(self, draft: BaseModel) -> None:
        """The headline is the article's own; where it has none, what the model wrote, if it was asked for one."""
        for slot in self._of(Headline):
            if title := events.title(self._case):
                self._put_headline(slot, title)
            elif text := getattr(draft, slot.key, ""):
                self._check_headline(slot, text)
            else:
                self._put_headline(slot, events.main_event_as_headline(self._case))

    def _of(self, item: type[Item]) -> list[Slot]:
        return [slot for slot in self._kind.slots if issubclass(slot.item, item)]

    def _check_headline(self, slot: Slot, text: str) -> None:
        """The headline and the main event say the same: where one fails, the other stands in for it."""
        headline = events.headline(self._case, text)
        if isinstance(headline, Rejected):
            self._sort(slot, headline)
            self._put_headline(slot, events.main_event_as_headline(self._case))
            return
        self._put_headline(slot, headline)
        main = self._kind.events
        if main and main.item is Event and not self._main_stands:
            self._case.checked[main.name].insert(0, events.headline_as_main_event(self._case, headline))
            self._main_stands = True

    def _put_headline(self, slot: Slot, headline: Headline | None) -> None:
        stands = self._case.checked[slot.name]
        if headline and not stands:
            stands.append(headline)

    def _summarize(self, draft: BaseModel) -> None:
        for slot in self._of(Extract):
            stands = self._case.checked[slot.name]
            stands += [] if stands else events.summary(self._case, getattr(draft, slot.key))

    def _add_speakers(self) -> None:
        if slot := self._kind.actors:
            self._case.checked[slot.name].extend(actors.speakers_of_reasons(self._case))

    def _check_lists(self, draft: BaseModel, slots: Sequence[Slot]) -> None:
        for slot in slots:
            if slot.asks:
                self._check_list(slot, draft)

    def _check_list(self, slot: Slot, draft: BaseModel) -> None:
        for proposed in getattr(draft, slot.key):
            self._sort(slot, made_of(self._case, slot.item, proposed))

    def _sort(self, slot: Slot, result: Item | Rejected) -> None:
        """Puts a result where it belongs, unless it is there already."""
        checked = self._case.checked
        if isinstance(result, Rejected):
            result.field = slot.name
            if result not in checked.rejected:
                checked.rejected.append(result)
            return
        if isinstance(result, Rationale) and slot.item is not Rationale:
            slot = next(each for each in self._kind.slots if each.item is Rationale)
        stands = checked[slot.name]
        if not any(self._same(result, other) for other in stands) and (slot.many or not stands):
            stands.append(result)

    def _says_more(self, one: Item, other: Item) -> bool:
        """Whether a place or somebody is told in the same words and more: `At least six passengers`."""
        longer = len(one.statement) > len(other.statement)
        return isinstance(one, Actor | Place) and longer and self._same(one, other)

    def _same(self, one: Item, other: Item) -> bool:
        """Whether two items of a kind state the same: no content word of one is missing in the other, what their
        class adds is equal, and events, causes and claims rest on a sentence in common."""
        mine, yours = (self._case.support.facts(item.statement).stems for item in (one, other))
        rests = [{each.sentence for each in item.evidence} for item in (one, other)]
        apart = isinstance(one, Event | Cause | Claim) and not rests[0] & rests[1]
        covered = bool(mine and yours) and (mine <= yours or yours <= mine)
        alike = (covered or one.statement == other.statement) and one.added == other.added
        return alike and (not apart or (isinstance(one, Claim) and mine == yours))
