"""Footnotes of a Word document, which python-docx has no way to write (1.2 neither reads nor writes them).

A note that is referred to again keeps its number: later references are fields that show the number of the first one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.text.paragraph import Paragraph

_SEPARATORS = ((-1, "separator"), (0, "continuationSeparator"))
"""The lines above the notes of a page, which are notes too."""


class Footnotes:
    """The notes of a document, numbered in the order in which they are first referred to."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._notes = parse_xml(f"<w:footnotes {nsdecls('w')}/>")
        self._numbers: dict[str, int] = {}
        for number, kind in _SEPARATORS:
            note = self._note(number)
            note.set(qn("w:type"), kind)
            note.append(_within("w:p", _within("w:r", _element(f"w:{kind}"))))
        self._text, self._reference = self._styles()

    def refer(self, paragraph: Paragraph, text: str) -> None:
        """Ends a paragraph with a reference to the note that says `text`."""
        if text in self._numbers:
            self._again(paragraph, self._numbers[text])
            return
        number = self._numbers[text] = len(self._numbers) + 1
        reference = _element("w:footnoteReference", {qn("w:id"): str(number)})
        start = _element("w:bookmarkStart", {qn("w:id"): str(number), qn("w:name"): _bookmark(number)})
        end = _element("w:bookmarkEnd", {qn("w:id"): str(number)})
        for each in (start, self._run(reference), end):
            _add(paragraph, each)
        said = _element("w:t", {qn("xml:space"): "preserve"})
        said.text = f" {text}"
        body = _within("w:p", _within("w:pPr", _element("w:pStyle", {qn("w:val"): self._text})))
        body.extend([self._run(_element("w:footnoteRef")), _within("w:r", said)])
        self._note(number).append(body)

    def attach(self) -> None:
        """Puts the notes into the document, when all are there."""
        xml = serialize_part_xml(self._notes)
        package = self._document.part.package
        part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, xml, package)
        self._document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        told = _element("w:footnotePr")
        told.extend([_element("w:footnote", {qn("w:id"): str(number)}) for number, _ in _SEPARATORS])
        self._document.settings.element.find(qn("w:compat")).addprevious(told)

    def _note(self, number: int) -> BaseOxmlElement:
        note = _element("w:footnote", {qn("w:id"): str(number)})
        self._notes.append(note)
        return note

    def _again(self, paragraph: Paragraph, number: int) -> None:
        field = _element("w:fldSimple", {qn("w:instr"): f" NOTEREF {_bookmark(number)} \\f \\h "})
        shown = _element("w:t")
        shown.text = str(number)
        field.append(self._run(shown))
        _add(paragraph, field)

    def _run(self, content: BaseOxmlElement) -> BaseOxmlElement:
        """A run that looks like the number of a note."""
        style = _element("w:rStyle", {qn("w:val"): self._reference})
        run = _within("w:r", _within("w:rPr", style))
        run.append(content)
        return run

    def _styles(self) -> tuple[str, str]:
        styles = self._document.styles
        text = styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        text.base_style = styles["Normal"]
        text.font.size = Pt(9)
        text.paragraph_format.space_after = Pt(2)
        reference = styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER, builtin=True)
        reference.font.superscript = True
        return text.style_id, reference.style_id


def _add(paragraph: Paragraph, element: BaseOxmlElement) -> None:
    holder: Any = paragraph._p  # by its stubs, an element takes only its own kind
    holder.append(element)


def _bookmark(number: int) -> str:
    return f"_Ref{number:08d}"


def _element(tag: str, attributes: dict[str, str] | None = None) -> BaseOxmlElement:
    return cast("BaseOxmlElement", OxmlElement(tag, attributes))


def _within(tag: str, content: BaseOxmlElement) -> BaseOxmlElement:
    element = _element(tag)
    element.append(content)
    return element
