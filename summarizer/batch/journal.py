"""A run's journal: one SQLite file that everything else about a run can be made from.

What is committed here outlasts a kill, a full disk and a loss of power. A journal comes into being whole, by a rename,
so that one which is empty, cut short or of another form is damaged and never begun anew.
"""

from __future__ import annotations

import asyncio
import json
import os
import queue
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, TypeVar

from summarizer.errors import JournalError
from summarizer.text import one_line

NAME = "journal.sqlite"
LOCK = "journal.lock"
_NEW = "journal.new"
_ID = 0x53_4A_52_4E
"""SQLite's application_id of a journal."""

VERSION = 2
"""Of the tables below."""

# A request is put down before it is sent, with the most that it can cost, and is never deleted; one without a status
# got no answer. `reread` are the tokens that the server had in a cache of its own. What our cache answers is none.
_TABLES = """
CREATE TABLE run (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE item (
    number INTEGER PRIMARY KEY,
    place TEXT NOT NULL UNIQUE,
    id TEXT UNIQUE,
    named TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'in flight', 'done', 'failed')),
    kind TEXT NOT NULL DEFAULT '',
    message TEXT NOT NULL DEFAULT '',
    tip TEXT NOT NULL DEFAULT ''
);
CREATE INDEX item_state ON item (state, number);
CREATE TABLE article (number INTEGER PRIMARY KEY REFERENCES item, given TEXT NOT NULL, source TEXT);
CREATE TABLE request (
    at INTEGER PRIMARY KEY AUTOINCREMENT,
    number INTEGER NOT NULL REFERENCES item,
    status INTEGER,
    read INTEGER,
    written INTEGER,
    reread INTEGER,
    dollars REAL
);
CREATE INDEX request_number ON request (number);
CREATE TABLE answer (
    at INTEGER PRIMARY KEY AUTOINCREMENT,
    number INTEGER NOT NULL REFERENCES item,
    request TEXT NOT NULL,
    status INTEGER NOT NULL,
    cached INTEGER NOT NULL,
    response TEXT NOT NULL
);
CREATE INDEX answer_number ON answer (number, at);
CREATE TABLE briefing (number INTEGER PRIMARY KEY REFERENCES item, json TEXT NOT NULL);
CREATE TABLE duplicate (named TEXT NOT NULL, number INTEGER NOT NULL REFERENCES item);
"""

T = TypeVar("T")
Write = Callable[[sqlite3.Connection], T]


class Journal:
    """An open journal. Reads are made where they are asked for, writes by a thread that commits many at a time.

    Attributes:
        facts: what the run was begun with.
    """

    def __init__(self, folder: Path) -> None:
        """
        Raises:
            JournalError: there is none, or it is damaged, or of another version.
        """
        self.path = folder / NAME
        if not self.path.is_file():
            raise JournalError(
                f"There is no run in {one_line(str(folder), 200)}.", tip="Begin one: summarizer batch ARTICLES -o RUN"
            )
        with self._told():
            self._reading = _connected(self.path)
            try:
                self._refuse_other()
                self.facts: dict[str, Any] = json.loads(self._fact("facts"))
            except BaseException:
                self._reading.close()
                raise
        self._writer: _Writer | None = None

    @classmethod
    def begun(cls, folder: Path, facts: dict[str, Any]) -> Journal:
        """The journal of a folder, which is made where there is none.

        Raises:
            JournalError: it cannot be made, there is something else in the folder, or see `Journal`.
        """
        shown = one_line(str(folder), 200)
        try:
            if not (folder / NAME).exists():
                foreign = sorted(each.name for each in folder.iterdir() if not each.name.startswith("journal."))
                if foreign:
                    raise JournalError(
                        f"{shown} has no journal, but has {one_line(foreign[0], 80)}.",
                        tip="Give a folder of its own for the run; if its journal was deleted, put that back.",
                    )
                _make(folder, facts)
        except (OSError, sqlite3.Error) as error:
            raise JournalError(f"Cannot begin a run in {shown}: {_reason(error)}.") from error
        return cls(folder)

    def close(self) -> None:
        """Ends the writing, and leaves one file."""
        if self._writer:
            self._writer.close()
        self._reading.close()

    def rows(self, sql: str, *values: Any) -> Iterator[tuple[Any, ...]]:
        """What a query gives, a row at a time.

        Raises:
            JournalError: the journal cannot be read.
        """
        with self._told():
            yield from self._reading.execute(sql, values)

    def row(self, sql: str, *values: Any) -> tuple[Any, ...]:
        """The only row that a query gives."""
        return next(self.rows(sql, *values))

    def write(self, work: Write[T]) -> T:
        """Does `work` in a transaction, and returns what it gives when that is on the disk.

        Raises:
            JournalError: it cannot be written; then nothing of it is.
        """
        with self._told():
            return self._submitted(work).result()

    async def commit(self, work: Write[T]) -> T:
        """`write` for async code."""
        with self._told():
            return await asyncio.wrap_future(self._submitted(work))

    def set_facts(self, facts: dict[str, Any]) -> None:
        self.write(lambda to: to.execute("UPDATE run SET value = ? WHERE name = 'facts'", (json.dumps(facts),)))
        self.facts = facts

    def _submitted(self, work: Write[T]) -> Future[T]:
        if self._writer is None:
            self._writer = _Writer(self.path)
        return self._writer.submit(work)

    def _fact(self, name: str) -> str:
        found = self._reading.execute("SELECT value FROM run WHERE name = ?", (name,)).fetchone()
        if found is None:
            raise sqlite3.DatabaseError(f"it does not tell its {name}")
        return str(found[0])

    def _refuse_other(self) -> None:
        shown = one_line(str(self.path), 200)
        (kind,) = self._reading.execute("PRAGMA application_id").fetchone()
        (version,) = self._reading.execute("PRAGMA user_version").fetchone()
        if kind != _ID:
            raise JournalError(f"{shown} is no journal of a run.", tip="Put the journal back, or begin another run.")
        if version != VERSION:
            raise JournalError(
                f"{shown} is a journal of version {version}; this program writes version {VERSION}.",
                tip="Go on with the program that began the run, or begin another run.",
            )

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Errors of SQLite as ours."""
        try:
            yield
        except sqlite3.Error as error:
            shown = one_line(str(self.path), 200)
            full = isinstance(error, sqlite3.OperationalError)
            raise JournalError(
                f"The journal {shown} cannot be {'used' if full else 'read'}: {_reason(error)}.",
                tip="Make room on the disk, or see to the file, then run the same command again; nothing is lost."
                if full
                else "Put back a copy of it, or begin another run; what was paid for may still be read from it.",
            ) from error


class _Writer:
    """The one thread that writes. What waits while it commits is committed together."""

    _MOST = 500

    def __init__(self, path: Path) -> None:
        self._path = path
        self._waiting: queue.SimpleQueue[tuple[Write[Any], Future[Any]] | None] = queue.SimpleQueue()
        self._connection = _connected(path)
        self._thread = threading.Thread(target=self._run, name="journal", daemon=True)
        self._thread.start()

    def submit(self, work: Write[T]) -> Future[T]:
        future: Future[T] = Future()
        self._waiting.put((work, future))
        return future

    def close(self) -> None:
        self._waiting.put(None)
        self._thread.join()
        self._connection.close()

    def _run(self) -> None:
        ended = False
        while not ended:
            first = self._waiting.get()
            works = [first]
            while first and len(works) < self._MOST and not self._waiting.empty():
                works.append(self._waiting.get())
            ended = None in works
            self._commit([each for each in works if each])

    def _commit(self, works: list[tuple[Write[Any], Future[Any]]]) -> None:
        if not works:
            return
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            given = [work(self._connection) for work, _ in works]
            self._connection.execute("COMMIT")
        except BaseException as error:  # noqa: BLE001 (each of those who wait is told)
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            if len(works) > 1:  # one may be at fault for all
                for each in works:
                    self._commit([each])
            elif works[0][1].set_running_or_notify_cancel():
                works[0][1].set_exception(error)
            return
        for (_, future), value in zip(works, given, strict=True):
            if future.set_running_or_notify_cancel():
                future.set_result(value)


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
    except BaseException:
        connection.close()
        raise
    return connection


def _make(folder: Path, facts: dict[str, Any]) -> None:
    new = folder / _NEW
    for left in folder.glob(f"{_NEW}*"):  # of one that was killed here
        left.unlink()
    with closing(sqlite3.connect(new, isolation_level=None)) as connection:
        connection.executescript(_TABLES)
        connection.execute("INSERT INTO run VALUES ('facts', ?)", (json.dumps(facts),))
        connection.execute(f"PRAGMA application_id = {_ID}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
    new.replace(folder / NAME)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _reason(error: Exception) -> str:
    return one_line(getattr(error, "strerror", None) or str(error), 160)
