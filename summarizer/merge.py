"""The drafts of a long document's parts become one, by pointing: whoever picks gives numbers, and writes nothing anew.

What stands of each draft is gathered by what it says, and numbered. The model picks what matters most for the whole.
The items that it picks are a draft like any other, and are checked as one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import BaseModel, Field, create_model

from summarizer.briefing import Slot
from summarizer.check import Checker, Standing
from summarizer.draft import MERGE
from summarizer.item import Cause, Extract, Place, Time
from summarizer.kind import Kind
from summarizer.view import plain
from summarizer.wording import line

MORE = 2
"""A long document's briefing may have so many times the items that the parts may have."""

_LISTED = 12_000
"""Characters of items that are listed to pick from."""


@dataclass
class Group:
    """Items of a field that say the same.

    Attributes:
        members: each with the index of its part; the first stands for all of them.
        number: what it is picked by; 0 where there is nothing to choose.
    """

    members: list[tuple[int, Standing]]
    number: int = 0

    @property
    def item(self) -> Standing:
        return self.members[0][1]

    @property
    def parts(self) -> set[int]:
        return {part for part, _ in self.members}

    @property
    def first(self) -> int:
        """The first sentence that it rests on."""
        return min((each.sentence for _, member in self.members for each in member.item.evidence), default=0)


@dataclass
class Merge:
    """What the parts hold, and what of it makes the draft of the whole.

    Attributes:
        groups: by field, those that most parts have first, then in the order of the document.
    """

    kind: Kind
    checker: Checker
    groups: dict[str, list[Group]] = field(default_factory=dict)
    _leading: dict[int, Group] = field(default_factory=dict)

    def add(self, part: int, standing: Iterable[Standing]) -> None:
        """Gathers what stands of a part. The parts come in their order."""
        for each in standing:
            groups = self.groups.setdefault(each.slot.name, [])
            mine = next((group for group in groups if self.checker.alike(group.item.item, each.item)), None)
            if mine is None:
                groups.append(mine := Group([]))
            mine.members.append((part, each))
            if each.slot == self.kind.events:
                self._leading.setdefault(part, mine)

    def number(self) -> list[Group]:
        """The groups to pick from, numbered from 1: those of each field that has more than an answer about a part may
        have. What depends on the main event is not picked: it goes with that."""
        for groups in self.groups.values():
            groups.sort(key=lambda each: (-len(each.parts), each.first))
        asked = [slot for slot in self.kind.slots if not self._bound(slot) and self._choice(slot)]
        room = {slot.name: _LISTED // len(asked) for slot in asked}
        found: list[Group] = []
        for slot in asked:
            for group in self.groups[slot.name]:
                room[slot.name] -= len(_line(group))
                if room[slot.name] < 0:
                    break
                found.append(group)
                group.number = len(found)
        return found

    def listed(self) -> str:
        """The fields to pick for, as a prompt has them: what a field is to hold, then its items, one a line."""
        told: list[str] = []
        for slot in self.kind.slots:
            if numbered := self._numbered(slot):
                told += [line(slot, self.kind.form), *map(_line, numbered), ""]
        return "\n".join(told).rstrip()

    def answer(self) -> type[BaseModel]:
        """What a model answers: for each field the numbers that it picks."""
        fields: dict[str, Any] = {}
        for slot in self.kind.slots:
            if numbered := self._numbered(slot):
                numbers = tuple(each.number for each in numbered)
                fields[slot.key] = (list[Literal[numbers]], Field(max_length=slot.most))  # type: ignore[valid-type]
        return create_model(MERGE, __config__=self.kind.draft.model_config, **fields)

    def draft(self, picked: BaseModel | None = None) -> BaseModel:
        """The draft of the whole: in each field what was picked, in that order, then what most parts have, as far as
        there is room. Times, places and causes are those of the parts whose main event is that of the whole."""
        chosen = {slot.name: self._chosen(slot, picked) for slot in self.kind.slots}
        events = self.kind.events
        main = next(iter(chosen[events.name]), None) if events else None
        told: dict[str, list[Any]] = {}
        for slot in self.kind.slots:
            if self._bound(slot):
                chosen[slot.name] = self._of_event(slot, main)
            if slot.asks:
                told[slot.key] = [each.item.proposed for each in chosen[slot.name][: slot.most * MORE]]
        rests = [group.first for slot in self.kind.slots for group in chosen[slot.name] if slot == events]
        for slot in self.kind.slots:
            if issubclass(slot.item, Extract):
                told[slot.key] = list(dict.fromkeys(rests))[: slot.most]
        return self.kind.draft_of(told)

    def _bound(self, slot: Slot) -> bool:
        """Whether a field tells of the main event where, when or why it was."""
        return self.kind.events is not None and issubclass(slot.item, Place | Time | Cause)

    def _choice(self, slot: Slot) -> bool:
        return slot.asks and len(self.groups.get(slot.name, [])) > slot.most

    def _numbered(self, slot: Slot) -> list[Group]:
        return [each for each in self.groups.get(slot.name, []) if each.number]

    def _chosen(self, slot: Slot, picked: BaseModel | None) -> list[Group]:
        groups = self.groups.get(slot.name, [])
        numbers: Sequence[int] = getattr(picked, slot.key, [])
        first = [each for number in dict.fromkeys(numbers) for each in groups if each.number == number]
        return [*first, *(each for each in groups if each not in first)]

    def _of_event(self, slot: Slot, main: Group | None) -> list[Group]:
        own = {part for part, leading in self._leading.items() if leading is main}
        return [each for each in self.groups.get(slot.name, []) if each.parts & own]


def _line(group: Group) -> str:
    times = f" ({len(group.parts)} parts)" if len(group.parts) > 1 else ""
    return f"{group.number}. {plain(group.item.item.statement)}{times}"
