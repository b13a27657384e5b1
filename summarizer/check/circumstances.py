"""Where and when the main event was."""

from __future__ import annotations

from summarizer.check.case import Case, because, reject, tidy
from summarizer.draft import DraftPlace, DraftTime
from summarizer.item import Place, Time
from summarizer.language import times
from summarizer.language.folding import fold
from summarizer.record import Rejected


def place(case: Case, proposed: DraftPlace) -> Place | Rejected:
    """A named place in a sentence on the main event."""
    name = _place_name(case, proposed.place)
    found = case.in_event(name, proposed.s) if name else None
    if not name or found is None:
        shown = tidy(proposed.place)
        return reject(proposed, because("place", f"No sentence on the event has a place “{shown}”."))
    if not case.support.names(case.support.facts(name)):
        return reject(proposed, because("place", f"“{name}” names no place."))
    return Place(place=name, within=None, evidence=case.finder.evidence((found,)), verdict="verbatim")


def _place_name(case: Case, words: str) -> str:
    """From the first word on to the last capitalised one that the words for places join to it:
    `eastern Syria in retaliation to attacks in Iraq` is eastern Syria."""
    kept, end = tidy(words).split(), 0
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
