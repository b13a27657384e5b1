"""Step one: what was handed in, as clean text with a name and a hash."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from summarizer import page
from summarizer.encoding import decode
from summarizer.errors import SourceError
from summarizer.opening import read_bytes
from summarizer.text import one_line, visible

MIN_WORDS = 20
LANGUAGE = "en"
"""Of an article that nothing is known about."""

_START = 10_000
"""Characters in which a file shows that it is a page."""

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
        title, published, author, url: as given by the caller, else as a page says; None where unknown.
            `published` is what relative dates are resolved against.
        media_type: `text/html` for a page, whose article is the text.
        encoding: how the bytes were read; None for a string.
        language: ISO 639-1 code of the text's language, whose word lists the check uses.
        hidden_characters, hidden_places: how much text of a page was left out, and from how many places, because
            its readers do not see it.
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
        found = page.read(html, name, charset=charset, url=address or url)
        made = cls.from_text(
            found.text,
            name=name,
            title=title or found.title,
            published=published or found.published,
            author=author or found.author,
            url=url or found.url,
            encoding=found.encoding,
            language=found.language if language is None else language,
        )
        return replace(
            made,
            media_type=page.MEDIA_TYPES[0],
            hidden_characters=found.hidden_characters,
            hidden_places=found.hidden_places,
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
        language: str | None = None,
    ) -> Source:
        """A source from a file, or from standard input where `where` is `-`. `summarizer.web.fetch` reads an
        address.

        What is named `.html`, or begins like a page, is read as `from_html` does. Text is UTF-8, UTF-16 or UTF-32
        (by byte order mark, and UTF-16 without one where it is plain), else Windows-1252, which holds all letters
        of Latin-1. Nothing of it is dropped: what cannot be decoded, or is UTF-8 with damage in it, is refused.

        Raises:
            SourceError: what cannot be opened or read, is not text, is over 20 MB, or is refused by
                `from_text` or `from_html`.
        """
        name = str(where)
        if _ADDRESS.match(name):
            raise SourceError(
                f"{one_line(name, 200)} is an address, not a file.",
                tip="Save what is there, and name the file; in Python, summarizer.web.fetch gets it.",
            )
        known = {"title": title, "author": author, "url": url, "language": language}
        return cls.from_bytes(read_bytes(where), name=name, published=published, **known)

    @classmethod
    def from_bytes(
        cls,
        raw: bytes,
        *,
        name: str,
        published: date | str | None = None,
        **known: str | None,
    ) -> Source:
        """A source from the bytes of a file of this name, as `read` takes it; `known` are keywords of `from_html`.

        Raises:
            SourceError: see `read`.
        """
        if page.is_page(raw[:_START].decode("utf-8", "replace").replace("\0", ""), name):
            return cls.from_html(raw, name=name, published=published, **known)
        text, encoding = decode(raw, name)
        about = {key: value for key, value in known.items() if key not in ("charset", "address")}
        return cls.from_text(text, name=name, published=published, encoding=encoding, **about)


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
