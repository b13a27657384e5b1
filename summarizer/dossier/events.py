"""Which articles are about one event."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.dossier.entry import Entry, Voiced
from summarizer.dossier.likeness import Word, common, words
from summarizer.item import Actor, Event, Headline, Place

_FEWEST = 2
"""Words that two main events must have in common, one of them a name."""


def events(briefings: Sequence[Voiced]) -> list[list[int]]:
    """The numbers of the briefings, those together whose main events have something in common, if only by way of a
    third one."""
    told = {each.number: _told(each) for each in briefings}
    found: list[list[Voiced]] = []
    for each in briefings:
        near = [group for group in found if any(_related(told[one.number], told[each.number], one) for one in group)]
        found = [group for group in found if group not in near] + [[*(one for group in near for one in group), each]]
    return sorted(sorted(each.number for each in group) for group in found)


def _told(briefing: Voiced) -> frozenset[Word]:
    """The words of the headline, of the main event, of who had part in it and of where it was; words for people in
    general apart."""
    people = {briefing.lexicon.stem(each) for each in briefing.lexicon.words("people_nouns")}
    told = (words(each.facts) for each in briefing.entries if _is_main(each))
    return frozenset(each for those in told for each in those if each[0] in ("name", "word") and each[1] not in people)


def _is_main(entry: Entry) -> bool:
    return isinstance(entry.item, Headline | Place | Actor) or (isinstance(entry.item, Event) and entry.index == 0)


def _related(one: frozenset[Word], other: frozenset[Word], of: Voiced) -> bool:
    """By a name and another word; of headlines, where every word has a capital, by three words, one of them a name."""
    names = [{stem for sort, stem in each if sort == "name"} for each in (one, other)]
    both = {stem for _, stem in one} & {stem for _, stem in other}
    shared = min(common(one, other, of.lexicon), common(other, one, of.lexicon))
    if names[0] & names[1]:
        return shared >= _FEWEST
    return shared > _FEWEST and bool((names[0] | names[1]) & both)
