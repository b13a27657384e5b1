"""Whether two items name the same people."""

from __future__ import annotations

from summarizer.check.facts import Facts
from summarizer.check.fates import fate
from summarizer.difference.wording import Wording
from summarizer.dossier.entry import Entry
from summarizer.language.folding import fold
from summarizer.language.lexicon import Lexicon
from summarizer.language.numbers import Number

_ENDS = 0.8
"""How alike a name and its last words are by `Wording.named`; a name and its first words are less."""


def same_people(one: Entry, other: Entry) -> bool:
    """By their names; people who are counted are the same where as many have the same done to them."""
    counted = [next(iter(each.facts.numbers), None) for each in (one, other)]
    if not any(counted):
        return same_name(one.wording, other.wording, one.of.lexicon)
    if one.facts.folded == other.facts.folded or not all(counted):
        return one.facts.folded == other.facts.folded and _fates(one) == _fates(other)
    mine, theirs = counted
    same = mine is not None and theirs is not None and mine.number == theirs.number
    return same and bool(_fates(one)) and _fates(one) == _fates(other)


def same_name(one: Wording, other: Wording, lexicon: Lexicon) -> bool:
    """The same words, initials of the other, or the last words of the other if they are a name by themselves:
    `Berg` and `Mia Berg`, and neither `driver` and `tram driver` nor `Union` and `Berg's Union`."""
    alike = one.named(other)
    short, long = sorted((one.text, other.text), key=len)
    before = long.split()[: -len(short.split())]
    owned = len(short.split()) == 1 and bool(before) and before[-1].endswith(("'s", "’s", "s'", "s’"))
    plain = not owned and not any(fold(word) in lexicon.words("prepositions") for word in before)
    return alike > _ENDS or (alike == _ENDS and plain and all(word[0].isupper() for word in short.split()))


def _fates(entry: Entry) -> frozenset[str]:
    """What was done to the people that an item counts, by its evidence."""
    wanted = [token.number for token in entry.facts.numbers]
    found = (_told(entry.of.support.facts(each.text), wanted) for each in entry.item.evidence)
    return frozenset().union(*found)


def _told(facts: Facts, wanted: list[Number | None]) -> frozenset[str]:
    told = (fate(facts, token) for token in facts.numbers if token.number in wanted)
    return frozenset(each for each in told if each)
