"""The paragraphs of a Word document in their order, and what of them is not seen."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import _Element

from summarizer.word.styles import Styles, W

CELL = 80
"""Letters of a cell; tables with more in one are there for the looks, and their cells are read as paragraphs."""

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_GONE = (f"{W}del", f"{W}moveFrom")
_NO_TEXT = (f"{W}pPr", f"{W}rPr", f"{W}sdtPr", f"{W}instrText", f"{W}delInstrText", f"{_MC}Fallback", f"{W}rt")
_BREAKS = {f"{W}tab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}ptab": " "}
_TEXTS = (f"{W}t", f"{W}delText", f"{_MATH}t")


class Body:
    """A document's body, read.

    Attributes:
        paragraphs: what is seen.
        hidden: stretches that are hidden or deleted.
        title: the first paragraph that is styled as one.
    """

    def __init__(self, body: _Element, styles: Styles) -> None:
        self.hidden: list[str] = []
        self.title: str | None = None
        self._styles = styles
        self._goes_on = False
        self.paragraphs: list[str] = []
        for each in body:
            self._block(each)
        self.paragraphs = list(filter(None, map(_clean, self.paragraphs)))

    def _block(self, block: _Element) -> None:
        if block.tag == f"{W}p":
            self._paragraph(block)
        elif block.tag == f"{W}tbl":
            self._table(block)
        elif block.tag in _GONE:
            self.hidden.append("".join(_all_text(block)))
        elif block.tag not in _NO_TEXT:  # what is around others: content controls, insertions
            for each in block:
                self._block(each)

    def _paragraph(self, paragraph: _Element) -> None:
        boxes: list[_Element] = []
        text = self._text(paragraph, boxes)
        if self._goes_on:
            self.paragraphs[-1] += text
        else:
            self.paragraphs.append(text)
        # The end of a paragraph that was deleted joins it with the next.
        self._goes_on = paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if self.title is None and style is not None and style.get(f"{W}val") == "Title":
            self.title = _clean(text) or None
        for box in boxes:
            for each in box:
                self._block(each)

    def _text(self, element: _Element, boxes: list[_Element]) -> str:
        """What is seen of it; boxes of text that hang on it are told apart."""
        text, gone = "", ""
        for kind, piece in self._pieces(element, boxes):
            if kind and gone:
                self.hidden.append(gone)
                gone = ""
            text, gone = (text + piece, gone) if kind else (text, gone + piece)
        if gone:
            self.hidden.append(gone)
        return text

    def _pieces(self, element: _Element, boxes: list[_Element], *, seen: bool = True) -> Iterator[tuple[bool, str]]:
        for each in element:
            if each.tag in _NO_TEXT:
                continue
            if each.tag == f"{W}txbxContent":
                boxes.append(each)
            elif each.tag in _TEXTS:
                yield seen, each.text or ""
            elif each.tag in _BREAKS:
                yield seen, _BREAKS[each.tag]
            else:
                shown = seen and each.tag not in _GONE and not (each.tag == f"{W}r" and self._styles.hides(each))
                yield from self._pieces(each, boxes, seen=shown)

    def _table(self, table: _Element) -> None:
        before = self.paragraphs
        for row in table.iter(f"{W}tr"):
            if next(row.iterancestors(f"{W}tbl")) is not table:
                continue
            cells = []
            for cell in row.iter(f"{W}tc"):
                if next(cell.iterancestors(f"{W}tr")) is row:
                    self.paragraphs, self._goes_on = [], False
                    for each in cell:
                        self._block(each)
                    cells.append(list(filter(None, map(_clean, self.paragraphs))))
            if any(len(cell) > 1 or len(" ".join(cell)) > CELL for cell in cells):
                before += [each for cell in cells for each in cell]
            else:
                before.append(" ".join(" ".join(cell) for cell in cells))
        self.paragraphs, self._goes_on = before, False


def _all_text(element: _Element) -> Iterator[str]:
    return (each.text or "" for each in element.iter(*_TEXTS))


def _clean(text: str) -> str:
    return "\n".join(filter(None, (" ".join(each.split()) for each in text.split("\n"))))
