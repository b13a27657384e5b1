"""A row of a table of articles, in JSON Lines or Parquet.

{"id": "halden-1", "text": "Halden Port Shuts Terminal\\n\\nThe port of ...", "published": "2026-03-11"}
{"path": "halden/2.html"}
{"url": "https://quay.example/ferry"}
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from summarizer.batch.entry import Entry
from summarizer.text import one_line
from summarizer.web import is_address

_KNOWN = ("title", "author", "url", "language", "published")


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns are called that hold an article, or where it is. Others are `id`, `url`, `title`, `author`,
    `published` and `language`; what is called otherwise is not looked at."""

    text: str = "text"
    path: str = "path"

    @property
    def wanted(self) -> tuple[str, ...]:
        """The names of all columns that are looked at."""
        return (self.text, self.path, "id", *_KNOWN)


def entry_of(line: bytes, named: str, placed: Callable[[str], str | Path], columns: Columns) -> Entry:
    """The article of a line, see `entry_of_row`."""
    try:
        row = json.loads(line)
        if not isinstance(row, dict):
            raise ValueError("it is no JSON object")
    except (ValueError, RecursionError) as error:
        return Entry.wrong(named, line, f"The line is no row of a table: {one_line(str(error), 160)}.")
    return entry_of_row(row, named, placed, columns)


def entry_of_row(row: dict[str, Any], named: str, placed: Callable[[str], str | Path], columns: Columns) -> Entry:
    """The article of a row: its text, else what is at its path, else at its url.

    Args:
        placed: where a path is that the row has, seen from where the table is.
    """
    raw = repr(sorted(row.items(), key=lambda each: each[0])).encode(errors="backslashreplace")
    try:
        given = {name: _text(row, name) for name in columns.wanted}
    except ValueError as error:
        return Entry.wrong(named, raw, f"The row is none of a table of articles: {one_line(str(error), 160)}.")
    identifier = given["id"]
    known = {name: value for name in _KNOWN if (value := given[name])}
    if published := known.get("published"):
        known["published"] = _day(published)
    if text := given[columns.text]:
        return Entry.of(text, named, identifier, **known)
    if where := given[columns.path]:
        return Entry.at(where if is_address(where) else str(placed(where)), named, identifier, **known)
    if where := known.pop("url", None):
        return Entry.at(where, named, identifier, **known)
    return Entry.wrong(named, raw, f"The row has no {columns.text!r}, no {columns.path!r} and no 'url'.")


def _text(row: dict[str, Any], name: str) -> str | None:
    value = row.get(name)
    if isinstance(value, int) and not isinstance(value, bool) and name == "id":
        return str(value)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{name!r} is no text")
    return value or None


def _day(published: str) -> str:
    """The day of a point in time; what is neither stays, and is refused where the article is read."""
    try:
        return datetime.fromisoformat(published).date().isoformat()
    except ValueError:
        return published
