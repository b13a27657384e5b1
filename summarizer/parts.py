"""A long document in parts, each short enough for a model to read at once."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from summarizer.document import Document, Sentence
from summarizer.document.paragraphs import paragraphs

_SLACK = 1.1
"""A part may be so many times the mean, so that the last one is no rest of a few lines."""


def parts(document: Document, most: int) -> list[tuple[Sentence, ...]]:
    """The sentences of a document in parts of about equal length, in order and without a gap.

    A part has at most `most` characters, unless a single sentence has more. It ends where a paragraph ends in its
    last quarter, else with a sentence.
    """
    count = ceil(len(document.text) / most)
    if count <= 1:
        return [document.sentences]
    return list(_split(document, min(most, ceil(len(document.text) / count * _SLACK))))


def halves(document: Document, part: tuple[Sentence, ...]) -> list[tuple[Sentence, ...]]:
    """A part in two; one that is a single sentence stays whole."""
    length = part[-1].span.end - part[0].span.start
    ends = {each.end for each in paragraphs(document.text)}
    size = _size(part, ceil(length / 2 * _SLACK), ends)
    return [each for each in (part[:size], part[size:]) if each]


def _split(document: Document, most: int) -> Iterator[tuple[Sentence, ...]]:
    ends = {each.end for each in paragraphs(document.text)}
    left = document.sentences
    while left:
        size = _size(left, most, ends)
        yield left[:size]
        left = left[size:]


def _size(sentences: tuple[Sentence, ...], most: int, ends: set[int]) -> int:
    """How many of the sentences make the next part of at most so many characters; at least one."""
    begin = sentences[0].span.start
    fitting = 0
    whole = 0
    for number, each in enumerate(sentences, start=1):
        if each.span.end - begin > most:
            break
        fitting = number
        if each.span.end in ends and each.span.end - begin >= most * 3 / 4:
            whole = number
    if fitting == len(sentences):
        return fitting
    return whole or max(fitting, 1)
