"""Whether two wordings of a place name the same one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from summarizer.check.facts import Facts
from summarizer.language.folding import fold
from summarizer.language.lexicon import Lexicon

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_VOWELS = re.compile(r"[aeiouy\W]")
_LONG = 6
"""Consonants of a name that may be spelt with other vowels: `Mazar-i-Sharif`, `Mazar-e-Sharif`."""


@dataclass(frozen=True, slots=True)
class Named:
    """A place, without what it lies in: the words of its name, and the noun for what it is, where it has one."""

    proper: frozenset[str]
    noun: str


@lru_cache(maxsize=2048)
def named(text: str, lexicon: Lexicon) -> Named:
    """`northern city of Velin` is Velin; `the Sandhill tram stop in Velin, Dovrania` is the stop Sandhill."""
    words = _WORD.findall(_head(text, lexicon))
    folded = [fold(each).removesuffix("'s") for each in words]
    nouns = lexicon.words("place_nouns")
    proper = {word for word, as_is in zip(folded, words, strict=True) if as_is[0].isupper() and word not in nouns}
    proper |= {word for word in folded if word in lexicon.words("place_directions")}
    noun = lexicon.stem(folded[-1]) if folded and folded[-1] in nouns else ""
    return Named(frozenset(map(_spelt, proper)), "" if noun in _settlements(lexicon) else noun)


def same_place(one: str, other: str, lexicon: Lexicon) -> bool:
    mine, theirs = named(one, lexicon), named(other, lexicon)
    return fold(one) == fold(other) or (bool(mine.proper) and mine == theirs)


def other_place(one: str, other: str, lexicon: Lexicon) -> bool:
    """Whether both are places of one sort, two stops or two hotels, that have no word of their names in common."""
    mine, theirs = named(one, lexicon), named(other, lexicon)
    sorts = bool(mine.noun) and mine.noun == theirs.noun
    return sorts and bool(mine.proper and theirs.proper) and not mine.proper & theirs.proper


def sites(facts: Facts) -> Iterator[str]:
    """The names of buildings, stations, streets in a text, with the noun for what they are: `Lower Quay terminal`."""
    for noun in facts.tokens:
        at = noun.at
        while at > 0 and facts.tokens[at - 1].name and not facts.tokens[at - 1].possessive:
            at -= 1
        if noun.listed("place_nouns") and at < noun.at:
            yield facts.text[facts.tokens[at].start : noun.start + len(noun.text)]


def _head(text: str, lexicon: Lexicon) -> str:
    """A wording of a place up to what it lies in, from where its name begins."""
    text = text.partition(",")[0]
    words = text.split()
    folded = [fold(each) for each in words]
    for at, word in enumerate(folded[1:], start=1):
        if word in lexicon.words("of") and folded[at - 1] in lexicon.words("place_nouns"):
            return " ".join(words[at + 1 :])
        if word in lexicon.words("placing"):
            return " ".join(words[:at])
    return text


def _settlements(lexicon: Lexicon) -> frozenset[str]:
    """Nouns that a place may have or lack: the city of Velin is Velin."""
    return frozenset(map(lexicon.stem, lexicon.words("place_words") & lexicon.words("place_nouns")))


def _spelt(word: str) -> str:
    """What spellings of a long name have in common: its consonants, doubled ones once."""
    plain = "".join(letter for letter, _ in groupby(_VOWELS.sub("", word)))
    return f"{word[0]}{plain}" if len(plain) >= _LONG else word
