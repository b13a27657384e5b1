"""Which act of speech governs a quotation: the one beside it, rather than others in its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarizer.check.speech import QUOTED, Act, Speech
from summarizer.document import Span

_PUNCTUATION = re.compile(r"[\s,.;:?!…—–―-]*(?:\bas\s)?")
_LISTED = re.compile(rf"{QUOTED}[\s,.?!]*(?:and|or|nor)\s+\Z")
_CLOSING = (",", "—", "–", QUOTED)
_GAP = 12
_NEAR = 30
"""How many characters after it an act in a relative clause may govern a quotation before another does."""


def governing(speech: Speech, quoted: Span) -> Iterator[Act]:
    """The acts that may govern the characters `quoted` of a sentence, the likeliest first.

    The act that follows right after; those before it, from the nearest on; one that closes the sentence.
    """
    listed = _before_list(speech, quoted)
    before = [act for act in speech.acts if act.start < quoted.start and act.speaker]
    after = [act for act in speech.acts if act.begin >= quoted.end]
    if listed is None:
        yield from (act for act in after[:1] if adjoins(speech.text, quoted.end, act))
    else:
        before = [act for act in before if act.start < listed] or before
    yield from sorted(before, key=lambda act: (_remoteness(act, quoted.start), -act.start))
    yield from _of_nobody(speech, quoted)
    yield from (act for act in after if act.speaker and _closes(act, speech.text))


def _of_nobody(speech: Speech, quoted: Span) -> Iterator[Act]:
    """The nearest act before that has no speaker: `was described as`."""
    nearest = [act for act in speech.acts if act.start < quoted.start][-1:]
    yield from (act for act in nearest if not act.speaker and act.kind == "i" and quoted.start - act.end < _NEAR)


def adjoins(text: str, end: int, act: Act) -> bool:
    """Whether the act follows right after the character `end`, as in `“...,” said Mia Berg`."""
    return _PUNCTUATION.fullmatch(text, end, act.begin) is not None


def _before_list(speech: Speech, quoted: Span) -> int | None:
    """Where the first of several quotations joined by `and` begins, if this is a later one."""
    start, found = quoted.start, None
    while match := _LISTED.search(speech.text, max(0, start - _GAP), start):
        start = found = len(speech.text[: match.start()].rstrip(QUOTED))
    return found


def _remoteness(act: Act, start: int) -> int:
    """Nouns, as in `his claim`, come last; before them the acts of relative clauses that ended long ago."""
    if act.kind == "n":
        return 2
    return 1 if act.kind == "r" and start - act.end > _NEAR else 0


def _closes(act: Act, text: str) -> bool:
    return text[: act.begin].rstrip().endswith(_CLOSING)
