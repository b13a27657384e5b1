"""What a briefing records of itself: its source, what made it, what was asked and what it cost."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from summarizer.item import Evidence, Strict

Rejection = Literal["refuted", "not enough information"]
Purpose = Literal["draft", "merge", "repair"]

PageStart = Annotated[
    tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=1)]],
    WithJsonSchema({"type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2}),
]
"""An offset, and the number of the page that begins there."""


class Reason(Strict):
    code: str
    explanation: str


class Rejected(Strict):
    """What the model proposed for a field, and the check did not let stand."""

    field: str
    proposed: dict[str, Any]
    verdict: Rejection
    reasons: Annotated[list[Reason], Field(min_length=1)]
    evidence: list[Evidence]


class SourceRecord(Strict):
    """What was briefed, without the `hidden_characters`, in `hidden_places`, that its readers do not see.

    `pages` are pairs of an offset and the number of the page that begins there, by offset; only a PDF has them. A page
    may come twice: a note at its foot stands behind the paragraph that goes over to the next.
    """

    sha256: str
    name: str
    title: str | None
    published: date | None
    author: str | None
    url: str | None
    media_type: str
    language: str
    characters: int
    hidden_characters: int = 0
    hidden_places: int = 0
    pages: tuple[PageStart, ...] = ()


class ArtifactRecord(Strict):
    id: str
    sha256: str


CACHED = "cached"
"""The outcome of an attempt that was not sent, since the cache had its answer: no tokens and no seconds, this time."""


class Attempt(BaseModel):
    """One request. Tokens are null where the server does not tell them: then the cost is unknown."""

    model_config = ConfigDict(extra="forbid")

    purpose: Purpose
    outcome: str
    model: str | None = None
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    cached_tokens: int | None = None
    seconds: float


class Usage(Strict):
    """Sums over all attempts; null where one of them did not tell."""

    prompt_tokens: int | None
    completion_tokens: int | None

    @classmethod
    def of(cls, attempts: list[Attempt]) -> Usage:
        def total(counts: list[int | None]) -> int | None:
            return None if None in counts else sum(count for count in counts if count is not None)

        return cls(
            prompt_tokens=total([each.prompt_tokens for each in attempts]),
            completion_tokens=total([each.completion_tokens for each in attempts]),
        )


class Provenance(Strict):
    """What made this briefing. `seconds` is the time spent waiting for the model."""

    tool: str
    model: str
    model_reported: str | None
    weights_sha256: str | None
    prompts: list[ArtifactRecord]
    schemas: list[ArtifactRecord]
    policy: ArtifactRecord
    attempts: list[Attempt]
    usage: Usage
    seconds: float
