"""Word documents (.docx): their body as readers see it, in a child process with limits (`summarizer.child`)."""

from __future__ import annotations

from summarizer.child import Limits, confined
from summarizer.content import Content, Told

MEDIA_TYPES = ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",)
SUFFIXES = (".docx", ".docm", ".doc")
LIMITS = Limits(seconds=10, megabytes=1_000)


def begins(raw: bytes) -> bool:
    """Whether a file is an archive with a Word document in it."""
    return raw.startswith(b"PK\x03\x04") and b"word/" in raw


def read(raw: bytes, name: str, _: Told) -> Content:
    """The text of the body, without what is hidden or deleted.

    Raises:
        SourceError: the file is no such document, is encrypted or damaged, or takes too much time or memory.
    """
    return Content.of(confined("summarizer.word.extraction:extract", raw, name, LIMITS))
