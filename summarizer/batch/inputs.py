"""What a batch is given, one entry after the other: nothing is read before its turn, and nothing is kept."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Protocol, runtime_checkable

from summarizer.batch import feeds, parquet
from summarizer.batch.entry import Entry
from summarizer.batch.table import Columns, entry_of, entry_of_row
from summarizer.errors import UsageError
from summarizer.source import Source
from summarizer.text import one_line
from summarizer.web import is_address

TABLES = (".jsonl", ".ndjson")
"""What the names of files end with that hold an article a line; those of Parquet hold one a row."""

_MARKS = frozenset("*?[")
_BOM = b"\xef\xbb\xbf"
_LONGEST = 20_000_000
"""Bytes of a line."""


@runtime_checkable
class Entries(Protocol):
    """What a run takes its articles from."""

    def entries(self, without: Path, *, allow_private: bool = False) -> Iterator[Entry]:
        """See `Inputs.entries`."""


@dataclass(frozen=True)
class Inputs:
    """What is to be briefed, in its order.

    Attributes:
        given: paths, addresses, patterns such as `articles/**/*.txt`, folders, tables (`TABLES`, Parquet), sources.
        lists: files that name a path or an address a line; `-` is standard input.
        feeds: paths or addresses of feeds, whose entries are articles.
        columns: what the columns of a table are called.
    """

    given: Iterable[Source | str | Path] = ()
    lists: tuple[str | Path, ...] = ()
    feeds: tuple[str | Path, ...] = ()
    columns: Columns = field(default_factory=Columns)

    def entries(self, without: Path, *, allow_private: bool = False) -> Iterator[Entry]:
        """Every article that is named; what is none is an entry with a fault.

        Args:
            without: a folder that is not looked into, wherever it comes up: the run's own.
            allow_private: whether feeds may be fetched from private networks.

        Raises:
            OfflineError: a feed would be fetched, and SUMMARIZER_OFFLINE is set.
            UsageError: nothing is named, a list or table cannot be read, or a pattern or folder has no file.
        """
        found = False
        for entry in self._all(Path(os.path.realpath(without)), allow_private=allow_private):
            found = True
            yield entry
        if not found:
            raise UsageError(
                "There is nothing to brief.",
                tip="Name files, folders, patterns, links, a list (--list FILE) or a feed (--feed URL).",
            )

    def _all(self, without: Path, *, allow_private: bool) -> Iterator[Entry]:
        for each in self.given:
            if isinstance(each, Source):
                yield Entry.made(each)
            else:
                yield from self._named(str(each), without)
        for each in self.lists:
            yield from _listed(str(each))
        for each in self.feeds:
            yield from feeds.entries(str(each), allow_private=allow_private)

    def _named(self, name: str, without: Path) -> Iterator[Entry]:
        if name == "-":
            raise UsageError(
                "A batch that goes on after a stop has to find its articles again, so none comes from standard input.",
                tip="Name its file; a list of files may come in by --list -.",
            )
        if is_address(name):
            yield Entry.at(name)
        elif Path(name).is_dir():
            yield from self._files(below(name, without), f"The folder {one_line(name, 200)} holds no file.")
        elif _MARKS & set(name) and not os.path.lexists(name):
            yield from self._files(_matching(name, without), f"No file matches {one_line(name, 200)}.")
        else:
            yield from self._file(name)

    def _files(self, paths: Iterable[str], none: str) -> Iterator[Entry]:
        found = False
        for path in paths:
            found = True
            yield from self._file(path)
        if not found:
            raise UsageError(none, tip="Check how it is written.")

    def _file(self, path: str) -> Iterator[Entry]:
        if parquet.is_parquet(path):
            for number, row in parquet.rows(path, self.columns.wanted):
                yield entry_of_row(row, f"{path}, row {number}", Path(path).parent.joinpath, self.columns)
            return
        if not path.lower().endswith(TABLES):
            yield Entry.at(path)
            return
        for number, line in _lines(path):
            if line.strip():
                yield entry_of(line, f"{path}, line {number}", Path(path).parent.joinpath, self.columns)


def _matching(pattern: str, without: Path) -> Iterator[str]:
    for path in sorted(glob.iglob(pattern, recursive=True)):  # noqa: PTH207 (Path.glob takes no absolute pattern)
        if not Path(path).is_dir() and not Path(os.path.realpath(path)).is_relative_to(without):
            yield path


def below(folder: str, without: Path) -> Iterator[str]:
    """The files below a folder in the order of their names, but for hidden ones."""
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(
            each for each in folders if not each.startswith(".") and Path(os.path.realpath(here), each) != without
        )
        yield from (str(Path(here, each)) for each in sorted(files) if not each.startswith("."))


def _listed(path: str) -> Iterator[Entry]:
    beside = Path() if path == "-" else Path(path).parent
    shown = "standard input" if path == "-" else path
    for number, line in _lines(path):
        name = line.strip()
        if not name or name.startswith(b"#"):
            continue
        named = f"{shown}, line {number}"
        if b"\0" in name:
            yield Entry.wrong(named, line, "The line holds a NUL; a list is UTF-8 text.")
            continue
        where = os.fsdecode(name)
        yield Entry.at(where if is_address(where) else str(beside / where), named)


def _lines(path: str) -> Iterator[tuple[int, bytes]]:
    """The lines of a file with their numbers; U+2028 and the like end none.

    Raises:
        UsageError: it cannot be read, or is no UTF-8.
    """
    try:
        with _opened(path) as file:
            number = 0
            while line := file.readline(_LONGEST):
                number += 1
                if number == 1 and line.startswith((b"\xff\xfe", b"\xfe\xff")):
                    raise UsageError(f"{one_line(path, 200)} is UTF-16.", tip="Save it as UTF-8.")
                yield number, line.removeprefix(_BOM) if number == 1 else line
    except OSError as error:
        raise UsageError(f"Cannot read {one_line(path, 200)}: {error.strerror}.") from error


def _opened(path: str) -> BinaryIO:
    if path != "-":
        return Path(path).open("rb")
    if sys.stdin is None or sys.stdin.closed or sys.stdin.isatty():
        raise UsageError("There is no list on standard input.", tip="Pipe one in, or name a file.")
    return open(sys.stdin.fileno(), "rb", closefd=False)
