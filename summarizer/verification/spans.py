"""Evidence and quotations, character for character: is the text there what the briefing says it is?"""

from __future__ import annotations

from summarizer.check.case import because
from summarizer.document import Document, Span
from summarizer.item import Evidence, Item, Quote, Rationale
from summarizer.record import Reason


def pieces(item: Item) -> list[Evidence | Quote]:
    """All that an item says to be the source's own characters."""
    quotation = item.quotation if isinstance(item, Rationale) else None
    return [*item.evidence, *([quotation] if quotation else [])]


def lengths(piece: Evidence | Quote, characters: int) -> list[Reason]:
    """What is wrong with the offsets of a piece, as far as its own text and the length of the source tell."""
    name = _name(piece)
    if not piece.start < piece.end <= characters:
        place = f"{name} is said to be characters {piece.start} to {piece.end} of {characters}."
        return because("offset", place)
    if piece.end - piece.start != len(piece.text):
        told = f"{piece.end - piece.start} characters by its offsets, but its text has {len(piece.text)}"
        return because("offset", f"{name} is {told}.")
    return []


def in_text(piece: Evidence | Quote, document: Document) -> list[Reason]:
    """What is wrong with a piece, held against the text."""
    name, text = _name(piece), document.text
    if text[piece.start : piece.end] == piece.text and piece.text:
        return _numbered(piece, document)
    if piece.text and (at := text.find(piece.text)) >= 0:
        told = f"{name} is not at characters {piece.start} to {piece.end}: the source has these words at {at}."
        return because("offset", told)
    return because("text", f"The source does not have the text of {name}.")


def _numbered(piece: Evidence | Quote, document: Document) -> list[Reason]:
    """The characters are the source's; are they that sentence, that quotation, and all of it?"""
    span = numbered_span(piece, document)
    if span is None:
        return because("number", f"The source has no {_name(piece)}.")
    if (span.start, span.end) != (piece.start, piece.end):
        return because(
            "span", f"{_name(piece)} is characters {span.start} to {span.end}, not {piece.start} to {piece.end}."
        )
    return []


def numbered_span(piece: Evidence | Quote, document: Document) -> Span | None:
    """Where the sentence or quotation stands that has the number of `piece`; None where there is none."""
    try:
        if isinstance(piece, Evidence):
            return document.sentence(piece.sentence).span
        return document.quotation(piece.quotation).span
    except LookupError:
        return None


def _name(piece: Evidence | Quote) -> str:
    return f"S{piece.sentence}" if isinstance(piece, Evidence) else f"Q{piece.quotation}"
