"""The batches of a run at a provider, as its journal has them: what was asked by which, and how far each is.

A batch is put down before it is uploaded, and marked before it is created, so that whoever goes on knows what may have
happened and looks. An answer and the end of its question are one transaction: a question is open, or answered, never
both.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from summarizer.batch import items
from summarizer.batch.journal import Journal
from summarizer.cassette import Response
from summarizer.model.answer import Usage, usage
from summarizer.model.batch import Remote

PLANNED, UPLOADED = "planned", "uploaded"
"""What a batch is before the provider has a word for it."""

FULL = "the queue was full"
SMALLER = "the queue does not hold so many"

_TABLES = """
CREATE TABLE IF NOT EXISTS batch (
    number INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    state TEXT NOT NULL,
    open INTEGER NOT NULL DEFAULT 1,
    why TEXT NOT NULL DEFAULT '',
    file TEXT,
    creating REAL,
    id TEXT UNIQUE,
    total INTEGER NOT NULL,
    completed INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0,
    looks INTEGER NOT NULL DEFAULT 0,
    odd INTEGER NOT NULL DEFAULT 0,
    read INTEGER NOT NULL DEFAULT 0,
    written INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS question (
    id TEXT PRIMARY KEY,
    number INTEGER NOT NULL REFERENCES item,
    request TEXT NOT NULL,
    batch INTEGER REFERENCES batch,
    tries INTEGER NOT NULL DEFAULT 0,
    why TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS question_number ON question (number);
CREATE INDEX IF NOT EXISTS question_batch ON question (batch);
"""
_COLUMNS = "number, key, state, open, why, file, creating, id, total, completed, failed, looks, odd, read, written"


@dataclass(frozen=True, slots=True)
class Sent:
    """A batch of this run.

    Attributes:
        key: its own, by which it is found at the provider.
        state: `planned`, `uploaded`, or the provider's status.
        open: whether answers are still to be had of it.
        why: it failed.
        file, id: of the provider.
        creating: when it was about to be created, in seconds of the epoch.
        looks: how often its files were read.
        odd: lines of them that are about no request of it, or are no lines.
        read, written: the tokens of its answers, each of which costs `summarizer.model.batches.PRICE` of the usual.
    """

    number: int
    key: str
    state: str
    open: bool
    why: str
    file: str | None
    creating: float | None
    id: str | None
    total: int
    completed: int
    failed: int
    looks: int
    odd: int
    read: int
    written: int


@dataclass(frozen=True, slots=True)
class Question:
    """A request of an article: `id` is its own in every batch, `request` the hash by which its answer is kept."""

    id: str
    number: int
    request: str

    @classmethod
    def of(cls, number: int, request: str) -> Question:
        return cls(f"{number}-{request[:40]}", number, request)


def begin(journal: Journal) -> None:
    """Lets a journal have batches."""
    if not _has(journal):
        for table in filter(str.strip, _TABLES.split(";")):  # no script: that would commit
            journal.write(lambda to, table=table: to.execute(table))  # type: ignore[misc]  # bound at once


def sent(journal: Journal, *, only_open: bool = False) -> list[Sent]:
    """All batches, the first one first."""
    if not _has(journal):
        return []
    where = "WHERE open = 1" if only_open else ""
    rows = journal.rows(f"SELECT {_COLUMNS} FROM batch {where} ORDER BY number")  # noqa: S608 (names of ours)
    return [Sent(row[0], row[1], row[2], bool(row[3]), *row[4:]) for row in rows]


def unasked(journal: Journal) -> Iterator[int]:
    """The numbers of what waits and of which nothing is asked by a batch, in their order."""
    sql = (
        "SELECT number FROM item WHERE state = 'pending' AND number > ? AND number NOT IN "
        "(SELECT number FROM question WHERE batch IS NOT NULL) ORDER BY number LIMIT 1000"
    )
    some = [0]
    while some:
        some = [number for (number,) in journal.rows(sql, some[-1])]
        yield from some


def tries(journal: Journal, question: Question) -> tuple[int, str]:
    """How many batches did not answer a question, and why the last one did not."""
    found = next(journal.rows("SELECT tries, why FROM question WHERE id = ?", question.id), None)
    return found or (0, "")


def unanswered(journal: Journal, batch: Sent) -> int:
    """How many questions of a batch have no answer yet."""
    count: int = journal.row("SELECT count(*) FROM question WHERE batch = ?", batch.number)[0]
    return count


async def plan(journal: Journal, number: int, key: str, questions: Sequence[Question]) -> None:
    """Puts down a batch whose file is on the disk."""

    def write(to: sqlite3.Connection) -> None:
        to.execute(
            "INSERT INTO batch (number, key, state, total) VALUES (?, ?, ?, ?)", (number, key, PLANNED, len(questions))
        )
        to.executemany(
            "INSERT INTO question (id, number, request, batch, tries) VALUES (?, ?, ?, ?, 1) "
            "ON CONFLICT (id) DO UPDATE SET batch = excluded.batch, tries = tries + 1",
            [(each.id, each.number, each.request, number) for each in questions],
        )

    await journal.commit(write)


async def uploaded(journal: Journal, batch: Sent, file: str) -> None:
    await _update(journal, batch, state=UPLOADED, file=file)


async def creating(journal: Journal, batch: Sent) -> None:
    """Marks it: from now on the provider may have it."""
    await _update(journal, batch, creating=time.time())


async def told(journal: Journal, batch: Sent, remote: Remote) -> None:
    """Keeps what the provider tells of it."""
    counts = {"completed": remote.completed, "failed": remote.failed}
    await _update(journal, batch, id=remote.id, state=remote.status, why=remote.why, **counts)


async def looking(journal: Journal, batch: Sent) -> None:
    """Its files are about to be read, perhaps once more."""
    await _update(journal, batch, looks=batch.looks + 1, odd=0)


async def keep(
    journal: Journal,
    batch: Sent,
    lines: Sequence[tuple[str, Response | None, str]],
    odd: int,
    cost: Callable[[int, Usage], float | None],
) -> list[tuple[Response, float | None]]:
    """Keeps what lines answer to open questions of a batch: id, answer or None, why there is none.

    Args:
        cost: what an answer of this status costs, in dollars.

    Returns the answers that are new, with what they cost.
    """

    def write(to: sqlite3.Connection) -> list[tuple[Response, float | None]]:
        new, strange = list[tuple[Response, float | None]](), odd
        for name, response, why in lines:
            found = to.execute(
                "SELECT number, request FROM question WHERE id = ? AND batch = ?", (name, batch.number)
            ).fetchone()
            if found is None:  # it has its answer, or is none of ours
                strange += not _answered(to, name)
            elif response is None:
                to.execute("UPDATE question SET why = ? WHERE id = ?", (why, name))
            else:
                about, request = found
                used = usage(response.body) if isinstance(response.body, dict) else Usage()
                dollars = cost(response.status, used)
                items.keep(to, about, request, response, used, dollars)
                to.execute("DELETE FROM question WHERE id = ?", (name,))
                to.execute(
                    "UPDATE batch SET read = read + ?, written = written + ? WHERE number = ?",
                    (used.prompt_tokens or 0, used.completion_tokens or 0, batch.number),
                )
                new.append((response, dollars))
        to.execute("UPDATE batch SET odd = odd + ? WHERE number = ?", (strange, batch.number))
        return new

    return await journal.commit(write)


async def close(journal: Journal, batch: Sent, why: str = "", *, tried: bool = True) -> None:
    """Ends it: what it did not answer may be asked by another.

    Args:
        tried: whether its requests were carried out, as far as they were.
    """

    def write(to: sqlite3.Connection) -> None:
        to.execute("UPDATE question SET batch = NULL, tries = tries - ? WHERE batch = ?", (not tried, batch.number))
        told = (why, batch.number)
        to.execute("UPDATE batch SET open = 0, why = iif(?1 = '', why, ?1) WHERE number = ?2", told)

    await journal.commit(write)


async def drop(journal: Journal, batch: Sent) -> None:
    """Takes back one that was never sent."""

    def write(to: sqlite3.Connection) -> None:
        to.execute("UPDATE question SET batch = NULL, tries = tries - 1 WHERE batch = ?", (batch.number,))
        to.execute("DELETE FROM batch WHERE number = ?", (batch.number,))

    await journal.commit(write)


async def tidy(journal: Journal) -> None:
    """Forgets questions of articles that are done or failed."""
    over = "SELECT number FROM item WHERE state IN ('done', 'failed')"
    await journal.commit(
        lambda to: to.execute(f"DELETE FROM question WHERE batch IS NULL AND number IN ({over})")  # noqa: S608
    )


def most(journal: Journal, limit: int) -> int:
    """How many requests the next batch may have: half of one that the queue did not hold, twice one that it held."""
    found = limit
    for each in sent(journal):
        if each.why.startswith(SMALLER):
            found = max(1, each.total // 2)
        elif each.id and each.state not in ("validating", "failed"):
            found = min(limit, found * 2)
    return found


async def _update(journal: Journal, batch: Sent, **columns: Any) -> None:
    names = ", ".join(f"{name} = ?" for name in columns)
    values = (*columns.values(), batch.number)
    await journal.commit(lambda to: to.execute(f"UPDATE batch SET {names} WHERE number = ?", values))  # noqa: S608


def _answered(to: sqlite3.Connection, name: str) -> bool:
    number, _, request = name.partition("-")
    sql = "SELECT count(*) FROM answer WHERE number = ? AND substr(request, 1, ?) = ?"
    return bool(to.execute(sql, (number, len(request), request)).fetchone()[0])


def _has(journal: Journal) -> bool:
    return bool(journal.row("SELECT count(*) FROM sqlite_master WHERE name = 'question_batch'")[0])
