"""The articles of a run, as its journal has them: what they are, how far they are, and what came of them."""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from summarizer.batch.entry import FAULT, Entry
from summarizer.batch.journal import Journal
from summarizer.cache import Reused
from summarizer.cassette import Response
from summarizer.errors import SourceError, SummarizerError
from summarizer.model.answer import Usage
from summarizer.source import Source
from summarizer.text import one_line

_AT_ONCE = 500
"""Entries that are written together."""

_GIVEN = ("where", "text", "known", "otherwise")
"""What is kept of an entry to read it by."""

BUG = "bug"
"""The kind of a failure that is no `SummarizerError`."""

PASSING = ("rate_limited", "unreachable", "server_error", "deadline", BUG)
"""Failures after which what the model answered before is still good, so that it is not asked for again."""
_LONGEST_NAME = 60
"""Characters of a file's name that are of the article's."""


@dataclass(frozen=True, slots=True)
class Item:
    """An article that is to be briefed.

    Attributes:
        source: what was read of it; None where that is still to be done.
        answers: what it was answered before the run was stopped: the hash of each request, and the answer.
    """

    number: int
    entry: Entry
    source: Source | None
    answers: list[tuple[str, Response]]


@dataclass(frozen=True, slots=True)
class Failure:
    number: int
    named: str
    id: str | None
    kind: str
    message: str
    tip: str
    requests: int


@dataclass(frozen=True, slots=True)
class Made:
    """A briefing as its journal has it, and which article it is of."""

    number: int
    named: str
    id: str | None
    json: str

    def file_name(self, ending: str) -> str:
        """The name of a file for it: its number, which no other has, and what it can have of its own name."""
        last = re.split(r"[/\\]", self.id or self.named.rstrip("/"))[-1]
        stem = last if self.id else Path(last).stem
        plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
        slug = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:_LONGEST_NAME].strip("-")
        return f"{self.number:06}-{slug}{ending}" if slug else f"{self.number:06}{ending}"


def register(journal: Journal, entries: Iterable[Entry]) -> None:
    """Puts down what is not there yet, in its order; what was on its way when the run was stopped waits again.

    Raises:
        JournalError: it cannot be written.
        UsageError: from `entries`; what came before is put down.
    """
    journal.write(_begin)
    rest = iter(entries)
    while some := list(islice(rest, _AT_ONCE)):
        journal.write(lambda to, some=some: _register(to, some))  # type: ignore[misc]  # bound at once
    journal.write(_end)


def retry(journal: Journal) -> None:
    """Lets what failed wait again."""
    journal.write(
        lambda to: to.execute(
            f"UPDATE item SET state = 'pending' WHERE state = 'failed' AND place NOT LIKE '{FAULT}%'"  # noqa: S608
        )
    )


def pending(journal: Journal) -> Iterator[int]:
    """The numbers of what waits, in their order."""
    return _numbers(journal, "pending")


def finished(journal: Journal) -> Iterator[int]:
    """The numbers of what has its briefing, in their order."""
    return _numbers(journal, "done")


def _numbers(journal: Journal, state: str) -> Iterator[int]:
    """A part at a time, since a query that goes on sees nothing new, and keeps the journal from being tidied."""
    sql = "SELECT number FROM item WHERE state = ? AND number > ? ORDER BY number LIMIT 1000"
    some = [0]
    while some:
        some = [number for (number,) in journal.rows(sql, state, some[-1])]
        yield from some


def item(journal: Journal, number: int) -> Item:
    place, name, named, given, source = journal.row(
        "SELECT place, id, named, given, source FROM item JOIN article USING (number) WHERE number = ?", number
    )
    answers = journal.rows("SELECT request, response, cached FROM answer WHERE number = ? ORDER BY at", number)
    return Item(
        number,
        Entry(place, named, name, **json.loads(given)),
        _sources().validate_json(source) if source else None,
        [(request, (Reused if cached else Response).model_validate_json(text)) for request, text, cached in answers],
    )


async def begin(journal: Journal, number: int, source: Source) -> None:
    """Marks it as on its way: what was read of it is kept, and what will be answered is about that."""
    text = _json(source)

    def write(to: sqlite3.Connection) -> None:
        to.execute("UPDATE item SET state = 'in flight' WHERE number = ?", (number,))
        to.execute("UPDATE article SET source = ? WHERE number = ?", (text, number))

    await journal.commit(write)


async def ask(journal: Journal, number: int, most: float | None) -> int:
    """Puts down a request that is about to be sent, and the dollars that it may cost; what it is called there."""

    def write(to: sqlite3.Connection) -> int:
        return to.execute("INSERT INTO request (number, dollars) VALUES (?, ?)", (number, most)).lastrowid or 0

    return await journal.commit(write)


async def answer(
    journal: Journal, number: int, request: str, response: Response, at: int | None, used: Usage, cost: float | None
) -> None:
    """Keeps what was answered, and what it cost.

    Args:
        at: what the request is called that it answers; None where the cache does.
        cost: in dollars; None where that is not known, so that it may be the most.
    """
    kept = (number, request, response.status, isinstance(response, Reused), response.model_dump_json())
    told = (response.status, used.prompt_tokens, used.completion_tokens, used.cached_tokens, cost, at)

    def write(to: sqlite3.Connection) -> None:
        to.execute("INSERT INTO answer (number, request, status, cached, response) VALUES (?, ?, ?, ?, ?)", kept)
        to.execute(
            "UPDATE request SET status = ?, read = ?, written = ?, reread = ?, dollars = ifnull(?, dollars) "
            "WHERE at = ?",
            told,
        )

    await journal.commit(write)


def keep(
    to: sqlite3.Connection, number: int, request: str, response: Response, used: Usage, cost: float | None
) -> None:
    """Keeps an answer to a request that was put down nowhere, as a part of a transaction."""
    to.execute(
        "INSERT INTO answer (number, request, status, cached, response) VALUES (?, ?, ?, 0, ?)",
        (number, request, response.status, response.model_dump_json()),
    )
    to.execute(
        "INSERT INTO request (number, status, read, written, reread, dollars) VALUES (?, ?, ?, ?, ?, ?)",
        (number, response.status, used.prompt_tokens, used.completion_tokens, used.cached_tokens, cost),
    )


async def done(journal: Journal, number: int, briefing: str) -> None:
    def write(to: sqlite3.Connection) -> None:
        to.execute("INSERT OR REPLACE INTO briefing VALUES (?, ?)", (number, briefing))
        to.execute("UPDATE item SET state = 'done', kind = '', message = '', tip = '' WHERE number = ?", (number,))

    await journal.commit(write)


async def fail(journal: Journal, number: int, error: Exception, message: str) -> None:
    """Says why it got no briefing. Answers that are no good are forgotten, so that they are asked for anew."""
    kind = error.kind if isinstance(error, SummarizerError) else BUG
    tip = error.tip if isinstance(error, SummarizerError) else "Please report it; what was paid for is kept."

    def write(to: sqlite3.Connection) -> None:
        told = ("failed", kind, message, tip, number)
        to.execute("UPDATE item SET state = ?, kind = ?, message = ?, tip = ? WHERE number = ?", told)
        _forget(to, number, kind)

    await journal.commit(write)


async def put_back(journal: Journal, number: int) -> None:
    """Lets it wait again; the good answers that it has are kept."""

    def write(to: sqlite3.Connection) -> None:
        to.execute("UPDATE item SET state = 'pending' WHERE number = ?", (number,))
        _forget(to, number, PASSING[0])

    await journal.commit(write)


async def wait(journal: Journal, number: int) -> None:
    """Lets it wait for answers that come later; all that it has are kept, failures too, since they count as tries."""
    await journal.commit(lambda to: to.execute("UPDATE item SET state = 'pending' WHERE number = ?", (number,)))


async def forget_refusals(journal: Journal) -> None:
    """Takes away the failed answers of all that waits: what stopped the run would stop it again at each."""
    waiting = "SELECT number FROM item WHERE state IN ('pending', 'in flight')"
    await journal.commit(
        lambda to: to.execute(f"DELETE FROM answer WHERE status >= 400 AND number IN ({waiting})")  # noqa: S608
    )


def briefing(journal: Journal, number: int) -> str:
    """The briefing that an article has."""
    text: str = journal.row("SELECT json FROM briefing WHERE number = ?", number)[0]
    return text


def replace(journal: Journal, number: int, briefing: str) -> None:
    """Puts another briefing in the place of one."""
    journal.write(lambda to: to.execute("UPDATE briefing SET json = ? WHERE number = ?", (briefing, number)))


def made(journal: Journal) -> Iterator[Made]:
    """The briefings, in the order of the inputs."""
    found = journal.rows(
        "SELECT number, named, id, json FROM item JOIN briefing USING (number) WHERE state = 'done' ORDER BY number"
    )
    return (Made(*row) for row in found)


def made_of(journal: Journal, number: int) -> Made:
    """The briefing of an article that has one."""
    found = journal.row(
        "SELECT number, named, id, json FROM item JOIN briefing USING (number) WHERE number = ?", number
    )
    return Made(*found)


def failures(journal: Journal) -> Iterator[Failure]:
    """What got no briefing, in the order of the inputs."""
    found = journal.rows(
        "SELECT number, named, id, kind, message, tip, "
        "(SELECT count(*) FROM request WHERE request.number = item.number) "
        "FROM item WHERE state = 'failed' ORDER BY number"
    )
    return (Failure(*row) for row in found)


def _begin(to: sqlite3.Connection) -> None:
    to.execute("UPDATE item SET state = 'pending' WHERE state = 'in flight'")
    to.execute("CREATE TEMP TABLE IF NOT EXISTS seen (number INTEGER PRIMARY KEY)")
    to.execute("DELETE FROM seen")
    to.execute("DELETE FROM duplicate")


def _end(to: sqlite3.Connection) -> None:
    """What was no article, and is not named any more, is no failure of the run any more."""
    gone = f"SELECT number FROM item WHERE place LIKE '{FAULT}%' AND number NOT IN seen"  # noqa: S608
    to.execute(f"DELETE FROM article WHERE number IN ({gone})")  # noqa: S608
    to.execute(f"DELETE FROM item WHERE number IN ({gone})")  # noqa: S608


def _register(to: sqlite3.Connection, entries: list[Entry]) -> None:
    for each in entries:
        place, named = _plain(each.place), _plain(each.named)
        known = to.execute("SELECT number FROM item WHERE place IN (?, ?)", (place, FAULT + place)).fetchone()
        number = known[0] if known else _added(to, each, place, named)
        if to.execute("INSERT OR IGNORE INTO seen VALUES (?)", (number,)).rowcount == 0:
            to.execute("INSERT INTO duplicate VALUES (?, ?)", (named, number))


def _added(to: sqlite3.Connection, entry: Entry, place: str, named: str) -> int | None:
    """The number of an article that is new."""
    name, fault = entry.id and _plain(entry.id), entry.fault
    if name and (other := to.execute("SELECT named FROM item WHERE id = ?", (name,)).fetchone()):
        place, fault = FAULT + place, f"Another article has the id {one_line(name, 80)!r}: {other[0]}."
        name = None
    state, kind = ("failed", SourceError.kind) if fault else ("pending", "")
    added = to.execute(
        "INSERT INTO item (place, id, named, state, kind, message) VALUES (?, ?, ?, ?, ?, ?)",
        (place, name, named, state, kind, fault),
    )
    given = {key: value for key, value in asdict(entry).items() if key in _GIVEN and value}
    source = _json(entry.source) if entry.source else None
    to.execute("INSERT INTO article VALUES (?, ?, ?)", (added.lastrowid, json.dumps(given), source))
    return added.lastrowid


def _forget(to: sqlite3.Connection, number: int, kind: str) -> None:
    """Takes away what would only be repeated: refusals, and where the answers were no good, all of them."""
    if kind in PASSING:
        to.execute("DELETE FROM answer WHERE number = ? AND status >= 400", (number,))
    else:
        to.execute("DELETE FROM answer WHERE number = ?", (number,))


def _plain(text: str) -> str:
    """Names may hold bytes that are no UTF-8, which SQLite would not take."""
    return text.encode("utf-8", "backslashreplace").decode()


@cache
def _sources() -> TypeAdapter[Source]:
    return TypeAdapter(Source)


def _json(source: Any) -> str:
    return _sources().dump_json(source).decode()
