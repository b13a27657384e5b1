"""Words that were parted at the end of a line."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_HYPHENATED = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)[-\u2010\u00ad]$")
_BEGINNING = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
HYPHENS = ("-", "\u2010", "\u00ad")
_LONGEST = 60
"""Letters of a word."""

_DASHES = ("\u2013", "\u2014")
_SHARE = 0.012
"""Of the lines, those that end in a hyphen where words are parted at all; elsewhere all hyphens are the words' own."""


class Hyphens:
    """Which hyphens at the ends of lines are the typesetter's and go, told by how else the text writes the words.

    A hyphen goes if the text has the word without it, and stays if the text has the word with it, or both its
    parts as words. Else it goes where the text parts words at the ends of its lines at all, and the word goes on in
    lower case.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self._known: Counter[str] = Counter()
        ended, number = 0, 0
        for line in lines:
            number += 1
            ended += line.endswith(HYPHENS) and bool(_HYPHENATED.search(line[-_LONGEST:]))
            # The last and the first may be parts of a word.
            self._known.update(each.casefold() for each in _WORD.findall(line)[1:-1])
        self._parts_words = ended > _SHARE * number

    def join(self, before: str, after: str) -> str:
        """Two lines as one."""
        parted = _HYPHENATED.search(before[-_LONGEST:]) if before.endswith(HYPHENS) else None
        begun = _BEGINNING.match(after)
        if parted and begun:
            whole = before.rstrip("".join(HYPHENS))
            return whole + after if self._goes(before[-1], parted[1], begun[0]) else f"{whole}-{after}"
        if before.endswith(HYPHENS) and before[-2:-1].isdigit() and after[:1].isdigit():
            return before + after
        return before + ("" if _is_solid(before[-1:], after[:1]) or _is_open(before) else " ") + after

    def _goes(self, hyphen: str, first: str, second: str) -> bool:
        one, other = first.casefold(), second.casefold()
        if hyphen == "\u00ad":
            return True
        if not second[0].islower():
            return False
        if self._known[one + other] or self._known[f"{one}-{other}"]:
            return self._known[one + other] >= self._known[f"{one}-{other}"]
        return self._parts_words and not (self._known[one] and self._known[other])


def _is_open(before: str) -> bool:
    """Whether a line ends in a dash that is joined to its word, or within an address."""
    if before.endswith(_DASHES):
        return not before[-2:-1].isspace()
    return before.endswith("/") and "://" in before.rpartition(" ")[2]


def _is_solid(before: str, after: str) -> bool:
    """Whether this is a script that has no blanks between words."""
    return bool(before and after) and all(unicodedata.east_asian_width(each) in "WF" for each in (before, after))
