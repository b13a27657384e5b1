"""The rows of tables in Parquet: which there are, which of them are to be done, and those in parts, with their text.

A row has the columns that a line of a table in JSON Lines has, see `summarizer.batch.table`.
"""

from __future__ import annotations

import io
import json
import os
import pickle
from bisect import bisect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
from pyarrow.fs import FileSelector, FileSystem, FileType

from summarizer.batch.entry import Entry
from summarizer.batch.parquet import plain
from summarizer.batch.table import Columns, entry_of_row
from summarizer.cluster.folder import located
from summarizer.errors import SourceError, SummarizerError, UsageError
from summarizer.opening import MAX_BYTES, read_bytes
from summarizer.text import one_line
from summarizer.web import is_address

SUFFIX = ".parquet"
_AT_ONCE = 512
_ROW = pyarrow.schema(
    [
        ("key", pyarrow.string()),
        ("number", pyarrow.int64()),
        ("id", pyarrow.string()),
        ("named", pyarrow.string()),
        ("where", pyarrow.string()),
        ("text", pyarrow.string()),
        ("raw", pyarrow.binary()),
        ("known", pyarrow.string()),
        ("fault", pyarrow.string()),
        ("tip", pyarrow.string()),
    ]
)
"""Of a row that goes to a worker: its article as text, as the bytes of its file, or as an address of the web; or why it
has none."""


@dataclass(frozen=True, slots=True)
class Table:
    """A file.

    Attributes:
        named: as it was named, or found in a folder that was.
        path: on its filesystem.
    """

    filesystem: FileSystem
    path: str
    named: str

    @property
    def beside(self) -> str:
        """The folder or address that paths in it are seen from."""
        return self.named.rpartition("/")[0] if is_address(self.named) else str(Path(self.named).parent)

    def placed(self, path: str) -> str:
        """Where a path is that a row has."""
        return f"{self.beside}/{path}" if is_address(self.named) else str(Path(self.beside) / path)

    def opened(self) -> pyarrow.parquet.ParquetFile:
        """
        Raises:
            UsageError: it is no Parquet, or cannot be read.
        """
        try:
            return pyarrow.parquet.ParquetFile(self.filesystem.open_input_file(self.path))
        except (OSError, pyarrow.ArrowException) as error:
            raise UsageError(
                f"Cannot read {one_line(self.named, 200)}: {one_line(str(error), 200)}.",
                tip="--engine ray takes tables in Parquet.",
            ) from error


@dataclass(frozen=True, slots=True)
class Piece:
    """A row group of a table, and what of it is to be done.

    Attributes:
        here: the current folder of the driver, from which local paths are seen.
        group: its number.
        first: the number of its first row among all rows of all tables.
        before: how many rows of its table come before it.
        rows: the rows that are to be done, as seen from `first`.
        faults: of these, those that are refused, and why.
    """

    table: Table
    here: str
    group: int
    first: int
    before: int
    rows: list[int] = field(default_factory=list)
    faults: dict[int, str] = field(default_factory=dict)

    def entries(self, columns: Columns) -> Iterator[Entry]:
        """All its rows, in order."""
        with self.table.opened() as file:
            having = [name for name in dict.fromkeys(columns.wanted) if name in file.schema_arrow.names]
            if not {columns.text, columns.path, "url"} & set(having):
                raise UsageError(
                    f"{one_line(self.table.named, 200)} has no column {columns.text!r}, {columns.path!r} or 'url'.",
                    tip="Say what they are called: --text-column, --path-column.",
                )
            number = self.before
            for batch in file.iter_batches(_AT_ONCE, row_groups=[self.group], columns=having):
                for row in batch.to_pylist():
                    number += 1
                    told = {name: plain(value) for name, value in row.items()}
                    yield entry_of_row(told, f"{self.table.named}, row {number}", self.table.placed, columns)


@dataclass(slots=True)
class Plan:
    """What is to be done.

    Attributes:
        duplicates: how many rows are the same as one before; the first of these, and what it is like.
    """

    pieces: list[Piece] = field(default_factory=list)
    todo: int = 0
    duplicates: int = 0
    duplicate: str = ""


def tables(given: Iterable[str | Path]) -> list[Table]:
    """The files that are named, and those in folders that are.

    Raises:
        UsageError: there is none, or one cannot be read.
    """
    found = [table for each in given for table in _tables(str(each))]
    if not found:
        raise UsageError("There is nothing to brief.", tip="Name a table in Parquet, or a folder of them.")
    return found


def planned(given: list[Table], columns: Columns, finished: set[bytes]) -> Plan:
    """Looks through all rows for those that are not finished. Of equal ones, the first counts.

    Raises:
        UsageError: a table cannot be read, or has no column that an article could be in.
    """
    plan, seen, ids = Plan(), dict[bytes, int](), dict[str, int]()
    pieces = list(_pieces(given))
    for piece in pieces:
        for number, entry in enumerate(piece.entries(columns), start=piece.first):
            key = _digest(entry.place)
            if (same := seen.setdefault(key, number)) != number:
                plan.duplicates += 1
                plan.duplicate = plan.duplicate or f"{entry.named} is {_named(pieces, same)}"
                continue
            other = ids.setdefault(entry.id, number) if entry.id and not entry.fault else number
            if key in finished:
                continue
            if other != number:
                told = f"Another article has the id {one_line(entry.id or '', 80)!r}: {_named(pieces, other)}."
                piece.faults[number - piece.first] = told
            piece.rows.append(number - piece.first)
            plan.todo += 1
    plan.pieces = [piece for piece in pieces if piece.rows]
    return plan


def parts(piece: Piece, size: int, columns: Columns) -> Iterator[bytes]:
    """The rows of a piece that are to be done, so many at a time, with what their files hold."""
    wanted, some = set(piece.rows), []
    for at, entry in enumerate(piece.entries(columns)):
        if at in wanted:
            some.append(_row(piece, at, entry))
        if len(some) == size:
            yield packed(some)
            some = []
    if some:
        yield packed(some)


def packed(some: list[dict[str, Any]]) -> bytes:
    to = io.BytesIO()
    table = pyarrow.Table.from_pylist(some, schema=_ROW)
    with pyarrow.ipc.new_stream(to, _ROW) as writer:
        writer.write_table(table)
    return to.getvalue()


def unpacked(part: bytes) -> list[dict[str, Any]]:
    with pyarrow.ipc.open_stream(part) as reader:
        found: list[dict[str, Any]] = reader.read_all().to_pylist()
        return found


def shipped(piece: Piece) -> bytes:
    return pickle.dumps(piece)


def received(piece: bytes) -> Piece:
    found: Piece = pickle.loads(piece)  # noqa: S301 (of our own driver)
    return found


def _tables(where: str) -> Iterator[Table]:
    filesystem, path = located(where)
    info = filesystem.get_file_info(path)
    if info.type == FileType.File:
        yield Table(filesystem, path, where)
        return
    if info.type == FileType.NotFound:
        raise UsageError(f"There is no {one_line(where, 200)}.", tip="Check how it is written.")
    below = filesystem.get_file_info(FileSelector(path, recursive=True))
    files = sorted(each.path for each in below if each.type == FileType.File and each.path.lower().endswith(SUFFIX))
    if not files:
        raise UsageError(f"The folder {one_line(where, 200)} holds no {SUFFIX} file.", tip="Check how it is written.")
    for each in files:
        yield Table(filesystem, each, f"{where.rstrip('/')}/{os.path.relpath(each, path)}")


def _pieces(given: list[Table]) -> Iterator[Piece]:
    first, here = 1, str(Path.cwd())
    for table in given:
        before = 0
        with table.opened() as file:
            counts = [file.metadata.row_group(group).num_rows for group in range(file.metadata.num_row_groups)]
        for group, count in enumerate(counts):
            yield Piece(table, here, group, first, before)
            first, before = first + count, before + count


def _named(pieces: list[Piece], number: int) -> str:
    """What the row with this number is called."""
    piece = pieces[bisect([each.first for each in pieces], number) - 1]
    return f"{piece.table.named}, row {number - piece.first + piece.before + 1}"


def _digest(place: str) -> bytes:
    return sha256(place.encode("utf-8", "surrogatepass")).digest()[:16]


def _row(piece: Piece, at: int, entry: Entry) -> dict[str, Any]:
    row: dict[str, Any] = {
        "key": _digest(entry.place).hex(),
        "number": piece.first + at,
        "id": None if at in piece.faults else entry.id,
        "named": _plain(entry.named),
        "where": entry.where and _plain(entry.where),
        "text": entry.text,
        "known": json.dumps(entry.known),
        "fault": piece.faults.get(at, entry.fault) or None,
        "tip": "",
    }
    if not row["fault"] and entry.where and _is_file(piece.table, entry.where):
        try:
            row["raw"] = _content(piece, entry.where)
        except SummarizerError as error:
            row["fault"], row["tip"] = error.message, error.tip
    return row


def _is_file(table: Table, where: str) -> bool:
    """Whether it is a file that is read here, on the storage of its table; what else has an address is of the web."""
    return not is_address(where) or (is_address(table.named) and where.startswith(f"{table.beside}/"))


def _content(piece: Piece, where: str) -> bytes:
    if not is_address(where):
        return read_bytes(Path(piece.here) / where)
    filesystem, path = located(where)
    try:
        with filesystem.open_input_stream(path) as file:
            raw = bytes(file.read(MAX_BYTES + 1))
    except OSError as error:
        raise SourceError(f"Cannot read {one_line(where)}: {one_line(error.strerror or str(error), 200)}.") from error
    if len(raw) > MAX_BYTES:
        raise SourceError(f"{one_line(where)} is larger than {MAX_BYTES // 1_000_000} MB.")
    return raw


def _plain(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()
