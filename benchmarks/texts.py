"""Small helpers for texts."""

from __future__ import annotations

import re

_QUOTED = re.compile(r"[“\"][^“”\"]*(?:[”\"]|$)|^[^“”\"]*”")


def outside_quotations(text: str) -> str:
    """The text with each quotation blanked out by NULs, character for character."""
    return _QUOTED.sub(lambda match: "\x00" * len(match[0]), text)


def words(text: str) -> tuple[str, ...]:
    """The words of a list that is written as one string."""
    return tuple(text.split())


def one_of(text: str) -> str:
    """A pattern for any of these words, or of these phrases with `_` for a blank."""
    return "|".join(word.replace("_", " ") for word in text.split())
