"""One article of a batch, as its inputs name it: not yet read."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from summarizer.source import Source
from summarizer.web import is_address

FAULT = "fault:"
"""What the place of an entry begins with that is no article."""


@dataclass(frozen=True, slots=True)
class Entry:
    """
    Attributes:
        place: what tells it from all others; two entries with one place are one article.
        named: where it is named, for people: a path, an address, or `articles.jsonl, line 3`.
        id: the caller's own name for it.
        where: the path, as given, or the address that it is read from.
        text: the article itself, or its page.
        source: the article itself, read already.
        known: what is known of it: keywords of `Source.read`.
        otherwise: the same, where it does not say itself.
        fault: why it is no article.
    """

    place: str
    named: str
    id: str | None = None
    where: str | None = None
    text: str | None = None
    source: Source | None = None
    known: dict[str, str] = field(default_factory=dict)
    otherwise: dict[str, str] = field(default_factory=dict)
    fault: str = ""

    @classmethod
    def at(cls, where: str, named: str | None = None, id: str | None = None, **known: str) -> Entry:  # noqa: A002 (its name)
        """What stands at a path or an address."""
        place = f"address:{where}" if is_address(where) else f"file:{_real(where)}"
        return cls(place, named or where, id, where=where, known=known)

    @classmethod
    def of(cls, text: str, named: str, id: str | None = None, **known: str) -> Entry:  # noqa: A002 (its name)
        """A text that is at hand."""
        return cls(f"text:{_digest([text, id, known])}", named, id, text=text, known=known)

    @classmethod
    def made(cls, source: Source) -> Entry:
        """A source that is at hand."""
        told = [source.text, source.name, source.title, str(source.published), source.url]
        return cls(f"source:{_digest(told)}", source.name, source=source)

    @classmethod
    def wrong(cls, named: str, given: bytes, fault: str) -> Entry:
        """What was given as an article and is none."""
        return cls(f"{FAULT}{named}:{sha256(given).hexdigest()}", named, fault=fault)


def _digest(told: object) -> str:
    return sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _real(where: str) -> str:
    try:
        return os.path.realpath(where)
    except (OSError, ValueError):  # a loop of links, a NUL: reading it will say so
        return str(Path(where).absolute())
