"""What two briefings say differently, for the terminal, as Markdown and as JSON."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from summarizer.difference import Change, Difference, ItemDifference, MainEvent, Stated
from summarizer.record import SourceRecord
from summarizer.report.citation import citations, joined
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
    """One difference, safe to print: its mark, what it is about, its sentences, why, and what is told below it."""

    mark: str
    text: str
    sentences: str = ""
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
            page.item(f"{line.text}{_behind(line)}", line.mark, _STYLES[line.mark])
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
    item = f"- `{line.mark}` {escape(line.text)}{_behind(line, escape)}"
    return "\n".join([item, *(f"  - {escape(each)}" for each in line.details)])


def _behind(line: Line, safe: Callable[[str], str] = str) -> str:
    """What stands behind the text of a line."""
    sentences = f" [{line.sentences}]" if line.sentences else ""
    return sentences + (f" — {safe(line.note)}" if line.note else "")


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
        yield "Main event", _main_event(difference, difference.main_event, why=why)
    told: set[str] = set()
    for field in difference.fields:
        if field.differences:
            lines = [_item(difference, each, told, why=why) for each in field.differences]
            yield _label(field.field).capitalize(), lines
    stated = [Line("-", _label(each)) for each in difference.now_stated]
    if not_stated := [Line("+", _label(each)) for each in difference.no_longer_stated] + stated:
        yield "Not stated", not_stated
    if difference.made:
        yield "Made differently", [Line("~", f"{_label(each.attribute)}: {_values(each)}") for each in difference.made]


def _main_event(whole: Difference, event: MainEvent, *, why: bool) -> list[Line]:
    note = _BECAUSE[event.because] if why else ""
    sides = (("-", "it was", event.old, whole.old), ("+", "it is", event.new, whole.new))
    return [
        Line(mark, f"{told}: {one_line(side.said)}", _cited(side, of), note) if side else Line(mark, f"{told}: none")
        for mark, told, side, of in sides
    ]


def _item(whole: Difference, difference: ItemDifference, told: set[str], *, why: bool) -> Line:
    """The line for an item. What changed in a sentence is told once: it may be what the item says, and other items
    may rest on it too."""
    side = difference.new or difference.old
    sides = ((difference.old, whole.old), (difference.new, whole.new))
    details = []
    for change in difference.changes:
        values = _values(change)
        if change.attribute != "evidence" or values not in told:
            details.append(f"{_label(change.attribute)}: {values}")
        told.add(values)
    details += [one_line(f"{each.code}: {each.explanation}") for each in difference.reasons]
    notes = [_outcome(difference), _because(difference) if why else ""]
    return Line(
        _MARKS[difference.kind],
        one_line(side.said) if side else "",
        " → ".join(dict.fromkeys(_cited(each, of) for each, of in sides if each)),
        "; ".join(filter(None, notes)),
        tuple(details),
    )


def _because(difference: ItemDifference) -> str:
    around = difference.kind == "moved" and not difference.changes and difference.because == "text"
    return "the text around it changed" if around else _BECAUSE[difference.because]


def _outcome(difference: ItemDifference) -> str:
    """What became of an item whose statement is not what changed."""
    if difference.kind == "moved" and difference.changes:
        return "on another sentence"
    return {"accepted": "rejected before", "rejected": "now rejected"}.get(difference.kind, "")


def _cited(side: Stated, source: SourceRecord) -> str:
    return joined(citations(side.item.evidence, source.pages))


def _values(change: Change) -> str:
    return " → ".join(pair(change.old, change.new))


def _label(name: str) -> str:
    return one_line(re.sub(r"[._]", " ", name.removeprefix("provenance.")))


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
