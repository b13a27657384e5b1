"""What the fields of a briefing hold, in the words in which a model is asked for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from pydantic.fields import FieldInfo

from summarizer import item
from summarizer.briefing import Slot
from summarizer.draft import Part, Status
from summarizer.item import Attributed, Copied, Counted, Item, choices, mark_of, optional


def line(slot: Slot, form: int = 0) -> str:
    """A line of a prompt about one field: its key, how many items it may have, what they are, what each has in
    drafts of this form (`summarizer.kind.FORMS`)."""
    parts = [_many(slot), described(slot), *_asked(slot.item, form), *(_added(*each) for each in slot.item.extras())]
    return f"{slot.key}: {' '.join(part.rstrip('.') + '.' for part in parts if part)}"


def described(slot: Slot) -> str:
    """What the class says of the field, or of its items; empty where it says nothing of its own."""
    ours = {" ".join((each.__doc__ or "").split()) for each in vars(item).values() if isinstance(each, type)}
    return "" if slot.description in ours else slot.description.replace("`", "")


def one_of(values: tuple[str, ...]) -> str:
    """`a, b or c`."""
    return " or ".join(filter(None, [", ".join(values[:-1]), *values[-1:]]))


def _many(slot: Slot) -> str:
    if issubclass(slot.item, item.Headline):
        return ""
    few = {0: "", slot.most: f"{slot.most}"}.get(slot.fewest, f"{slot.fewest} to {slot.most}")
    return few or f"at most {slot.most}"


def _asked(held: type[Item], form: int) -> Iterator[str]:
    """What each item has by its base class."""
    if issubclass(held, item.Headline):
        yield "the main thing in under 12 words"
    elif issubclass(held, item.Extract):
        yield "the sentences that tell the story best, word for word; numbers alone"
    elif issubclass(held, item.Claim):
        yield "claim: one short sentence of under 15 words"
    elif issubclass(held, item.Event):
        yield "event: one short sentence of under 15 words"
        yield f"status: {one_of(get_args(Status)).replace('attributed', 'attributed (somebody says it)')}"
    elif issubclass(held, item.Actor):
        yield "name: as written"
        yield "title: the person's office or title, as written; empty if none" if form else ""
        yield f"part: {one_of(get_args(Part))}"
    elif issubclass(held, item.Place):
        yield "place: in few words, as written"
    elif issubclass(held, item.Time):
        yield "time: the day or time, as written"
    elif issubclass(held, item.Cause):
        yield "cause: what led to the main event, as the article reports it, in one short sentence; not a quotation"
    elif issubclass(held, item.Rationale):
        yield "a quotation in which somebody says why, for example with because, so that, or in response to"
        yield "speaker: who says it"
        yield "reason: in the words of the quotation"


def _added(name: str, info: FieldInfo) -> str:
    """What a field is that a subclass adds; empty where no model is asked for it."""
    mark, said = mark_of(info), (info.description or "").replace("`", "").rstrip(".")
    if isinstance(mark, Attributed):
        return ""
    if isinstance(mark, Copied):
        asked = f"as the sentence has it{', empty if it does not say' if optional(info) else ''}"
    elif isinstance(mark, Counted):
        asked = f"a number that the sentence has{', null if it has none' if optional(info) else ''}"
    else:
        asked = one_of(choices(info))
    return f"{name}: {said}; {asked}" if said else f"{name}: {asked}"
