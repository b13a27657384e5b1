"""Two values, and where they differ, short enough for a message."""

from __future__ import annotations

import json
from itertools import takewhile
from typing import Any

from summarizer.text import one_line

SHOWN = 40
"""The characters that a message has room for of one value."""


def values(old: Any, new: Any) -> str:
    return f"recorded {shown(old)}, now {shown(new)}"


def shown(value: Any) -> str:
    return one_line(value if isinstance(value, str) else json.dumps(value, default=str), SHOWN)


def first(old: Any, new: Any, path: str = "") -> str:
    """The first place at which two values differ."""
    pairs: list[tuple[str, Any, Any]] = []
    if isinstance(old, dict) and isinstance(new, dict):
        pairs = [(f"{path}.{key}".lstrip("."), old.get(key), new.get(key)) for key in {**old, **new}]
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        pairs = [(f"{path}[{index}]", *pair) for index, pair in enumerate(zip(old, new, strict=True))]
    for where, before, after in pairs:
        if before != after:
            return first(before, after, where)
    if isinstance(old, str) and isinstance(new, str):
        return f"{one_line(path, 2 * SHOWN)}, {contrast(old, new)}"
    return f"{one_line(path, 2 * SHOWN)}: {values(old, new)}"


def contrast(old: str, new: str) -> str:
    """The first character that differs, and the words around it."""
    at = shared(old, new)
    begin = max(at - 20, 0)
    before, after = (one_line(each[begin : at + SHOWN], 2 * SHOWN) for each in (old, new))
    return f"character {at}: recorded “{before}”, now “{after}”"


def shared(old: str, new: str) -> int:
    """How many characters two texts begin with that are the same."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
