"""A briefing as a Word document: what stands in it, that its footnotes are footnotes, and that text stays text."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from drafts import DRAFT, FAILING, MODEL, NO_REPAIR, briefed, serving
from test_report import HOSTILE, with_text

from summarizer import Briefing, UsageError
from summarizer.cli import run
from summarizer.report import outline
from summarizer.text import one_line

word = pytest.importorskip("docx", reason="pip install 'summarizer[docx]'")

from summarizer.report.docx import docx  # noqa: E402 (it is there where the library is)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def good() -> Briefing:
    return briefed(DRAFT)


@pytest.fixture(scope="module")
def whole() -> Briefing:
    """A briefing with something rejected and something not stated."""
    return briefed(FAILING | {"rationale": []}, NO_REPAIR)


def part(made: bytes, name: str) -> Any:
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        return ElementTree.fromstring(file.read(f"word/{name}.xml"))


def notes(made: bytes) -> dict[str, str]:
    """The footnotes by their number."""
    found = part(made, "footnotes").iter(f"{W}footnote")
    return {each.get(f"{W}id"): "".join(each.itertext()) for each in found if not each.get(f"{W}type")}


def shape(made: bytes) -> list[tuple[str, tuple[str, ...]]]:
    """The elements of the document and of its notes, with the names of their attributes."""
    return [(each.tag, tuple(each.attrib)) for name in ("document", "footnotes") for each in part(made, name).iter()]


def words(made: bytes) -> list[str]:
    return [each.text for each in word.Document(io.BytesIO(made)).paragraphs]


# What it shows


def test_it_has_what_every_report_has_in_the_same_order(whole: Briefing, good: Briefing) -> None:
    for briefing in (whole, good):
        told = [outline.headline(briefing)]
        for section in outline.sections(briefing):
            told.append(section.title)
            for line in section.lines:
                note = "; ".join(filter(None, [line.note, line.verdict]))
                told += [
                    f"{line.text} — {note}" if note else line.text,
                    *filter(None, [line.quotation]),
                ]
        headline, source, *rest = words(docx(briefing))
        assert [headline, *rest] == [*told, outline.provenance(briefing)]
        assert source == "published 2026-03-11 · text"


def test_evidence_stands_in_footnotes_character_for_character(good: Briefing) -> None:
    told = notes(docx(good)).values()
    for _, _, item in good.items:
        for each in item.evidence:
            assert f" S{each.sentence}, characters {each.start} to {each.end}: {one_line(each.text)}" in told


def test_each_item_refers_to_its_evidence(good: Briefing) -> None:
    made = docx(good)
    told = notes(made)
    paragraphs = {"".join(each.itertext()): each for each in part(made, "document").iter(f"{W}p")}
    place = next(each for words, each in paragraphs.items() if words.startswith("Halden in Norway"))
    (field,) = place.iter(f"{W}fldSimple")
    assert field.get(f"{W}instr").split()[0] == "NOTEREF"
    assert told["".join(field.itertext())].startswith(" S2,")


def test_a_sentence_has_one_note_and_each_reference_leads_to_one(good: Briefing) -> None:
    made = docx(good)
    document, told = part(made, "document"), notes(made)
    assert len(set(told.values())) == len(told)
    assert [each.get(f"{W}id") for each in document.iter(f"{W}footnoteReference")] == list(told)
    bookmarks = {each.get(f"{W}name") for each in document.iter(f"{W}bookmarkStart")}
    fields = [each.get(f"{W}instr").split()[1] for each in document.iter(f"{W}fldSimple")]
    assert fields
    assert set(fields) <= bookmarks


def test_the_parts_of_a_footnote_are_all_there(good: Briefing) -> None:
    """Word repairs, or refuses, a file in which one of them is missing."""
    with zipfile.ZipFile(io.BytesIO(docx(good))) as file:
        assert b"/word/footnotes.xml" in file.read("[Content_Types].xml")
        assert b"footnotes.xml" in file.read("word/_rels/document.xml.rels")
    kinds = [each.get(f"{W}type") for each in part(docx(good), "footnotes")]
    assert kinds[:2] == ["separator", "continuationSeparator"]
    settings = [each.tag.removeprefix(W) for each in part(docx(good), "settings")]
    assert settings.index("footnotePr") + 1 == settings.index("compat")
    styles = {each.get(f"{W}styleId") for each in part(docx(good), "styles").iter(f"{W}style")}
    used = part(docx(good), "footnotes").iter(f"{W}pStyle")
    assert {each.get(f"{W}val") for each in used} <= styles


def test_it_is_in_the_language_of_the_article(good: Briefing) -> None:
    record = good.source.model_copy(update={"language": "de"})
    (language,) = part(docx(good.model_copy(update={"source": record})), "styles").iter(f"{W}lang")
    assert language.get(f"{W}val") == "de"


def test_an_empty_briefing_is_a_document_too(good: Briefing) -> None:
    lists: dict[str, list[Any]] = {key: [] for key, value in good if isinstance(value, list)}
    made = docx(good.model_copy(update={**lists, "headline": None}))
    assert words(made)[0] == "No headline stood the check"
    assert notes(made) == {}


def test_equal_briefings_give_equal_bytes(good: Briefing) -> None:
    assert docx(good) == docx(Briefing.from_json(good.to_json()))


def test_it_says_what_is_known_of_the_article(good: Briefing) -> None:
    known = {"title": "Port shut", "author": "A. Reed", "published": None, "url": "https://x.example/1"}
    record = good.source.model_copy(update={**known, "name": "https://x.example/1"})
    told = words(docx(good.model_copy(update={"source": record})))[1]
    assert told == "Port shut · by A. Reed · https://x.example/1"


def test_its_pages_are_numbered(good: Briefing) -> None:
    made = docx(good)
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        (foot,) = (name for name in file.namelist() if name.startswith("word/footer"))
    (field,) = part(made, foot.removeprefix("word/").removesuffix(".xml")).iter(f"{W}fldSimple")
    assert field.get(f"{W}instr").strip() == "PAGE"
    assert "".join(field.itertext()) == "1"


# Safety


@pytest.mark.parametrize("text", [each for each in HOSTILE if one_line(each)])
def test_no_text_makes_an_element_or_an_attribute(whole: Briefing, good: Briefing, text: str) -> None:
    for briefing in (whole, good):
        made = docx(with_text(briefing, text))
        assert shape(made) == shape(docx(with_text(briefing, "word")))
        assert all(each.isprintable() for each in [*words(made), *notes(made).values()])


def test_nothing_in_it_leads_elsewhere(good: Briefing) -> None:
    made = docx(with_text(good, 'HYPERLINK "http://evil.example" javascript:x'))
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        related = [name for name in file.namelist() if name.endswith(".rels")]
        assert related
        assert not any(b"External" in file.read(name) for name in related)
    instructions = [each.get(f"{W}instr") for each in part(made, "document").iter(f"{W}fldSimple")]
    assert {each.split()[0] for each in instructions} == {"NOTEREF"}
    assert not list(part(made, "document").iter(f"{W}instrText"))


# The command line


def test_it_is_written_to_a_file(article: Path, tmp_path: Path) -> None:
    target = tmp_path / "port.docx"
    with serving() as server:
        at = ["--model", MODEL, "--base-url", server.base_url]
        assert run(["brief", str(article), *at, "--format", "docx", "-o", str(target)]) == 0
    assert words(target.read_bytes())[0] == "Halden Port Shuts Terminal"


def test_a_terminal_does_not_get_it_and_nothing_is_paid_for(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serving() as server:
        assert run(["brief", str(article), "--model", MODEL, "--base-url", server.base_url, "--format", "docx"]) == 2
        assert server.requests == []
    assert "TIP   Write it to a file with --output FILE." in capsys.readouterr().err


def test_without_the_library_it_is_said_how_to_get_it(
    good: Briefing, article: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(UsageError) as refusal:
        docx(good)
    assert refusal.value.tip == "pip install 'summarizer[docx]'"
    assert run(["brief", str(article), "--format", "docx", "-o", "x.docx"]) == 2
    assert "needs python-docx" in capsys.readouterr().err
