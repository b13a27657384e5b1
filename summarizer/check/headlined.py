"""Whom a title, or a claim, names: `Halden strikes`, and not `in Halden`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from summarizer.check import events, fates
from summarizer.check.case import Case
from summarizer.check.somebody import head
from summarizer.draft import DraftActor
from summarizer.item import Actor
from summarizer.language.folding import fold

_LEAD = 8
"""Sentences at the top of an article, in which those whom its title names are known by name."""

_LABEL = re.compile(r"^(?:[^\s:]+\s){0,3}[^\s:]+:\s(?![\"'“‘])")
"""What a title begins with to say what it is about: `Halden ferry fire: Captain arrested`."""

_NO_NOUN = frozenset(
    {"past", "past_endings", "third_person_endings", "being", "stopwords", "prepositions", "conjunctions"}
)


def named(case: Case, text: str, name: str, *, alone: bool = False) -> int | None:
    """Where `text` first names somebody, folded, and not as a place; None where it does not. `alone`: and not before a
    noun that the name says something of, as far as lists can tell a noun."""
    folded = fold(text)
    for match in re.finditer(rf"(?<!\w){re.escape(fold(name))}(?!\w)", folded):
        after = folded[match.end() :].split()[:1]
        if not _located(case, folded[: match.start()]) and not (alone and after and _may_be_noun(case, after[0])):
            return match.start()
    return None


def tells(case: Case, name: str) -> bool:
    """Whether the title or the main event names somebody, by name or by the word that the name is about."""
    names = (name, name.split()[-1], head(case, name))
    return any(named(case, each, word) is not None for each in events.tellings(case) for word in names)


def describes(case: Case, title: str, name: str) -> bool:
    """Whether a title has a name before a noun that it says something of: `Halden ferry fire`. In a title whose nouns
    are capitalised that cannot be told."""
    return any(
        match[1].islower() and _may_be_noun(case, match[1]) and not _located(case, title[: match.start()])
        for match in re.finditer(rf"(?<!\w){re.escape(name)}\s(\w+)", title)
    )


def _located(case: Case, before: str) -> bool:
    """Whether what comes after a text stands as a place there."""
    return not case.lexicon.words("placing").isdisjoint(fold(before).split()[-1:])


def _may_be_noun(case: Case, word: str) -> bool:
    return word[:1].isalpha() and case.lexicon.word(fold(word)).lists.isdisjoint(_NO_NOUN)


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


def descriptors(case: Case) -> Iterator[Actor]:
    """Actors that are what somebody else is called before the name: `ferry captain` of `ferry captain Ina Holt`."""
    listed = case.checked.all(Actor)
    text = fold(case.document.text)
    for each in listed:
        full = [f"{fold(each.name)} {fold(other.name)}" for other in listed if case.speakers.is_person(other.name)]
        if not case.speakers.is_person(each.name) and any(told in text for told in full):
            yield each


def counted(case: Case) -> Iterator[DraftActor]:
    """The people who died or were hurt, where the main event tells of such: `At least six civilians`."""
    if not any(fates.told(case.support.facts(each)) for each in events.tellings(case)):
        return
    for number in case.neighbours():
        for words in fates.people(case.finder.facts(number)):
            yield DraftActor(name=words[:160], part="affected", s=number)


def counts_people(case: Case, name: str) -> bool:
    """Whether a name is a number of people: `five passengers`."""
    facts = case.support.facts(name)
    return bool(facts.numbers) and any(each.listed("people_nouns") for each in facts.tokens)


def prominence(case: Case, told: list[str]) -> Callable[[Actor], tuple[int, bool, int]]:
    """Sorts actors: by the first of the texts that names them, and where in it; who acted or was affected before
    who did not. A text names those who died or were hurt where it tells of it, and nobody in a label before it."""
    texts = [_LABEL.sub("", text) for text in told]

    def rank(actor: Actor) -> tuple[int, bool, int]:
        found = [(at, place) for at, text in enumerate(texts) if (place := _place(case, text, actor)) is not None]
        first = min(found, default=(len(texts), 0))
        return first[0], actor.part not in ("acted", "affected"), first[1]

    return rank


def _place(case: Case, text: str, actor: Actor) -> int | None:
    """Where a text first names an actor; who is merely mentioned is not named by `Halden` in `Halden ferry fire`."""
    names = [actor.name, *(word for word in actor.name.split()[-1:] if len(word) > 2)]
    if actor.part == "mentioned":
        names = [each for each in names if not describes(case, text, each)]
    found = [place for each in names if (place := named(case, text, each)) is not None]
    if counts_people(case, actor.name) and (word := fates.told(case.support.facts(text))):
        found.append(word.start)
    return min(found, default=None)
