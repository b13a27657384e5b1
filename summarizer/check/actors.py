"""Who: named in the source, and in the part that the source gives them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from summarizer.check.case import Case, because, reject, tidy
from summarizer.draft import DraftActor, Part
from summarizer.item import Actor, Rationale
from summarizer.language.folding import Folded, fold
from summarizer.record import Rejected


def actor(case: Case, proposed: DraftActor) -> Actor | Rejected:
    """An actor under the fullest name that the source has, with the role that stands beside it."""
    name = tidy(proposed.name)
    says_nothing = not case.support.facts(name).content
    numbers = [] if says_nothing else list(case.naming(name))
    if not numbers:
        return reject(proposed, because("name", f"The source does not have “{name}”."))
    events = [number for number in numbers if number in case.event_sentences()]
    if proposed.part != "spoke" and events and all(_is_place(case, number, name) for number in events):
        return reject(proposed, because("actor", f"“{name}” stands as a place, not as one who does something."))
    part, number = _part(case, proposed, name, numbers)
    full = case.speakers.full_name(name) if case.speakers.is_person(name) else name
    role = case.speakers.role(full) or _role(case, getattr(proposed, "title", ""), full)
    return Actor(name=full, role=role, part=part, evidence=case.finder.evidence((number,)), verdict="verbatim")


def _part(case: Case, proposed: DraftActor, name: str, numbers: list[int]) -> tuple[Part, int]:
    """Who spoke must be seen to speak; who acted or was affected stands where an event does."""
    speaking = case.speakers.speaking(name)
    if proposed.part in ("acted", "affected"):
        near = case.event_sentences() | set(case.neighbours())
        if inside := [number for number in numbers if number in near]:
            return proposed.part, inside[0]
    if speaking and proposed.part != "mentioned":
        return "spoke", speaking[0]
    return "mentioned", proposed.s if proposed.s in numbers else numbers[0]


def _is_place(case: Case, number: int, name: str) -> bool:
    """Whether a sentence has `name` only after a word for places: `in eastern Syria`."""
    text, locative = fold(case.report(number)), case.lexicon.words("locative")
    passed = case.lexicon.words("place_words") - locative
    before = [text[: match.start()].split() for match in re.finditer(rf"(?<!\w){re.escape(fold(name))}(?!\w)", text)]
    for words in before:
        while words and words[-1] in passed:
            words.pop()
    return bool(before) and all(words and words[-1] in locative for words in before)


def _role(case: Case, title: str, name: str) -> str | None:
    """The model's title, where a sentence has it and the name."""
    title, last = tidy(title), name.split()[-1]
    if not title or fold(title) in fold(name):
        return None
    return title if any(Folded(case.text(number)).find(last) for number in case.naming(title)) else None


def speakers_of_reasons(case: Case) -> list[Actor]:
    """Who gives a reason that stands is one of the people of the story, whether the model said so or not."""
    known = {fold(each.name) for each in case.checked.all(Actor)}
    stated = case.checked.all(Rationale)
    missing = {fold(each.speaker): each for each in stated if fold(each.speaker) not in known}
    return [
        Actor(name=each.speaker, role=each.speaker_role, part="spoke", evidence=each.evidence[-1:], verdict="verbatim")
        for each in missing.values()
    ]


_LEAD = 8


def named_in_title(case: Case) -> Iterator[DraftActor]:
    """Who the title names, as the first sentences know them, and the list lacks."""
    first = next(iter(case.document.sentences), None)
    if first is None or not first.title or first.instructs:
        return
    title = case.text(first.number)
    listed = " ".join(fold(each.name) for each in case.checked.all(Actor))
    for each in [each for each in case.document.reporting if not each.title][:_LEAD]:
        for full in case.speakers.names_in(case.text(each.number)):
            name = full.removeprefix("The ")
            told = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", title) is not None and _stands_alone(
                case, each.number, name
            )
            if told and fold(name) not in listed and not all(_is_place(case, n, name) for n in case.naming(name)):
                yield DraftActor(name=name[:160], part="mentioned", s=each.number)


def _stands_alone(case: Case, number: int, name: str) -> bool:
    """Whether a sentence has a name that says nothing of a noun after it, as `the Halden strike` does."""
    text = case.text(number)
    after = (text[match.end() :].split()[:1] for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text))
    return any(not word or not word[0][:1].islower() or _goes_on(case, word[0]) for word in after)


def _goes_on(case: Case, word: str) -> bool:
    """Whether a word is no noun, as far as the lists tell: a verb, a preposition, a conjunction."""
    known = case.lexicon.word(word)
    ends = known.lists & {
        "past",
        "past_endings",
        "stopwords",
        "prepositions",
        "conjunctions",
        "being",
        "third_person_endings",
    }
    return bool(ends)


def prominence(told: list[str]) -> Callable[[Actor], tuple[int, int, int]]:
    """Sorts actors: by the first of the texts that names them, and where in it; who acted or was affected before
    who did not."""
    folded = [fold(each) for each in told]

    def rank(actor: Actor) -> tuple[int, int, int]:
        name = fold(actor.name)
        names = [name, *(word for word in name.split()[-1:] if len(word) > 2)]
        places = (
            (at, re.search(rf"(?<!\w){re.escape(each)}(?!\w)", text))
            for at, text in enumerate(folded)
            for each in names
        )
        found = [(at, match.start()) for at, match in places if match]
        place = min(found, default=(len(folded), 0))
        return (place[0], actor.part not in ("acted", "affected"), place[1])

    return rank
