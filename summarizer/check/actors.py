"""Who: named in the source, and in the part that the source gives them."""

from __future__ import annotations

import re

from summarizer.check import events, headlined
from summarizer.check.case import Case, because, reject, tidy
from summarizer.check.somebody import is_somebody
from summarizer.draft import DraftActor, Part
from summarizer.item import Actor, Rationale
from summarizer.language.folding import Folded, fold
from summarizer.record import Rejected

_MOST_BEFORE = 3
_NO_NAME = frozenset({"articles", "weekdays", "months", "prepositions", "conjunctions", "stopwords", "pronouns"})
_REACH = 120
"""Characters before a name that are looked at: a word is shorter."""
_LAST_WORD = re.compile(r"(\w+)\s\Z")
_WORD_BESIDE = re.compile(r"( ?)(?<!\S)(\S+)[^\S\n]\Z")
_OWNS = re.compile(r"['’]s? ")


def actor(case: Case, proposed: DraftActor) -> Actor | Rejected:
    """An actor under the fullest name that the source has, with the role that stands beside it."""
    name = _named_beside(case, unowned(case, tidy(proposed.name)))
    says_nothing = all(each.number is not None for each in case.support.facts(name).content)
    numbers = [] if says_nothing else list(case.naming(name))
    if not numbers:
        return reject(proposed, because("name", f"The source does not have “{name}”."))
    part, number = _part(case, proposed, name, numbers)
    events = [number for number in numbers if number in case.event_sentences()]
    if part != "spoke" and events and all(_is_place(case, number, name) for number in events):
        return reject(proposed, because("actor", f"“{name}” stands as a place, not as one who does something."))
    acts = part == proposed.part == "acted"
    if not acts and (is_thing(case, name) or (part != "spoke" and _is_only_place(case, name))):
        return reject(proposed, because("actor", f"“{name}” is a place or a thing, not somebody."))
    person = case.speakers.is_person(name) and fold(name.split()[-1]) not in case.lexicon.words("group_nouns")
    full = unowned(case, case.speakers.full_name(name)) if person else _whole(case, name)
    role = (case.speakers.role(full) if person or is_somebody(case, full) else None) or _role(
        case, getattr(proposed, "title", ""), full
    )
    return Actor(name=full, role=role, part=part, evidence=case.finder.evidence((number,)), verdict="verbatim")


def _named_beside(case: Case, description: str) -> str:
    """The person whom a sentence names right behind a description: `Mia Berg` of `local police chief Mia Berg`."""
    described = description.islower() and is_somebody(case, description)
    for number in case.naming(description) if described else ():
        text = case.text(number)
        for found in re.finditer(rf"(?<!\w){re.escape(description)}\s", text):
            named = next(iter(case.speakers.names_in(text[found.end() :])), "")
            if named and text.startswith(named, found.end()) and case.speakers.is_person(named):
                return named
    return description


def _whole(case: Case, name: str) -> str:
    """The name of a group with the capitalised words that stand before it wherever it does: `Halden Transport Police`
    of `Transport Police`."""
    for _ in range(_MOST_BEFORE):
        if not name.istitle():
            break
        before = [_WORD_BESIDE.search(text) for text in _leading_to(case, name, titles=False)]
        words = {found and found[2] for found in before}
        word = next(iter(words), None)
        inside = any(found and found[1] for found in before)
        if len(words) != 1 or not word or not inside or not _begins_name(case, word):
            break
        name = f"{word} {name}"
    return name


def _begins_name(case: Case, word: str) -> bool:
    known = case.lexicon.word(fold(word)).lists
    return word.isalpha() and word.istitle() and known.isdisjoint(_NO_NAME) and not case.speakers.is_title(word)


def _part(case: Case, proposed: DraftActor, name: str, numbers: list[int]) -> tuple[Part, int]:
    """Who acted or was affected is, where an event stands, what its claim, or else the words beside the name, say; who
    spoke must be seen to speak. Where they say nothing, the model's word counts for those whom the main event or the
    title names."""
    near = case.event_sentences() | set(case.neighbours())
    inside = sorted((n for n in numbers if n in near), key=lambda number: number not in case.event_sentences())
    told, claimed = headlined.tells(case, name), proposed.part in ("acted", "affected")
    for event in case.events if not headlined.counts_people(case, name) else []:
        rests = [each.sentence for each in event.evidence if case.folded(each.sentence).find(name.split()[-1])]
        if rests and (part := case.speakers.part_told(event.claim, name)):
            return part, next((each for each in rests if each in numbers), numbers[0])
    speaking = case.speakers.speaking(name)
    for number in _telling(case, inside, speaking) if told else inside if claimed else []:
        if part := case.speakers.part(number, name):
            return part, number
    for number in inside if claimed else []:
        if case.speakers.part_quoted(number, name) == proposed.part:
            return proposed.part, number
    if claimed and inside and (told or headlined.counts_people(case, name)):
        return proposed.part, inside[0]
    if speaking and proposed.part != "mentioned":
        return "spoke", speaking[0]
    return "mentioned", proposed.s if proposed.s in numbers else numbers[0]


def _telling(case: Case, numbers: list[int], speaking: list[int]) -> list[int]:
    """Of these sentences those that the main event rests on, and those that tell it again, as the first sentence tells
    the title: not those in which somebody speaks of it."""
    again = [each for each in numbers if each not in speaking and case.on_event(each, share=1 / 2)]
    return list(dict.fromkeys([each for each in numbers if each in case.main_sentences] + again))


def _is_place(case: Case, number: int, name: str) -> bool:
    """Whether a sentence has `name` only after a word for places: `in eastern Syria`, `in and around Halden`."""
    placing = case.lexicon.words("placing") - case.lexicon.words("directions")
    text, locative = fold(case.report(number)), case.lexicon.words("locative") | placing
    loose = case.lexicon.words("placing_loosely", "conjunctions")
    passed = (case.lexicon.words("place_words") | loose) - locative
    before = [text[: match.start()].split() for match in re.finditer(rf"(?<!\w){re.escape(fold(name))}(?!\w)", text)]
    for words in before:
        while words and words[-1] in passed:
            words.pop()
    return bool(before) and all(words and words[-1] in locative for words in before)


def unowned(case: Case, name: str) -> str:
    """A person without whom they belong to: `Halden's Mia Berg` is Mia Berg."""
    *owner, rest = _OWNS.split(name, maxsplit=1)
    return rest if owner and case.speakers.is_person(rest) else name


def is_thing(case: Case, name: str) -> bool:
    """Whether a name is that of a contest, of what a person has (`Berg's Ferrari`), or of a thing: its head is no
    name, and no word for people or for what they form."""
    if fold(name).split()[-1] in case.lexicon.words("contests"):
        return True
    owner, *rest = _OWNS.split(name, maxsplit=1)
    if rest and rest[0][:1].isupper() and case.speakers.is_person(owner):
        return True
    return not is_somebody(case, name)


def _is_only_place(case: Case, name: str) -> bool:
    """Whether a name stands as a place somewhere, and neither the title nor the main event names it as somebody."""
    acting = any(case.speakers.part(number, name) for number in case.main_sentences)
    if acting and any(headlined.named(case, each, name) is not None for each in events.tellings(case)):
        return False
    wanted = fold(name)
    last = wanted.split()[-1]
    if last in case.lexicon.words("place_nouns") and last not in case.lexicon.words("group_nouns"):
        return True
    if any(wanted == fold(each) for number in case.naming(name) for each in case.places(number)):
        return True
    return _only_reached(case, name)


def _only_reached(case: Case, name: str) -> bool:
    """Whether a name stands only after `from` and the like: `a man from Halden`. One with a first name is none."""
    first = fold(name.split()[0])
    if first in case.lexicon.words("female_names", "male_names"):
        return False
    before = [_LAST_WORD.search(text) for text in _leading_to(case, name)]
    return bool(before) and all(found and fold(found[1]) in case.lexicon.words("directions") for found in before)


def _leading_to(case: Case, name: str, *, titles: bool = True) -> list[str]:
    """What a sentence that reports has before a name, as far as a few words reach, for each place where it stands."""
    pattern, found = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)"), []
    for sentence in case.document.reporting:
        if name in (text := case.text(sentence.number)) and (titles or not sentence.title):
            found += [text[max(match.start() - _REACH, 0) : match.start()] for match in pattern.finditer(text)]
    return found


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
