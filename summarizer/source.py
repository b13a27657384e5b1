"""Step one: what was handed in, as clean text with a name and a hash."""

from __future__ import annotations

import hashlib
import re
import sys
import unicodedata
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from summarizer.errors import SourceError
from summarizer.text import one_line, visible

MAX_BYTES = 20_000_000
MIN_WORDS = 20

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_LANGUAGE = re.compile(r"[A-Za-z]{2}")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


@dataclass(frozen=True, slots=True)
class Source:
    """An article's text, normalised, with what is known about it.

    Attributes:
        text: Unicode in NFC, lines ended by `\\n`, no byte order mark, no lone surrogates. Every offset
            that this package gives counts code points of this text, start inclusive, end exclusive.
        name: where it came from: a path, `-` for standard input, or `text` for a Python string.
        title, published, author, url: as given by the caller; None where unknown. `published` is what
            relative dates are resolved against.
        encoding: how the bytes were read; None for a string.
        language: ISO 639-1 code of the text's language, whose word lists the check uses.
    """

    text: str
    name: str = "text"
    title: str | None = None
    published: date | None = None
    author: str | None = None
    url: str | None = None
    media_type: str = "text/plain"
    encoding: str | None = None
    language: str = "en"

    @property
    def sha256(self) -> str:
        """The hash of `text` as UTF-8, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @classmethod
    def from_text(
        cls,
        text: str,
        *,
        name: str = "text",
        title: str | None = None,
        published: date | str | None = None,
        author: str | None = None,
        url: str | None = None,
        encoding: str | None = None,
        language: str = "en",
    ) -> Source:
        """A source from a Python string.

        Raises:
            SourceError: no text, fewer than 20 words, control characters of a binary file, lone
                surrogates, a `published` that is no ISO date, or a `language` that is no two-letter code.
        """
        clean = _normalise(text, name)
        _refuse_fragments(clean, name)
        return cls(
            text=clean,
            name=_encodable(name),
            title=title and _encodable(title),
            published=_as_date(published),
            author=author and _encodable(author),
            url=url and _encodable(url),
            encoding=encoding,
            language=_as_language(language),
        )

    @classmethod
    def read(
        cls,
        where: str | Path,
        *,
        title: str | None = None,
        published: date | str | None = None,
        author: str | None = None,
        url: str | None = None,
        language: str = "en",
    ) -> Source:
        """A source from a file, or from standard input where `where` is `-`.

        UTF-8, UTF-16 and UTF-32 (by byte order mark, and UTF-16 without one where it is plain), else
        Windows-1252, which holds all letters of Latin-1. Nothing is dropped: what cannot be decoded, or is
        UTF-8 with damage in it, is refused.

        Raises:
            SourceError: what cannot be opened or read, is not text, is over 20 MB, or is refused by
                `from_text`.
        """
        name = str(where)
        raw = _read_stdin() if name == "-" else _read_file(Path(where))
        text, encoding = decode(raw, name)
        return cls.from_text(
            text,
            name=name,
            title=title,
            published=published,
            author=author,
            url=url,
            encoding=encoding,
            language=language,
        )


def _as_language(code: str) -> str:
    if not _LANGUAGE.fullmatch(code):
        raise SourceError(f"{one_line(code)!r} is no language code.", tip="Give two letters, such as en, de, es or fr.")
    return code.lower()


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


def _normalise(text: str, name: str) -> str:
    if surrogate := re.search(r"[\ud800-\udfff]", text):
        raise SourceError(
            f"{one_line(name)}: lone surrogate U+{ord(surrogate[0]):04X} at character {surrogate.start()}.",
            tip="The text was decoded wrongly before it got here; decode it again from its bytes.",
        )
    if control := _CONTROLS.search(text):
        raise SourceError(
            f"{one_line(name)}: control character {visible(control[0])} at character {control.start()}; "
            "this looks like a binary file.",
            tip="Give a text file.",
        )
    lines = re.sub(r"\r\n|[\r\x85\u2028\u2029]", "\n", text.removeprefix("\ufeff"))
    return unicodedata.normalize("NFC", lines)


def _encodable(text: str) -> str:
    """Names come from the command line, where bytes that are no UTF-8 are lone surrogates."""
    return text.encode("utf-8", "backslashreplace").decode()


def _refuse_fragments(text: str, name: str) -> None:
    if not text.strip():
        raise SourceError(f"{one_line(name)} is empty.", tip="Give a file that holds an article.")
    words = len(re.findall(r"\w+", text))
    # Scripts without blanks between words count by characters.
    if words < MIN_WORDS and len(text.strip()) < MIN_WORDS * 10:
        raise SourceError(
            f"{one_line(name)} has {words} words; an article has at least {MIN_WORDS}.",
            tip="Give the whole article, not its headline.",
        )


def _as_date(value: date | str | None) -> date | None:
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise SourceError(f"{one_line(value)!r} is not a date.", tip="Write the date as YYYY-MM-DD.") from error


def _read_file(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise SourceError(f"{one_line(str(path))} is a folder.", tip="Name a file in it.")
        if path.exists() and not path.is_file():
            raise SourceError(
                f"{one_line(str(path))} is not a regular file.", tip="Pipe it in: summarizer brief - < FILE"
            )
        with path.open("rb") as file:
            return _read_limited(file, str(path))
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = getattr(error, "strerror", None) or str(error)
        raise SourceError(
            f"Cannot read {one_line(str(path))}: {reason}.", tip="Check the path and its permissions."
        ) from error


def _read_stdin() -> bytes:
    if sys.stdin is None or sys.stdin.closed:
        raise SourceError("Standard input is closed.", tip="Pipe an article in, or name a file.")
    if sys.stdin.isatty():
        raise SourceError("Standard input is a terminal.", tip="Pipe an article in: summarizer brief - < article.txt")
    try:
        return _read_limited(sys.stdin.buffer, "standard input")
    except OSError as error:
        raise SourceError(f"Cannot read standard input: {error.strerror}.") from error


def _read_limited(file: BinaryIO, name: str) -> bytes:
    raw = file.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise SourceError(
            f"{one_line(name)} is larger than {MAX_BYTES // 1_000_000} MB.", tip="Give the article alone."
        )
    return raw
