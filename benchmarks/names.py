"""The people, organisations and places that a text names, found by what stands beside them.

Few and certain: a name that may be something else is left out, since a lie is made by putting one for another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from benchmarks.geography import COUNTRIES, PROVINCES, REGIONS
from benchmarks.wordlists import ALIASES, NO_ACRONYMS, NO_NAMES, ORGANISATIONS, TITLES

_NAME = r"[A-Z][\w’'-]*[\w](?:\s(?:[A-Z]\.\s)?(?:bin|al|de|van|von|[A-Z][\w’'-]*\w)){0,3}"
_SPEECH = r"(?:said|says|told|added|asked|argued|wrote|tweeted|explained|continued|noted|warned|denied|insisted)"
_LOCATIVE = r"(?:in|near|outside|inside|across|throughout|around)"
_KINDS_OF_PLACE = r"(?:district|province|county|village|city|town|region|state|provinces|districts)"


@dataclass(frozen=True)
class Place:
    """`level`: country, province, local, or what the text calls it; only places of one level can stand for another."""

    name: str
    level: str


def parts(name: str) -> set[str]:
    return {word.strip(".'’").lower() for word in name.split()}


def aliases(one: str, other: str) -> bool:
    """Whether two names may be names of one: they share a word, one is the other's initials, or it is known."""
    if parts(one) & parts(other) or any(one in group and other in group for group in ALIASES):
        return True
    short, long = sorted((one, other), key=len)
    initials = "".join(word[0] for word in long.split() if word[0].isupper())
    return short.isupper() and (short in initials or initials in short) and len(initials) > 1


class Names:
    """The names in the sentences of a text."""

    def __init__(self, sentences: Iterable[str]) -> None:
        running = [each for each in sentences if not _in_capitals(each)]
        self._text = "\n".join(each.replace("\n", " ") for each in running)

    @cached_property
    def people(self) -> list[str]:
        """Full names of people, in order of appearance."""
        found = dict.fromkeys(self._people())
        return [each for each in found if not any(each != other and each in other for other in found)]

    def _people(self) -> Iterator[str]:
        for match in re.finditer(_NAME, self._text):
            plain = re.sub(r"^.*[’']s\s(?=\w)", "", match[0])  # `NBC’s Lester Holt`
            words = _without_titles(re.sub(r"[’']s?$", "", plain).split())
            name = " ".join(words)
            if 2 <= len(words) <= 3 and not self._no_person(words) and self._acts_as_person(name):
                yield name

    def _no_person(self, words: list[str]) -> bool:
        others = NO_NAMES | ORGANISATIONS | COUNTRIES | PROVINCES
        acronym = any(each.isupper() and len(each) > 2 for each in words)
        nation = any(each.endswith(("ian", "ese", "ish")) for each in words[1:])
        return acronym or nation or len(words[-1]) < 3 or bool(others & {*words, " ".join(words[-2:])})

    def _acts_as_person(self, name: str) -> bool:
        full, last = re.escape(name), re.escape(name.split()[-1])
        titled = rf"(?i:\b(?:{'|'.join(TITLES)}))\.?\s(?:{full})\b"
        speaks = rf"(?<!the )(?<!The )\b(?:{full}|{last}),?\s{_SPEECH}\b|{_SPEECH}\s(?:{full}|{last})\b"
        thing = rf"\b[Tt]he\s{full}\b(?!\s[a-z])"  # `the Clinton campaign` is fine
        return bool(re.search(f"{titled}|{speaks}", self._text)) and not re.search(thing, self._text)

    @cached_property
    def organisations(self) -> list[str]:
        """Acronyms and longer names of organisations."""
        acronyms = re.findall(r"(?:\b[Tt]he\s|\()([A-Z]{2,6})\b(?![-–\w])", self._text)
        long = [
            re.sub(r"^(?:The|US|U\.S\.|UK)\s|[’']s?$", "", match[0])
            for match in re.finditer(r"[A-Z][\w’'-]*\w(?:\s[A-Z][\w’'-]*\w){1,4}", self._text)
            if not re.match(r"\s(?:of|for|and)\s[A-Z]", self._text[match.end() :])  # else the name goes on
        ]
        found = [each for each in long if self._is_organisation(each)]
        return [*dict.fromkeys([*(each for each in acronyms if each not in NO_ACRONYMS), *found])]

    def _is_organisation(self, name: str) -> bool:
        first, last = name.split()[0], name.split()[-1]
        opens = first in NO_NAMES - {"National", "Federal"} or first.lower() in TITLES
        return " " in name and last in ORGANISATIONS and not opens

    def takes_the(self, name: str) -> bool:
        return re.search(rf"\b[Tt]he\s{re.escape(name)}\b", self._text) is not None

    @cached_property
    def places(self) -> list[Place]:
        """Places that the text says something is in or near."""
        found = dict.fromkeys(match["place"] for match in place_mentions(self._text, _LOCATIVE))
        return [Place(each, level) for each in found if (level := self._level(each))]

    def _level(self, name: str) -> str | None:
        """None for what is no place, or lies at a level that cannot be told."""
        if kind := re.search(rf"\b{re.escape(name)}\s({_KINDS_OF_PLACE})\b", self._text):
            return "province" if kind[1] == "state" else kind[1].removesuffix("s")
        for level, names in (("country", COUNTRIES), ("province", PROVINCES)):
            if name in names:
                return level
        return None if self._no_place(name) else "local"

    def _no_place(self, name: str) -> bool:
        words = name.split()
        known = {"swedish", "black", "white", "medicare", "medicaid"}
        known |= {part for person in self.people for part in parts(person)}
        holds = re.search(rf"[A-Z]\w+,\s{re.escape(name)}\b", self._text)  # `Port Mirel, Saravel`
        nation = re.search(rf"\b{re.escape(name.rstrip('aeiou'))}\w{{0,2}}(?:an|ans|ish|ese|i|is)\b", self._text)
        acts = re.search(rf"\b{re.escape(name)},?\s{_SPEECH}\b|{_SPEECH}\s{re.escape(name)}\b", self._text)
        never = name in REGIONS or any(each in NO_NAMES or each in ORGANISATIONS or each.isupper() for each in words)
        return bool(never or holds or nation or acts or parts(name) & known or "’s" in name or "'s" in name)


def place_mentions(text: str, prepositions: str = rf"(?:{_LOCATIVE}|at|from)") -> Iterator[re.Match[str]]:
    """`in Hazmet`, `near Port Mirel`: the places, whole, that stand alone after such a word."""
    place = r"(?P<place>[A-Z][a-z’'-]+[a-z](?:\s[A-Z][a-z’'-]*[a-z]){0,2})"
    return re.finditer(rf"\b{prepositions}\s{place}(?![\w’'-]|\s[A-Z]|\.[A-Z])", text)


def _without_titles(words: list[str]) -> list[str]:
    last = max((at for at, word in enumerate(words) if word.lower().rstrip(".") in TITLES), default=-1)
    words = words[last + 1 :]  # `Fire Chief Mara Teel`
    return words[1:] if words and words[0] in NO_NAMES else words


def _in_capitals(sentence: str) -> bool:
    """A heading, where capitals do not tell a name."""
    words = [word for word in sentence.split() if word[:1].isalpha()]
    return len(words) > 3 and sum(word[0].isupper() for word in words) > len(words) * 0.7
