"""Asking once more for what failed the check: those items alone, with the sentences around them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, Field, create_model

from summarizer.briefing import Field_, Rejected
from summarizer.document import Document
from summarizer.draft import Draft
from summarizer.text import one_line
from summarizer.view import View

_WIRE_NAME: dict[Field_, str] = {
    "what": "what",
    "who": "who",
    "where": "where",
    "when": "when",
    "why": "why",
    "stated_rationale": "rationale",
}
# A place given as an actor: there is nobody to find in its stead.
_HOPELESS = frozenset({"actor"})


def failures(rejected: Sequence[Rejected]) -> list[Rejected]:
    """The rejections that asking again can mend."""
    return [each for each in rejected if each.field in _WIRE_NAME and not _hopeless(each)]


def _hopeless(rejected: Rejected) -> bool:
    return any(reason.code in _HOPELESS for reason in rejected.reasons)


def answer_to(failed: Sequence[Rejected], *, eventless: bool) -> type[BaseModel]:
    """The part of `Draft` that the repair may answer with: the lists that failed, no longer than before.

    `eventless`: no event stands, so one must be written.
    """
    fields: dict[str, Any] = {}
    for name in dict.fromkeys(each.field for each in failed):
        wire = _WIRE_NAME[name]
        most = sum(each.field == name for each in failed)
        fewest = int(name == "what" and eventless)
        fields[wire] = (Draft.model_fields[wire].annotation, Field(min_length=fewest, max_length=most))
    return create_model("Repair", __config__=Draft.model_config, **fields)


def as_draft(repaired: BaseModel) -> Draft:
    """The repaired items as a draft whose other lists are empty."""
    lists: dict[str, Any] = {wire: list(getattr(repaired, wire, ())) for wire in _WIRE_NAME.values()}
    return Draft.model_construct(None, headline="", summary=[], **lists)


NOTHING = Draft.model_construct(None, headline="", what=[], who=[], where=[], when=[], why=[], rationale=[], summary=[])
"""A repair that mends nothing."""


def view(document: Document, failed: Sequence[Rejected], event: set[int]) -> View:
    """The sentences of the main event, those that a failed item cites or that came nearest to it, and the ones
    beside them."""
    numbers = event | {evidence.sentence for each in failed for evidence in each.evidence}
    for each in failed:
        numbers |= _cited(each.proposed, document)
    return View.around(document, numbers)


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


def describe(failed: Sequence[Rejected]) -> str:
    """One line a failed item: what was proposed, as compact JSON, and why it does not stand."""
    return "\n".join(
        f"{_WIRE_NAME[each.field]}: {_proposed(each.proposed)}"
        f" failed: {one_line(' '.join(reason.explanation for reason in each.reasons[:3]), 300)}"
        for each in failed
    )
