"""What comparing two briefings found."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, get_args

from summarizer.errors import DifferenceError
from summarizer.item import Item
from summarizer.record import Reason, SourceRecord
from summarizer.verification.result import brief_of

Kind = Literal["changed", "added", "gone", "accepted", "rejected", "moved"]
Because = Literal["text", "reading", "unknown"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Change:
    """A value that is another one. Values are as JSON has them, and untrusted; None where there is none."""

    attribute: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Stated:
    """An item as one of the two briefings has it: its place in its list, from 0, None where there is no list."""

    index: int | None
    item: Item

    @property
    def said(self) -> str:
        """What it states, in one line; not made safe to print."""
        return brief_of(self.item)

    @property
    def sentences(self) -> tuple[int, ...]:
        """The numbers of the sentences that it rests on."""
        return tuple(each.sentence for each in self.item.evidence)

    def plain(self) -> dict[str, Any]:
        return {"index": self.index, "said": self.said, "item": self.item.model_dump(mode="json")}


@dataclass(frozen=True, slots=True)
class ItemDifference:
    """An item that the two briefings do not have alike.

    Attributes:
        kind: `added` and `gone`: only the new or only the old one has it; `accepted` and `rejected`: the check
            rejected it before, or rejects it now; `changed`: some of its attributes are others; `moved`: they
            are the same, and its evidence stands elsewhere, or is another sentence, which `changes` then has.
        old: as the old briefing has it; None where it has not.
        new: as the new briefing has it; None where it has not.
        because: whether the `text` is another, or only the `reading` of the same sentences; `unknown` where a
            text that would tell was not given.
        changes: what changed, the words of the evidence last, where they are others.
        reasons: why the check rejected it, in the briefing that has not got it.
    """

    kind: Kind
    old: Stated | None
    new: Stated | None
    because: Because
    changes: tuple[Change, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """The items of one field: those that differ, by kind and place, and how many are the same in both."""

    field: str
    differences: tuple[ItemDifference, ...]
    unchanged: int

    def of(self, kind: Kind) -> tuple[ItemDifference, ...]:
        return tuple(each for each in self.differences if each.kind == kind)


@dataclass(frozen=True, slots=True)
class MainEvent:
    """The main event of each briefing, where it is not the same one; None where a briefing has none."""

    old: Stated | None
    new: Stated | None
    because: Because


@dataclass(frozen=True, slots=True)
class Difference:
    """What two briefings say differently.

    Attributes:
        old, new: the sources of the two, as the briefings record them.
        fields: every field in which one of them has items, in the order of the briefing.
        main_event: set where the main event is another one. It may stand in both, at other places.
        no_longer_stated, now_stated: the questions that the new briefing alone, or the old one alone, lists as not
            stated in the source.
        made: what made them that is not the same: source, schemas, prompts, rules, model. It is no difference in
            what they say.
    """

    old: SourceRecord
    new: SourceRecord
    fields: tuple[FieldDifference, ...]
    main_event: MainEvent | None
    no_longer_stated: tuple[str, ...]
    now_stated: tuple[str, ...]
    made: tuple[Change, ...]

    @property
    def items(self) -> Iterator[ItemDifference]:
        """Every item that differs."""
        return (each for field in self.fields for each in field.differences)

    @property
    def empty(self) -> bool:
        """Whether the two say the same, on the same evidence at the same places, whatever made them."""
        return not (any(self.items) or self.main_event or self.no_longer_stated or self.now_stated)

    @property
    def same_text(self) -> bool:
        """Whether both were made of the same text."""
        return self.old.sha256 == self.new.sha256

    @property
    def counts(self) -> dict[Kind, int]:
        """How many items differ, by kind, the kinds without any left out."""
        found = Counter(each.kind for each in self.items)
        return {kind: found[kind] for kind in KINDS if found[kind]}

    def raise_for_difference(self) -> None:
        """Does nothing where the difference is empty.

        Raises:
            DifferenceError: the two briefings differ.
        """
        if self.empty:
            return
        told = [f"{count} {kind}" for kind, count in self.counts.items()]
        told += ["another main event"] * bool(self.main_event)
        told += ["other questions not stated"] * bool(self.no_longer_stated or self.now_stated)
        raise DifferenceError(
            f"The two briefings differ: {', '.join(told)}.", tip="Leave out --exit-code where that is no failure."
        )

    def to_json(self) -> str:
        """The difference as JSON, indented, with a final newline."""
        plain = {
            "empty": self.empty,
            "same_text": self.same_text,
            "old": self.old.model_dump(mode="json"),
            "new": self.new.model_dump(mode="json"),
            "main_event": self.main_event and _sides(self.main_event),
            "fields": {each.field: _field(each) for each in self.fields},
            "not_stated": {"added": self.no_longer_stated, "gone": self.now_stated},
            "made_differently": list(map(_change, self.made)),
        }
        return json.dumps(plain, ensure_ascii=False, indent=2) + "\n"


def _field(field: FieldDifference) -> dict[str, Any]:
    return {"unchanged": field.unchanged} | {kind: list(map(_item, field.of(kind))) for kind in KINDS}


def _item(difference: ItemDifference) -> dict[str, Any]:
    told = _sides(difference)
    if difference.changes:
        told["changes"] = list(map(_change, difference.changes))
    if difference.reasons:
        told["reasons"] = [each.model_dump() for each in difference.reasons]
    return told


def _sides(difference: ItemDifference | MainEvent) -> dict[str, Any]:
    old, new = (side and side.plain() for side in (difference.old, difference.new))
    return {"because": difference.because, "old": old, "new": new}


def _change(change: Change) -> dict[str, Any]:
    return {"attribute": change.attribute, "old": change.old, "new": change.new}
