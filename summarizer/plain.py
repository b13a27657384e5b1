"""Plain text: what no other format claims."""

from __future__ import annotations

from summarizer.content import Content, Told
from summarizer.encoding import decode

MEDIA_TYPES = ("text/plain",)
SUFFIXES = (".txt",)


def begins(_: bytes) -> bool:
    """Whether a file begins as only this format does: nothing says of itself that it is plain."""
    return False


def read(raw: bytes, name: str, _: Told) -> Content:
    """The text as it stands.

    Raises:
        SourceError: it is in no encoding that we read whole.
    """
    text, encoding = decode(raw, name)
    return Content(text, encoding=encoding)
