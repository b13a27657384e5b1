"""The words of a sentence, each with a tag: as much grammar as word lists can tell.

A tag is one letter, so that a sentence is a string of tags:

    N capitalised   n other content word   # number      d article or possessive   Z possessive: `Berg's`
    h subject pronoun   o object pronoun   w who, which   s that, when, if          c and, but
    p preposition   T to   b be   a other auxiliary       y adverb                  k day or time
    v verb of saying   j verb of judging, as `called`     g saying, calling         x other verb   i other -ing
    A according   Q quotation   , comma   ( dash   : colon or semicolon   . end of a sentence
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from summarizer.language.lexicon import MOST_WORDS, Lexicon

QUOTED = "\x00"
"""Stands for each character of a quotation in the text that is searched."""

_INITIAL = frozenset(".:(Q")
_WORD = re.compile(
    rf"(?P<quoted>{QUOTED}+)"
    r"|(?:[^\W\d_]\.){2,}"
    r"|(?P<dash>\s-{1,2}\s|--|[—–―])"
    r"|(?P<mark>[,;:!?…]|\.(?!,|\s[a-z]))"
    r"|[^\W_]+(?:[.'’&/-][^\W_]+)*(?:['’](?!\w))?"
    r"|&"
)
_MARKS = {",": ",", ";": ":", ":": ":"}
_CLITIC = re.compile(r"(?P<word>i|you|he|she|we|they|it|who|that|there)['’](?P<verb>s|ve|re|ll|d|m)", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$", re.IGNORECASE)


class Word(NamedTuple):
    """A word or mark: `folded` is without possessive."""

    start: int
    end: int
    folded: str
    tag: str


def words(text: str, lexicon: Lexicon) -> list[Word]:
    """The words of a sentence whose quotations are blanked out by `QUOTED`, each with the tag that
    it has on its own; `Phrases` sees to its neighbours."""
    found: list[Word] = []
    tagger = _tagger(lexicon)
    for match in _WORD.finditer(text):
        start, end = match.span()
        if match.lastgroup:
            found.append(Word(start, end, match[0], _mark(match)))
            _join_abbreviation(found, text, tagger.shortened)
            continue
        initial = not found or found[-1].tag in _INITIAL
        for length, folded, tag in tagger.parts(match[0], initial=initial):
            found.append(Word(start, start + length, folded, tag))
            start += length
    return found


def _mark(match: re.Match[str]) -> str:
    if match.lastgroup == "quoted":
        return "Q"
    return "(" if match.lastgroup == "dash" else _MARKS.get(match[0], ".")


Part = tuple[int, str, str]
"""The length of a word, or of one of two that are written as one; the word folded; its tag."""


class _Tagger:
    """The tags of the words of a language. A word is looked at once, as long as it is remembered."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.shortened = lexicon.words("shortened")
        self._tags = _tags(lexicon)
        self._known: tuple[dict[str, tuple[Part, ...]], ...] = ({}, {})

    def parts(self, text: str, *, initial: bool) -> tuple[Part, ...]:
        """A word as it stands, mostly in one part; `initial` where a sentence begins with it."""
        known = self._known[initial]
        parts = known.get(text)
        if parts is None:
            if len(known) >= MOST_WORDS:
                known.clear()
            clitic = _CLITIC.fullmatch(text)
            parts = self._split(clitic) if clitic else ((len(text), *self._word(text, initial=initial)),)
            known[text] = parts
        return parts

    def _split(self, clitic: re.Match[str]) -> tuple[Part, ...]:
        """`he’s` is two words, `it’ll` too."""
        word, middle = clitic["word"].casefold(), clitic.end("word")
        tag = "b" if clitic["verb"].casefold() in ("s", "re", "m") else "a"
        return (middle, word, self._tags.get(word, "h")), (clitic.end() - middle, clitic["verb"], tag)

    def _word(self, text: str, *, initial: bool) -> tuple[str, str]:
        tags = self._tags
        folded = text.casefold().replace("’", "'")
        possessive = _POSSESSIVE.search(folded)
        if possessive and folded not in tags:
            return folded[: possessive.start()], "Z"
        if len(text) > 1 and text.isupper():
            return folded, "N"
        capital = text[0].isupper() and text != "I"
        if capital and not (initial and (folded in tags or _by_ending(folded) in "ixy")):
            return folded, tags[folded] if tags.get(folded, "") in tuple("dkToh") else "N"
        if capital and tags.get(folded) in ("j", "x", "n"):
            return folded, "x" if folded.endswith("ed") else "N"
        return folded, tags.get(folded) or _by_ending(folded)


@cache
def _tagger(lexicon: Lexicon) -> _Tagger:
    return _Tagger(lexicon)


def _by_ending(folded: str) -> str:
    if folded[0].isdigit():
        return "#"
    if folded.endswith("ly") and len(folded) > 4:
        return "y"
    if folded.endswith("ing") and len(folded) > 5:
        return "i"
    return "x" if folded.endswith("ed") and len(folded) > 4 else "n"


def _join_abbreviation(found: list[Word], text: str, shortened: frozenset[str]) -> None:
    """`Rep .` is one word, and so is the `D .` of a middle initial."""
    if len(found) < 2 or found[-1].tag != "." or found[-2].end != found[-1].start:
        return
    last = found[-2]
    initial = len(last.folded) == 1 and last.tag == "N"
    if text[found[-1].start] == "." and last.tag == "N" and (initial or last.folded in shortened):
        found[-2:] = [Word(last.start, found[-1].end, last.folded, "N")]


def _tags(lexicon: Lexicon) -> dict[str, str]:
    """The tags of the words that have only one whatever stands beside them."""
    lists = (
        ("k", "weekdays"), ("k", "months"), ("k", "times"), ("x", "other_verbs"), ("j", "judged"), ("v", "speaking"),
        ("g", "saying"), ("A", "according"), ("n", "not_in_ly"),
    )  # fmt: skip
    tags = {word: tag for tag, name in lists for word in lexicon.words(name)}
    tags |= {word: tag for tag, closed in lexicon.map("closed").items() for word in closed.split()}
    return tags | dict.fromkeys(("may", "march"), "a") | {"march": "n"}
