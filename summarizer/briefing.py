"""Step seven, and what it is all for: the briefing, schema `briefing@1`.

Offsets count code points of the normalised source text, start inclusive, end exclusive, so that
`source.text[evidence.start:evidence.end] == evidence.text`.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from summarizer.draft import Part, Status

Question = Literal["who", "what", "where", "when", "why", "stated_rationale"]
Field_ = Literal["headline", "summary", "who", "what", "where", "when", "why", "stated_rationale"]
Verdict = Literal["verbatim", "supported"]
Rejection = Literal["refuted", "not enough information"]
Purpose = Literal["draft", "repair"]

QUESTIONS: tuple[Question, ...] = ("who", "what", "where", "when", "why", "stated_rationale")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Evidence(_Part):
    """The sentence that says it, character for character."""

    sentence: Annotated[int, Field(ge=1)]
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]
    text: str


class Quote(_Part):
    """One unbroken quotation of the source, with its marks."""

    quotation: Annotated[int, Field(ge=1)]
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]
    text: str


class Item(_Part):
    """Anything a briefing states. Verbatim: the source has these very words; supported: it says so."""

    evidence: Annotated[list[Evidence], Field(min_length=1)]
    verdict: Verdict


class Claim(Item):
    text: str


class Actor(Item):
    name: str
    role: str | None
    part: Part


class Event(Item):
    """`status` planned, denied, alleged and attributed events have not been seen to happen."""

    claim: str
    status: Status
    attributed_to: str | None


class Place(Item):
    place: str
    within: str | None


class Time(Item):
    """`time` as written. `start` and `end` are the first and last day it can mean, null where it cannot be
    resolved; `resolved_from` is the date it was counted from, null where the wording is enough."""

    time: str
    start: date | None
    end: date | None
    resolved_from: date | None


class Cause(Item):
    cause: str
    event: str


class Rationale(Item):
    """Why, in the words of somebody with a stake in it. `quotation` is null for indirect speech."""

    speaker: str
    speaker_role: str | None
    on_behalf_of: str | None
    reason: str
    quotation: Quote | None


class Reason(_Part):
    code: str
    explanation: str


class Rejected(_Part):
    """What the model proposed and the check did not let stand."""

    field: Field_
    proposed: dict[str, Any]
    verdict: Rejection
    reasons: Annotated[list[Reason], Field(min_length=1)]
    evidence: list[Evidence]


class SourceRecord(_Part):
    sha256: str
    name: str
    title: str | None
    published: date | None
    author: str | None
    url: str | None
    media_type: str
    language: str
    characters: int


class ArtifactRecord(_Part):
    id: str
    sha256: str


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


class Usage(_Part):
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


class Provenance(_Part):
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


class Briefing(_Part):
    """A checked briefing.

    `headline` is null and lists are empty where nothing stood the check. `not_stated` lists the questions to
    which the model found no answer in the source; one to which no proposed answer stood is in no list but
    `rejected`, and `not_established` names it. `left_out` holds the sentences that the model was not shown and
    that are evidence of nothing, since they tell a machine what to write.
    """

    schema_id: Annotated[Literal["briefing@1"], Field(alias="schema")] = "briefing@1"
    headline: Claim | None
    summary: list[Claim]
    who: list[Actor]
    what: list[Event]
    where: list[Place]
    when: list[Time]
    why: list[Cause]
    stated_rationale: list[Rationale]
    not_stated: list[Question]
    rejected: list[Rejected]
    left_out: list[Evidence]
    source: SourceRecord
    provenance: Provenance

    model_config = ConfigDict(extra="forbid", validate_by_name=True, validate_by_alias=True, title="Briefing")

    @property
    def not_established(self) -> list[Question]:
        """The questions to which answers were proposed and none stood the check."""
        tried = {each.field for each in self.rejected}
        return [question for question in QUESTIONS if question in tried and not getattr(self, question)]

    def to_json(self) -> str:
        """The briefing as JSON, indented, with a final newline. Equal briefings give equal bytes."""
        return self.model_dump_json(by_alias=True, indent=2) + "\n"

    @classmethod
    def from_json(cls, text: str | bytes) -> Briefing:
        """The briefing that `to_json` wrote.

        Raises:
            pydantic.ValidationError: the text is no briefing of this schema.
        """
        return cls.model_validate_json(text)
