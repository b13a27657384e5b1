"""A JSON schema lowered to what OpenAI's strict mode takes."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

Schema = dict[str, Any]

# What OpenAI's structured outputs document as unsupported or as meaningless to them. `x-` hints are ours.
_DROPPED = frozenset({"title", "default", "minLength", "maxLength", "discriminator", "examples"})


def strict(schema: Schema) -> Schema:
    """`schema` as OpenAI's strict mode takes it; other OpenAI-compatible servers take it too.

    Every property is required, nothing else is allowed, and the keywords that the mode refuses are
    gone: string lengths among them, which the pydantic model still checks in the answer.
    """
    return _lowered(json.dumps(schema))


@lru_cache(maxsize=64)
def _lowered(schema: str) -> Schema:
    """For every request the same, so made once; nobody changes it."""
    from openai.lib._pydantic import _ensure_strict_json_schema

    lowered = _without_dropped(json.loads(schema))
    return _ensure_strict_json_schema(lowered, path=(), root=lowered)


def _without_dropped(node: Any, *, names: bool = False) -> Any:
    """`names`: the keys of this map are property names, which no keyword rule may touch."""
    if isinstance(node, list):
        return [_without_dropped(each) for each in node]
    if not isinstance(node, dict):
        return node
    return {
        key: _without_dropped(value, names=not names and key in ("properties", "$defs"))
        for key, value in node.items()
        if names or not (key in _DROPPED or key.startswith("x-"))
    }
