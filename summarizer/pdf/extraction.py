"""The way of a PDF to its text. Runs in a child, see `summarizer.child`: it parses what strangers wrote."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from summarizer.content import Hidden
from summarizer.errors import SourceError
from summarizer.pdf import facts, ink, layout, running
from summarizer.pdf.hyphens import Hyphens
from summarizer.pdf.letters import Letters
from summarizer.pdf.paragraphs import Paragraph, paragraphs, usual_size, written
from summarizer.pdf.word import Box, Line, Word

FEWEST = 100
"""Letters of a page that is more than a picture."""

_PICTURE = 0.4
"""Of the page's area."""

_UNKNOWN = 0.2
"""Of all letters, those that mean nothing."""

_BETWEEN = "\n\n"
_SHOWN = 12
"""Numbers of pages in a message."""

_OCR = "Have it read by a program for scans (OCR), check what that made of it, and give the text."
_TIP = "Give the text of the article: summarizer brief article.txt"


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page, read.

    Attributes:
        hidden: stretches of text that nobody sees.
        pictured: the share of it that pictures cover.
    """

    number: int
    columns: list[list[Line]]
    height: float
    letters: int
    unknown: int
    hidden: list[str]
    pictured: float


def extract(raw: bytes) -> dict[str, Any]:
    """Text and facts of a PDF, as a dictionary of what `summarizer.content.Content` holds.

    Raises:
        SourceError: it cannot be opened, a page of it cannot be read, or most of its pages are pictures.
    """
    pdfium.FPDF_InitLibrary()
    document = _opened(raw)
    leaves = [_leaf(document, index) for index in range(pdfium.FPDF_GetPageCount(document))]
    unread = _refuse_pictures(leaves)
    kept = running.without([(each.columns, each.height) for each in leaves])
    found = paragraphs([(each.number, columns) for each, columns in zip(leaves, kept, strict=True)])
    if not found:
        raise SourceError("the PDF holds no text that can be read.", tip=_OCR)
    text, pages = _text(found, kept)
    gone = Hidden.of(*(each for leaf in leaves for each in leaf.hidden))
    body = usual_size([line for each in found for line in each.lines])
    return {
        "text": text,
        "title": facts.title(document) or facts.heading(found, body),
        "author": facts.author(document),
        "published": facts.published(document),
        "language": facts.language(document),
        "hidden": (gone.characters, gone.places),
        "pages": pages,
        "notes": [f"pictures, and not read: {_named(unread)}"] if unread else [],
    }


def _opened(raw: bytes) -> Any:
    document = pdfium.FPDF_LoadMemDocument64(raw, len(raw), None)
    if not document:
        if pdfium.FPDF_GetLastError() in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise SourceError("the PDF is encrypted.", tip="Open it with its password, and save it without one.")
        raise SourceError("the PDF is damaged and cannot be opened.", tip="Get the file again.")
    if not pdfium.FPDF_GetPageCount(document):
        raise SourceError("the PDF has no pages.", tip="Get the file again.")
    return document


def _leaf(document: Any, index: int) -> Leaf:
    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        raise SourceError(f"page {index + 1} of the PDF is damaged and cannot be read.", tip="Get the file again.")
    pdfium.FPDFPage_SetRotation(page, 0)
    box, height = _box(page)
    letters = Letters(page, top=box[1], left=box[0])
    pictured = _pictured(page, box)
    shown = list(ink.seen(page, letters.words, box))
    pdfium.FPDF_ClosePage(page)
    words = [word for word, kept in zip(letters.words, shown, strict=True) if kept and word.text]
    quarters = _quarters(words)
    upright = [word.turned(quarters) for word in words if word.style.angle == quarters]
    count = sum(len(word.text) for word in upright)
    if quarters:
        top = min((word.top for word in upright), default=0.0)
        height = max((word.bottom for word in upright), default=0.0) - top
    columns = layout.columns(upright)
    return Leaf(index + 1, columns, height, count, letters.unknown, list(_stretches(letters.words, shown)), pictured)


def _box(page: Any) -> tuple[Box, float]:
    """Left, top, right and bottom of a page, upwards from the bottom, and its height."""
    bounds = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, bounds)
    return (bounds.left, bounds.top, bounds.right, bounds.bottom), bounds.top - bounds.bottom


def _pictured(page: Any, box: Box) -> float:
    left, top, right, bottom = box
    width, height = right - left, top - bottom
    covered = 0.0
    for x, y, end, low in ink.pictures(page, box):
        covered += max(0.0, min(end, width) - max(x, 0.0)) * max(0.0, min(low, height) - max(y, 0.0))
    return covered / max(width * height, 1.0)


def _quarters(words: Sequence[Word]) -> int:
    """How most of a page's text is turned."""
    letters = dict.fromkeys(range(4), 0)
    for each in words:
        if each.style.angle is not None:
            letters[each.style.angle] += len(each.text)
    return max(letters, key=lambda quarters: letters[quarters])


def _stretches(words: Sequence[Word], shown: Sequence[bool]) -> list[str]:
    """What is hidden, words side by side together."""
    found: list[str] = []
    before = True
    for word, kept in zip(words, shown, strict=True):
        if not kept:
            glue = "" if before or word.glued else " "
            found = [*found, word.text] if before else [*found[:-1], found[-1] + glue + word.text]
        before = kept
    return found


def _refuse_pictures(leaves: Sequence[Leaf]) -> list[int]:
    """The numbers of the pages that are pictures.

    Raises:
        SourceError: most of them are; or the file does not tell what its letters mean.
    """
    scanned = [each.number for each in leaves if each.letters < FEWEST and each.pictured >= _PICTURE]
    hidden = sum(len(each) for leaf in leaves for each in leaf.hidden)
    if scanned and 2 * len(scanned) >= len(leaves):
        behind = f" The {hidden:,} characters behind them are not shown to readers, and not read." if hidden else ""
        raise SourceError(f"{_named(scanned)} of {len(leaves)} hold pictures instead of text.{behind}", tip=_OCR)
    letters, unknown = sum(each.letters for each in leaves), sum(each.unknown for each in leaves)
    if unknown > _UNKNOWN * (letters + unknown):
        raise SourceError("the PDF does not tell which letters its fonts draw.", tip=_OCR)
    if not letters:
        more = f"; {hidden:,} characters are hidden from readers" if hidden else ""
        raise SourceError(f"the PDF holds no text that can be read{more}.", tip=_OCR)
    return scanned


def _named(numbers: Sequence[int]) -> str:
    """Pages in words, runs of them together."""
    runs: list[list[int]] = []
    for each in numbers:
        if runs and runs[-1][-1] == each - 1:
            runs[-1].append(each)
        else:
            runs.append([each])
    said = [f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    more = f" and {len(said) - _SHOWN} more" if len(said) > _SHOWN else ""
    return f"{'pages' if len(numbers) > 1 else 'page'} {', '.join(said[:_SHOWN])}{more}"


def _text(found: Sequence[Paragraph], kept: Sequence[list[list[Line]]]) -> tuple[str, list[tuple[int, int]]]:
    """The text, hyphens at the ends of lines mended, and where its pages begin in it."""
    hyphens = Hyphens(line.text for columns in kept for lines in columns for line in lines)
    texts: list[str] = []
    pages: list[tuple[int, int]] = []
    start = 0
    for paragraph in found:
        raw = ""
        for number, piece in written(paragraph, hyphens):
            if not pages or pages[-1][1] != number:
                pages.append((start + len(unicodedata.normalize("NFC", raw)), number))
            raw += piece
        texts.append(unicodedata.normalize("NFC", raw))
        start += len(texts[-1]) + len(_BETWEEN)
    return _BETWEEN.join(texts), pages
