"""What a model proposes: short claims that point into the document by number.

This is the wire format, so its keys are short: on a local model each token is waited for. Fields
stand in the order in which they are written. A small model does better when it has named the event before
it looks for the rest. Whether words come before their number or after it was tried for each kind.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Status = Literal["asserted", "attributed", "alleged", "denied", "planned"]
Part = Literal["acted", "affected", "spoke", "mentioned"]

Sentence = Annotated[int, Field(ge=1, json_schema_extra={"x-points": "sentence"})]
Quotation = Annotated[int, Field(ge=1, json_schema_extra={"x-points": "quotation"})]
Claim = Annotated[str, Field(min_length=1, max_length=240)]
Words = Annotated[str, Field(min_length=1, max_length=160, json_schema_extra={"x-words": "article"})]
Pointed = Annotated[str, Field(min_length=1, max_length=400, json_schema_extra={"x-words": "pointed"})]


TimeWords = Annotated[str, Field(min_length=1, max_length=160, json_schema_extra={"x-words": "time"})]


class _Wire(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class DraftEvent(_Wire):
    event: Claim
    status: Status
    s: Sentence


class DraftActor(_Wire):
    name: Words
    title: Annotated[str, Field(max_length=160, json_schema_extra={"x-words": "article"})]
    part: Part
    s: Sentence


class DraftPlace(_Wire):
    s: Sentence
    place: Pointed


class DraftTime(_Wire):
    time: TimeWords
    s: Sentence


class DraftCause(_Wire):
    cause: Claim
    s: Sentence


class DraftRationale(_Wire):
    """`q` is null where the reason is given in indirect speech; then `s` says in which sentence."""

    q: Annotated[int | None, Field(ge=1, json_schema_extra={"x-points": "quotation"})]
    s: Annotated[int | None, Field(ge=1, json_schema_extra={"x-points": "sentence"})]
    speaker: Words
    reason: Pointed


class Draft(_Wire):
    """One answer. Lists are empty where the article does not say."""

    headline: Annotated[str, Field(min_length=1, max_length=160)]
    what: Annotated[list[DraftEvent], Field(min_length=1, max_length=3)]
    who: Annotated[list[DraftActor], Field(min_length=2, max_length=6)]
    where: Annotated[list[DraftPlace], Field(max_length=2)]
    when: Annotated[list[DraftTime], Field(max_length=2)]
    why: Annotated[list[DraftCause], Field(max_length=2)]
    rationale: Annotated[list[DraftRationale], Field(max_length=3)]
    summary: Annotated[list[Sentence], Field(min_length=1, max_length=3)]
