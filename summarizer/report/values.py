"""Two values of one attribute beside each other, cut down to where they differ."""

from __future__ import annotations

import json
import re
from typing import Any

from summarizer.text import one_line

_LONGEST = 60  # characters of a text that is shown whole
_MOST = 240
_AROUND = 3  # words
_HASH = re.compile(r"([0-9a-f]{12})[0-9a-f]{52}")


def pair(old: Any, new: Any) -> tuple[str, str]:
    """Both values in one line each, safe to print, as JSON has them. Long texts are cut to where they differ."""
    if isinstance(old, list) and isinstance(new, list):
        old, new = _only(old, new), _only(new, old)
        if len(old) == len(new) == 1:
            return pair(old[0], new[0])
        return _listed(old), _listed(new)
    if isinstance(old, dict) and isinstance(new, dict) and old.get("id") != new.get("id"):
        old, new = (each.get("id", each) for each in (old, new))
    if isinstance(old, str) and isinstance(new, str):
        old, new = _cut(old, new)
    return _shown(old), _shown(new)


def _only(values: list[Any], others: list[Any]) -> list[Any]:
    return [each for each in values if each not in others]


def _listed(values: list[Any]) -> str:
    return ", ".join(map(_shown, values)) or "none"


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, str):
        return _HASH.sub(r"\1…", value) if _HASH.fullmatch(value) else f"“{one_line(value, _MOST)}”"
    if isinstance(value, dict) and value.keys() == {"id", "sha256"}:
        return f"{one_line(str(value['id']), _MOST)} ({_shown(value['sha256'])})"
    return one_line(json.dumps(value, ensure_ascii=False), _MOST)


def _cut(old: str, new: str) -> tuple[str, str]:
    """Two long texts without most of what they begin and end with alike."""
    if max(len(old), len(new)) <= _LONGEST:
        return old, new
    before, after = old.split(), new.split()
    first = _alike(before, after)
    last = min(_alike(before[::-1], after[::-1]), min(len(before), len(after)) - first)
    return _around(before, first, len(before) - last), _around(after, first, len(after) - last)


def _alike(one: list[str], other: list[str]) -> int:
    """How many words the two begin with alike."""
    length = min(len(one), len(other))
    return next((at for at in range(length) if one[at] != other[at]), length)


def _around(words: list[str], first: int, last: int) -> str:
    start, end = max(first - _AROUND, 0), min(last + _AROUND, len(words))
    return " ".join([*["…"][: start > 0], *words[start:end], *["…"][: end < len(words)]])
