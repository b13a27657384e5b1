"""Every item of a briefing held against a text."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.briefing import BaseBriefing
from summarizer.check import left_out
from summarizer.check.case import because
from summarizer.document import Document
from summarizer.item import Evidence, Item
from summarizer.record import Reason, Rejected
from summarizer.verification import spans
from summarizer.verification.difference import empty
from summarizer.verification.looked import looked
from summarizer.verification.result import Looked, Result, brief_of, proposed
from summarizer.verification.rules import Rules

_LEFT_OUT = "The sentences that tell a machine what to write, and so are left out, are: {sentences}."


def against(briefing: BaseBriefing, document: Document, before: BaseBriefing | None = None) -> list[Result]:
    """A result for every item, and for the evidence of every rejected one.

    `before` is the briefing as it was, where `briefing` is what became of it in another text.
    """
    rules = Rules(briefing, document)
    were = [item for _, _, item in before.items] if before else []
    results = []
    for at, (field, index, item) in enumerate(briefing.items):
        moved = bool(were) and were[at] != item
        results.append(_result(rules, field, index, item, moved=moved, elsewhere=before is not None))
    results += [_of_rejected(document, index, each) for index, each in enumerate(briefing.rejected)]
    return results if before else results + _of_left_out(briefing, document)


def _of_left_out(briefing: BaseBriefing, document: Document) -> list[Result]:
    """Whether the sentences that instruct a machine, and no others, are listed as left out; nothing if none are."""
    told = left_out(document)
    wrong = [] if briefing.left_out == told else because("left_out", _LEFT_OUT.format(sentences=_numbers(told)))
    found = Result("left_out", None, _numbers(briefing.left_out), tuple(wrong))
    return [found] if told or briefing.left_out else []


def _numbers(evidence: Sequence[Evidence]) -> str:
    return ", ".join(f"S{each.sentence}" for each in evidence) or "none"


def _result(rules: Rules, field: str, index: int | None, item: Item, *, moved: bool, elsewhere: bool) -> Result:
    document = rules.case.document
    wrong = [reason for piece in spans.pieces(item) for reason in spans.in_text(piece, document)]
    # Where another text lacks the sentence, its number leads to one that has nothing to do with the item.
    stop = elsewhere and any(each.code == "text" for each in wrong)
    reasons = wrong + empty(item)
    passed: tuple[Looked, ...] = ()
    if not empty(item):
        reasons += [] if stop else rules.reasons(field, item)
        passed = looked(rules.case, item, reasons)
    return Result(field, index, brief_of(item), _once(reasons), tuple(item.evidence), passed, moved)


def _of_rejected(document: Document, index: int, rejected: Rejected) -> Result:
    wrong = [reason for piece in rejected.evidence for reason in spans.in_text(piece, document)]
    evidence: tuple[Evidence, ...] = tuple(rejected.evidence)
    return Result("rejected", index, proposed(rejected), _once(wrong), evidence)


def _once(reasons: list[Reason]) -> tuple[Reason, ...]:
    return tuple(each for at, each in enumerate(reasons) if each not in reasons[:at])
