"""PDF: the text that its readers see, in the order in which they read it.

A file is parsed in a child process with limits (`summarizer.child`), by pypdfium2, the extra `pdf`; this side only
looks at how it begins and ends.
"""

from __future__ import annotations

from importlib.util import find_spec

from summarizer.child import Limits, confined
from summarizer.content import Content, Told
from summarizer.errors import SourceError
from summarizer.text import one_line

MEDIA_TYPES = ("application/pdf", "application/x-pdf")
SUFFIXES = (".pdf",)
LIMITS = Limits(seconds=10, megabytes=500)

_START = 1_024
"""Bytes in which readers of the format look for its mark."""

_END = 4_096


def begins(raw: bytes) -> bool:
    """Whether a file begins like a PDF."""
    return raw.lstrip().startswith(b"%PDF-")


def read(raw: bytes, name: str, _: Told) -> Content:
    """The text of a PDF, its paragraphs parted by blank lines.

    Raises:
        SourceError: pypdfium2 is not installed; or the file is cut off, encrypted or damaged, holds pictures of text
            instead of text, or takes too much time or memory.
    """
    if find_spec("pypdfium2") is None:
        raise SourceError(
            f"Reading {one_line(name)} needs pypdfium2, which is not installed.", tip="pip install 'summarizer[pdf]'"
        )
    if b"%PDF-" not in raw[:_START]:
        raise SourceError(f"{one_line(name)} is no PDF.", tip="Give the file as it was saved.")
    if b"%%EOF" not in raw.rstrip(b"\0\r\n\t ")[-_END:]:
        raise SourceError(f"{one_line(name)} is cut off: its end is missing.", tip="Get the whole file.")
    return Content.of(confined("summarizer.pdf.extraction:extract", raw, name, LIMITS))
