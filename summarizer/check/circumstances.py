"""Where and when the main event was."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from summarizer.briefing import Slot
from summarizer.check.case import Case, because, reject, tidy
from summarizer.draft import DraftPlace, DraftTime, Wire
from summarizer.item import Place, Time
from summarizer.language import places, times
from summarizer.language.folding import fold
from summarizer.language.reasons import clauses
from summarizer.record import Rejected


def place(case: Case, proposed: DraftPlace) -> Place | Rejected:
    """A named place in a sentence on the main event, that stands there as one."""
    name = _place_name(case, proposed.place)
    found = case.in_event(name, proposed.s) if name else None
    if not name or found is None:
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
        for said in places.expressions(case.report(other), case.lexicon):
            head, _, tail = fold(said).rpartition(wanted)
            if tail and not tail[0].isalnum() and not (head and head[-1].isalnum()):
                outer = places.outer(" ".join(said.split())[-len(tail) :], case.lexicon)
                if outer and fold(outer) not in wanted:
                    return outer, () if other == number else (other,)
    return None, ()


def _stands_as_place(case: Case, name: str, number: int) -> bool:
    """Whether the sentence, or another one, has the name where places stand: after `in`, `at` or `near`, or in a
    dateline. In a language without a list of such words, any name may."""
    if not places.known(case.lexicon):
        return True
    wanted = fold(name)
    if any(wanted == fold(each) for other in case.document.reporting for each in case.dateline(other.number)):
        return True
    numbers = [number, *(other for other in case.naming(name) if other != number)]
    return any(
        re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", fold(each))
        for other in numbers
        for each in places.expressions(case.report(other), case.lexicon)
    )


def _place_name(case: Case, words: str) -> str:
    """What a wording has of a place: `eastern Syria in retaliation to attacks in Iraq` is eastern Syria."""
    words = tidy(words)
    if found := next(places.expressions(f"in {words}", case.lexicon), None):
        return tidy(found)
    kept, end = words.split(), 0
    joining = case.lexicon.words("place_words") | case.lexicon.words("articles")
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
    if found is None:
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


def told(case: Case, slot: Slot) -> Iterator[Wire]:
    """The wordings of places or times in the sentences of the main event and beside them, in the order of the text;
    where a place stands already, only in those of the main event and the first one of the text."""
    lead = [each.number for each in case.document.reporting if not each.title][:1]
    near = lead if issubclass(slot.item, Place) and case.checked[slot.name] else case.neighbours()
    for number in sorted({*case.main_sentences, *near}):
        if case.document.sentence(number).title:
            continue
        text = case.report(number)
        if issubclass(slot.item, Place):
            elsewhere = list(clauses(text, case.lexicon))  # where the cause was is not where the event was
            found = (
                each for each in places.expressions(text, case.lexicon) if not any(each in why for why in elsewhere)
            )
            yield from (DraftPlace(s=number, place=each[:160]) for each in found)
        else:
            wordings = times.expressions(text, case.lexicon)
            recent = (each for each in wordings if times.near(each, case.published, case.lexicon))
            yield from (DraftTime(s=number, time=each[:160]) for each in recent)
    if issubclass(slot.item, Place) and not case.checked[slot.name]:
        yield from _datelined(case)


def _datelined(case: Case) -> Iterator[Wire]:
    """The places of a dateline that a sentence on the main event names too."""
    for each in case.document.reporting:
        yield from (DraftPlace(s=each.number, place=part[:160]) for part in case.dateline(each.number))


def prominence(case: Case) -> Callable[[Place], bool]:
    """Sorts places: those first that the text says more of than their name: `the border town of Hazmet`."""
    kinds = places.kinds(case.lexicon)
    return lambda item: kinds.isdisjoint(fold(item.place).split())
