"""Whom a title, or a claim, names: `Halden strikes`, and not `in Halden`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from summarizer.check.case import Case
from summarizer.draft import DraftActor
from summarizer.item import Actor
from summarizer.language.folding import fold

_LEAD = 8
"""Sentences at the top of an article, in which those whom its title names are known by name."""

_NO_NOUN = frozenset(
    {"past", "past_endings", "third_person_endings", "being", "stopwords", "prepositions", "conjunctions"}
)


def named(case: Case, text: str, name: str, *, alone: bool = False) -> int | None:
    """Where `text` first names somebody, folded, and not as a place; None where it does not. `alone`: and not before a
    noun that the name says something of, as far as lists can tell a noun."""
    folded = fold(text)
    for match in re.finditer(rf"(?<!\w){re.escape(fold(name))}(?!\w)", folded):
        before, after = folded[: match.start()].split()[-1:], folded[match.end() :].split()[:1]
        located = before and before[0] in case.lexicon.words("placing")
        describes = after and after[0][:1].isalpha() and case.lexicon.word(after[0]).lists.isdisjoint(_NO_NOUN)
        if not located and not (alone and describes):
            return match.start()
    return None


def missing(case: Case) -> Iterator[DraftActor]:
    """Those whom the title names, as the first sentences know them, and the list lacks."""
    first = next(iter(case.document.sentences), None)
    if first is None or not first.title or first.instructs:
        return
    title, listed = case.text(first.number), " ".join(fold(each.name) for each in case.checked.all(Actor))
    for each in [each for each in case.document.reporting if not each.title][:_LEAD]:
        text = case.text(each.number)
        for full in case.speakers.names_in(text):
            name = full.removeprefix("The ")
            told = name in title and named(case, title, name) is not None
            if told and fold(name) not in listed and named(case, text, name, alone=True) is not None:
                yield DraftActor(name=name[:160], part="mentioned", s=each.number)


def prominence(case: Case, told: list[str]) -> Callable[[Actor], tuple[int, bool, int]]:
    """Sorts actors: by the first of the texts that names them, and where in it; who acted or was affected before
    who did not."""

    def rank(actor: Actor) -> tuple[int, bool, int]:
        names = [actor.name, *(word for word in actor.name.split()[-1:] if len(word) > 2)]
        found = [
            (at, place)
            for at, text in enumerate(told)
            for each in names
            if (place := named(case, text, each)) is not None
        ]
        first = min(found, default=(len(told), 0))
        return first[0], actor.part not in ("acted", "affected"), first[1]

    return rank
