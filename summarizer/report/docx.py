"""A briefing as a Word document, with its evidence as footnotes. Needs python-docx, the extra `docx`."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from summarizer.briefing import BaseBriefing
from summarizer.errors import UsageError
from summarizer.item import Evidence, Headline
from summarizer.record import SourceRecord
from summarizer.report import outline
from summarizer.report.citation import Pages, cite
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
    from docx.shared import Pt

    from summarizer.report.footnotes import Footnotes

    document = Document()
    _set_up(document, briefing)
    notes = Footnotes(document)
    title, said = document.add_heading(outline.headline(briefing), 0), _notes(briefing)
    for each in (each for _, _, item in briefing.items if isinstance(item, Headline) for each in item.evidence):
        notes.refer(title, said[each.sentence])
    _small(document.add_paragraph(), _source(briefing.source))
    for section in outline.sections(briefing):
        document.add_heading(section.title, 1)
        for line in section.lines:
            _line(document, line, [said[each] for each in dict.fromkeys(each.sentence for each in line.cited)], notes)
    notes.attach()
    made = document.add_paragraph()
    made.paragraph_format.space_before = Pt(12)
    _small(made, outline.provenance(briefing))
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
        paragraph.paragraph_format.keep_with_next = True
        document.add_paragraph(line.quotation, style="List Continue").runs[0].italic = True


def _notes(briefing: BaseBriefing) -> dict[int, str]:
    """What is noted on the sentences that the lines of the outline rest on, by their numbers."""
    stands = [each for _, _, item in briefing.items for each in item.evidence]
    return {each.sentence: _note(each, briefing.source.pages) for each in [*briefing.left_out, *stands]}


def _note(evidence: Evidence, pages: Pages) -> str:
    return f"{cite(evidence, pages)}, characters {evidence.start} to {evidence.end}: {one_line(evidence.text)}"


def _source(source: SourceRecord) -> str:
    """What is known of the article."""
    published = f"published {source.published}" if source.published else ""
    known = (source.title, source.author and f"by {source.author}", published, source.url, source.name)
    return " \N{MIDDLE DOT} ".join(dict.fromkeys(one_line(each) for each in known if each))


def _small(paragraph: Paragraph, text: str) -> None:
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(text)
    run.font.size = Pt(9)
    run.font.color.rgb = RGBColor.from_string(_GREY)


def _set_up(document: Document, briefing: BaseBriefing) -> None:
    """What the document is called, written in and looks like, in place of what the library's template says."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    known = document.core_properties
    known.title, known.author, known.comments = outline.headline(briefing)[:255], "", ""
    for tag in ("dcterms:created", "dcterms:modified"):
        known._element.remove(known._element.find(qn(tag)))
    if (language := briefing.source.language).isalpha():
        document.styles.element.xpath("//w:docDefaults//w:lang")[0].set(qn("w:val"), language)
    document.styles["Title"].font.size = Pt(20)
    for name in ("List Bullet", "List Continue"):
        style = document.styles[name]
        style.paragraph_format.space_after = Pt(3)
        for each in style.element.xpath("w:pPr/w:contextualSpacing"):
            each.getparent().remove(each)
    _number_pages(document)


def _number_pages(document: Document) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    foot = document.sections[0].footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _small(foot, "1")
    number = OxmlElement("w:fldSimple", {qn("w:instr"): " PAGE "})
    number.append(foot.runs[0]._r)
    foot._p.append(number)


def _bytes(document: Document) -> bytes:
    """The file, without the time at which it was made in it."""
    made, given = io.BytesIO(), io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(given, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _LONG_AGO), old.read(name), zipfile.ZIP_DEFLATED)
    return given.getvalue()
