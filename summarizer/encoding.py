"""Bytes to text: which encoding they are in, found or told, and refused where that would lose something."""

from __future__ import annotations

import codecs
import re

from summarizer.errors import SourceError
from summarizer.text import one_line

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_TOLD = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_LOOKED_AT = 4_096


def decode(raw: bytes, name: str) -> tuple[str, str]:
    """The text of `raw` and the encoding that was found.

    Raises:
        SourceError: `raw` is in no encoding that we read whole.
    """
    encoding = _detect(raw)
    try:
        return raw.decode(encoding), encoding.removesuffix("-sig")
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{one_line(name)}: byte {error.start} is not valid {encoding}.",
            tip="Convert the file to UTF-8 and try again.",
        ) from error


def _detect(raw: bytes) -> str:
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return encoding
    if blind := _utf16_without_mark(raw):
        return blind
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return "utf-8" if _damaged_utf8(raw) else "cp1252"
    return "utf-8"


def _damaged_utf8(raw: bytes) -> bool:
    """Whether most bytes beyond ASCII form UTF-8 sequences: read as Windows-1252 all of them would turn to noise."""
    formed = sum(map(len, _UTF8_SEQUENCE.findall(raw)))
    return formed * 2 > sum(byte > 0x7F for byte in raw)


def _utf16_without_mark(raw: bytes) -> str | None:
    """Latin text in UTF-16 has a zero in nearly every second byte, and none in the others."""
    sample = raw[:4096]
    half = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if half < 8 or len(raw) % 2:
        return None
    if odd > 0.7 * half and even == 0:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 * half and odd == 0 else None


def decode_page(raw: bytes, name: str, charset: str | None = None) -> tuple[str, str]:
    """The text of a page's bytes and the encoding that was found.

    What is UTF-8 is read as such, whatever it calls itself; else the server's word counts before the page's
    own. Single bytes that are wrong become U+FFFD, as browsers show them.

    Raises:
        SourceError: `raw` is no text.
    """
    marked = next((encoding for mark, encoding in _BOMS if raw.startswith(mark)), None)
    if encoding := marked or _utf16_without_mark(raw):
        return raw.decode(encoding, "replace"), encoding.removesuffix("-sig")
    if raw.count(0):
        raise SourceError(f"{one_line(name)} is a binary file, no page.", tip="Give the page as it was saved.")
    told = [charset or "", *(each.decode("ascii") for each in _TOLD.findall(raw[:_LOOKED_AT])[:1])]
    known = list(filter(None, map(_known, told)))
    if raw.isascii() and known and known[0].startswith("iso2022"):
        return raw.decode(known[0], "replace"), known[0]
    for encoding in ("utf-8", *(each for each in known if each != "utf-8")):
        try:
            return raw.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    rest = "utf-8" if _damaged_utf8(raw) else next((each for each in known if each != "utf-8"), "cp1252")
    return raw.decode(rest, "replace"), rest


def _known(name: str) -> str | None:
    """Python's name of an encoding of text; None for an unknown one. Browsers read Latin-1 as Windows-1252."""
    try:
        found = codecs.lookup(name.strip())
    except (LookupError, ValueError):
        return None
    if not getattr(found, "_is_text_encoding", True) or found.name in (
        "utf-7",
        "unicode_escape",
        "raw_unicode_escape",
        "idna",
        "punycode",
    ):
        return None
    return "cp1252" if found.name in ("iso8859-1", "ascii") else found.name
