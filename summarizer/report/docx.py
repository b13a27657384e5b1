"""A briefing as a Word document, with its evidence as footnotes. Needs python-docx, the extra `docx`."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from summarizer.briefing import BaseBriefing
from summarizer.errors import UsageError
from summarizer.item import Evidence, Headline
from summarizer.report import outline
from summarizer.text import one_line

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

    from summarizer.report.footnotes import Footnotes

_GREY = "595959"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def docx(briefing: BaseBriefing) -> bytes:
    """The briefing as a .docx file; equal briefings give equal bytes.

    Its text is text: no field, link or element comes of what an article or a model says.

    Raises:
        UsageError: python-docx is not installed.
    """
    require()
    from docx import Document

    from summarizer.report.footnotes import Footnotes

    document = Document()
    _set_up(document, briefing)
    notes = Footnotes(document)
    title, evidence = document.add_heading(outline.headline(briefing), 0), _evidence(briefing)
    for each in (each for _, _, item in briefing.items if isinstance(item, Headline) for each in item.evidence):
        notes.refer(title, _note(each))
    for section in outline.sections(briefing):
        document.add_heading(section.title, 1)
        for line in section.lines:
            _line(document, line, [_note(evidence[number]) for number in dict.fromkeys(line.sentences)], notes)
    notes.attach()
    _small(document.add_paragraph(), outline.provenance(briefing))
    return _bytes(document)


def require() -> None:
    """Raises UsageError where python-docx is not installed."""
    try:
        import docx  # noqa: F401
    except ImportError as error:
        raise UsageError(
            "--format docx needs python-docx, which is not installed.", tip="pip install 'summarizer[docx]'"
        ) from error


def _line(document: Document, line: outline.Line, said: list[str], notes: Footnotes) -> None:
    """An item, with a reference to the note of each sentence that it rests on."""
    told = "; ".join(filter(None, [line.note, line.verdict]))
    paragraph = document.add_paragraph(line.text, style="List Bullet")
    _small(paragraph, f" \N{EM DASH} {told}" if told else "")
    for each in said:
        notes.refer(paragraph, each)
    if line.quotation:
        document.add_paragraph(line.quotation, style="List Continue").runs[0].italic = True


def _evidence(briefing: BaseBriefing) -> dict[int, Evidence]:
    """The sentences that the lines of the outline rest on, by their numbers."""
    stands = [each for _, _, item in briefing.items for each in item.evidence]
    return {each.sentence: each for each in [*briefing.left_out, *stands]}


def _note(evidence: Evidence) -> str:
    return f"S{evidence.sentence}, characters {evidence.start} to {evidence.end}: {one_line(evidence.text)}"


def _small(paragraph: Paragraph, text: str) -> None:
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(text)
    run.font.size = Pt(9)
    run.font.color.rgb = RGBColor.from_string(_GREY)


def _set_up(document: Document, briefing: BaseBriefing) -> None:
    """What the document is called and written in, in place of what the library's template says."""
    from docx.oxml.ns import qn

    known = document.core_properties
    known.title, known.author, known.comments = outline.headline(briefing)[:255], "", ""
    for tag in ("dcterms:created", "dcterms:modified"):
        known._element.remove(known._element.find(qn(tag)))
    if (language := briefing.source.language).isalpha():
        document.styles.element.xpath("//w:docDefaults//w:lang")[0].set(qn("w:val"), language)


def _bytes(document: Document) -> bytes:
    """The file, without the time at which it was made in it."""
    made, given = io.BytesIO(), io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(given, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _LONG_AGO), old.read(name), zipfile.ZIP_DEFLATED)
    return given.getvalue()
