"""Asking once more for what failed the check: those items alone, with the sentences around them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from pydantic import BaseModel, Field, create_model

from summarizer.check import Checked
from summarizer.document import Document
from summarizer.draft import REPAIR
from summarizer.item import Actor, Item, Place, Rationale, Time
from summarizer.kind import Kind
from summarizer.record import Rejected
from summarizer.text import one_line
from summarizer.view import View
from summarizer.wording import line

# A place given as an actor, and words that give no reason: there is nothing to find in their stead. Code has looked
# for times and places itself. The same code can stand for something else in another class: an event on another day.
_HOPELESS: dict[type[Item], str] = {Actor: "actor", Rationale: "reason", Time: "time", Place: "place"}


def failures(kind: Kind, checked: Checked) -> list[Rejected]:
    """The rejections that asking again can mend, of questions to which nothing stands."""
    asked = {slot.name: slot.item for slot in kind.slots if slot.asks and not checked[slot.name]}
    return [each for each in checked.rejected if each.field in asked and not _hopeless(asked[each.field], each)]


def _hopeless(item: type[Item], rejected: Rejected) -> bool:
    codes = {code for held, code in _HOPELESS.items() if issubclass(item, held)}
    return any(reason.code in codes for reason in rejected.reasons)


def answer_to(kind: Kind, failed: Sequence[Rejected], *, eventless: bool) -> type[BaseModel]:
    """The part of a draft that the repair may answer with: the lists that failed, no longer than before.

    `eventless`: no event stands, so one must be written.
    """
    return _answer(kind, tuple(Counter(each.field for each in failed).items()), eventless=eventless)


@lru_cache(maxsize=64)
def _answer(kind: Kind, failed: tuple[tuple[str, int], ...], *, eventless: bool) -> type[BaseModel]:
    fields: dict[str, Any] = {}
    for name, most in failed:
        slot = kind.slot(name)
        fewest = int(slot == kind.events and eventless)
        fields[slot.key] = (kind.draft.model_fields[slot.key].annotation, Field(min_length=fewest, max_length=most))
    return create_model(REPAIR, __config__=kind.draft.model_config, **fields)


def as_draft(kind: Kind, repaired: BaseModel) -> BaseModel:
    """The repaired items as a draft whose other lists are empty."""
    return kind.draft_of({key: list(getattr(repaired, key)) for key in type(repaired).model_fields})


def view(document: Document, failed: Sequence[Rejected], event: set[int], published: date | None = None) -> View:
    """The sentences of the main event, those that a failed item cites or that came nearest to it, and the ones
    beside them."""
    numbers = event | {evidence.sentence for each in failed for evidence in each.evidence}
    for each in failed:
        numbers |= _cited(each.proposed, document)
    return View.around(document, numbers, published)


def _cited(proposed: dict[str, Any], document: Document) -> set[int]:
    cited = {proposed["s"]} if isinstance(proposed.get("s"), int) else set()
    number = proposed.get("q")
    if isinstance(number, int) and 1 <= number <= len(document.quotations):
        cited |= set(document.quotation(number).sentences)
    return cited


def _proposed(item: dict[str, Any]) -> str:
    """The item without its pointer to a quotation, whose mark is another one in another view."""
    shown = {key: value for key, value in item.items() if key != "q" and value is not None}
    return json.dumps(shown, ensure_ascii=False, separators=(",", ":"))


def describe(kind: Kind, failed: Sequence[Rejected]) -> str:
    """One line a failed item: what was proposed, as compact JSON, and why it does not stand."""
    return "\n".join(
        f"{kind.slot(each.field).key}: {_proposed(each.proposed)}"
        f" failed: {one_line(' '.join(reason.explanation for reason in each.reasons[:3]), 300)}"
        for each in failed
    )


def hints(kind: Kind, failed: Sequence[Rejected]) -> str:
    """One line a field that has failed items: what it holds."""
    return "\n".join(line(kind.slot(name), kind.form) for name in dict.fromkeys(each.field for each in failed))
