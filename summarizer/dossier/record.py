"""What several briefings of one event come to: the briefings whole, and pointers to what their items share and dispute.

Nothing is stated here that no briefing states: every word shown is an item of a briefing, or of its evidence.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, SerializeAsAny, WithJsonSchema

from summarizer.briefing import BaseBriefing
from summarizer.item import Item, Strict
from summarizer.record import ArtifactRecord

Kind = Literal["count", "day", "time", "place", "name", "title", "denial"]

_STORED = {
    "type": "object",
    "description": "A briefing, as its own schema says, which it names.",
    "properties": {"schema": {"type": "string"}, "source": {"type": "object"}, "provenance": {"type": "object"}},
    "required": ["schema", "source", "provenance"],
}


class Pointer(Strict):
    """An item: the number of its briefing, from 0, its field, and its place in it, null where the field is no list."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    briefing: Annotated[int, Field(ge=0)]
    field: str
    index: Annotated[int, Field(ge=0)] | None


class Group(Strict):
    """Items that say the same. `shared` is the shortest, and stands first among `items`: the others say what it says,
    and may say more."""

    shared: Pointer
    items: Annotated[list[Pointer], Field(min_length=1)]

    @property
    def sources(self) -> list[int]:
        """The numbers of the briefings that have one of its items."""
        return sorted({each.briefing for each in self.items})


class Side(Strict):
    """What one source says in a contradiction: an item, and the words in the evidence of that item that say it, as
    characters of the source: `source.text[start:end] == text`."""

    item: Pointer
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]
    text: str


class Contradiction(Strict):
    """What sources say differently of one thing: a count, a day, a time of day, a place, a name, a title, or whether
    it is so at all.

    `about` names what is told differently. `later` is true where those that differ were published on different days,
    and it is a count: then the later one may be news, and no contradiction.
    """

    kind: Kind
    about: str
    later: bool
    sides: Annotated[list[Side], Field(min_length=2)]


class Voice(Strict):
    """The items in which one speaker is quoted, gives a reason, or is who says it."""

    items: Annotated[list[Pointer], Field(min_length=1)]


class Merged(BaseModel):
    """What the merge makes of briefings, without them.

    Attributes:
        events: the numbers of the briefings whose main events have something in common. More than one list of them
            means that the articles are about different events; items are put together within each list alone.
        groups: what most sources say first; then what stands earliest in its article.
        policy: the version of the rules that grouped, and the hash of their code.
    """

    model_config = ConfigDict(
        extra="forbid",
        validate_by_name=True,
        validate_by_alias=True,
        alias_generator=lambda name: "schema" if name == "schema_id" else name,
    )

    schema_id: Literal["dossier@1"] = "dossier@1"
    events: list[list[int]]
    groups: list[Group]
    contradictions: list[Contradiction]
    voices: list[Voice]
    policy: ArtifactRecord


class Dossier(Merged):
    """Several briefings of one event, and what their items share and dispute. Every item is in exactly one group.

    `briefings` are of one kind, whole, in the order in which their sources were given.
    """

    briefings: Annotated[list[Annotated[SerializeAsAny[BaseBriefing], WithJsonSchema(_STORED)]], Field(min_length=2)]

    def item(self, pointer: Pointer) -> Item:
        """The item that a pointer names.

        Raises:
            LookupError: there is none.
        """
        briefing = self.briefings[pointer.briefing]
        for field, index, item in briefing.items:
            if (field, index) == (pointer.field, pointer.index):
                return item
        raise LookupError(f"briefing {pointer.briefing} has no {pointer.field} {pointer.index}")

    @property
    def pointers(self) -> Iterator[Pointer]:
        """A pointer to every item of every briefing, in their order."""
        for number, briefing in enumerate(self.briefings):
            for field, index, _ in briefing.items:
                yield Pointer(briefing=number, field=field, index=index)

    @property
    def one_event(self) -> bool:
        """Whether all articles are about one event, as far as their main events tell."""
        return len(self.events) == 1

    @property
    def warnings(self) -> list[str]:
        """What a reader must know before anything else, in sentences; not made safe to print."""
        if self.one_event:
            return []
        names = ("; ".join(self.briefings[each].source.name for each in event) for event in self.events)
        told = (
            "The articles do not seem to be about one event: the main events of these do not have a name and another "
            "word in common, and nothing was put together between them: "
        )
        return [told + " | ".join(names)]

    def to_json(self) -> str:
        """The dossier as JSON, indented, with a final newline. Equal dossiers give equal bytes."""
        return self.model_dump_json(by_alias=True, indent=2) + "\n"
