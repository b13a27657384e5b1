"""Step seven, and what it is all for: the briefing.

`Briefing` (schema `briefing@1`) is one kind; `summarizer.incident` is another; a class of the user's own that
builds on `BaseBriefing` is a third.
"""

from __future__ import annotations

import json
import types
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal, Self, Union, get_args, get_origin

from pydantic import ConfigDict, Field
from pydantic.fields import FieldInfo

from summarizer.errors import ArtifactError
from summarizer.item import Actor, Cause, Event, Evidence, Extract, Headline, Item, Place, Rationale, Strict, Time
from summarizer.record import Provenance, Rejected, SourceRecord


@dataclass(frozen=True)
class Asked:
    """How a model is asked for the items of a field.

    Attributes:
        key: what the field is called there; by default as here. Each token that a model writes is waited for.
        fewest, most: how many it may give.
        event: whether it asks about the main event itself, as `where` and `when` do. What the model does not find is
            then looked for in the sentences on that event, and a time is one near the day of publication.
    """

    key: str | None = None
    fewest: int = 0
    most: int = 3
    event: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """A field that holds items.

    Attributes:
        name, title, description: of the field; the title is what reports put above it.
        key, fewest, most, event: see `Asked`.
        item: the class of its items.
        many: whether it is a list; else it is one item or null.
    """

    name: str
    title: str
    description: str
    key: str
    fewest: int
    most: int
    item: type[Item]
    many: bool
    event: bool = False

    @property
    def asks(self) -> bool:
        """Whether it answers a question about the story, which the source may leave open."""
        return not issubclass(self.item, Headline | Extract)


class BaseBriefing(Strict):
    """What every kind of briefing has beside its own fields, which hold items.

    A subclass names its schema and version, and its fields in the order in which a model is to fill them:

        class Merger(BaseBriefing):
            schema_id: Literal["merger@1"] = "merger@1"
            deal: list[Event]
            price: Claim | None

    `not_stated` lists the questions to which the model found no answer in the source; one to which no proposed
    answer stood is in no list but `rejected`, and `not_established` names it. `left_out` holds the sentences that
    the model was not shown and that are evidence of nothing, since they tell a machine what to write.
    """

    model_config = ConfigDict(
        extra="forbid",
        validate_by_name=True,
        validate_by_alias=True,
        alias_generator=lambda name: "schema" if name == "schema_id" else name,
    )

    schema_id: str
    not_stated: list[str]
    rejected: list[Rejected]
    left_out: list[Evidence]
    source: SourceRecord
    provenance: Provenance

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        """Puts what a kind states before what is recorded about it."""
        fields, shared = cls.__pydantic_fields__, BaseBriefing.model_fields
        own = {name: info for name, info in fields.items() if name not in shared}
        rest = {name: info for name, info in fields.items() if name in shared and name != "schema_id"}
        cls.__pydantic_fields__ = {"schema_id": fields["schema_id"], **own, **rest}
        cls.model_rebuild(force=True)

    @classmethod
    def slots(cls) -> tuple[Slot, ...]:
        """The fields that hold items, in the order of the class.

        Raises:
            ArtifactError: a field holds something else.
        """
        return _slots(cls)

    @property
    def items(self) -> list[tuple[str, int | None, Item]]:
        """Every item with its field and its place in it, None where the field is no list."""
        found: list[tuple[str, int | None, Item]] = []
        for slot in self.slots():
            value = getattr(self, slot.name)
            if slot.many:
                found += [(slot.name, index, item) for index, item in enumerate(value)]
            elif value is not None:
                found.append((slot.name, None, value))
        return found

    @property
    def open(self) -> list[str]:
        """The questions to which no answer stands."""
        return [slot.name for slot in self.slots() if slot.asks and not getattr(self, slot.name)]

    @property
    def not_established(self) -> list[str]:
        """The questions to which answers were proposed and none stood the check."""
        tried = {each.field for each in self.rejected}
        return [name for name in self.open if name in tried]

    def to_json(self) -> str:
        """The briefing as JSON, indented, with a final newline. Equal briefings give equal bytes."""
        return self.model_dump_json(by_alias=True, indent=2) + "\n"

    @classmethod
    def from_json(cls, text: str | bytes, *, strict: bool = False) -> Self:
        """The briefing that `to_json` wrote, by this version of the class or an earlier one; see `upgrade`.

        Raises:
            pydantic.ValidationError: the text is no briefing of this schema.
        """
        return cls.model_validate_json(_upgraded(cls, text), strict=strict)

    @classmethod
    def upgrade(cls, stored: dict[str, Any], version: int) -> dict[str, Any]:  # noqa: ARG003 (for subclasses)
        """What an earlier version of the schema stored, in the form of this one.

        Called with the JSON object and the version it names. Replace it in a class whose schema has changed so
        that what was stored under the old one is not read any more; as it stands, nothing is changed.
        """
        return stored


Question = Literal["who", "what", "where", "when", "why", "stated_rationale"]


class Briefing(BaseBriefing):
    """A checked briefing of a news article. `headline` is null and lists are empty where nothing stood the check."""

    schema_id: Literal["briefing@1"] = "briefing@1"
    headline: Headline | None
    summary: Annotated[list[Extract], Asked(fewest=1)]
    what: Annotated[list[Event], Asked(fewest=1)]
    who: Annotated[list[Actor], Asked(fewest=2, most=6, event=True)]
    where: Annotated[list[Place], Asked(most=2, event=True)]
    when: Annotated[list[Time], Asked(most=2, event=True)]
    why: Annotated[list[Cause], Asked(most=2, event=True), Field(title="Why, as reported")]
    stated_rationale: Annotated[list[Rationale], Asked(key="rationale"), Field(title="Why, as stated")]


def version_of(schema: str) -> tuple[str, int]:
    """`name@version` taken apart; version 0 where it has not that form."""
    name, _, version = schema.partition("@")
    return name, int(version) if version.isdecimal() and version.isascii() else 0


def _upgraded(kind: type[BaseBriefing], text: str | bytes) -> str | bytes:
    """`text`, unless an earlier version of the schema wrote it."""
    current = kind.model_fields["schema_id"].default
    try:
        stored = json.loads(text)
    except (ValueError, RecursionError):
        return text
    written = stored.get("schema") if isinstance(stored, dict) else None
    if not isinstance(written, str) or written == current:
        return text
    (name, version), (own, newest) = version_of(written), version_of(current)
    if name != own or not 0 < version < newest:
        return text
    return json.dumps(kind.upgrade(stored, version) | {"schema": current})


@cache
def _slots(kind: type[BaseBriefing]) -> tuple[Slot, ...]:
    own = [(name, info) for name, info in kind.model_fields.items() if name not in BaseBriefing.model_fields]
    return tuple(_slot(kind, name, info) for name, info in own)


def _slot(kind: type[BaseBriefing], name: str, info: FieldInfo) -> Slot:
    item, many = _held(info.annotation)
    if item is None:
        raise ArtifactError(
            f"{kind.__name__}.{name} holds no items, so nothing in it could be checked.",
            tip="Make it a list of items, such as list[Claim], or one item or null, such as Claim | None.",
        )
    asked = next((each for each in info.metadata if isinstance(each, Asked)), Asked())
    return Slot(
        name=name,
        title=info.title or name.replace("_", " ").capitalize(),
        description=info.description or " ".join((item.__doc__ or "").split()),
        key=asked.key or name,
        fewest=asked.fewest,
        most=asked.most if many else 1,
        item=item,
        many=many,
        event=asked.event,
    )


def _held(annotation: Any) -> tuple[type[Item] | None, bool]:
    """The class of items in `list[X]` or `X | None`, and whether it is a list."""
    arguments = get_args(annotation)
    many = get_origin(annotation) is list
    if not many and (get_origin(annotation) not in (Union, types.UnionType) or type(None) not in arguments):
        return None, False
    held = [each for each in arguments if each is not type(None)]
    fits = len(held) == 1 and isinstance(held[0], type) and issubclass(held[0], Item)
    return (held[0] if fits else None), many
