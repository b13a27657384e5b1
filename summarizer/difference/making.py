"""What made two briefings, where it is not the same."""

from __future__ import annotations

from typing import Any

from summarizer.briefing import BaseBriefing
from summarizer.difference.result import Change

_SOURCE = ("sha256", "title", "published", "language")
_PROVENANCE = ("tool", "model", "model_reported", "weights_sha256", "prompts", "schemas", "policy")


def made_differently(old: BaseBriefing, new: BaseBriefing) -> tuple[Change, ...]:
    """Source, schema, prompts, rules and model; not the time it took, nor the tokens, nor the name of a file."""
    before, after = _made(old), _made(new)
    return tuple(Change(name, before[name], after[name]) for name in before if before[name] != after[name])


def _made(briefing: BaseBriefing) -> dict[str, Any]:
    source, provenance = briefing.source.model_dump(mode="json"), briefing.provenance.model_dump(mode="json")
    return (
        {"schema": briefing.schema_id}
        | {f"source.{name}": source[name] for name in _SOURCE}
        | {f"provenance.{name}": provenance[name] for name in _PROVENANCE}
    )
