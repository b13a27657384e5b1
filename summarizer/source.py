"""Step one: what was handed in, as clean text with a name and a hash."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from summarizer import formats, page
from summarizer.content import Content, Told
from summarizer.errors import FetchError, SourceError
from summarizer.opening import read_bytes
from summarizer.text import one_line, visible

MIN_WORDS = 20
LANGUAGE = "en"
"""Of an article that nothing is known about."""

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_LANGUAGE = re.compile(r"[A-Za-z]{2}")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Source:
    """An article's text, normalised, with what is known about it.

    Attributes:
        text: Unicode in NFC, lines ended by `\\n`, no byte order mark, no lone surrogates. Every offset
            that this package gives counts code points of this text, start inclusive, end exclusive.
        name: where it came from: a path, an address, `-` for standard input, or `text` for a Python string.
        title, published, author, url: as given by the caller, else as the file says; None where unknown.
            `published` is what relative dates are resolved against.
        media_type: of the file that the text was found in, such as `text/html` for a page.
        encoding: how the bytes were read; None for a string, and for formats that settle it themselves.
        language: ISO 639-1 code of the text's language, whose word lists the check uses.
        hidden_characters, hidden_places: how much text was left out, and from how many places, because readers of
            the file do not see it.
        pages: where the pages of a PDF begin in the text: pairs of an offset and a page's number, see
            `summarizer.content.Content`.
        notes: what else was left out and a reader would miss, each a line to be shown.
    """

    text: str
    name: str = "text"
    title: str | None = None
    published: date | None = None
    author: str | None = None
    url: str | None = None
    media_type: str = "text/plain"
    encoding: str | None = None
    language: str = LANGUAGE
    hidden_characters: int = 0
    hidden_places: int = 0
    pages: tuple[tuple[int, int], ...] = ()
    notes: tuple[str, ...] = ()

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
        language: str | None = None,
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
            language=_as_language(LANGUAGE if language is None else language),
        )

    @classmethod
    def from_html(
        cls,
        html: str | bytes,
        *,
        name: str = "page",
        title: str | None = None,
        published: date | str | None = None,
        author: str | None = None,
        url: str | None = None,
        language: str | None = None,
        charset: str | None = None,
        address: str | None = None,
    ) -> Source:
        """A source from a page: the text of its article, without what its readers do not see.

        What is not given is as the page says. It is parsed in a child process with limits on time and memory.

        Args:
            charset: what the page's server said of its encoding.
            address: where the page is from, if that is known; addresses in it are relative to that.

        Raises:
            SourceError: the page cannot be read within the limits, or yields too little text for an article;
                or see `from_text`.
        """
        content = page.read(html, name, Told(charset=charset, address=address or url))
        known = {"title": title, "author": author, "url": url, "language": language}
        return cls._of(content, page, name, published=published, **known)

    @classmethod
    def read(
        cls,
        where: str | Path,
        *,
        title: str | None = None,
        published: date | str | None = None,
        author: str | None = None,
        url: str | None = None,
        language: str | None = None,
    ) -> Source:
        """A source from a file, or from standard input where `where` is `-`. `summarizer.web.fetch` reads an
        address.

        The format is as the file's bytes say, else its name (`summarizer.formats`). What strangers' formats hold is
        parsed in a child process with limits on time and memory. Plain text is UTF-8, UTF-16 or UTF-32 (by byte
        order mark, and UTF-16 without one where it is plain), else Windows-1252, which holds all letters of
        Latin-1. Nothing of it is dropped: what cannot be decoded, or is UTF-8 with damage in it, is refused.

        Raises:
            SourceError: what cannot be opened or read, is over 20 MB, or is refused by its format's reader or by
                `from_text`.
        """
        name = str(where)
        if _ADDRESS.match(name):
            raise SourceError(
                f"{one_line(name, 200)} is an address, not a file.",
                tip="Save what is there, and name the file; in Python, summarizer.web.fetch gets it.",
            )
        raw = read_bytes(where)
        return cls.from_bytes(
            raw, name=name, published=published, title=title, author=author, url=url, language=language
        )

    @classmethod
    def from_bytes(
        cls,
        raw: bytes,
        *,
        name: str,
        told: Told | None = None,
        published: date | str | None = None,
        **known: str | None,
    ) -> Source:
        """A source from the bytes of a file of this name, as `read` takes it; `known` are keywords of `read`.

        Args:
            told: what its server says of it, where it comes from one.

        Raises:
            SourceError: see `read`.
            FetchError: its server calls it something that is not read here.
        """
        told = told or Told()
        form = formats.find(raw, name, told.media_type)
        if form is None:
            raise FetchError(
                f"{one_line(name, 200)} is {one_line(told.media_type or '', 60)}, which is not read here.",
                tip=f"Give the address of an article in one of these formats: {formats.names()}.",
            )
        told = replace(told, address=told.address or known.get("url"))
        content = form.read(raw, name, told)
        return cls._of(content.filled(told), form, name, published=published, **known)

    @classmethod
    def _of(
        cls, content: Content, form: formats.Format, name: str, *, published: date | str | None, **known: str | None
    ) -> Source:
        """A source from what a reader made of a file; what the caller knows counts before what the file says."""
        language = known.get("language")
        made = cls.from_text(
            content.text,
            name=name,
            title=known.get("title") or content.title,
            published=published or content.published,
            author=known.get("author") or content.author,
            url=known.get("url") or content.url,
            encoding=content.encoding,
            language=content.language if language is None else language,
        )
        return replace(
            made,
            media_type=form.MEDIA_TYPES[0],
            hidden_characters=content.hidden.characters,
            hidden_places=content.hidden.places,
            pages=content.pages,
            notes=content.notes,
        )


def _as_language(code: str) -> str:
    if not _LANGUAGE.fullmatch(code):
        raise SourceError(f"{one_line(code)!r} is no language code.", tip="Give two letters, such as en, de, es or fr.")
    return code.lower()


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
