"""What a file holds, whatever its format: the text that its readers see, and what it says of itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

FEWEST_WORDS = 4
"""A hidden place with fewer is left out too and not counted: screen readers are told `Menu`, scripts leave marks."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a file beside its bytes and its name.

    Attributes:
        media_type, charset: as its server says; None where none does.
        address: where it is from; addresses in it are relative to that.
        otherwise: title, author, published and language where the file does not say.
    """

    media_type: str | None = None
    charset: str | None = None
    address: str | None = None
    otherwise: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hidden:
    """Text that was left out because readers do not see it: characters, white space run together, and places."""

    characters: int = 0
    places: int = 0

    def __add__(self, other: Hidden) -> Hidden:
        return Hidden(self.characters + other.characters, self.places + other.places)

    @classmethod
    def of(cls, *texts: str) -> Hidden:
        """What these make, each of them a place."""
        counted = [" ".join(each.split()) for each in texts if len(each.split()) >= FEWEST_WORDS]
        return cls(sum(map(len, counted)), len(counted))


@dataclass(frozen=True, slots=True)
class Content:
    """What a reader of one format makes of a file.

    Attributes:
        text: paragraphs parted by blank lines, in NFC and with no other line end than `\\n`.
        title, author, published, language, url: as the file says; None where it does not.
        encoding: how the bytes were read; None where that is no question.
        hidden: text that was left out because readers do not see it.
        pages: where each page's stretches of the text begin: pairs of an offset and the number of the page, counted
            from 1, by offset. A page may come twice: a note at its foot stands behind the paragraph that goes over
            to the next. Empty where a file has no pages.
        notes: what else was left out and a reader would miss, each a line to be shown.
    """

    text: str
    title: str | None = None
    author: str | None = None
    published: date | None = None
    language: str | None = None
    url: str | None = None
    encoding: str | None = None
    hidden: Hidden = Hidden()
    pages: tuple[tuple[int, int], ...] = ()
    notes: tuple[str, ...] = ()

    @classmethod
    def of(cls, answer: dict[str, Any]) -> Content:
        """Content from what a child answers: its fields, as JSON can hold them."""
        published, hidden = answer.pop("published", None), answer.pop("hidden", (0, 0))
        pages: Iterable[list[int]] = answer.pop("pages", ())
        return cls(
            **{name: value for name, value in answer.items() if name != "notes"},
            published=date.fromisoformat(published) if published else None,
            hidden=Hidden(*hidden),
            pages=tuple((start, number) for start, number in pages),
            notes=tuple(answer.get("notes", ())),
        )

    def filled(self, told: Told) -> Content:
        """The same, with what is known beside it where the file does not say."""
        known, published = told.otherwise, told.otherwise.get("published")
        return replace(
            self,
            title=self.title or known.get("title"),
            author=self.author or known.get("author"),
            published=self.published or (date.fromisoformat(published) if published else None),
            language=self.language or known.get("language"),
            url=self.url or told.address,
        )
