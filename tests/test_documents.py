"""Word documents, mails and Markdown: what of them is the text, what they say of themselves, and what they hide."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages import SECRET, page

from summarizer import Source, SourceError
from summarizer.mail.extraction import extract as mailed
from summarizer.markdown.extraction import extract as marked

word = pytest.importorskip("docx", reason="pip install 'summarizer[docx]'")

from docx.oxml import parse_xml  # noqa: E402 (it is there where the library is)
from docx.oxml.ns import nsdecls  # noqa: E402
from docx.shared import Pt, RGBColor  # noqa: E402

from summarizer.word.extraction import extract as typed  # noqa: E402

LEAD = "The ferry Mira ran aground off Quay Island on Monday after its steering failed, the harbour authority said."
CALM = "Nobody was hurt, and the 41 passengers were taken ashore by lifeboats within an hour of the failure."
STORY = [LEAD, CALM]
TEXT = "\n\n".join(STORY)


# Word


def document(build: Callable[[Any], None] | None = None, **facts: Any) -> bytes:
    made = word.Document()
    made.core_properties.author = ""
    for name, value in facts.items():
        setattr(made.core_properties, name, value)
    for each in STORY:
        made.add_paragraph(each)
    if build:
        build(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def run(text: str, properties: str = "", around: str = "{}") -> Any:
    """A paragraph of one run."""
    inner = around.format(f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>")
    return parse_xml(f"<w:p {nsdecls('w')}>{inner}</w:p>")


def add(element: Any) -> Callable[[Any], None]:
    return lambda made: made.element.body.insert(0, element)


@pytest.mark.parametrize("name", ["ferry.docx", "ferry.bin"])
def test_a_word_document_is_read_as_its_paragraphs(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(document(title="The ferry Mira aground", author="Ina Holt", created=datetime(2026, 3, 10)))
    source = Source.read(path)
    assert source.text == TEXT
    assert source.media_type.endswith("wordprocessingml.document")
    assert (source.title, source.author, str(source.published)) == ("The ferry Mira aground", "Ina Holt", "2026-03-10")


def test_heads_and_feet_of_a_word_document_are_left_out() -> None:
    def build(made: Any) -> None:
        made.sections[0].header.paragraphs[0].text = "The Halden Report"
        made.sections[0].footer.paragraphs[0].text = "Page 7"

    assert typed(document(build))["text"] == TEXT


def test_the_rows_of_a_table_stand_where_readers_see_them() -> None:
    def build(made: Any) -> None:
        table = made.add_table(2, 2)
        for cell, text in zip(
            [each for row in table.rows for each in row.cells], ["Port", "Hurt", "Halden", "3"], strict=True
        ):
            cell.text = text
        made.add_paragraph("That was all.")

    assert typed(document(build))["text"] == f"{TEXT}\n\nPort Hurt\n\nHalden 3\n\nThat was all."


def test_a_box_of_text_is_read_once() -> None:
    """Word writes it twice, for itself and for older programs."""
    box = f"<w:txbxContent><w:p><w:r><w:t>{CALM}</w:t></w:r></w:p></w:txbxContent>"
    element = parse_xml(
        f'<w:p {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml">'
        f"<w:r><w:t>Before the box.</w:t><mc:AlternateContent><mc:Choice Requires=\"wps\">{box}</mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )  # fmt: skip
    assert typed(document(add(element)))["text"] == f"Before the box.\n\n{CALM}\n\n{TEXT}"


@pytest.mark.parametrize(
    ("properties", "around"),
    [
        ("<w:vanish/>", "{}"),
        ('<w:vanish w:val="1"/>', "{}"),
        ('<w:color w:val="FFFFFF"/>', "{}"),
        ('<w:color w:val="FEFEFE" w:themeColor="background1"/>', "{}"),
        ('<w:sz w:val="2"/>', "{}"),
        ("", '<w:del w:id="1" w:author="x">{}</w:del>'),
        ("", '<w:moveFrom w:id="1" w:author="x">{}</w:moveFrom>'),
        ("<w:vanish/>", '<w:ins w:id="1" w:author="x">{}</w:ins>'),
        ("<w:vanish/>", "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>"),
        ("<w:vanish/>", "<w:hyperlink>{}</w:hyperlink>"),
    ],
)
def test_f22_hidden_and_deleted_text_of_a_word_document_is_left_out_and_counted(properties: str, around: str) -> None:
    found = typed(document(add(run(SECRET, properties, around))))
    assert found["text"] == TEXT
    assert found["hidden"] == (len(SECRET), 1)


@pytest.mark.parametrize("paragraph", [True, False])
def test_f22_text_in_a_style_that_hides_is_hidden(paragraph: bool) -> None:
    def build(made: Any) -> None:
        base = made.styles.add_style("Ghost", 1 if paragraph else 2)
        base.font.hidden = True
        style = made.styles.add_style("Spirit", 1 if paragraph else 2)
        style.base_style = base
        added = made.add_paragraph()
        added.add_run(SECRET)
        (added if paragraph else added.runs[0]).style = style

    found = typed(document(build))
    assert (found["text"], found["hidden"]) == (TEXT, (len(SECRET), 1))


@pytest.mark.parametrize(
    ("properties", "around"),
    [
        ("", '<w:ins w:id="1" w:author="x">{}</w:ins>'),
        ('<w:vanish w:val="0"/>', "{}"),
        ('<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="1F3864"/>', "{}"),
        ('<w:color w:val="FFFFFF"/><w:highlight w:val="black"/>', "{}"),
        ('<w:color w:val="808080"/>', "{}"),
        ("", '<w:fldSimple w:instr="TITLE">{}</w:fldSimple>'),
    ],
)
def test_text_of_a_word_document_that_is_seen_is_read(properties: str, around: str) -> None:
    found = typed(document(add(run(SECRET, properties, around))))
    assert (found["text"], found["hidden"]) == (f"{SECRET}\n\n{TEXT}", (0, 0))


def test_paragraphs_whose_end_was_deleted_are_one() -> None:
    def build(made: Any) -> None:
        first = made.paragraphs[0]
        first.add_run(" ")
        first._p.get_or_add_pPr().append(parse_xml(f'<w:rPr {nsdecls("w")}><w:del w:id="1" w:author="x"/></w:rPr>'))

    assert typed(document(build))["text"] == f"{LEAD} {CALM}"


def test_small_and_large_letters_are_read_alike() -> None:
    def build(made: Any) -> None:
        added = made.add_paragraph().add_run("In small letters.")
        added.font.size, added.font.color.rgb = Pt(5), RGBColor(0, 0, 0)

    assert typed(document(build))["text"].endswith("In small letters.")


def replaced(raw: bytes, part: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            new.writestr(each, content if each == part else old.read(each))
    return out.getvalue()


ENTITIES = "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10}">' for at in range(1, 10))
HARMFUL = {
    "cut off": (document()[:-400], "older format, encrypted or damaged"),
    "an older format": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 3_000, "older format"),
    "a bomb": (replaced(document(), "word/document.xml", b" " * 300_000_000), "larger than 50 MB"),
    "entities": (
        replaced(document(), "word/document.xml", f'<!DOCTYPE x [<!ENTITY e0 "aa">{ENTITIES}]><x>&e9;</x>'.encode()),
        "report.docx",
    ),
    "another file": (
        replaced(document(), "word/document.xml", b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'),
        "no body",
    ),
    "nested": (replaced(document(), "word/document.xml", b"<a>" * 100_000), "damaged"),
    "no text": (replaced(document(), "word/document.xml", b"<x/>"), "no body"),
    "another archive": (replaced(document(), "_rels/.rels", b"<x/>"), "no main part"),
}


@pytest.mark.parametrize("how", HARMFUL)
def test_f32_a_word_document_that_is_damaged_or_made_to_harm_is_an_error(how: str) -> None:
    raw, said = HARMFUL[how]
    with pytest.raises(SourceError, match=said) as caught:
        Source.from_bytes(raw, name="report.docx")
    assert caught.value.tip


# mails


def mail(text: str | None = TEXT, html: str | None = None, attached: str = "", **headers: str) -> bytes:
    made = EmailMessage()
    told = {"Subject": "Ferry aground off Quay Island", "From": "Ina Holt <ina@quay.example>",
            "Date": "Tue, 10 Mar 2026 23:30:00 +0100", "Message-ID": "<1@quay.example>"} | headers  # fmt: skip
    for name, value in told.items():
        made[name] = value
    if text is not None:
        made.set_content(text)
    if html is not None and text is None:
        made.set_content(html, subtype="html")
    elif html is not None:
        made.add_alternative(html, subtype="html")
    if attached:
        made.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename=attached)
    return made.as_bytes()


@pytest.mark.parametrize("name", ["ferry.eml", "ferry"])
def test_a_mail_is_read_as_its_subject_and_text(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(mail(html=page(), attached="report.pdf"))
    source = Source.read(path)
    assert source.text == f"Ferry aground off Quay Island\n\n{TEXT}"
    assert (source.media_type, source.title) == ("message/rfc822", "Ferry aground off Quay Island")
    assert (source.author, str(source.published)) == ("Ina Holt", "2026-03-10")
    assert source.notes == ("attached, and not read: report.pdf",)


def test_a_text_with_colons_is_no_mail(tmp_path: Path) -> None:
    path = tmp_path / "ferry.txt"
    path.write_text(f"From: the harbour\nSubject: the ferry\n\n{TEXT}")
    assert Source.read(path).media_type == "text/plain"


@pytest.mark.parametrize("plain", [None, "", " \n"])
def test_a_mail_without_plain_text_is_read_as_its_page(plain: str | None) -> None:
    source = Source.from_bytes(mail(plain, page(f"<p hidden>{SECRET}</p>")), name="ferry.eml")
    assert "lifeboats" in source.text or "ferry" in source.text.lower()
    assert (source.hidden_characters, source.hidden_places) == (len(SECRET), 1)


@pytest.mark.parametrize(
    ("text", "own"),
    [
        (f"{TEXT}\n\n-- \nIna Holt\nQuay Road 1", TEXT),
        (f"{LEAD}\n\nOn Monday, Per Ask wrote:\n> Was anybody hurt?\n> At all?\n\n{CALM}", TEXT),
        (
            f"{LEAD}\n\nOn Monday, 9 March 2026, at 10:00,\nPer Ask <per@quay.example> wrote:\n\n> Was it?\n\n{CALM}",
            TEXT,
        ),
        (f"{TEXT}\n\n-----Original Message-----\nFrom: Per Ask\nWas anybody hurt?", TEXT),
        (f"{LEAD}\n>> older\n> old\n\n{CALM}", TEXT),
        (f"{TEXT}\n\nShe wrote: nothing.", f"{TEXT}\n\nShe wrote: nothing."),
    ],
)
def test_what_a_mail_quotes_and_its_signature_are_left_out(text: str, own: str) -> None:
    assert mailed(mail(text))["text"] == f"Ferry aground off Quay Island\n\n{own}"


def test_lines_that_flow_are_one_paragraph() -> None:
    raw = mail().replace(b'charset="utf-8"', b'charset="utf-8"; format=flowed')
    flowed = raw.replace(LEAD.encode(), LEAD.replace("after its", "\nafter its").encode())
    assert mailed(flowed)["text"].split("\n\n")[1:] == STORY


@pytest.mark.parametrize(
    "subject", ["Re: Ferry aground", "AW: RE: Ferry aground", "Fwd: Ferry aground", "=?utf-8?q?Ferry_aground?="]
)
def test_the_subject_is_the_title_whatever_stands_before_it(subject: str) -> None:
    raw = mail(Subject="x").replace(b"Subject: x", f"Subject: {subject}".encode())
    assert mailed(raw)["title"] == "Ferry aground"


@pytest.mark.parametrize("charset", ["iso-8859-1", "utf-8", "x-unknown", "windows-1252"])
def test_f31_a_mail_is_read_in_the_encoding_that_it_is_in(charset: str) -> None:
    body = f"{TEXT} Über die Fähre.".encode("cp1252" if charset != "utf-8" else "utf-8")
    head = f"From: x@quay.example\nMessage-ID: <1@x>\nContent-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: 8bit\n\n"
    assert mailed(head.encode() + body)["text"].endswith("Über die Fähre.")


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (mail(""), "holds no text"),
        (mail("> Was anybody hurt?\n"), "holds no text"),
        (b"From: x\nMessage-ID: <1@x>\nContent-Type: multipart/encrypted; boundary=a\n\n--a\n\nx\n--a--\n", "is encrypted"),
        (b"From: x\nMessage-ID: <1@x>\n" + b"".join(
            b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (at, at) for at in range(3_000)), "ferry.eml"),
    ],
    ids=["empty", "a quotation alone", "encrypted", "nested"],
)  # fmt: skip
def test_f30_a_mail_that_holds_no_text_is_an_error(raw: bytes, said: str) -> None:
    with pytest.raises(SourceError, match=said) as caught:
        Source.from_bytes(raw, name="ferry.eml")
    assert caught.value.tip


# Markdown

MARKED = f"""---
title: Ferry Mira aground
author: [Ina Holt, Per Ask]
date: 2026-03-10
lang: en-GB
---
# Ferry aground

The *ferry* **Mira** ran [aground](https://quay.example/a "tip") off Quay Island on Monday after
its steering failed, the `harbour` authority said.

- {CALM}
- One more.

> We were *calm*.

| Port | Hurt |
|------|------|
| Quay | 3    |
"""


@pytest.mark.parametrize("name", ["ferry.md", "FERRY.MARKDOWN"])
def test_markdown_is_read_without_its_marks(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(MARKED, encoding="utf-8")
    source = Source.read(path)
    assert source.text.split("\n\n") == [
        "Ferry aground",
        LEAD,
        CALM,
        "One more.",
        "We were calm.",
        "Port Hurt",
        "Quay 3",
    ]
    assert (source.media_type, source.encoding, source.language) == ("text/markdown", "utf-8", "en")
    assert (source.title, source.author, str(source.published)) == (
        "Ferry Mira aground",
        "Ina Holt, Per Ask",
        "2026-03-10",
    )


def test_markdown_under_another_name_is_plain_text(tmp_path: Path) -> None:
    path = tmp_path / "ferry.txt"
    path.write_text(MARKED, encoding="utf-8")
    assert Source.read(path).text == MARKED


@pytest.mark.parametrize(
    "hiding",
    [
        f"<!-- {SECRET} -->",
        f"Text <!-- {SECRET} -->",
        f'<span style="display:none">{SECRET}</span>',
        f"<div hidden>\n\n{SECRET}\n\n</div>",
        f"![{SECRET}](a.png)",
        f'[Text](a.html "{SECRET}")',
        f"<template>{SECRET}</template>",
    ],
)
def test_f22_what_markdown_hides_is_left_out_and_counted(hiding: str) -> None:
    found = marked(f"{LEAD}\n\n{hiding}\n\n{CALM}".encode())
    assert SECRET not in found["text"]
    assert found["text"].startswith(LEAD)
    assert found["text"].endswith(CALM)
    assert found["hidden"] == (len(SECRET), 1)


@pytest.mark.parametrize("front", ["---\n- a list\n---\n", "---\na: [\n---\n", "---\n\n---\n", "---\n"])
def test_what_is_no_front_matter_is_text(front: str) -> None:
    assert marked(f"{front}\n{TEXT}".encode())["text"].endswith(TEXT)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.text("abcde fgh,.", min_size=5, max_size=60).map(lambda text: f"A{text.strip()}z."), min_size=1, max_size=6
    )
)
def test_plain_paragraphs_are_the_same_in_markdown(paragraphs: list[str]) -> None:
    plain = [" ".join(each.split()) for each in paragraphs]
    assert marked("\n\n".join(plain).encode())["text"] == "\n\n".join(plain)


@pytest.mark.parametrize(
    "raw",
    ["> " * 50_000 + "x", "[" * 50_000, "*a " * 50_000, "<b>" * 50_000, "- " * 20_000],
    ids=["quotes", "brackets", "stars", "tags", "lists"],
)
def test_f33_markdown_that_is_made_to_harm_is_read_or_refused(raw: str) -> None:
    try:
        assert Source.from_bytes(f"{raw}\n\n{TEXT}".encode(), name="ferry.md").text
    except SourceError as error:
        assert "ferry.md" in error.message  # noqa: PT017 (either is right)
