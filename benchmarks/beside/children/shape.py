"""What a model wrote where nothing held it to a schema, as items."""

from __future__ import annotations

import json
from typing import Any

from benchmarks.beside.record import FIELDS, FieldName, Item

_KEYS: dict[FieldName, str] = {each: "rationale" if each == "stated_rationale" else each for each in FIELDS}


def items(written: str) -> list[Item]:
    """The items of a JSON object with a key for each question: a list of objects with text and quote is asked for,
    and one object, a string or a list of strings is taken too.

    Raises:
        ValueError: it is no JSON object.
    """
    answer = json.loads(written)
    if not isinstance(answer, dict):
        raise ValueError("The answer is no JSON object.")
    return [_item(field, each) for field, key in _KEYS.items() for each in _listed(answer.get(key))]


def _listed(given: Any) -> list[Any]:
    return given if isinstance(given, list) else [given] if given else []


def _item(field: FieldName, given: Any) -> Item:
    entry = given if isinstance(given, dict) else {"text": given}
    text, quote = (str(entry.get(name) or "").strip() for name in ("text", "quote"))
    return Item(field=field, text=text or quote, quotes=[quote] if quote else [])
