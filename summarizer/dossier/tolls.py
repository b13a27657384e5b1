"""Counts that differ: how many died or were hurt in the event, and how many of a thing in statements alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from summarizer.dossier import counts
from summarizer.dossier.disputes import Dispute, Told, cut
from summarizer.dossier.entry import Entry, Voiced
from summarizer.dossier.grouping import Together
from summarizer.dossier.likeness import Word, common, words
from summarizer.item import Event, Extract, Headline

_SHARED = 2
"""Words that a sentence must have of the main event, for its toll to be that of the event; and two main events of each
other."""


def tolls(briefings: Sequence[Voiced]) -> Iterator[Dispute]:
    """Of those killed, and of those hurt, in the main event."""
    near = [each for each in briefings if any(_near(each, other) for other in briefings if other is not each)]
    told = [each for briefing in near for each in _tolls(briefing)]
    for thing in sorted({each.count.thing for each in told if each.count}, reverse=True):
        yield from _differing([each for each in told if each.count and each.count.thing == thing])


def things(groups: Iterable[Together]) -> Iterator[Dispute]:
    """Of anything else, where the statements that count it say the same otherwise."""
    for group in groups:
        told = [each for entry in group.entries for each in _things(entry)]
        for thing in sorted({each.count.thing for each in told if each.count}):
            yield from _differing([each for each in told if each.count and each.count.thing == thing])


def _near(one: Voiced, other: Voiced) -> bool:
    """Whether two main events have more in common than that people died, or how many."""
    mine, theirs = _main(one), _main(other)
    return min(common(mine, theirs, one.lexicon), common(theirs, mine, one.lexicon)) >= _SHARED


def _main(briefing: Voiced) -> frozenset[Word]:
    told = [each.facts for each in briefing.entries if each is briefing.main or isinstance(each.item, Headline)]
    return frozenset(each for facts in told for each in words(facts) if each[0] in ("name", "word"))


def _tolls(briefing: Voiced) -> Iterator[Told]:
    """Each once, the earliest of a source that says it more often."""
    main = _main(briefing)
    once: dict[tuple[object, ...], Told] = {}
    for entry in sorted(briefing.entries, key=lambda each: each.early):
        for evidence in entry.item.evidence if isinstance(entry.item, Event | Headline | Extract) else ():
            facts = briefing.support.facts(evidence.text)
            if common(main, words(facts), facts.lexicon) >= _SHARED:
                for count in counts.tolls(facts):
                    told = cut(entry, evidence, count.start, count.end, count)
                    once.setdefault((count.thing, count.value, count.exact), told)
    yield from once.values()


def _things(entry: Entry) -> Iterator[Told]:
    """What an event, a reason or a cause counts, where its evidence counts it too. The dead and the hurt of an event
    are told by `tolls`."""
    if isinstance(entry.item, Extract | Headline):
        return
    stated = {(each.thing, each.value) for each in counts.things(entry.facts)}
    for evidence in entry.item.evidence:
        facts = entry.of.support.facts(evidence.text)
        for count in counts.things(facts):
            toll = isinstance(entry.item, Event) and any(each.start == count.start for each in counts.tolls(facts))
            if (count.thing, count.value) in stated and not toll:
                yield cut(entry, evidence, count.start, count.end, count)


def _differing(told: Sequence[Told]) -> Iterator[Dispute]:
    """A dispute, if two sources have no count that could be one."""
    by: dict[int, list[Told]] = {}
    for each in told:
        by.setdefault(each.source, []).append(each)
    against = [(one, other) for one, other in combinations(by.values(), 2) if not _agree(one, other)]
    if against:
        names = [each.count.name for each in told if each.count]
        yield Dispute("count", names[0], tuple(told), all(_apart(one[0], other[0]) for one, other in against))


def _agree(one: Iterable[Told], other: Sequence[Told]) -> bool:
    return any(mine.count.fits(theirs.count) for mine in one for theirs in other if mine.count and theirs.count)


def _apart(one: Told, other: Told) -> bool:
    """Whether the two were published on different days, as far as that is known."""
    days = [each.entry.of.briefing.source.published for each in (one, other)]
    return None not in days and days[0] != days[1]
