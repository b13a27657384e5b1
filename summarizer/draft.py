"""What a model proposes for an item: short claims that point into the document by number.

This is the wire format, so its keys are short: on a local model each token is waited for. Fields
stand in the order in which they are written. A small model does better when it has named the event before
it looks for the rest. Whether words come before their number or after it was tried for each kind of item.
The whole answer, a list of these for each field of a briefing, is made in `summarizer.kind`.
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


PlaceWords = Annotated[str, Field(min_length=1, max_length=160, json_schema_extra={"x-words": "place"})]

CauseWords = Annotated[str, Field(min_length=1, max_length=240, json_schema_extra={"x-words": "cause"})]
TimeWords = Annotated[str, Field(min_length=1, max_length=160, json_schema_extra={"x-words": "time"})]

REPAIR = "Repair"
"""The name of the class that a repair is answered in, and so of its schema in the request."""

MERGE = "Merge"
"""The same for what is picked from the parts of a long document."""


class Wire(BaseModel):
    """Written by a model: nothing in it that is not asked for, and never repeated in an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class DraftClaim(Wire):
    claim: Claim
    s: Sentence


class DraftEvent(Wire):
    event: Claim
    status: Status
    s: Sentence


class DraftActor(Wire):
    name: Words
    part: Part
    s: Sentence


class DraftPlace(Wire):
    s: Sentence
    place: PlaceWords


class DraftTime(Wire):
    time: TimeWords
    s: Sentence


class DraftCause(Wire):
    s: Sentence
    cause: CauseWords


class DraftRationale(Wire):
    """`q` is null where the reason is given in indirect speech; then `s` says in which sentence."""

    q: Annotated[int | None, Field(ge=1, json_schema_extra={"x-points": "quotation"})]
    s: Annotated[int | None, Field(ge=1, json_schema_extra={"x-points": "sentence"})]
    speaker: Words
    reason: Pointed
