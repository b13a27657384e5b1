"""Faults 22, 30 and 32: PDFs that hide text, hold none, or are made to harm, through the command line's own way in."""

from __future__ import annotations

import json
import resource
import sys
import time
import zlib
from pathlib import Path

import pytest
from drafts import MODEL
from fault_server import FaultServer

from summarizer import Source, SourceError, cli

pytest.importorskip("pypdfium2", reason="pip install 'summarizer[pdf]'")

from pdfs import LEAD, SECRET, STORY, drawn, lines, put_together, scan, story, stream

SECONDS = 10
MEGABYTES = 512


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    return tmp_path / "report.pdf"


def refused(path: Path, raw: bytes, said: str) -> SourceError:
    """The error that a file gets, within the limits; this process lives, and the children stay small, as far as larger
    children of earlier tests let that be seen."""
    path.write_bytes(raw)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with pytest.raises(SourceError, match=said) as caught:
        Source.read(path)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    assert spent < SECONDS + 1  # and up to three times as much on the clock of a busy machine
    most = max(before.ru_maxrss, MEGABYTES * (1_000_000 if sys.platform == "darwin" else 1_000))
    assert after.ru_maxrss <= most
    assert caught.value.message.isprintable()
    assert caught.value.tip
    return caught.value


def outcome(path: Path) -> str:
    """The text of a file, or its error."""
    try:
        return Source.read(path).text
    except SourceError as error:
        return error.message


def test_f22_invisible_text_of_a_pdf_reaches_no_model(
    server: FaultServer, saved: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    saved.write_bytes(drawn(lines(" ".join(STORY)) + lines(SECRET, y=300, before="3 Tr")))
    cli.run(["brief", str(saved), "--model", MODEL, "--base-url", server.base_url])
    assert f"hidden text left out: {len(SECRET)} characters in 1 place\n" in capfd.readouterr().err
    sent = json.dumps([each.body for each in server.requests])
    assert "41 passengers" in sent
    assert "drunk" not in sent


# 30: nothing to brief


@pytest.mark.parametrize("behind", ["", LEAD], ids=["no text layer", "a text layer that nobody sees"])
def test_f30_a_scan_is_an_error_that_names_its_pages(
    server: FaultServer, saved: Path, behind: str, capfd: pytest.CaptureFixture[str]
) -> None:
    error = refused(saved, scan(3, behind), r"pages 1-3 of 3 hold pictures instead of text")
    assert "OCR" in error.tip
    assert bool(behind) == ("are not shown to readers" in error.message)
    assert cli.run(["brief", str(saved), "--model", MODEL, "--base-url", server.base_url]) == 3
    assert "hold pictures instead of text" in capfd.readouterr().err
    assert server.requests == []


def test_f30_a_file_of_which_most_pages_are_pictures_is_an_error(saved: Path) -> None:
    refused(saved, scan(3, text_pages=2), r"pages 3-5 of 5 hold pictures")


def test_f30_single_pages_that_are_pictures_are_told(
    saved: Path, server: FaultServer, capfd: pytest.CaptureFixture[str]
) -> None:
    saved.write_bytes(scan(1, text_pages=3))
    assert Source.read(saved).notes == ("pictures, and not read: page 4",)
    cli.run(["brief", str(saved), "--model", MODEL, "--base-url", server.base_url])
    assert "pictures, and not read: page 4\n" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (drawn(""), "holds no text"),
        (drawn("0 0 m 100 100 l S " * 50), "holds no text"),
        (drawn(lines("Soon.")), "has 1 words"),
        (drawn(lines(" ".join(STORY), before="3 Tr")), "characters are hidden"),
    ],
    ids=["empty page", "lines", "a word", "all hidden"],
)
def test_f30_a_pdf_without_an_article_is_an_error(saved: Path, raw: bytes, said: str) -> None:
    refused(saved, raw, said)


def test_f31_letters_without_meaning_are_no_text(saved: Path) -> None:
    """A font whose letters the file gives no meaning, as some programs write it."""
    font = ("<< /Type /Font /Subtype /Type3 /FontBBox [0 0 750 750] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 97 /LastChar 97 "
            "/Widths [1000] /CharProcs << /square 11 0 R >> /Encoding << /Type /Encoding /Differences [97 /square] >> "
            "/ToUnicode 12 0 R >>")  # fmt: skip
    meaning = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def 1 begincodespacerange <00> <FF> "
        "endcodespacerange 1 beginbfchar <61> <E000> endbfchar endcmap end end"
    )
    square = stream(b"1000 0 0 0 750 750 d1 0 0 750 750 re f")
    raw = drawn(
        "BT /F2 10 Tf 60 700 Td 12 TL " + "(aaaa aaaaa aaa aaaaaa) Tj T* " * 30 + "ET",
        more=[font, square, stream(meaning.encode())],
        page="/Resources << /Font << /F2 10 0 R >> >>",
    )
    refused(saved, raw, "does not tell which letters")


# 32: files that are damaged, or made to harm

WHOLE = story(STORY * 20)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.99])
def test_f32_a_truncated_pdf_is_refused_and_never_read_in_part(saved: Path, share: float) -> None:
    refused(saved, WHOLE[: int(len(WHOLE) * share)], "cut off")


def test_f32_a_pdf_that_holds_nothing_is_refused(saved: Path) -> None:
    refused(saved, b"%PDF-1.7\n%%EOF", "damaged")


@pytest.mark.parametrize("version", ["RC4", "AES-256"])
def test_f32_an_encrypted_pdf_is_refused(saved: Path, version: str) -> None:
    from fpdf import FPDF
    from fpdf.enums import EncryptionMethod

    made = FPDF()
    method = EncryptionMethod.RC4 if version == "RC4" else EncryptionMethod.AES_256
    made.set_encryption(owner_password="owner", user_password="user", encryption_method=method)
    made.add_page()
    made.set_font("Times")
    made.multi_cell(150, 5, " ".join(STORY))
    error = refused(saved, bytes(made.output()), "is encrypted")
    assert "password" in error.tip


def test_f32_a_pdf_that_anybody_may_open_is_read_whatever_else_is_forbidden() -> None:
    from fpdf import FPDF

    made = FPDF()
    made.set_encryption(owner_password="owner")
    made.add_page()
    made.set_font("Times")
    made.multi_cell(150, 5, " ".join(STORY))
    assert LEAD in Source.from_bytes(bytes(made.output()), name="report.pdf").text


CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
CYCLES = {
    "pages in themselves": {1: CATALOG, 2: b"<< /Type /Pages /Count 1 /Kids [2 0 R] >>"},
    "pages in their children": {
        1: CATALOG,
        2: b"<< /Type /Pages /Count 2 /Kids [3 0 R] >>",
        3: b"<< /Type /Pages /Count 2 /Parent 2 0 R /Kids [2 0 R 2 0 R] >>",
    },
    "a million pages": {1: CATALOG, 2: b"<< /Type /Pages /Count 1000000 /Kids [3 0 R] >>", 3: b"<< /Type /Pages /Count 1000000 /Kids [3 0 R 3 0 R] >>"},
    "a form in itself": {
        1: CATALOG,
        2: b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 5 0 R /Resources << /XObject << /X 4 0 R >> >> >>",
        4: stream(b"/X Do /X Do", "/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /XObject << /X 4 0 R >> >>"),
        5: stream(b"/X Do"),
    },
    "a length that is itself": {
        1: CATALOG,
        2: b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R >>",
        4: b"<< /Length 4 0 R >>\nstream\nBT ET\nendstream",
    },
}  # fmt: skip


@pytest.mark.parametrize("how", CYCLES)
def test_f32_a_cyclic_pdf_is_an_error_and_ends(saved: Path, how: str) -> None:
    refused(saved, put_together(CYCLES[how]), "report.pdf")


def test_f32_forms_that_unfold_are_an_error_and_end(saved: Path) -> None:
    """Thirty forms, each of which draws the next one ten times."""
    resources = "/Resources << /Font << /F1 3 0 R >> /XObject << /X {} 0 R >> >>"
    forms = [
        stream(b"/X Do " * 10, f"/Type /XObject /Subtype /Form /BBox [0 0 600 800] {resources.format(11 + at)}")
        for at in range(30)
    ]
    last = stream(lines(LEAD).encode(), f"/Type /XObject /Subtype /Form /BBox [0 0 600 800] {resources.format(10)}")
    refused(saved, drawn("/X Do", more=[*forms, last], page=resources.format(10)), "report.pdf")


def deflated(megabytes: int, filler: bytes) -> bytes:
    packer = zlib.compressobj(9)
    block = filler * (1_000_000 // len(filler))
    return b"".join(packer.compress(block) for _ in range(megabytes)) + packer.flush()


@pytest.mark.parametrize(
    "filler", [b" ", b"(a) Tj\n", b"0 0 m 9 9 l S\n", b"q ", b"["], ids=["blanks", "text", "lines", "states", "arrays"]
)
def test_f32_a_bomb_of_400_mb_is_an_error_within_time_and_memory(saved: Path, filler: bytes) -> None:
    body = deflated(400, filler)
    page = f"<< /Length {len(body)} /Filter /FlateDecode >>\nstream\n".encode() + body + b"\nendstream"
    objects = {
        1: CATALOG,
        2: b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        4: page,
        5: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    }
    refused(saved, put_together(objects), "report.pdf")


def test_f32_a_bomb_within_a_bomb_is_an_error(saved: Path) -> None:
    body = zlib.compress(deflated(400, b" "), 9)
    page = f"<< /Length {len(body)} /Filter [/FlateDecode /FlateDecode] >>\nstream\n".encode() + body + b"\nendstream"
    objects = {
        1: CATALOG,
        2: b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R >>",
        4: page,
    }
    refused(saved, put_together(objects), "report.pdf")


def test_f32_a_picture_of_a_hundred_thousand_pixels_a_side_is_an_error(saved: Path) -> None:
    kind = "/Type /XObject /Subtype /Image /Width 100000 /Height 100000 /BitsPerComponent 8 /ColorSpace /DeviceGray"
    picture = (
        f"<< /Length 9 /Filter /FlateDecode {kind} >>\nstream\n".encode() + zlib.compress(b"\0" * 1000) + b"\nendstream"
    )
    page = "/Resources << /Font << /F1 3 0 R >> /XObject << /P 10 0 R >> >>"
    saved.write_bytes(
        drawn(lines(LEAD) + "q 600 0 0 800 0 0 cm /P Do Q " + lines(" ".join(STORY), y=400), more=[picture], page=page)
    )
    started = time.monotonic()
    found = outcome(saved)
    assert "ran aground" in found or "report.pdf" in found
    assert time.monotonic() - started < 3 * SECONDS


@pytest.mark.parametrize("operator", ["BT /F1 9 Tf 60 700 Td (a) Tj ET\n", "(a) Tj\n", "0 0 9 9 re f\n", "q Q\n"])
def test_f32_a_page_of_700_000_operators_is_an_error_within_time_and_memory(saved: Path, operator: str) -> None:
    repeated = operator * 700_000
    content = f"BT /F1 9 Tf 60 700 Td\n{repeated}ET\n" if operator.startswith("(") else repeated
    refused(saved, drawn(content, packed=True), "report.pdf")


@pytest.mark.parametrize("box", [(14_400_000, 14_400_000), (0, 0), (1, 1), (-5, 3)])
def test_f32_a_page_of_no_sensible_size_is_read_or_refused(saved: Path, box: tuple[float, float]) -> None:
    saved.write_bytes(drawn(lines(" ".join(STORY)), box=box))
    found = outcome(saved)
    assert "ran aground" in found or "report.pdf" in found
