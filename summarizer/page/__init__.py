"""Pages: HTML to the text of its article and what it says about it.

A page is parsed in a child process with limits (`summarizer.child`); this side never looks into its markup.
"""

from __future__ import annotations

import re

from summarizer.child import Limits, confined
from summarizer.content import Content, Told
from summarizer.encoding import decode_page

LIMITS = Limits(seconds=30, megabytes=1_500)

MEDIA_TYPES = ("text/html", "application/xhtml+xml")
SUFFIXES = (".html", ".htm", ".xhtml")
_START = 10_000
"""Characters in which a file shows that it is a page."""

_BEGINS = re.compile(
    r"\ufeff?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)


def begins(raw: bytes) -> bool:
    """Whether a file begins like a page."""
    return is_page(raw[:_START].decode("utf-8", "replace").replace("\0", ""))


def is_page(text: str) -> bool:
    """Whether a text begins like a page."""
    return bool(_BEGINS.match(text))


def read(raw: bytes | str, name: str, told: Told) -> Content:
    """The article of a page: the title, where readers see one, and the paragraphs, without what is hidden.

    Raises:
        SourceError: it cannot be decoded, is nested too deeply, takes too much time or memory, or yields too
            little text for an article.
    """
    text, encoding = decode_page(raw, name, told.charset) if isinstance(raw, bytes) else (raw, None)
    # What is no character at all is no markup either.
    markup = text.encode("utf-8", "replace")
    return Content.of(
        confined("summarizer.page.extraction:extract", markup, name, LIMITS, url=told.address) | {"encoding": encoding}
    )
