"""The words of a page as the file has them, drawn or not, in the order in which it draws them."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

from summarizer.pdf.word import Style, Word

_HYPHENS = (0x02, 0xFFFE)
"""What pdfium makes of a hyphen at the end of a line."""

_FILLED = (0, 2, 4, 6)
_DRAWN = (0, 1, 2, 4, 5, 6)
"""Render modes; 3 is invisible, 7 only clips."""

_FAINTEST = 13
"""Of 255; more transparent letters are not seen."""

_SLANT = 0.18
"""Radians by which a line may be off; what is set at another angle is a watermark."""

_BOLD_FONT = 600
_FORCED_BOLD = 1 << 18


def _prototype(function: Any, result: Any, *arguments: Any) -> Any:
    """A function of pdfium that takes and gives addresses as numbers, which is quick to call and to compare."""
    return ctypes.PYFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


_POINTER, _INT = ctypes.c_void_p, ctypes.c_int
_code = _prototype(pdfium.FPDFText_GetUnicode, ctypes.c_uint, _POINTER, _INT)
_object = _prototype(pdfium.FPDFText_GetTextObject, _POINTER, _POINTER, _INT)
_box = _prototype(pdfium.FPDFText_GetLooseCharBox, _INT, _POINTER, _INT, _POINTER)


class Letters:
    """The letters of one page.

    Attributes:
        words: those whose letters are known.
        unknown: how many letters are drawn whose meaning the file does not tell.
    """

    def __init__(self, page: Any, top: float, left: float) -> None:
        self.unknown = 0
        self._text = pdfium.FPDFText_LoadPage(page)
        self._handle = ctypes.cast(self._text, ctypes.c_void_p).value
        self._origin = left, top
        self._rectangle = pdfium.FS_RECTF()
        self._place = ctypes.addressof(self._rectangle)
        self._styles: dict[int, Style] = {}
        self._same: dict[Style, Style] = {}
        self.words = list(self._words())
        pdfium.FPDFText_ClosePage(self._text)

    def _words(self) -> Iterator[Word]:
        """Words end at blanks, at hyphens at the end of a line, and where the letters look different."""
        handle, first, codes, glued = self._handle, 0, list[int](), False
        current, style = None, None
        for index in range(pdfium.FPDFText_CountChars(self._text)):
            code = _code(handle, index)
            if (code <= 32 and code not in _HYPHENS) or code == 0xA0:
                if codes and style:
                    yield self._word(codes, first, index - 1, style, glued=glued)
                codes, glued = [], False
                continue
            drawn = _object(handle, index)
            if drawn != current:
                current, other = drawn, self._style(drawn, index)
                if codes and style and other is not style:
                    yield self._word(codes, first, index - 1, style, glued=glued)
                    codes, glued = [], True
                style = other
            if not codes:
                first = index
            codes.append(code)
            if code in _HYPHENS and style:
                yield self._word(codes, first, index, style, glued=glued)
                codes, glued = [], False
        if codes and style:
            yield self._word(codes, first, index, style, glued=glued)

    def _word(self, codes: list[int], first: int, last: int, style: Style, *, glued: bool) -> Word:
        one, other = self._bounds(first), self._bounds(last)
        (left, top), (x, y) = (min(one[0], other[0]), max(one[1], other[1])), self._origin
        right, bottom = max(one[2], other[2]), min(one[3], other[3])
        return Word(self._written(codes), left - x, y - top, right - x, y - bottom, style, glued)

    def _bounds(self, index: int) -> tuple[float, float, float, float]:
        """Left, top, right and bottom, upwards from the bottom of the page."""
        _box(self._handle, index, self._place)
        box = self._rectangle
        return box.left, box.top, box.right, box.bottom

    def _written(self, codes: list[int]) -> str:
        """The text of a word, without letters that mean nothing; those that are one for two are two."""
        text = "".join(map(chr, codes))
        if text.isascii() and text.isprintable():
            return text
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        kept = [each for each in map(_meaning, text) if each is not None]
        self.unknown += len(text) - len(kept)
        return "".join(kept)

    def _style(self, drawn: int | None, index: int) -> Style:
        """How the object of a letter is drawn; equal styles are one object."""
        known = self._styles.get(drawn or 0)
        if known is None:
            made = self._looked(drawn, index)
            known = self._styles[drawn or 0] = self._same.setdefault(made, made)
        return known

    def _looked(self, drawn: int | None, index: int) -> Style:
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(self._text, index, matrix)
        size = pdfium.FPDFText_GetFontSize(self._text, index) * math.hypot(matrix.c, matrix.d)
        pointer = ctypes.cast(drawn or 0, pdfium.FPDF_PAGEOBJECT)
        mode = pdfium.FPDFTextObj_GetTextRenderMode(pointer)
        font = pdfium.FPDFTextObj_GetFont(pointer)
        levels = [ctypes.c_uint() for _ in range(4)]
        plain = bool(pdfium.FPDFPageObj_GetFillColor(pointer, *levels)) and mode in _FILLED
        red, green, blue, opacity = (each.value for each in levels)
        return Style(
            size=round(abs(size), 1),
            angle=_quarters(math.atan2(matrix.b, matrix.a)),
            bold=_is_bold(font),
            color=(red, green, blue) if plain else None,
            drawn=mode in _DRAWN and (opacity >= _FAINTEST or not plain),
            embedded=pdfium.FPDFFont_GetIsEmbedded(font) == 1,
        )


def _meaning(letter: str) -> str | None:
    """What a letter stands for; None where it stands for nothing that is known."""
    code = ord(letter)
    if code in _HYPHENS:
        return "-"
    if 0xFB00 <= code <= 0xFB06:
        return unicodedata.normalize("NFKC", letter)
    if code < 32 or 0x7F <= code < 0xA0 or letter == "\ufffd" or unicodedata.category(letter) in ("Co", "Cn", "Cs"):
        return None
    return letter


def _quarters(angle: float) -> int | None:
    quarters = round(angle / (math.pi / 2))
    return quarters % 4 if abs(angle - quarters * math.pi / 2) < _SLANT else None


def _is_bold(font: Any) -> bool:
    name = _named(font)
    return (
        pdfium.FPDFFont_GetWeight(font) >= _BOLD_FONT
        or bool(pdfium.FPDFFont_GetFlags(font) & _FORCED_BOLD)
        or any(each in name for each in ("bold", "black", "heavy"))
    )


def _named(font: Any) -> str:
    buffer = ctypes.create_string_buffer(128)
    pdfium.FPDFFont_GetBaseFontName(font, buffer, 128)
    return buffer.value.decode("utf-8", "replace").lower()
