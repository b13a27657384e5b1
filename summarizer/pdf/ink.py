"""What is seen of a page: it is drawn, and words are looked for where the file puts them.

Text that is invisible, transparent, tiny, off the page, in the colour of what is behind it, clipped away, on a layer
that is switched off or beneath something else has one thing in common: there is nothing to see in its place.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator, Sequence
from typing import Any

import pypdfium2.raw as pdfium

from summarizer.pdf.word import Box, Word

SMALLEST = 2.0
"""Points; smaller letters are not read by anybody."""

_LEAST = 8
"""Levels, of 255, between the lightest and the darkest that is drawn in the place of a word."""

_NEAR = 24
"""Two colours whose red, green and blue are all nearer than this look the same."""

_PALE = 200
_PIXELS = 16_000_000
_LATIN = 0x250
"""Fonts that a file does not bring are had for letters below this, and others may be drawn as nothing."""

_INSIDE = (0.55, 0.7, 0.45, 0.8, 0.62, 0.38)
"""Where letters have most of their ink, from the top of a word's box to its bottom."""

_MARGINS = (0.03, 0.97)
"""Where they have next to none, and what is behind them is seen."""


def seen(page: Any, words: Sequence[Word], box: Box) -> Iterator[bool]:
    """Whether each of the words is seen on a page of this box (left, top, right, bottom, upwards from the bottom)."""
    left, top, right, bottom = box
    width, height = right - left, top - bottom
    likely = [
        each.style.drawn
        and each.style.size >= SMALLEST
        and 0 <= (each.left + each.right) / 2 <= width
        and 0 <= each.middle <= height
        for each in words
    ]
    if not any(likely):
        yield from likely
        return
    places = [(each.left, each.top, each.right, each.bottom) for each, kept in zip(words, likely, strict=True) if kept]
    _leave_pictures_out(page, places, left, top)
    picture = _Picture(page, width, height)
    before = False
    for each, kept in zip(words, likely, strict=True):
        # A mark alone has little ink, and that elsewhere.
        shown = kept and (picture.shows(each) if any(map(str.isalnum, each.text)) else before)
        before = shown if kept else before
        yield shown


class _Picture:
    """A page, drawn."""

    def __init__(self, page: Any, width: float, height: float) -> None:
        self._scale = min(1.0, (_PIXELS / max(width * height, 1)) ** 0.5)
        self._width, self._height = max(1, round(width * self._scale)), max(1, round(height * self._scale))
        bitmap = pdfium.FPDFBitmap_CreateEx(self._width, self._height, pdfium.FPDFBitmap_BGR, None, 0)
        if not bitmap:
            raise MemoryError
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, self._width, self._height, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, self._width, self._height, 0, 0)
        self._stride = pdfium.FPDFBitmap_GetStride(bitmap)
        self._bytes = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), self._stride * self._height)
        pdfium.FPDFBitmap_Destroy(bitmap)

    def shows(self, word: Word) -> bool:
        """Whether something is drawn in the place of a word, and it is not only what stands over or behind it."""
        if not word.style.embedded and any(ord(each) >= _LATIN for each in word.text):
            return True
        return any(self._contrasts(row) for row in self._rows(word, _INSIDE)) and not self._melts(word)

    def _rows(self, word: Word, shares: Sequence[float]) -> Iterator[bytes]:
        """The pixels of a word, a row after the other, blue, green and red each."""
        start = max(0, math.ceil(word.left * self._scale))
        end = min(self._width, max(int(word.right * self._scale), start + 2))
        for share in shares:
            row = int((word.top + (word.bottom - word.top) * share) * self._scale)
            if 0 <= row < self._height and start < end:
                at = row * self._stride
                yield self._bytes[at + 3 * start : at + 3 * end]

    @staticmethod
    def _contrasts(row: bytes) -> bool:
        return any(max(row[channel::3]) - min(row[channel::3]) >= _LEAST for channel in (1, 0, 2))

    def _melts(self, word: Word) -> bool:
        """Whether a word is as pale as what is behind it, so that the ink in its place is another's."""
        color = word.style.color
        if color is None or min(color) < _PALE:
            return False
        pixels = b"".join(self._rows(word, _MARGINS))
        if not pixels:
            return False
        behind = [sorted(pixels[channel::3])[len(pixels) // 6] for channel in (2, 1, 0)]
        return all(abs(own - other) < _NEAR for own, other in zip(color, behind, strict=True))


def pictures(page: Any, box: Box) -> list[Box]:
    """Where the page has pictures, or drawings that hold some."""
    left, top, _, _ = box
    return [place for drawn, place in _objects(page, left, top) if _holds_picture(drawn)]


def _objects(page: Any, left: float, top: float) -> Iterator[tuple[Any, Box]]:
    """What is drawn but for text and lines, and where."""
    bounds = [ctypes.c_float() for _ in range(4)]
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        drawn = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(drawn) in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM):
            pdfium.FPDFPageObj_GetBounds(drawn, *bounds)
            x, bottom, right, y = (each.value for each in bounds)
            yield drawn, (x - left, top - y, right - left, top - bottom)


def _holds_picture(drawn: Any, depth: int = 0) -> bool:
    if pdfium.FPDFPageObj_GetType(drawn) == pdfium.FPDF_PAGEOBJ_IMAGE:
        return True
    if pdfium.FPDFPageObj_GetType(drawn) != pdfium.FPDF_PAGEOBJ_FORM or depth > 3:
        return False
    inner = (pdfium.FPDFFormObj_GetObject(drawn, at) for at in range(pdfium.FPDFFormObj_CountObjects(drawn)))
    return any(_holds_picture(each, depth + 1) for each in inner)


def _leave_pictures_out(page: Any, places: Sequence[Box], left: float, top: float) -> None:
    """Takes the pictures from a page that no word stands on: to draw them takes the most time and memory."""
    for drawn, box in list(_objects(page, left, top)):
        if pdfium.FPDFPageObj_GetType(drawn) != pdfium.FPDF_PAGEOBJ_IMAGE:
            continue
        if not any(_meet(box, place) for place in places):
            pdfium.FPDFPage_RemoveObject(page, drawn)
            pdfium.FPDFPageObj_Destroy(drawn)


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
