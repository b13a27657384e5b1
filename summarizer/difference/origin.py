"""Whether two briefings differ because the text does, or because the same text was read differently."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from summarizer.difference.result import Because
from summarizer.document import Document
from summarizer.errors import SourceError
from summarizer.item import Evidence, Item, Quote
from summarizer.record import SourceRecord
from summarizer.source import Source
from summarizer.text import one_line
from summarizer.verification.spans import pieces

Piece = Evidence | Quote


class Text:
    """The text of one briefing, as far as it is known.

    Raises:
        SourceError: `source` is another text than the briefing was made of.
    """

    def __init__(self, record: SourceRecord, source: Source | None) -> None:
        if source and source.sha256 != record.sha256:
            raise SourceError(
                f"{one_line(source.name)} is another text than the briefing was made of: its sha256 is "
                f"{source.sha256[:12]}…, that of {one_line(record.name)} {one_line(record.sha256, 13)}.",
                tip="Give each briefing the source that it was made of, the old one first.",
            )
        self.sha256 = record.sha256
        self._text = source.text if source else None
        self._sentences = _parts(source.text, record.language) if source else frozenset()

    def has(self, piece: Piece) -> bool | None:
        """Whether it has this sentence or quotation, character for character; None where it is not known."""
        return None if self._text is None else piece.text in self._sentences

    def has_at(self, piece: Piece) -> bool | None:
        """The same, at these very offsets."""
        return None if self._text is None else self._text[piece.start : piece.end] == piece.text


def _parts(text: str, language: str) -> frozenset[str]:
    document = Document.of(text, language)
    spans = [each.span for each in document.sentences] + [each.span for each in document.quotations]
    return frozenset(map(document.text_of, spans))


class Origin:
    """Tells why items of two briefings differ."""

    def __init__(self, old: Text, new: Text) -> None:
        self._old, self._new = old, new
        self._same = old.sha256 == new.sha256

    def because(self, old: Sequence[Piece], new: Sequence[Piece]) -> Because:
        """Why, where the old briefing rests on `old` and the new one on `new`."""
        return self._told([*map(self._new.has, old), *map(self._old.has, new)])

    def moved(self, old: Item, new: Item) -> Because:
        """Why the same sentences are cited from other places: the text moved them, unless both texts have them at
        both places."""
        return self._told([*map(self._new.has_at, pieces(old)), *map(self._old.has_at, pieces(new))])

    def _told(self, had: Iterable[bool | None]) -> Because:
        if self._same:
            return "reading"
        known = set(had)
        if False in known:
            return "text"
        return "unknown" if None in known or not known else "reading"
