"""One person with two names, or with two offices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from summarizer.dossier.disputes import Dispute, Told, between, said
from summarizer.dossier.entry import Entry
from summarizer.dossier.grouping import Together
from summarizer.item import Actor
from summarizer.language.folding import fold

_SPELT = 0.6
"""How alike two spellings of one word of a name are, at least."""


def people(groups: Iterable[Together]) -> Iterator[Dispute]:
    """One name with two offices; and one office with two names that differ in the spelling of one word."""
    named = [group for group in groups if isinstance(group.shared.item, Actor)]
    for group in named:
        if held := between([said(each) for each in group.entries], _other_office):
            yield Dispute("title", group.shared.item.statement, tuple(map(_by_role, held)))
    by_role: dict[tuple[str, ...], list[Told]] = {}
    for each in (entry for group in named for entry in group.entries):
        if _offices(each):
            by_role.setdefault(_words(_role(each)), []).append(said(each))
    for role, told in by_role.items():
        if names := between(told, _other_spelling):
            yield Dispute("name", " ".join(role), names)


def _by_role(told: Told) -> Told:
    return said(told.entry, _role(told.entry))


def _role(entry: Entry) -> str:
    return (entry.item.role or "") if isinstance(entry.item, Actor) else ""


def _words(text: str) -> tuple[str, ...]:
    return tuple(fold(text).split())


def _offices(entry: Entry) -> frozenset[str]:
    return frozenset(_words(_role(entry))) & entry.of.lexicon.words("offices")


def _other_office(mine: Told, theirs: Told) -> bool:
    """A whole name with two offices, neither of them one that was held before."""
    one, other = mine.entry, theirs.entry
    held = [_offices(one), _offices(other)]
    leads = one.of.lexicon.words("name_leads")
    before = any(leads & set(_words(_role(each))) for each in (one, other))
    whole = min(len(_words(each.item.statement)) for each in (one, other)) > 1
    return whole and not before and all(held) and not held[0] & held[1]


def _other_spelling(one: Told, other: Told) -> bool:
    """Names of as many words, at least two, of which one is spelt otherwise."""
    mine, theirs = _words(one.entry.item.statement), _words(other.entry.item.statement)
    if len(mine) != len(theirs) or len(mine) < 2:
        return False
    apart = [(word, another) for word, another in zip(mine, theirs, strict=True) if word != another]
    return len(apart) == 1 and SequenceMatcher(None, *apart[0]).ratio() >= _SPELT
