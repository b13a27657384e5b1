"""What a PDF says of itself, where that is worth something."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pypdfium2.raw as pdfium

from summarizer import said
from summarizer.pdf.paragraphs import Paragraph

_DATE = re.compile(r"(?:D:)?(\d{4})(\d{2})(\d{2})")
_OLDEST = date(1993, 1, 1)
"""No PDF was made before that."""

_LARGER = 1.25
"""Of the size of running text, that of a title at least."""


def title(document: Any) -> str | None:
    """The title of the document, unless a program made it of the name of a file."""
    return said.title(_told(document, b"Title"))


def heading(paragraphs: Sequence[Paragraph], body: float) -> str | None:
    """The first paragraph in the largest letters of the first page, where those are larger than running text."""
    first = [each for each in paragraphs if each.parts[0][0] == paragraphs[0].parts[0][0]]
    largest = max(first, key=lambda each: each.size, default=None)
    if largest is None or largest.size < _LARGER * body:
        return None
    found = " ".join(" ".join(line.text for line in largest.lines).split())
    return found if len(found.split()) >= 2 and len(found) <= said.LONGEST else None


def author(document: Any) -> str | None:
    """The author, unless that is the name of an account."""
    return said.author(_told(document, b"Author"))


def published(document: Any) -> str | None:
    """The day on which the document was made, as it is written there."""
    found = _DATE.match(_told(document, b"CreationDate"))
    if found is None:
        return None
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
    return str(day) if _OLDEST <= day <= date.today() + timedelta(days=1) else None


def language(document: Any) -> str | None:
    """The language of the text, as two letters."""
    found = _text(pdfium.FPDFCatalog_GetLanguage, document)
    return found[:2].lower() if re.match(r"[A-Za-z]{2}(?:$|[-_])", found) else None


def _told(document: Any, name: bytes) -> str:
    return _text(pdfium.FPDF_GetMetaText, document, name)


def _text(function: Any, *arguments: Any) -> str:
    """What a function of pdfium writes into a buffer, on one line."""
    size = function(*arguments, None, 0)
    buffer = ctypes.create_string_buffer(size)
    function(*arguments, ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), size)
    read = buffer.raw.decode("utf-16-le", "replace").split("\0")[0]
    return said.line(read)
