"""The attributes of an item apart from where it stands in its text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from summarizer.difference.result import Change
from summarizer.item import Item

_PLACED = {"start", "end", "text"}


def attributes(item: Item) -> dict[str, Any]:
    """Each attribute as JSON has it; of evidence and quotations the words alone, without numbers and offsets."""
    return {name: _words(value) for name, value in item.model_dump(mode="json").items()}


def places(item: Item) -> list[tuple[tuple[str, int], ...]]:
    """The numbers and offsets of its evidence and quotations, in the order of the text."""
    return sorted(_places(item.model_dump(mode="json")))


def changes(old: Item, new: Item) -> tuple[Change, ...]:
    """The attributes that have another value, in the order of their class, the evidence last."""
    before, after = attributes(old), attributes(new)
    names = [name for name in {**before, **after} if name != "evidence"]
    found = [Change(name, before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)]
    if sorted(before["evidence"]) != sorted(after["evidence"]):
        found.append(Change("evidence", before["evidence"], after["evidence"]))
    return tuple(found)


def _words(value: Any) -> Any:
    if isinstance(value, dict):
        return value["text"] if value.keys() >= _PLACED else {key: _words(each) for key, each in value.items()}
    return list(map(_words, value)) if isinstance(value, list) else value


def _places(value: Any) -> Iterator[tuple[tuple[str, int], ...]]:
    if isinstance(value, dict) and value.keys() >= _PLACED:
        yield tuple(sorted((key, each) for key, each in value.items() if isinstance(each, int)))
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _places(each)
