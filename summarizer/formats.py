"""Which format a file is in, decided here and nowhere else.

A format is a module with the four names of `Format`; to add one, write it and put it into `FORMATS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Protocol

from summarizer import mail, markdown, page, pdf, plain, word
from summarizer.content import Content, Told


class Format(Protocol):
    """What reads one format.

    Attributes:
        MEDIA_TYPES: what servers call it; the first is `Source.media_type`.
        SUFFIXES: what names of its files end in, lower case.
    """

    @property
    def MEDIA_TYPES(self) -> tuple[str, ...]: ...  # noqa: N802
    @property
    def SUFFIXES(self) -> tuple[str, ...]: ...  # noqa: N802

    def begins(self, raw: bytes, /) -> bool:
        """Whether a file's bytes say that it is in this format."""

    def read(self, raw: bytes, name: str, told: Told, /) -> Content:
        """What the file holds.

        Raises:
            SourceError: it cannot be read whole, within the limits, or holds no text.
        """


FORMATS: tuple[Format, ...] = (pdf, word, mail, page, markdown, plain)

_UNTOLD = (None, "", "application/octet-stream", "binary/octet-stream", *plain.MEDIA_TYPES)
"""What servers call what they do not know."""


def find(raw: bytes, name: str, media_type: str | None = None) -> Format | None:
    """The format of a file: as its bytes say, else its server, else its name, else plain text.

    None where its server calls it something that is not read here.
    """
    if media_type not in (*_UNTOLD, *media_types()):
        return None
    ways: list[Callable[[Format], bool]] = [
        lambda form: form.begins(raw),
        lambda form: media_type in form.MEDIA_TYPES and media_type not in _UNTOLD,
        lambda form: media_type in _UNTOLD and _path(name).endswith(form.SUFFIXES),
    ]
    found = next((form for way in ways for form in FORMATS if way(form)), None)
    return found or (plain if media_type in (None, "", *plain.MEDIA_TYPES) else None)


def _path(name: str) -> str:
    """The name of a file, or the path of an address, in lower case."""
    return (re.split(r"[?#]", name)[0] if "://" in name else name).lower()


def media_types() -> tuple[str, ...]:
    """What a server may call what is read here."""
    return tuple(each for form in FORMATS for each in form.MEDIA_TYPES)


def names() -> str:
    """The formats by what their files' names end in, for messages."""
    return ", ".join(form.SUFFIXES[0] for form in FORMATS)
