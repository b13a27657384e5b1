"""What one source tells as so, and another as denied, or as not so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from summarizer.dossier.disputes import Dispute, said
from summarizer.dossier.entry import Entry, Voiced
from summarizer.dossier.likeness import Word, common, contradicting, likeness, words
from summarizer.dossier.sameness import comparable
from summarizer.item import Event

_FEWEST = 3
_ALIKE = 0.7
_POLARITY = frozenset({"negation", "denial", "polarity"})


def denials(briefings: Sequence[Voiced]) -> Iterator[Dispute]:
    """Events that are alike but for being denied or negated on one side."""
    events = [each for one in briefings for each in one.entries if isinstance(each.item, Event)]
    for one, other in combinations(events, 2):
        apart = one.of is not other.of and comparable(one, other)
        if apart and (_denied(one, other) or _denied(other, one) or _negated(one, other)):
            yield Dispute(
                "denial", min(one, other, key=lambda each: each.early).item.statement, (said(one), said(other))
            )


def _denied(one: Entry, other: Entry) -> bool:
    """Whether one is denied of which the other is told as so, or said to be so."""
    if one.status != "denied" or other.status in ("denied", "planned"):
        return False
    return not _negations(other) and _close(_claimed(one), _claimed(other), one)


def _negated(one: Entry, other: Entry) -> bool:
    """Whether two that are told as so are alike, and the check finds in each that the other has it negated, and
    nothing else that contradicts."""
    if {one.status, other.status} & {"denied", "planned"} or bool(_negations(one)) == bool(_negations(other)):
        return False
    return _close(words(one.facts), words(other.facts), one) and contradicting(one, other) <= _POLARITY


def _negations(entry: Entry) -> bool:
    return any(governors for governors in entry.facts.scopes.negations.values())


def _claimed(entry: Entry) -> frozenset[Word]:
    """The words of an event without who says or denies it, and the words for that."""
    lexicon = entry.of.lexicon
    item = entry.item
    by = item.attributed_to if isinstance(item, Event) and item.attributed_to else ""
    speaking = {lexicon.stem(word) for name in ("denials", "said", "according") for word in lexicon.words(name)}
    speaking |= {each for _, each in words(entry.of.support.facts(by))}
    return frozenset(each for each in words(entry.facts) if each[1] not in speaking)


def _close(one: frozenset[Word], other: frozenset[Word], of: Entry) -> bool:
    lexicon = of.of.lexicon
    return common(one, other, lexicon) >= _FEWEST and likeness(one, other, lexicon) >= _ALIKE
