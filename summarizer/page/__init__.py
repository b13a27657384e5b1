"""Pages: HTML to the text of its article and what it says about it.

A page is parsed in a child process with limits (`summarizer.child`); this side never looks into its markup.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from summarizer.child import Limits, confined
from summarizer.encoding import decode_page

LIMITS = Limits(seconds=30, megabytes=1_500)

MEDIA_TYPES = ("text/html", "application/xhtml+xml")
_SUFFIXES = (".html", ".htm", ".xhtml")
_BEGINS = re.compile(
    r"\ufeff?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Page:
    """What a page yields.

    Attributes:
        text: the title, where readers see one, and the paragraphs of the article, parted by blank lines.
        title, author, published, language, url: as the page says, structured data first; None where it does not.
        encoding: how the bytes were read; None for a string.
        hidden_characters, hidden_places: how much text was left out because readers do not see it, see
            `summarizer.page.hidden`.
    """

    text: str
    title: str | None
    author: str | None
    published: date | None
    language: str | None
    url: str | None
    encoding: str | None
    hidden_characters: int
    hidden_places: int


def is_page(start: str, name: str = "") -> bool:
    """Whether a file of this name, or a text that begins so, is a page."""
    return name.lower().endswith(_SUFFIXES) or bool(_BEGINS.match(start))


def read(raw: bytes | str, name: str, *, charset: str | None = None, url: str | None = None) -> Page:
    """The article of a page.

    Args:
        name: where the page is from, for messages.
        charset: what its server says that its encoding is.
        url: where it is from; addresses in it are relative to that.

    Raises:
        SourceError: it cannot be decoded, is nested too deeply, takes too much time or memory, or yields too
            little text for an article.
    """
    text, encoding = decode_page(raw, name, charset) if isinstance(raw, bytes) else (raw, None)
    # What is no character at all is no markup either.
    markup = text.encode("utf-8", "replace")
    found = confined("summarizer.page.extraction:extract", markup, name, LIMITS, url=url)
    published = found.pop("published")
    return Page(**found, published=published and date.fromisoformat(published), encoding=encoding)
