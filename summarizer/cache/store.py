"""The file that answers are kept in: SQLite, shared by all processes of a user.

What goes wrong with it costs money at worst: an entry that is not what was written is none, and a file that cannot be
used is told of once and then left alone.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from summarizer.errors import UsageError
from summarizer.text import one_line

FOLDER = "answers"

_NAME = "answers-1.sqlite"
"""The number is that of the tables below: another version of them is another file."""

_TABLES = """
CREATE TABLE IF NOT EXISTS answer (
    at INTEGER PRIMARY KEY AUTOINCREMENT,
    request TEXT NOT NULL UNIQUE,
    kept REAL NOT NULL,
    response TEXT NOT NULL,
    sha256 TEXT NOT NULL
)
"""
_WAIT = 5.0
"""Seconds for another process that writes."""

_LEFT = 0.9
"""The share of the limit that is left when the oldest had to go."""

log = logging.getLogger(__name__)

Write = Callable[[sqlite3.Connection], object]


@dataclass(frozen=True, slots=True)
class Info:
    """
    Attributes:
        place: the file; it need not be there.
        size: its bytes.
        oldest, newest: when the first and the last of what is kept came in; None where nothing is.
    """

    place: Path
    entries: int
    size: int
    oldest: datetime | None
    newest: datetime | None


class Store:
    """Texts by their keys, the oldest of which go when there are too many. Safe to share among threads.

    Nothing is opened, and no file made, before it is needed.
    """

    def __init__(self, folder: Path, most: int) -> None:
        """
        Args:
            most: the bytes that may be kept.
        """
        self.path = folder / _NAME
        self._most = most
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._told = False

    def get(self, key: str) -> str | None:
        """What is kept for a key; None where there is nothing, or not what was written."""
        with self._lock:
            try:
                connection = self._opened(make=False)
                sql = "SELECT response, sha256 FROM answer WHERE request = ?"
                found = connection.execute(sql, (key,)).fetchone() if connection else None
            except (sqlite3.Error, OSError) as error:
                self._tell(f"cannot be read: {_reason(error)}")
                return None
        if found is None:
            return None
        text, digest = found
        if isinstance(text, str) and _digest(key, text) == digest:
            return text
        self.damaged(key)
        return None

    def damaged(self, key: str) -> None:
        """Forgets an entry that is not what was written, and tells so."""
        self._tell("holds an answer that is not what was written; it is asked for anew")
        self.forget([key])

    def put(self, key: str, text: str) -> None:
        """Keeps a text, from now on the newest."""

        def write(to: sqlite3.Connection) -> None:
            to.execute("DELETE FROM answer WHERE request = ?", (key,))
            row = (key, time.time(), text, _digest(key, text))
            to.execute("INSERT INTO answer (request, kept, response, sha256) VALUES (?, ?, ?, ?)", row)
            self._make_room(to)

        self._write(write, make=True)

    def forget(self, keys: Iterable[str]) -> None:
        rows = [(key,) for key in keys]
        self._write(lambda to: to.executemany("DELETE FROM answer WHERE request = ?", rows), make=False)

    def info(self) -> Info:
        """
        Raises:
            UsageError: the file cannot be read.
        """
        try:
            with self._lock:
                connection = self._opened(make=False)
                sql = "SELECT count(*), min(kept), max(kept) FROM answer"
                count, oldest, newest = connection.execute(sql).fetchone() if connection else (0, None, None)
            return Info(self.path, count, sum(_size(each) for each in self._files()), _moment(oldest), _moment(newest))
        except (sqlite3.Error, OSError) as error:
            raise self._refused("read", error) from error

    def clear(self, older_than: timedelta | None = None) -> int:
        """Forgets what was kept longer ago than that, or everything; how many that were.

        Raises:
            UsageError: it cannot be deleted.
        """
        try:
            if older_than is None:
                return self._removed()
            with self._lock:
                if not (connection := self._opened(make=False)):
                    return 0
                before = time.time() - older_than.total_seconds()
                count = connection.execute("DELETE FROM answer WHERE kept < ?", (before,)).rowcount
                connection.execute("VACUUM")
                return count
        except (sqlite3.Error, OSError) as error:
            raise self._refused("changed", error) from error

    def close(self) -> None:
        with self._lock:
            if self._connection:
                self._connection.close()
            self._connection = None

    def _removed(self) -> int:
        """Deletes the file, so that one that is damaged goes too."""
        try:
            count = self.info().entries
        except UsageError:
            count = 0
        self.close()
        for each in self._files():
            each.unlink(missing_ok=True)
        return count

    def _write(self, work: Write, *, make: bool) -> None:
        with self._lock:
            try:
                if connection := self._opened(make=make):
                    _transaction(connection, work)
            except (sqlite3.Error, OSError) as error:
                self._tell(f"cannot be written: {_reason(error)}")

    def _opened(self, *, make: bool) -> sqlite3.Connection | None:
        """The connection; None where there is no file and none is to be made."""
        if self._connection is None and (make or self.path.is_file()):
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)  # it quotes what was briefed
            self._connection = _connected(self.path)
        return self._connection

    def _make_room(self, to: sqlite3.Connection) -> None:
        while (used := self._used(to)) > self._most:
            last, freed = 0, 0
            for at, size in to.execute("SELECT at, length(response) FROM answer ORDER BY at"):
                last, freed = at, freed + size
                if freed >= used - _LEFT * self._most:
                    break
            if not to.execute("DELETE FROM answer WHERE at <= ?", (last,)).rowcount:
                return

    def _used(self, to: sqlite3.Connection) -> int:
        pages, free, size = (to.execute(f"PRAGMA {name}").fetchone()[0] for name in _PAGES)
        return int((pages - free) * size)

    def _files(self) -> list[Path]:
        return [self.path.with_name(f"{self.path.name}{end}") for end in ("", "-wal", "-shm")]

    def _tell(self, what: str) -> None:
        """Once, however much goes wrong: each of it is a miss, and no more."""
        if not self._told:
            self._told = True
            log.warning("The cache %s %s. To empty it: summarizer cache clear", one_line(str(self.path), 200), what)

    def _refused(self, done: str, error: Exception) -> UsageError:
        return UsageError(
            f"The cache {one_line(str(self.path), 200)} cannot be {done}: {_reason(error)}.",
            tip="Empty it with summarizer cache clear, or do without: --no-cache",
        )


_PAGES = ("page_count", "freelist_count", "page_size")


def _transaction(connection: sqlite3.Connection, work: Write) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        work(connection)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=_WAIT)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        # The last answers may be lost with the power, and are asked for anew then.
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(_TABLES)
    except BaseException:
        connection.close()
        raise
    return connection


def _digest(key: str, text: str) -> str:
    return sha256(f"{key}\0{text}".encode()).hexdigest()


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _moment(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def _reason(error: Exception) -> str:
    return one_line(getattr(error, "strerror", None) or str(error), 160)
