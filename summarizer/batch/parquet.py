"""Tables in Parquet: rows of articles in, a row a briefing out. Needs pyarrow, the extra `parquet`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from summarizer.batch import cells
from summarizer.batch.items import Made
from summarizer.errors import UsageError
from summarizer.kind import Kind
from summarizer.text import one_line

if TYPE_CHECKING:
    import pyarrow

ENDING = ".parquet"

_READ = 64
"""Rows that are in memory at a time, of articles."""
_WRITTEN = 500
"""Rows of a row group, of briefings."""


def available() -> None:
    """Raises UsageError where pyarrow is not installed."""
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError as error:
        raise UsageError(
            "Parquet needs pyarrow, which is not installed.", tip="pip install 'summarizer[parquet]'"
        ) from error


def rows(path: str, wanted: tuple[str, ...]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows of a file with their numbers, from 1: those of the wanted columns that it has.

    Values are as tables in JSON Lines have them: days and points in time as ISO text, bytes as the UTF-8 text that they
    are. What is neither stays, for the caller to refuse.

    Raises:
        UsageError: pyarrow is not installed, or the file cannot be read, or is no Parquet.
    """
    available()
    import pyarrow
    import pyarrow.parquet

    try:
        with pyarrow.parquet.ParquetFile(path) as file:
            columns = [name for name in wanted if name in file.schema_arrow.names]
            number = 0
            for batch in file.iter_batches(batch_size=_READ, columns=columns):
                for row in batch.to_pylist():
                    number += 1
                    yield number, {name: plain(value) for name, value in row.items()}
    except (OSError, pyarrow.ArrowException) as error:
        raise UsageError(
            f"Cannot read {one_line(path, 200)}: {one_line(str(error), 160)}.", tip="Give a table in Parquet."
        ) from error


def plain(value: Any) -> Any:
    """A value as tables in JSON Lines have it, see `rows`."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        try:
            return value.decode()
        except UnicodeDecodeError:
            return value
    return value


def write(file: IO[bytes], made: Iterator[Made], kind: Kind) -> None:
    """Writes a table: the columns of the CSV, with numbers as numbers, days as days and items as lists; and
    `briefing`, the whole of it as JSON. Equal briefings give equal bytes.

    Raises:
        UsageError: pyarrow is not installed.
    """
    available()
    import pyarrow
    import pyarrow.parquet

    slots = [slot.name for slot in kind.slots]
    schema = _schema(slots)
    with pyarrow.parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        while group := [_row(each, slots, kind) for each in islice(made, _WRITTEN)]:
            writer.write_table(pyarrow.Table.from_pylist(group, schema=schema))


def _schema(slots: list[str]) -> pyarrow.Schema:
    import pyarrow

    text, number, texts = pyarrow.string(), pyarrow.int64(), pyarrow.list_(pyarrow.string())
    types = {"number": number, "published": pyarrow.date32(), "rejected": number}
    types |= dict.fromkeys(("tokens_read", "tokens_written"), number)
    types |= dict.fromkeys((*slots, "not_established", "not_stated"), texts)
    names = [*cells.BEFORE, *slots, *cells.AFTER, "briefing"]
    return pyarrow.schema([(name, types.get(name, text)) for name in names])


def _row(made: Made, slots: list[str], kind: Kind) -> dict[str, Any]:
    briefing = kind.cls.from_json(made.json)
    source, provenance = briefing.source, briefing.provenance
    items = [(field, cells.said(item)) for field, _, item in briefing.items]
    return {
        "number": made.number,
        "id": made.id,
        "name": made.named,
        "title": source.title,
        "published": source.published,
        "url": source.url,
        **{slot: [said for field, said in items if field == slot] for slot in slots},
        "not_established": list(briefing.not_established),
        "not_stated": list(briefing.not_stated),
        "rejected": len(briefing.rejected),
        "model": provenance.model,
        "tokens_read": provenance.usage.prompt_tokens,
        "tokens_written": provenance.usage.completion_tokens,
        "briefing": json.dumps(json.loads(made.json), ensure_ascii=False),
    }


def is_parquet(path: str) -> bool:
    """Whether a file is named as one."""
    return Path(path).suffix.lower() == ENDING
