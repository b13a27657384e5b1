"""Days, times of day and places that differ, of one event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from summarizer.dossier.disputes import Dispute, Told, between, said
from summarizer.dossier.entry import Entry, Voiced
from summarizer.dossier.grouping import Together
from summarizer.dossier.places import named, other_place
from summarizer.dossier.times import other_clock
from summarizer.item import Event, Item, Place, Time
from summarizer.language.folding import fold


def circumstances(groups: Iterable[Together]) -> Iterator[Dispute]:
    """Of the events that several sources tell. Items count that rest on the very sentences of such an event."""
    for group in groups:
        events = [each for each in group.entries if isinstance(each.item, Event) and each.status != "planned"]
        times, places = list(_beside(events, Time)), list(_beside(events, Place))
        if days := between(times, _other_day):
            yield Dispute("day", "day", days)
        if clocks := between(times, _other_clock):
            yield Dispute("time", "time of day", clocks)
        if where := between(places, _elsewhere):
            yield Dispute("place", "place", where)


def _beside(events: Iterable[Entry], cls: type[Item]) -> Iterator[Told]:
    once: dict[int, Told] = {}
    for event in events:
        for entry in event.of.entries:
            if isinstance(entry.item, cls) and entry.sentences & event.sentences:
                once.setdefault(id(entry), said(entry))
    yield from once.values()


def _other_day(one: Entry, other: Entry) -> bool:
    """Each one certain day, in other words than the other's, and neither article has the other's day."""
    days = [_day(each.item) for each in (one, other)]
    if None in days or days[0] == days[1] or fold(one.item.statement) == fold(other.item.statement):
        return False
    return not _days(one.of) & _days(other.of)


def _day(item: Item) -> date | None:
    return item.start if isinstance(item, Time) and item.start == item.end else None


def _days(briefing: Voiced) -> set[date]:
    return {day for each in briefing.entries if (day := _day(each.item))}


def _other_clock(one: Entry, other: Entry) -> bool:
    mine, theirs = one.item, other.item
    if not (isinstance(mine, Time) and isinstance(theirs, Time)):
        return False
    return (mine.start, mine.end) == (theirs.start, theirs.end) and other_clock(mine, theirs)


def _elsewhere(one: Entry, other: Entry) -> bool:
    """Two places of one sort, and neither source has a word of the other's name for it."""
    apart = other_place(one.item.statement, other.item.statement, one.of.lexicon)
    return apart and not (_mentions(one.of, other) or _mentions(other.of, one))


def _mentions(briefing: Voiced, place: Entry) -> bool:
    proper = named(place.item.statement, place.of.lexicon).proper
    texts = [fold(each.text) for entry in briefing.entries for each in entry.item.evidence]
    return any(word in text for text in texts for word in proper)
