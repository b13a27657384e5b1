"""Which rules had something to compare, when an item was held against its evidence, and found it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from summarizer.check.case import Case
from summarizer.item import Actor, Event, Item, Place, Rationale, Time
from summarizer.record import Reason
from summarizer.verification.difference import claimed
from summarizer.verification.result import Looked

_RULES = {"no_number": "number", "other_name": "name", "other_place": "place", "negation": "polarity"}
"""Codes that say how a rule failed, and the rule."""


def looked(case: Case, item: Item, reasons: Sequence[Reason]) -> tuple[Looked, ...]:
    """The rules that an item passed; not those that failed, whose codes stand in `reasons`."""
    failed = {_RULES.get(each.code, each.code) for each in reasons}
    return tuple(each for each in _looked(case, item) if each.rule not in failed)


def _looked(case: Case, item: Item) -> Iterator[Looked]:
    if item.verdict == "verbatim":
        yield Looked("verbatim", "the very words")
    if claim := claimed(item):
        yield from _compared(case, claim)
    match item:
        case Event():
            yield Looked("status", item.status + (f", {item.attributed_to}" if item.attributed_to else ""))
        case Actor():
            yield Looked("name", f"in {_sentences(item)}")
            yield Looked("part", item.part)
            yield from _role(item.role)
        case Place():
            yield Looked("place", f"in {_sentences(item)}, on the main event")
        case Time():
            yield Looked("time", f"in {_sentences(item)}, on the main event")
            yield from _resolved(item)
        case Rationale():
            yield from _spoken(case, item)
    yield from (Looked(name, str(value)) for name, value in item.added.items() if value is not None)


def _role(role: str | None) -> Iterator[Looked]:
    if role:
        yield Looked("role", role)


def _resolved(item: Time) -> Iterator[Looked]:
    if item.start:
        days = f"{item.start}" if item.start == item.end else f"{item.start} to {item.end}"
        yield Looked("start", days + (f", seen from {item.resolved_from}" if item.resolved_from else ""))


def _spoken(case: Case, item: Rationale) -> Iterator[Looked]:
    if item.quotation:
        yield Looked("quotation", f"Q{item.quotation.quotation}, unbroken")
    yield Looked("speaker", item.speaker)
    yield from _role(item.speaker_role)
    yield from _compared(case, item.reason)


def _compared(case: Case, claim: str) -> Iterator[Looked]:
    """The rules that find something to look for in a claim: those that a text of no words would not satisfy."""
    codes = (each.code for each in case.support.objections(claim, "."))
    counted = Counter(_RULES.get(code, code) for code in codes)
    yield from (Looked(code, f"{count} found" if count > 1 else "found") for code, count in counted.items())


def _sentences(item: Item) -> str:
    return ", ".join(f"S{each.sentence}" for each in item.evidence)
