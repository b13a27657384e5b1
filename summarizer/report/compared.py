"""What two briefings say differently, for the terminal, as Markdown and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.difference import Change, Difference, ItemDifference, MainEvent, Stated
from summarizer.report.markdown import escape
from summarizer.report.page import Page
from summarizer.report.values import pair
from summarizer.text import json_safe, one_line

SAME = "The two briefings state the same."
_MARKS = {"changed": "~", "added": "+", "gone": "-", "accepted": "+", "rejected": "-", "moved": "→"}
_STYLES = {"~": "yellow", "+": "green", "-": "red", "→": "dim"}
_BECAUSE = {"text": "the text changed", "reading": "only the reading changed", "unknown": ""}


@dataclass(frozen=True, slots=True)
class Line:
    """One difference, safe to print: its mark, what it is about, why, and what is told below it."""

    mark: str
    text: str
    note: str = ""
    details: tuple[str, ...] = ()


Sections = Iterator[tuple[str, Sequence[Line]]]


def terminal(difference: Difference, *, color: bool = False, width: int | None = None) -> str:
    """The difference as text, wrapped to `width` columns (the terminal's, at most 100)."""
    page = Page(color=color, width=width)
    page.title(_title(difference))
    for title, lines in _sections(difference):
        page.heading(title)
        for line in lines:
            page.item(line.text + (f" — {line.note}" if line.note else ""), line.mark, _STYLES[line.mark])
            for detail in line.details:
                page.detail(detail)
    page.foot(_foot(difference))
    return page.text()


def markdown(difference: Difference) -> str:
    """The difference as Markdown. Text of articles and models is escaped, as in a briefing's."""
    parts = [f"# {_title(difference)}"]
    for title, lines in _sections(difference):
        parts += [f"## {escape(title)}", "\n".join(map(_marked_down, lines))]
    return "\n\n".join([*parts, f"*{escape(_foot(difference))}*"]) + "\n"


def as_json(difference: Difference) -> str:
    """`Difference.to_json`, with nothing in it that could drive a terminal."""
    return json_safe(difference.to_json())


def _marked_down(line: Line) -> str:
    note = f" — {line.note}" if line.note else ""
    return "\n".join([f"- `{line.mark}` {escape(line.text)}{note}", *(f"  - {escape(each)}" for each in line.details)])


def _title(difference: Difference) -> str:
    if difference.empty:
        return SAME
    counts = difference.counts
    if not counts:
        return "The items are the same"
    told = ", ".join(f"{count} {kind}" for kind, count in counts.items())
    total = sum(counts.values())
    return f"{total} {'item differs' if total == 1 else 'items differ'}: {told}"


def _sections(difference: Difference) -> Sections:
    """The sections that have lines."""
    why = not difference.same_text  # else it is the same for every line, and the last one says it
    if difference.main_event:
        yield "Main event", _main_event(difference.main_event, why=why)
    for field in difference.fields:
        if field.differences:
            title = one_line(field.field.replace("_", " ")).capitalize()
            yield title, [_item(each, why=why) for each in field.differences]
    stated = [Line("-", one_line(each.replace("_", " "))) for each in difference.now_stated]
    if not_stated := [Line("+", one_line(each.replace("_", " "))) for each in difference.no_longer_stated] + stated:
        yield "Not stated", not_stated
    if difference.made:
        yield "Made differently", [Line("~", _change(each)) for each in difference.made]


def _main_event(event: MainEvent, *, why: bool) -> list[Line]:
    note = _BECAUSE[event.because] if why else ""
    sides = (("-", "it was: ", event.old), ("+", "it is: ", event.new))
    return [Line(mark, f"{told}{_stated(side) if side else 'none'}", note) for mark, told, side in sides]


def _item(difference: ItemDifference, *, why: bool) -> Line:
    told = [_BECAUSE[difference.because]] if why else []
    if difference.kind in ("accepted", "rejected"):
        codes = ", ".join(dict.fromkeys(one_line(each.code) for each in difference.reasons))
        told.insert(0, f"{'rejected before' if difference.new else 'now rejected'}: {codes}")
    details = [_change(each) for each in _worth_telling(difference.changes)]
    details += [one_line(f"{each.code}: {each.explanation}") for each in difference.reasons]
    text = _both(difference.old, difference.new) if difference.old and difference.new else _one(difference)
    return Line(_MARKS[difference.kind], text, "; ".join(filter(None, told)), tuple(details))


def _worth_telling(changes: Sequence[Change]) -> list[Change]:
    """All but evidence that changed as the words of the item did: the item is that sentence."""
    texts = [([each.old], [each.new]) for each in changes]
    return [each for each in changes if each.attribute != "evidence" or (each.old, each.new) not in texts]


def _one(difference: ItemDifference) -> str:
    side = difference.new or difference.old
    return _stated(side) if side else ""


def _both(old: Stated, new: Stated) -> str:
    if old.sentences == new.sentences:
        return _stated(new)
    return f"{one_line(new.said)} [{_numbers(old)} → {_numbers(new)}]"


def _stated(side: Stated) -> str:
    return f"{one_line(side.said)} [{_numbers(side)}]"


def _numbers(side: Stated) -> str:
    return ", ".join(f"S{number}" for number in side.sentences)


def _change(change: Change) -> str:
    old, new = pair(change.old, change.new)
    return f"{one_line(change.attribute.replace('_', ' '))}: {old} → {new}"


def _foot(difference: Difference) -> str:
    names = ", ".join(
        f"{told} {one_line(side.name, 120)} ({one_line(side.sha256, 13)})"
        for told, side in (("old", difference.old), ("new", difference.new))
    )
    unchanged = sum(each.unchanged for each in difference.fields)
    return f"{unchanged} {'item is' if unchanged == 1 else 'items are'} the same; {names}{_known(difference)}"


def _known(difference: Difference) -> str:
    if difference.same_text:
        return "; both were made of the same text, so only the reading changed" if not difference.empty else ""
    if any(each.because == "unknown" for each in difference.items):
        return (
            "; where nothing is said, it is not known whether the text or only the reading changed: give both sources"
        )
    return ""
