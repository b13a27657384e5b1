"""Where and when the main event was."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from summarizer.briefing import Slot
from summarizer.check import events, headlined
from summarizer.check.case import Case, because, reject, tidy
from summarizer.draft import DraftPlace, DraftTime, Wire
from summarizer.item import Place, Time
from summarizer.language import places, times
from summarizer.language.folding import fold
from summarizer.record import Rejected

_SPEAKING = 5
"""Words between the one for speaking and the place, itself counted: `told a news conference in`."""


def place(case: Case, proposed: DraftPlace) -> Place | Rejected:
    """A named place in a sentence on the main event, that stands there as one."""
    name = _place_name(case, proposed.place)
    found = case.in_event(name, proposed.s) if name else None
    if not name or found is None or case.runs_on(found):
        shown = tidy(proposed.place)
        return reject(proposed, because("place", f"No sentence on the event has a place “{shown}”."))
    if not case.support.names(case.support.facts(name)) or not _stands_as_place(case, name, found):
        return reject(proposed, because("place", f"“{name}” names no place."))
    within, told = _within(case, name, found)
    return Place(place=name, within=within, evidence=case.finder.evidence((found, *told)), verdict="verbatim")


def _within(case: Case, name: str, number: int) -> tuple[str | None, tuple[int, ...]]:
    """What the place lies in, where a sentence says so: `Hazmet, Ashkaran` and `Hazmet in Ashkaran`; and the sentence,
    where it is another one."""
    wanted = fold(name)
    for other in [number, *(each for each in case.naming(name) if each != number)]:
        for said in case.places(other):
            head, _, tail = fold(said).rpartition(wanted)
            if tail and not tail[0].isalnum() and not (head and head[-1].isalnum()):
                outer = places.outer(" ".join(said.split())[-len(tail) :], case.lexicon)
                if outer and fold(outer) not in wanted:
                    return outer, () if other == number else (other,)
    return None, ()


def _stands_as_place(case: Case, name: str, number: int) -> bool:
    """Whether the sentence, or another one, has the name where places stand: after `in`, `at` or `near`, or in a
    dateline, or in the title. In a language without a list of such words, any name may."""
    if not places.known(case.lexicon):
        return True
    wanted = fold(name)
    if any(wanted == fold(each) for other in case.document.reporting for each in case.dateline(other.number)):
        return True
    numbers = [number, *(other for other in case.naming(name) if other != number)]
    stands = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)")
    return any(stands.search(fold(each)) for other in numbers for each in case.places(other)) or name in _titled(case)


def _place_name(case: Case, words: str) -> str:
    """What a wording has of a place: `eastern Syria in retaliation to attacks in Iraq` is eastern Syria."""
    words = tidy(words)
    if found := next(places.expressions(f"in {words}", case.lexicon), None):
        return tidy(found)
    kept, end = words.split(), 0
    joining = case.lexicon.words("place_words", "articles")
    for index, word in enumerate(kept):
        if word[0].isupper():
            end = index + 1
        elif end and fold(word).rstrip(",") not in joining:
            break
    return tidy(" ".join(kept[:end]))


def time(case: Case, proposed: DraftTime) -> Time | Rejected:
    """A wording of time in a sentence on the main event, resolved where that is certain."""
    words, found = _in_event(case, tidy(proposed.time), proposed.s)
    if not times.is_time(words, case.lexicon):
        return reject(proposed, because("time", f"“{words}” says no time."))
    if found is None or _of_another_event(case, words, found):
        return reject(proposed, because("time", f"No sentence on the event has “{words}”."))
    planned = case.main_event is not None and case.main_event.status == "planned"
    resolved = times.resolve(words, case.published, case.lexicon, future=planned)
    return Time(
        time=words,
        start=resolved.start if resolved else None,
        end=resolved.end if resolved else None,
        resolved_from=case.published if resolved and resolved.anchored else None,
        evidence=case.finder.evidence((found,)),
        verdict="verbatim",
    )


def _of_another_event(case: Case, words: str, number: int) -> bool:
    """Whether a day far from that of publication stands beside the main event, and not in a sentence on it."""
    near = case.published is None or times.near(words, case.published, case.lexicon)
    return not (near or case.kind.events is None or number in case.main_sentences or case.on_event(number))


def _in_event(case: Case, words: str, cited: int) -> tuple[str, int | None]:
    """These words in a sentence on the main event, or words there that name the same time."""
    if (found := case.in_event(words, cited)) is not None:
        return words, found
    wanted = _bare(case, words)
    for number in case.neighbours():
        for other in times.expressions(case.text(number), case.lexicon):
            if _bare(case, other) == wanted:
                return other, number
    return words, None


def _bare(case: Case, words: str) -> set[str]:
    return set(fold(words).split()) - case.lexicon.words("time_modifiers")


def told(case: Case, slot: Slot) -> list[Wire]:
    """The places or times that the sentences on the main event and beside them have, the likeliest first."""
    if issubclass(slot.item, Time):
        return [DraftTime(s=number, time=words[:160]) for number, words in sorted(_times(case), key=_by_event(case))]
    found = _fullest(sorted(_places(case), key=_prominence(case)))
    return [DraftPlace(s=number, place=words[:160]) for number, words in found or _datelined(case)]


def _fullest(found: list[Wording]) -> list[Wording]:
    """Those that stand in no other one: of `Velin border` and `Velin border town of Hazmet` the second."""
    return [
        each
        for each in found
        if not any(re.search(rf"(?<!\w){re.escape(each[1])}(?!\w)", other) for _, other in found if other != each[1])
    ]


Wording = tuple[int, str]
"""Words, and the number of the sentence that has them."""


def _times(case: Case) -> Iterator[Wording]:
    """Those that name a day around that of publication."""
    for number in dict.fromkeys([*case.around(), *case.recalling()]):
        for words in times.expressions(case.report(number), case.lexicon):
            if times.near(words, case.published, case.lexicon):
                yield number, words


def _by_event(case: Case) -> Callable[[Wording], tuple[bool, bool, int]]:
    """Sorts times: those in sentences that speak of the main event before those that stand beside them, and last those
    at which a toll was counted anew."""
    tolls = case.lexicon.words("tolls")

    def rank(each: Wording) -> tuple[bool, bool, int]:
        number, words = each
        before = fold(case.report(number)).partition(fold(words))[0]
        return not tolls.isdisjoint(before.split()), not (case.on_event(number) or number in case.recalling()), number

    return rank


def _places(case: Case) -> Iterator[Wording]:
    """Where a cause was is not where the event was: `closed after a fire in Velin`, unless both were at once."""
    yield from ((case.document.sentences[0].number, name) for name in _titled(case))
    at_once = case.lexicon.words("at_once")
    for number in [each for each in case.around() if not case.on_cause(each)]:
        text = case.report(number)
        elsewhere = [each for each in case.clauses(text) if fold(each).split()[0] not in at_once]
        for words in case.places(number):
            if not any(words in cause for cause in elsewhere) and not _said_there(case, text, words):
                yield number, words


def _said_there(case: Case, text: str, place: str) -> bool:
    """Whether a place is where somebody spoke: `told reporters in Velin`."""
    before = text.partition(place)[0].split()[-_SPEAKING:]
    said = [index for index, word in enumerate(before) if fold(word) in case.lexicon.words("said")]
    return bool(said) and not any(word[-1] in ".,;:" for word in before[said[-1] :])


def _titled(case: Case) -> list[str]:
    """The places that the title names before what was there: `Halden ferry fire`, where another sentence has `in
    Halden`, or somebody who is `62, of Halden`."""
    title = events.title(case)
    names = case.speakers.names_in(title.text) if title and places.known(case.lexicon) else []
    return [
        name
        for name in names
        if title
        and headlined.describes(case, title.text, name)
        and any(_lives(case, n, name) for n in case.naming(name))
    ]


def _lives(case: Case, number: int, name: str) -> bool:
    """Whether a sentence has a name where a place begins, or after an age."""
    begun = rf"{re.escape(fold(name))}(?!\w)"
    residing = "|".join(sorted(case.lexicon.words("residing"))) or "(?!)"
    aged = re.search(rf"\d, (?:{residing}) {begun}", fold(case.report(number)))
    return aged is not None or any(re.match(begun, fold(each)) for each in case.places(number))


def _datelined(case: Case) -> Iterator[Wording]:
    """The places of a dateline."""
    for each in case.document.reporting:
        yield from ((each.number, part) for part in case.dateline(each.number))


def _prominence(case: Case) -> Callable[[Wording], tuple[int, int]]:
    """Sorts places: those first that the text says more of than a bare name, or what they are, or that the title names,
    and best all of it: `the border town of Hazmet`; then in the order of the text."""
    titled = _titled(case)
    nouns = case.lexicon.words("place_nouns")

    def rank(each: Wording) -> tuple[int, int]:
        number, words = each
        told = fold(words).split()
        return -(len(told) > 1) - (not nouns.isdisjoint(told)) - (words in titled), number

    return rank


def prominence(case: Case) -> Callable[[Place | Time], tuple[int, ...]]:
    """Sorts the places or times that stand as `told` does."""
    place, time = _prominence(case), _by_event(case)

    def rank(item: Place | Time) -> tuple[int, ...]:
        number = item.evidence[0].sentence
        return place((number, item.place)) if isinstance(item, Place) else time((number, item.time))

    return rank
