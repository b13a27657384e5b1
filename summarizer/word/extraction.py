"""The way of a Word document to its text. Runs in a child, see `summarizer.child`: it parses what strangers wrote."""

from __future__ import annotations

import io
import posixpath
import re
import unicodedata
import zipfile
import zlib
from typing import Any

from lxml import etree

from summarizer import said
from summarizer.content import Hidden
from summarizer.errors import SourceError
from summarizer.word.body import Body
from summarizer.word.styles import Styles, W

LARGEST = 50_000_000
"""Bytes of a part, unpacked."""

_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MAIN = "/officeDocument"
_DC, _TERMS = "{http://purl.org/dc/elements/1.1/}", "{http://purl.org/dc/terms/}"
_UNPRINTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff\u00ad]")
_TIP = "Save it as .docx, without a password, and give that."


def extract(raw: bytes) -> dict[str, Any]:
    """Text and facts of a document, as a dictionary of what `summarizer.content.Content` holds.

    Raises:
        SourceError: it is no such document, is encrypted or damaged, or a part of it is too large.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise SourceError("no .docx document: an older format, encrypted or damaged.", tip=_TIP) from error
    main = _main(archive)
    styles = _part(archive, posixpath.join(posixpath.dirname(main), "styles.xml"))
    body = _body(_part(archive, main))
    read = Body(body, Styles(styles))
    core = _part(archive, "docProps/core.xml")
    gone = Hidden.of(*read.hidden)
    return {
        "text": _written("\n\n".join(read.paragraphs)),
        "title": said.title(_told(core, f"{_DC}title")) or said.title(read.title),
        "author": said.author(_told(core, f"{_DC}creator")),
        "published": _day(_told(core, f"{_TERMS}created")),
        "language": _language(styles),
        "hidden": (gone.characters, gone.places),
    }


def _main(archive: zipfile.ZipFile) -> str:
    relations = _part(archive, "_rels/.rels")
    for each in relations.iter(_RELATIONS) if relations is not None else ():
        if (each.get("Type") or "").endswith(_MAIN):
            return (each.get("Target") or "").lstrip("/")
    raise SourceError("no Word document: it names no main part.", tip=_TIP)


def _part(archive: zipfile.ZipFile, name: str) -> etree._Element | None:
    """A part of the document; None where it has none of that name."""
    try:
        with archive.open(name) as file:
            raw = file.read(LARGEST + 1)
    except KeyError:
        return None
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, ValueError, zlib.error) as error:
        raise SourceError(f"the document's part {name} is damaged or encrypted.", tip=_TIP) from error
    if len(raw) > LARGEST:
        raise SourceError(f"the document's part {name} is larger than {LARGEST // 1_000_000} MB.", tip=_TIP)
    try:
        return etree.fromstring(raw, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError as error:
        raise SourceError(f"the document's part {name} is damaged.", tip=_TIP) from error


def _body(document: etree._Element | None) -> etree._Element:
    body = document.find(f"{W}body") if document is not None else None
    if body is None:
        raise SourceError("the document has no body.", tip=_TIP)
    return body


def _told(core: etree._Element | None, name: str) -> str | None:
    found = core.find(name) if core is not None else None
    return found.text if found is not None else None


def _day(written: str | None) -> str | None:
    found = re.match(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])", written or "")
    return found[0] if found else None


def _language(styles: etree._Element | None) -> str | None:
    found = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang") if styles is not None else None
    code = found.get(f"{W}val") if found is not None else None
    return code[:2].lower() if code and re.match(r"[A-Za-z]{2}(?:-|$)", code) else None


def _written(text: str) -> str:
    return unicodedata.normalize("NFC", _UNPRINTED.sub("", text))
