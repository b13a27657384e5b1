"""The items that briefings are made of: what each states, with the evidence for it.

Offsets count code points of the normalised source text, start inclusive, end exclusive, so that
`source.text[evidence.start:evidence.end] == evidence.text`.

A kind of briefing of your own takes these classes, or subclasses of them with fields of their own. Each such
field says how the check holds it to the evidence:

    class Casualties(Claim):
        toll: Annotated[Literal["killed", "wounded"], Cued({"killed": ["killed", "died"], "wounded": ["wounded"]})]
        count: Count | None
        cause: Words | None
        given_by: Speaker | None
"""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, ClassVar, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, GetJsonSchemaHandler
from pydantic.fields import FieldInfo

from summarizer import draft
from summarizer.draft import Part, Status

Verdict = Literal["verbatim", "supported"]


class Mark:
    """Says how a field is held to the evidence. It stands in the schema too, as `x-held`, so that it has a version."""

    def held(self) -> Any:
        """What the schema says."""
        return type(self).__name__.lower()

    def __get_pydantic_json_schema__(self, core: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return handler(core) | {"x-held": self.held()}


class Copied(Mark):
    """Words that must stand in the item's own evidence, as written there."""


class Counted(Mark):
    """A whole number that the item's statement and evidence must have, in digits or in words."""


class Attributed(Mark):
    """Who says it. No model is asked: the text of the evidence decides."""


@dataclass(frozen=True)
class Cued(Mark):
    """A choice: the item's statement, else its evidence, must have one of the words given for a value, in any of its
    forms. Where the words are for one value alone, it is that one, whatever the model says."""

    words: Mapping[str, Sequence[str]]

    def held(self) -> Any:
        return {"cued": self.words}


Words = Annotated[str, Copied()]
Count = Annotated[int, Counted()]
Speaker = Annotated[str, Attributed()]


class Strict(BaseModel):
    """A part of a briefing: nothing in it that its class does not name."""

    model_config = ConfigDict(extra="forbid")


class Evidence(Strict):
    """The sentence that says it, character for character."""

    sentence: Annotated[int, Field(ge=1)]
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]
    text: str


class Quote(Strict):
    """One unbroken quotation of the source, with its marks."""

    quotation: Annotated[int, Field(ge=1)]
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]
    text: str


class Item(Strict):
    """Anything a briefing states. Verbatim: the source has these very words; supported: it says so.

    Attributes:
        wire: what a model writes to propose one.
        says: the field that states it.
    """

    wire: ClassVar[type[draft.Wire]]
    says: ClassVar[str]

    evidence: Annotated[list[Evidence], Field(min_length=1)]
    verdict: Verdict

    @property
    def statement(self) -> str:
        """What it states, in its own words."""
        return str(getattr(self, self.says))

    @classmethod
    def extras(cls) -> Iterator[tuple[str, FieldInfo]]:
        """The fields that a subclass outside this module adds, with what pydantic knows of them."""
        base = next(each for each in cls.__mro__ if each.__module__ == __name__ and issubclass(each, Item))
        return ((name, info) for name, info in cls.model_fields.items() if name not in base.model_fields)

    @property
    def added(self) -> dict[str, Any]:
        """The values of those fields."""
        return {name: getattr(self, name) for name, _ in self.extras()}


class Claim(Item):
    """A statement in one short sentence."""

    wire = draft.DraftClaim
    says = "text"

    text: str


class Headline(Claim):
    """The main thing, in a few words."""


class Extract(Claim):
    """A sentence of the source that tells the story well, word for word."""


class Actor(Item):
    wire = draft.DraftActor
    says = "name"

    name: str
    role: str | None
    part: Part


class Event(Item):
    """`status` planned, denied, alleged and attributed events have not been seen to happen."""

    wire = draft.DraftEvent
    says = "claim"

    claim: str
    status: Status
    attributed_to: str | None


class Place(Item):
    wire = draft.DraftPlace
    says = "place"

    place: str
    within: str | None


class Time(Item):
    """`time` as written. `start` and `end` are the first and last day it can mean, null where it cannot be
    resolved; `resolved_from` is the date it was counted from, null where the wording is enough."""

    wire = draft.DraftTime
    says = "time"

    time: str
    start: date | None
    end: date | None
    resolved_from: date | None


class Cause(Item):
    wire = draft.DraftCause
    says = "cause"

    cause: str
    event: str


class Rationale(Item):
    """Why, in the words of somebody with a stake in it. `quotation` is null for indirect speech."""

    wire = draft.DraftRationale
    says = "reason"

    speaker: str
    speaker_role: str | None
    on_behalf_of: str | None
    reason: str
    quotation: Quote | None


def mark_of(info: FieldInfo) -> Mark | None:
    """How a field is held to the evidence; None where nothing says so."""
    found = (each for each in [*info.metadata, *_metadata(info.annotation)] if isinstance(each, Mark))
    return next(found, None)


def optional(info: FieldInfo) -> bool:
    """Whether a field may be null."""
    return type(None) in get_args(info.annotation)


def choices(info: FieldInfo) -> tuple[str, ...]:
    """The values of a field that is a choice; empty for any other."""
    for each in [info.annotation, *_inner(info.annotation)]:
        if get_origin(each) is Literal:
            return get_args(each)
    return ()


def _inner(annotation: Any) -> Iterator[Any]:
    """The types in an optional one, without their marks."""
    if get_origin(annotation) in (Union, types.UnionType):
        for each in get_args(annotation):
            yield get_args(each)[0] if get_origin(each) is Annotated else each


def _metadata(annotation: Any) -> Iterator[Any]:
    """The marks on the types in an optional one."""
    for each in get_args(annotation):
        if get_origin(each) is Annotated:
            yield from get_args(each)[1:]
