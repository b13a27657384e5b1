"""How a text says where: `outside Hazmet`, `in the northern city of Velin`, `at the Halden consulate in Norway`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from summarizer.language import times
from summarizer.language.folding import fold
from summarizer.language.lexicon import Lexicon

_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|\w+(?:[-'’.]\w+)*|[^\w\s]")
_BEFORE_NAME = 4
"""Words that may stand between the preposition and the name: `the small border town of`."""
_BEFORE_NOUN = 2
"""Words that may stand between the name and what it is: `Velin commuter train stop`."""


class _Word(NamedTuple):
    text: str
    folded: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


def _words(text: str) -> list[_Word]:
    return [_Word(match[0], fold(match[0]), *match.span()) for match in _TOKEN.finditer(text)]


def expressions(text: str, lexicon: Lexicon) -> Iterator[str]:
    """The wordings of places in a text, without the preposition before them: a named place, with what it is and
    what it lies in where the text says so in one go."""
    words, known = _words(text), _lists(lexicon)
    at = 0
    while at < len(words):
        if _leads(words, at, known) and (end := _end(words, at + 1, known)):
            first = _first(words, at + 1, known)
            found = text[words[first].start : words[end].end].rstrip(".,")
            # `on Chapman` is no place, `on Main Street` is.
            sure = words[at].folded not in known.loose or any(
                each.folded in known.kinds for each in words[first : end + 1]
            )
            if sure and not times.is_time(found, lexicon):
                yield found
            at = end
        at += 1


def _leads(words: list[_Word], at: int, known: _Known) -> bool:
    """Whether a place may come next: after `in`, and after `the port of`."""
    word = words[at].folded
    if word in known.lexicon.words("of"):
        return at > 0 and words[at - 1].folded in known.nouns
    return word in known.prepositions or word in known.loose


def known(lexicon: Lexicon) -> bool:
    """Whether the language has the words that places stand after."""
    return bool(lexicon.words("placing_at"))


def outer(text: str, lexicon: Lexicon) -> str:
    """What `, Norway` and ` in Norway` name; empty where it is something else."""
    words, known = _words(text), _lists(lexicon)
    end = _further(words, 0, known)
    if end is None:
        return ""
    return text[words[_first(words, 1, known)].start : words[end].end].rstrip(".,")


def kinds(lexicon: Lexicon) -> frozenset[str]:
    """The words that say what a place is: `city`, `border`, `tower`."""
    return lexicon.words("place_nouns", "place_words")


class _Known:
    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.prepositions = lexicon.words("placing_at")
        self.loose = lexicon.words("placing_loosely")
        self.inner = lexicon.words("placing_in")
        self.directions = lexicon.words("place_directions")
        self.articles = lexicon.words("articles")
        self.nouns = lexicon.words("place_nouns")
        self.particles = lexicon.words("name_particles", "of") | {"the"}
        self.kinds = kinds(lexicon)
        self.no_places = lexicon.words("no_places")
        self.demonyms = set(lexicon.map("demonyms")) - set(lexicon.map("demonyms").values())
        self.peoples = tuple(lexicon.words("people_endings"))
        self.given = lexicon.words("female_names", "male_names")
        self.ends = lexicon.words(
            "prepositions", "conjunctions", "clause_words", "auxiliaries", "being", "stopwords", "adverbs"
        )


@cache
def _lists(lexicon: Lexicon) -> _Known:
    return _Known(lexicon)


def _first(words: list[_Word], at: int, known: _Known) -> int:
    while at < len(words) and words[at].folded in known.articles:
        at += 1
    return at


def _end(words: list[_Word], at: int, known: _Known) -> int | None:
    """The last word of the place that begins here; None where there is none."""
    name = _name(words, _first(words, at, known), known)
    if name is None:
        return None
    end = name
    while more := _further(words, end + 1, known):
        end = more
    return end


def _name(words: list[_Word], at: int, known: _Known) -> int | None:
    """The end of a name with at most a few words before it; None where no named place begins here."""
    start = at
    while at < len(words) and not words[at].capital:
        word = words[at]
        begins_anew = word.folded in known.prepositions  # `in an accident near Velin`
        if not word.text[0].isalpha() or at - start >= _BEFORE_NAME or _stops(word, known) or begins_anew:
            return None
        at += 1
    if at > start and not _leads_to_name([word.folded for word in words[start:at]], known):
        return None
    first = at
    while at < len(words) and words[at].text[0].isalpha() and _in_name(words, at, first, known):
        at += 1
    if at == first:
        return None
    last = at - 1
    if what := _what_it_is(words, at, known):
        return what
    if at - first > 1 and words[first].folded in known.given:
        return None  # a person
    run = {word.folded for word in words[first:at]}
    if run & known.no_places or words[last].folded in known.demonyms or words[last].folded.endswith(known.peoples):
        return None
    if at < len(words) and words[at].text[0].isalpha() and not words[at].capital and not _closes(words[at], known):
        return None  # `in Taliban custody`
    return last


def _what_it_is(words: list[_Word], at: int, known: _Known) -> int | None:
    """The end of what a name is said to be: `tower`, `commuter train stop`."""
    for end in range(at, min(at + _BEFORE_NOUN + 1, len(words))):
        word = words[end]
        if word.folded in known.nouns:
            return end if end + 1 >= len(words) or words[end + 1].folded not in known.nouns else end + 1
        if not word.text[0].isalpha() or word.capital or _stops(word, known) or _closes(word, known):
            return None
    return None


def _leads_to_name(before: list[str], known: _Known) -> bool:
    """Whether words go before the name of a place: `northern`, `the border town of`."""
    while before and before[-1] in known.articles:
        before = before[:-1]
    if before[-1:] == ["of"]:
        return bool(before[:-1]) and before[-2] in known.kinds
    return bool(before) and before[-1] in known.directions


def _in_name(words: list[_Word], at: int, first: int, known: _Known) -> bool:
    word = words[at]
    if word.capital and word.folded not in known.ends:
        return True
    joined = at > first and at + 1 < len(words) and words[at + 1].capital
    return joined and word.folded in known.particles and words[at - 1].folded != word.folded


def _further(words: list[_Word], at: int, known: _Known) -> int | None:
    """The end of what a place lies in: `, Norway`, `in Norway`."""
    if at + 1 >= len(words):
        return None
    if words[at].folded in known.inner:
        return _name(words, _first(words, at + 1, known), known)
    if words[at].text == ",":
        end = _name(words, at + 1 + (words[at + 1].folded in known.inner), known)
        closed = end is not None and (end + 1 >= len(words) or not words[end + 1].text[0].isalpha())
        return end if closed else None
    return None


def _stops(word: _Word, known: _Known) -> bool:
    return word.folded in known.ends and word.folded not in known.kinds | {"of"}


def _closes(word: _Word, known: _Known) -> bool:
    """Whether a word cannot go on a name as its noun: `in Velin killed`, `in Velin on`."""
    folded = word.folded
    verb = known.lexicon.word(word.text).lists & {"past"} or folded.endswith(("ed", "ing"))
    return bool(verb) or folded in known.ends or times.is_time(word.text, known.lexicon)
