"""The items of a briefing as a page shows them: each with an anchor, its evidence in the article, and what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.briefing import BaseBriefing, Slot
from summarizer.document import Document, Span
from summarizer.item import Copied, Event, Evidence, Extract, Headline, Item, Rationale, mark_of
from summarizer.record import Reason, Rejected
from summarizer.report import outline
from summarizer.report.citation import Citation, Pages, cite
from summarizer.verification import Verification

_DECIDED = ("status", "part")


@dataclass(frozen=True, slots=True)
class Cited:
    """A piece of evidence.

    Attributes:
        citation: of the sentence, as the briefing gives it.
        text: its characters, as the briefing gives them.
        sentences: the sentences of the article in which these very characters stand; none where they do not stand
            where the briefing says.
    """

    citation: Citation
    text: str
    sentences: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """An item.

    Attributes:
        anchor: its name in the page.
        slot: the field that it is of.
        line: what every report says of it.
        cited: what it rests on.
        exact: the characters of the article that have its own words, where it takes words from there.
        failed: why it does not hold today.
    """

    anchor: str
    slot: Slot
    item: Item
    line: outline.Line
    cited: tuple[Cited, ...]
    exact: tuple[Span, ...]
    failed: tuple[Reason, ...]

    @property
    def sentences(self) -> list[int]:
        """Where its evidence stands in the article."""
        return list(dict.fromkeys(number for each in self.cited for number in each.sentences))

    @property
    def status(self) -> str:
        """How far an event has been seen to happen; empty for what is told as fact, and for all else."""
        return self.item.status if isinstance(self.item, Event) and self.item.status != "asserted" else ""


@dataclass(frozen=True, slots=True)
class Refused:
    """What the model proposed and the check did not let stand."""

    anchor: str
    field: str
    words: str
    verdict: str
    reasons: tuple[Reason, ...]
    cited: tuple[Cited, ...]

    @property
    def sentences(self) -> list[int]:
        return list(dict.fromkeys(number for each in self.cited for number in each.sentences))


def shown(briefing: BaseBriefing, document: Document, verification: Verification) -> list[Shown]:
    """Every item, in the order of the briefing."""
    slots = {slot.name: slot for slot in briefing.slots()}
    pages = briefing.source.pages
    failed = {(each.field, each.index): each.reasons for each in verification.results}
    return [
        Shown(
            anchor=f"i{number}",
            slot=slots[field],
            item=item,
            line=outline.line(item, pages),
            cited=cited(item.evidence, document, pages),
            exact=tuple(_exact(item, document.text)),
            failed=failed.get((field, index), ()),
        )
        for number, (field, index, item) in enumerate(briefing.items, start=1)
    ]


def refused(briefing: BaseBriefing, document: Document) -> list[Refused]:
    """What the check rejected, in the order of the briefing."""
    return [
        Refused(
            anchor=f"x{number}",
            field=each.field,
            words=_words(each),
            verdict=each.verdict,
            reasons=tuple(each.reasons),
            cited=cited(each.evidence, document, briefing.source.pages),
        )
        for number, each in enumerate(briefing.rejected, start=1)
    ]


def cited(evidence: Sequence[Evidence], document: Document, pages: Pages) -> tuple[Cited, ...]:
    return tuple(Cited(cite(each, pages), each.text, _sentences(each, document)) for each in evidence)


def _sentences(evidence: Evidence, document: Document) -> tuple[int, ...]:
    span = Span(evidence.start, max(evidence.start, evidence.end))
    if not evidence.text or span.of(document.text) != evidence.text:
        return ()
    return tuple(each.number for each in document.sentences if each.span.overlaps(span))


def _words(rejected: Rejected) -> str:
    """What was proposed, without what is chosen from a list."""
    told = [value for key, value in rejected.proposed.items() if key not in _DECIDED]
    return " / ".join(value for value in told if isinstance(value, str) and value)


def _exact(item: Item, text: str) -> Iterator[Span]:
    if isinstance(item, Extract | Headline):
        return
    if isinstance(item, Rationale) and item.quotation:
        quote = item.quotation
        if text[quote.start : quote.end] == quote.text and quote.text:
            yield Span(quote.start, quote.end)
        return
    copied = [item.added[name] for name, info in item.extras() if isinstance(mark_of(info), Copied)]
    for words in dict.fromkeys(filter(None, [item.statement, *copied])):
        yield from _found(words, item.evidence, text)


def _found(words: str, evidence: Sequence[Evidence], text: str) -> Iterator[Span]:
    """Where words first stand in evidence, however its lines are broken."""
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())) or r"(?!)")
    for each in evidence:
        if text[each.start : each.end] == each.text and (match := pattern.search(each.text)):
            yield Span(each.start + match.start(), each.start + match.end())
            return
