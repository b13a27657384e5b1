"""What part a sentence gives somebody: who does something, to whom something is done."""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.check.clauses import Clauses
from summarizer.check.phrases import PEOPLE, Phrase
from summarizer.draft import Part
from summarizer.language.folding import fold
from summarizer.language.lexicon import Lexicon

_LONGEST_TIME = 4
"""Words of `on the same day` and the like."""

_LONGEST_ASIDE = 14
"""Words between the commas of `Mia Berg, the owner of the mill,`."""


def part(clauses: Clauses, name: str, lexicon: Lexicon) -> Part | None:
    """`acted` for the subject of a verb and the `by` of a passive, `affected` for an object, the subject of a passive
    and who dies or is hurt; None where the words beside the name tell neither."""
    for phrase in _phrases(clauses, name):
        found = _after(clauses, phrase, lexicon) or _before(clauses, phrase, lexicon)
        if found is not None:
            return found
    return None


def _phrases(clauses: Clauses, name: str) -> Iterator[Phrase]:
    """Where the words of a name stand in a row."""
    words = [fold(word).removesuffix("'s") for word in name.split()]
    for at in range(len(clauses.words) - len(words) + 1):
        if [clauses.word(at + step) for step in range(len(words))] == words:
            yield Phrase(at, at + len(words))


def _after(clauses: Clauses, phrase: Phrase, lexicon: Lexicon) -> Part | None:
    """As the subject of the verb behind it."""
    whole = clauses.phrase_before(phrase.last) or phrase
    if clauses.tag(phrase.last - 1) == "Z" or clauses.tag(whole.first - 1) in "pT":
        return None
    at = _past_row(clauses, _past_aside(clauses, clauses.past_attached(phrase)))
    at = _past_time(clauses, at, lexicon)
    passive = False
    while clauses.tag(at) in "yab":
        passive = passive or clauses.tag(at) == "b"
        at += 1
    if clauses.word(at) in lexicon.map("fates"):
        return "affected" if passive or not _has_object(clauses, at) else "acted"
    if passive and clauses.tag(at + 1) in "iT":  # `was seen leaving`, `are set to leave`
        return "acted"
    if passive:
        return "affected" if _participle(clauses, at, lexicon) else ("acted" if clauses.tag(at) == "i" else None)
    deed = clauses.tag(at) in "xj" or (clauses.tag(at) == "v" and clauses.word(at) in lexicon.words("also_deeds"))
    return "acted" if deed or _in_present(clauses, at, lexicon) else None


def _in_present(clauses: Clauses, at: int, lexicon: Lexicon) -> bool:
    """Whether a word that may be a noun is a verb of the present, since its object or `out` follows, as in a title:
    `Rebels strike town`."""
    lists = lexicon.word(clauses.word(at)).lists
    may_be = not lists.isdisjoint(("verbs", "third_person_endings")) and lists.isdisjoint(PEOPLE)
    following = clauses.word(at + 1) in lexicon.words("particles") or clauses.tag(at + 1) in "dN#"
    return may_be and clauses.tag(at) == "n" and following


def _past_aside(clauses: Clauses, at: int) -> int:
    """Past what stands between commas behind a name."""
    if clauses.tag(at) != ",":
        return at
    closing = (end for end in range(at + 1, at + _LONGEST_ASIDE) if clauses.tag(end) in ",.")
    end = next(closing, at)
    return end + 1 if clauses.tag(end) == "," else at


def _past_row(clauses: Clauses, at: int) -> int:
    """Past `and Tor Lind` behind `Mia Berg`."""
    if clauses.tag(at) == "c" and (other := clauses.phrase_from(at + 1)):
        return clauses.past_attached(other)
    return at


def _past_time(clauses: Clauses, at: int, lexicon: Lexicon) -> int:
    """Past `on Monday`, `late Tuesday night` or `earlier this week` before a verb."""
    opening = lexicon.words("anchors", "time_modifiers", "unanchored")
    end = past = at
    while end < min(at + _LONGEST_TIME, len(clauses.tags)):
        named = clauses.tag(end) == "k" or clauses.word(end) in lexicon.words("units")
        if not (named or clauses.tag(end) == "p" or clauses.word(end) in opening):
            break
        end += 1
        past = end if named else past
    return past


def _has_object(clauses: Clauses, verb: int) -> bool:
    return clauses.phrase_from(verb + 1) is not None


def _participle(clauses: Clauses, at: int, lexicon: Lexicon) -> bool:
    lists = lexicon.word(clauses.word(at)).lists
    return clauses.tag(at) != "i" and not lists.isdisjoint(("past", "participle_endings", "unchanged"))


def _before(clauses: Clauses, phrase: Phrase, lexicon: Lexicon) -> Part | None:
    """As the object of the verb before it, or as who did it by that."""
    whole = clauses.phrase_before(phrase.last) or phrase
    at = min(whole.first, phrase.first) - 1
    if at >= 0 and clauses.text[clauses.words[at].start].isupper():
        return None
    if clauses.word(at) in lexicon.words("by") and _participle(clauses, at - 1, lexicon):
        return "acted"
    beside = "unchanged" in lexicon.word(clauses.word(phrase.first - 1)).lists  # `hit` may be taken for a noun
    if beside or clauses.tag(at) in "xi" or (clauses.tag(at) == "n" and clauses.tag(at - 1) == "T"):
        return "affected"
    return None
