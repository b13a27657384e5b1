"""Pages of a PDF: what a briefing keeps of them, and that every report cites them where there are any."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import ferry
import pytest
from browser import browsing, opened
from drafts import ARTICLE, DRAFT, FAILING, MODEL, NO_REPAIR, PUBLISHED, serving
from hypothesis import given
from hypothesis import strategies as st
from markup import Reader

from summarizer import Briefing, Dossier, Source, brief
from summarizer.difference import compare
from summarizer.dossier import merge
from summarizer.item import Evidence
from summarizer.report import FORMATS
from summarizer.report.citation import Pages, citations, cite, joined
from summarizer.report.compared import terminal as compared
from summarizer.report.dossier import FORMATS as DOSSIER_FORMATS
from summarizer.report.dossier.html import html as dossier_html
from summarizer.report.explain import explain
from summarizer.report.html import html
from summarizer.report.verified import verified
from summarizer.verification import verify

QUOTED = ARTICLE.index(" harbour director")
UNION = ARTICLE.index("The Dock Workers")
PAGES = ((0, 1), (QUOTED, 2), (UNION, 3))
"""S3 goes over from page 1 to page 2."""


def of(pages: Pages = PAGES, text: str = ARTICLE) -> Source:
    return replace(Source.from_text(text, published=PUBLISHED), pages=tuple(pages))


def briefed(*answers: object, source: Source | None = None) -> Briefing:
    with serving(*answers) as server:
        return brief(source or of(), model=MODEL, base_url=server.base_url)


@pytest.fixture(scope="module")
def paged() -> Briefing:
    return briefed()


@pytest.fixture(scope="module")
def plain() -> Briefing:
    """The same briefing of a text that has no pages."""
    return briefed(source=of(()))


def piece(start: int, end: int, sentence: int = 6) -> Evidence:
    return Evidence(sentence=sentence, start=start, end=end, text="x" * (end - start))


# The words


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        (0, 9, "S6, p. 1"),
        (0, 10, "S6, p. 1"),
        (0, 11, "S6, pp. 1–2"),
        (10, 11, "S6, p. 2"),
        (9, 35, "S6, pp. 1–3"),
        (25, 35, "S6, pp. 2–3"),  # a note at the foot of page 2, and what page 3 goes on with
        (45, 99, "S6, p. 3"),
        (10, 10, "S6, p. 2"),
    ],
)
def test_a_sentence_is_cited_with_the_pages_that_it_stands_on(start: int, end: int, told: str) -> None:
    assert str(cite(piece(start, end), ((0, 1), (10, 2), (20, 3), (25, 2), (30, 3)))) == told


def test_without_pages_it_is_cited_by_its_number() -> None:
    assert str(cite(piece(3, 9), ())) == "S6"
    assert joined(citations([piece(0, 3, 1), piece(4, 9, 2)], ())) == "S1, S2"


def test_several_are_told_apart() -> None:
    assert joined(citations([piece(0, 3, 1), piece(4, 9, 2)], ((0, 1), (4, 2)))) == "S1, p. 1; S2, p. 2"
    assert joined(()) == ""


@given(st.lists(st.integers(0, 40), min_size=1, max_size=9), st.integers(0, 50), st.integers(0, 9))
def test_the_pages_are_those_that_have_its_characters(lengths: list[int], start: int, length: int) -> None:
    pages = [(sum(lengths[:at]), at + 1) for at in range(len(lengths))]
    page_of = [number for (_, number), size in zip(pages, [*lengths[:-1], 99], strict=True) for _ in range(size)]
    on = sorted(set(page_of[start : start + length + 1]))
    told = str(cite(piece(start, start + length + 1), pages))
    assert [int(each) for each in re.findall(r"\d+", told.partition(",")[2])] == sorted({on[0], on[-1]})


# What is kept


def test_a_briefing_keeps_where_pages_begin(paged: Briefing, plain: Briefing) -> None:
    assert Briefing.from_json(paged.to_json()).source.pages == PAGES
    assert plain.source.pages == ()


def test_pages_that_are_not_those_of_the_source_do_not_hold(paged: Briefing) -> None:
    assert verify(paged, of()).holds
    moved = of((PAGES[0], (UNION, 2)))
    (failed,) = verify(paged, moved).failures
    assert [each.code for each in failed.reasons] == ["pages"]


def test_a_text_that_was_kept_without_its_pages_is_no_contradiction(paged: Briefing) -> None:
    assert verify(paged, of(())).holds


def test_a_pdf_is_cited_by_page_from_file_to_report(tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2", reason="pip install 'summarizer[pdf]'")
    from pdfs import CALM, sheets

    title, port, quoted, union = ARTICLE.strip().split("\n\n")
    path = tmp_path / "port.pdf"
    path.write_bytes(sheets([[title, port, CALM], [quoted], [union]]))
    later = DRAFT | {"what": [DRAFT["what"][0], DRAFT["what"][1] | {"s": 5}]}
    briefing = briefed(later, source=Source.read(path, published=PUBLISHED))
    assert [number for _, number in briefing.source.pages] == [1, 2, 3]
    text = FORMATS["text"](briefing)
    assert "[S2, p. 1]" in text
    assert "[S5, p. 2]" in text


# Reports


def _docx(briefing: Briefing) -> str:
    word = pytest.importorskip("docx", reason="pip install 'summarizer[docx]'")
    from summarizer.report.docx import docx

    document = word.Document(io.BytesIO(docx(briefing)))
    blobs = [each.blob for each in document.part.package.parts if each.partname.endswith("footnotes.xml")]
    return re.sub(r"<[^>]*>", " ", b"".join(blobs).decode())


def _verified(briefing: Briefing) -> str:
    wrong = briefing.what[1].model_copy(update={"claim": "The terminal would reopen in May."})
    edited = briefing.model_copy(update={"what": [briefing.what[0], wrong]})
    return verified(verify(edited, of(briefing.source.pages)), width=200)


def _compared(briefing: Briefing) -> str:
    return compared(compare(briefing.model_copy(update={"what": briefing.what[:1]}), briefing), width=200)


REPORTS: dict[str, tuple[Callable[[Briefing], str], str, str]] = {
    "text": (lambda each: FORMATS["text"](each), "[S4, p. 2]", "[S4]"),
    "markdown": (lambda each: FORMATS["markdown"](each), "[S4, p. 2]", "[S4]"),
    "evidence in markdown": (lambda each: FORMATS["markdown"](each), "- **S3, pp. 1–2** ", "- **S3** "),
    "html": (lambda each: html(each, of(each.source.pages)), ">S3, pp. 1–2</a>", ">S3</a>"),
    "html, to be heard": (lambda each: html(each, of()), 'aria-label="S4, p. 2, evid', 'aria-label="S4, evid'),
    "docx": (_docx, "S3, pp. 1–2, characters ", "S3, characters "),
    "explain": (lambda each: explain(each, verify(each, of()), width=200), "S4, p. 2, characters ", "S4, characters "),
    "verify": (_verified, "May. [S4, p. 2]", "May. [S4]"),
    "diff": (_compared, "June. [S4, p. 2]", "June. [S4]"),
}


@pytest.mark.parametrize("name", REPORTS)
def test_each_report_cites_pages_where_there_are_any(name: str, paged: Briefing, plain: Briefing) -> None:
    report, with_page, without = REPORTS[name]
    told, bare = report(paged), report(plain)
    assert with_page in told.replace("\\", "")
    assert without in bare.replace("\\", "")
    assert "p. 2" not in bare


def test_what_was_rejected_is_explained_with_the_page_of_what_came_nearest() -> None:
    briefing = briefed(FAILING, NO_REPAIR)
    assert "nearest: S2, p. 1, characters" in explain(briefing, verify(briefing), width=200)


def test_in_another_text_the_pages_are_its_own(paged: Briefing) -> None:
    text = f"A line was put before it.\n\n{ARTICLE}"
    other = of([(0, 7), *((start + 27, number + 7) for start, number in PAGES[1:])], text)
    told = verified(verify(paged, other), width=200)
    assert "[moved to S5, p. 9]" in told
    assert "p. 2]" not in told


# The article beside a briefing


def test_the_article_shows_where_each_page_begins(paged: Briefing, plain: Briefing) -> None:
    article = html(paged, of()).partition("<article")[2].partition("</article>")[0]
    shown = re.sub(
        r"<[^>]*>", "", re.sub(r'<a class="mark".*?</a>', "", article.replace('<span class="begins"', "|<span"))
    )
    assert [each.strip()[:9] for each in shown.split("|")[1:]] == ["p. 1Halde", "p. 2harbo", "p. 3The D"]
    assert 'role="doc-pagebreak" aria-label="page 2"' in article
    assert "doc-pagebreak" not in html(plain, of(()))
    Reader(html(paged, of()))


def test_pages_are_as_the_briefing_has_them_where_its_article_was_kept_as_text(paged: Briefing) -> None:
    assert html(paged, of(())) == html(paged, of())


@pytest.mark.parametrize("pages", [((5, 1), (9999, 2)), ((0, 3), (0, 2)), ((200, 4), (10, 3))])
def test_pages_that_somebody_wrote_break_no_report(paged: Briefing, pages: Any) -> None:
    edited = paged.model_copy(update={"source": paged.source.model_copy(update={"pages": pages})})
    assert "S2" in html(edited, of(()))
    assert "S2" in FORMATS["text"](edited)


def test_copied_text_has_no_page_numbers_in_it_and_nothing_is_wider_than_a_phone(
    paged: Briefing, tmp_path: Path
) -> None:
    path = tmp_path / "report.html"
    path.write_text(html(paged, of()), encoding="utf-8")
    with browsing() as browser, opened(browser, path, viewport={"width": 360, "height": 640}) as page:
        page.evaluate("document.getSelection().selectAllChildren(document.querySelector('article'))")
        copied = page.evaluate("document.getSelection().toString()")
        assert 'inspected," harbour' in copied
        assert "p. 2" not in copied
        assert page.evaluate("document.documentElement.scrollWidth") == 360


# Several articles


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    """Of the first of three articles pages are known."""
    first, *others = ferry.dossier().briefings
    assert isinstance(first, Briefing)
    record = first.source.model_copy(update={"pages": ((0, 11), (first.what[-1].evidence[0].start, 12))})
    return merge([first.model_copy(update={"source": record}), *others])


@pytest.mark.parametrize("name", ["text", "markdown"])
def test_a_dossier_cites_the_pages_of_the_source_that_has_them(name: str, dossier: Dossier) -> None:
    told = DOSSIER_FORMATS[name](dossier).replace("\\", "")
    assert "1 S2, p. 11; 2 S2" in told
    assert "S5, p. 12" in told
    assert not re.search(r"[23] S\d, p\.", told)


def test_the_page_of_a_dossier_cites_and_shows_them(dossier: Dossier) -> None:
    page = dossier_html(dossier, [ferry.source(name) for name in ferry.NAMES])
    assert ">1&nbsp;S2, p. 11</a>" in page
    assert 'aria-label="source 1, sentence 5, p. 12"' in page
    assert page.count('role="doc-pagebreak"') == 2
    assert ">2&nbsp;S2</a>" in page
