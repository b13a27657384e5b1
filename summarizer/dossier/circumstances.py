"""Days, times of day and places that differ, of one event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from summarizer.dossier import places
from summarizer.dossier.disputes import Dispute, Told, between, said
from summarizer.dossier.entry import Entry, Voiced
from summarizer.dossier.grouping import Together
from summarizer.dossier.likeness import same_act
from summarizer.dossier.times import other_clock
from summarizer.item import Event, Item, Place, Time
from summarizer.language.folding import fold

_NOT_SEEN = ("planned", "denied")


def circumstances(groups: Sequence[Together]) -> Iterator[Dispute]:
    """Of the events that several sources tell. Items count that rest on the very sentences of such an event."""
    for events in _told_alike(groups):
        times = list(_beside(events, Time))
        if days := between(times, _other_day):
            yield Dispute("day", "day", days)
        if clocks := between(times, _other_clock):
            yield Dispute("time", "time of day", clocks)
        sites = [said(each, site) for each in events for site in places.sites(each.facts)]
        if where := between([*_beside(events, Place), *sites], _elsewhere):
            yield Dispute("place", "place", where)


def _told_alike(groups: Iterable[Together]) -> Iterator[list[Entry]]:
    """The events, those together that say the same, or the same of another place or day."""
    found: list[list[Entry]] = []
    for group in groups:
        events = [each for each in group.entries if isinstance(each.item, Event) and each.status not in _NOT_SEEN]
        near = [those for those in found if any(same_act(one, other) for one in those for other in events)]
        found = [those for those in found if those not in near]
        found.append([*(each for those in near for each in those), *events])
    yield from found


def _beside(events: Iterable[Entry], cls: type[Item]) -> Iterator[Told]:
    once: dict[int, Told] = {}
    for event in events:
        for entry in event.of.entries:
            if isinstance(entry.item, cls) and entry.sentences & event.sentences:
                once.setdefault(id(entry), said(entry))
    yield from once.values()


def _other_day(mine: Told, theirs: Told) -> bool:
    """Each one certain day, in other words than the other's, and neither article has the other's day."""
    one, other = mine.entry, theirs.entry
    days = [_day(each.item) for each in (one, other)]
    if None in days or days[0] == days[1] or fold(one.item.statement) == fold(other.item.statement):
        return False
    return not _days(one.of) & _days(other.of)


def _day(item: Item) -> date | None:
    return item.start if isinstance(item, Time) and item.start == item.end else None


def _days(briefing: Voiced) -> set[date]:
    return {day for each in briefing.entries if (day := _day(each.item))}


def _other_clock(one: Told, other: Told) -> bool:
    mine, theirs = one.entry.item, other.entry.item
    if not (isinstance(mine, Time) and isinstance(theirs, Time)):
        return False
    return (mine.start, mine.end) == (theirs.start, theirs.end) and other_clock(mine, theirs)


def _elsewhere(one: Told, other: Told) -> bool:
    """Two places of one sort, and neither source has a word of the other's name for it."""
    apart = places.other_place(one.text, other.text, one.entry.of.lexicon)
    return apart and not (_mentions(one.entry.of, other) or _mentions(other.entry.of, one))


def _mentions(briefing: Voiced, place: Told) -> bool:
    proper = places.named(place.text, place.entry.of.lexicon).proper
    texts = [fold(each.text) for entry in briefing.entries for each in entry.item.evidence]
    return any(word in text for text in texts for word in proper)
