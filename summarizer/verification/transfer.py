"""A briefing carried over to another text: the sentences and quotations that this has too, where it has them."""

from __future__ import annotations

from summarizer.briefing import BaseBriefing
from summarizer.document import Document, Quotation, Sentence
from summarizer.item import Evidence, Item, Quote, Rationale


def transferred(briefing: BaseBriefing, document: Document) -> BaseBriefing:
    """The briefing with the numbers and offsets of `document` wherever that has the same sentence or quotation.

    What the document does not have stays as it is.
    """
    carry = _Carry(document)
    changed: dict[str, object] = {}
    for slot in briefing.slots():
        value = getattr(briefing, slot.name)
        changed[slot.name] = [carry.item(each) for each in value] if slot.many else value and carry.item(value)
    changed["rejected"] = [
        each.model_copy(update={"evidence": list(map(carry.evidence, each.evidence))}) for each in briefing.rejected
    ]
    return briefing.model_copy(update=changed)


class _Carry:
    def __init__(self, document: Document) -> None:
        self._document = document
        self._sentences: dict[str, list[Sentence]] = {}
        for sentence in document.sentences:
            self._sentences.setdefault(document.text_of(sentence), []).append(sentence)
        self._quotations: dict[str, list[Quotation]] = {}
        for quotation in document.quotations:
            self._quotations.setdefault(document.text_of(quotation), []).append(quotation)

    def item(self, item: Item) -> Item:
        changed: dict[str, object] = {"evidence": list(map(self.evidence, item.evidence))}
        if isinstance(item, Rationale) and item.quotation:
            changed["quotation"] = self._quote(item.quotation)
        return item.model_copy(update=changed)

    def evidence(self, piece: Evidence) -> Evidence:
        same = self._sentences.get(piece.text, [])
        found = min(same, key=lambda each: abs(each.number - piece.sentence), default=None)
        if found is None:
            return piece
        return Evidence(sentence=found.number, start=found.span.start, end=found.span.end, text=piece.text)

    def _quote(self, piece: Quote) -> Quote:
        same = self._quotations.get(piece.text, [])
        found = min(same, key=lambda each: abs(each.number - piece.quotation), default=None)
        if found is None:
            return piece
        return Quote(quotation=found.number, start=found.span.start, end=found.span.end, text=piece.text)
