"""Markdown: its text without its marks, in a child process with limits (`summarizer.child`)."""

from __future__ import annotations

from summarizer.child import Limits, confined
from summarizer.content import Content, Told
from summarizer.encoding import decode

MEDIA_TYPES = ("text/markdown", "text/x-markdown")
SUFFIXES = (".md", ".markdown")
LIMITS = Limits(seconds=10, megabytes=1_000)


def begins(_: bytes) -> bool:
    """Whether a file begins as only this format does: any text could be Markdown."""
    return False


def read(raw: bytes, name: str, _: Told) -> Content:
    """The paragraphs of a text in Markdown, parted by blank lines.

    Raises:
        SourceError: it cannot be decoded, or takes too much time or memory.
    """
    text, encoding = decode(raw, name)
    given = text.encode("utf-8", "surrogatepass")
    return Content.of(confined("summarizer.markdown.extraction:extract", given, name, LIMITS) | {"encoding": encoding})
