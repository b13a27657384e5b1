"""Briefings as a table for spreadsheets, a row each. No cell is a formula, whatever an article says."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from summarizer.batch.items import Made
from summarizer.briefing import BaseBriefing
from summarizer.item import Item
from summarizer.kind import Kind
from summarizer.report.outline import line
from summarizer.text import one_line

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_BETWEEN = " | "


def lines(made: Iterator[Made], kind: Kind) -> Iterator[str]:
    """The table: UTF-8 with a byte order mark, which spreadsheets want to see, and a header."""
    slots = [slot.name for slot in kind.slots]
    yield "\ufeff" + _row([*BEFORE, *slots, *AFTER])
    for each in made:
        briefing = kind.cls.from_json(each.json)
        yield _row([each.number, each.id, each.named, *_cells(briefing, slots)])


BEFORE = ("number", "id", "name", "title", "published", "url")
AFTER = ("not_established", "not_stated", "rejected", "model", "tokens_read", "tokens_written")


def _cells(briefing: BaseBriefing, slots: list[str]) -> list[str | int | None]:
    source, made = briefing.source, briefing.provenance
    items = [(field, said(item)) for field, _, item in briefing.items]
    return [
        source.title,
        str(source.published or ""),
        source.url,
        *(_BETWEEN.join(text for field, text in items if field == slot) for slot in slots),
        ", ".join(briefing.not_established),
        ", ".join(briefing.not_stated),
        len(briefing.rejected),
        made.model,
        made.usage.prompt_tokens,
        made.usage.completion_tokens,
    ]


def said(item: Item) -> str:
    """An item in one line, with its role, status, day or speaker."""
    shown = line(item)
    return f"{shown.text} ({shown.note})" if shown.note else shown.text


def _row(values: list[str | int | None]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow([safe(each) if isinstance(each, str) else each for each in values])
    return text.getvalue()


def safe(cell: str) -> str:
    """A cell that spreadsheets take for text: what they would compute begins with an apostrophe."""
    plain = one_line(cell)
    return f"'{plain}" if plain.startswith(_FORMULA) else plain
