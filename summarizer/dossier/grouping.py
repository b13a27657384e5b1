"""Items put together that say the same, each in one group, whatever the order of the briefings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.dossier.entry import Entry
from summarizer.dossier.likeness import words
from summarizer.dossier.sameness import says
from summarizer.item import Actor, Event, Headline, Place, Time

_PLAIN = (Event, Headline)


@dataclass(frozen=True, slots=True)
class Together:
    """Entries that say at least what the first of them says."""

    entries: tuple[Entry, ...]

    @property
    def shared(self) -> Entry:
        return self.entries[0]

    @property
    def sources(self) -> int:
        return len({each.of.number for each in self.entries})


def grouped(entries: Sequence[Entry]) -> list[Together]:
    """The groups, those that most sources share first, then by how early their articles tell them."""
    by_sort: dict[object, list[Entry]] = {}
    for each in sorted(entries, key=lambda entry: entry.early):
        by_sort.setdefault((each.sort, each.of.briefing.source.language), []).append(each)
    found = [group for alike in by_sort.values() for group in _grouped(alike)]
    return sorted(found, key=lambda group: (-group.sources, min(each.early for each in group.entries)))


def _grouped(entries: list[Entry]) -> list[Together]:
    if isinstance(entries[0].item, Actor | Place | Time):
        return _named(entries)
    return _stated(entries)


def _stated(entries: list[Entry]) -> list[Together]:
    """Again and again, the statement that most sources make, with all that make it: those that say at least that."""
    saying = {id(core): [each for each in entries if each is core or says(each, core)] for core in entries}
    left, found = list(entries), []
    while left:
        core = min(left, key=lambda each: _first(each, [one for one in saying[id(each)] if one in left]))
        members = [each for each in saying[id(core)] if each in left]
        found.append(Together((core, *(each for each in members if each is not core))))
        left = [each for each in left if each not in members]
    return found


def _first(core: Entry, members: list[Entry]) -> tuple[object, ...]:
    """By how many sources say it; then the shortest, an event before a headline, and that before a whole sentence."""
    plain = next((at for at, cls in enumerate(_PLAIN) if isinstance(core.item, cls)), len(_PLAIN))
    return (-len({each.of.number for each in members}), len(words(core.facts)), plain, -len(members), core.early)


def _named(entries: list[Entry]) -> list[Together]:
    """Names that are all the same as each other. One that fits several groups, as `Berg` does beside `Mia Berg` and
    `Tor Berg`, stays with those that are written like it."""
    alike: dict[object, list[Entry]] = {}
    for each in entries:
        alike.setdefault(_written(each), []).append(each)
    longest = sorted(alike.values(), key=lambda same: (-len(same[0].item.statement), same[0].early))
    found: list[list[Entry]] = []
    for same in longest:
        fitting = [group for group in found if all(says(one, other) for one in same for other in group)]
        if len(fitting) == 1:
            fitting[0].extend(same)
        else:
            found.append(list(same))
    return [Together(tuple(sorted(group, key=_shortest))) for group in found]


def _written(entry: Entry) -> object:
    if isinstance(entry.item, Time):
        return entry.item.time, entry.item.start, entry.item.end
    if isinstance(entry.item, Actor) and not entry.facts.numbers:
        return entry.wording.forms
    return entry.item.statement, id(entry) if entry.facts.numbers else 0


def _shortest(entry: Entry) -> tuple[object, ...]:
    return len(entry.item.statement), entry.early
