"""What a run on a cluster has: finished rows in parts, answers of rows that are not finished, and its facts.

OUT/run.json                 what it was begun with
OUT/part-<hash>.parquet      finished rows; the hash is that of their keys
OUT/answers/<key>.json       what a row was answered that is in no part yet
"""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import pyarrow
import pyarrow.parquet

from summarizer.batch.outcome import Failed, State
from summarizer.cache import Reused
from summarizer.cassette import Response
from summarizer.cluster.folder import Folder
from summarizer.errors import JournalError
from summarizer.text import one_line

RUN = "run.json"
ANSWERS = "answers"
SCHEMA = pyarrow.schema(
    [
        ("key", pyarrow.string()),
        ("number", pyarrow.int64()),
        ("id", pyarrow.string()),
        ("name", pyarrow.string()),
        ("briefing", pyarrow.string()),
        ("kind", pyarrow.string()),
        ("message", pyarrow.string()),
        ("tip", pyarrow.string()),
        ("attempts", pyarrow.int32()),
        ("untold", pyarrow.int32()),
        ("cached", pyarrow.int32()),
        ("tokens_read", pyarrow.int64()),
        ("tokens_written", pyarrow.int64()),
        ("dollars", pyarrow.float64()),
        ("unsure", pyarrow.float64()),
    ]
)
"""Of a finished row: it has a briefing, or the kind, message and tip of why it has none."""

_SUMMED = ["attempts", "untold", "cached", "tokens_read", "tokens_written", "dollars", "unsure"]
_COUNTED = ["key", "name", "kind", "message", *_SUMMED]


@dataclass(frozen=True, slots=True)
class Kept:
    """What is finished.

    Attributes:
        keys: of the rows, as bytes.
        dollars: None where the price of one is not known.
    """

    keys: set[bytes]
    failed: tuple[Failed, ...]
    requests: int
    untold: int
    cached: int
    read: int
    written: int
    dollars: float | None
    unsure: float

    def state(self, pending: int, duplicates: int, duplicate: str) -> State:
        return State(
            done=len(self.keys) - sum(each.count for each in self.failed),
            pending=pending,
            failed=self.failed,
            duplicates=duplicates,
            duplicate=duplicate,
            requests=self.requests,
            untold=self.untold,
            read=self.read,
            written=self.written,
            cached=self.cached,
            dollars=self.dollars,
            unsure=self.unsure,
        )


def begin(folder: Folder, facts: dict[str, Any]) -> dict[str, Any]:
    """The facts that a run was begun with; where there is none, it begins with these.

    Raises:
        JournalError: there is something else in the folder, or it cannot be used.
    """
    names = folder.names()
    if RUN in names:
        return read_facts(folder)
    if foreign := [name for name in names if not name.startswith((".", "journal."))]:
        raise JournalError(
            f"{one_line(folder.shown, 200)} has no {RUN}, but has {one_line(foreign[0], 80)}.",
            tip="Give a folder of its own for the run; if that file was deleted, put it back.",
        )
    folder.write(RUN, json.dumps(facts, indent=2).encode())
    return facts


def read_facts(folder: Folder) -> dict[str, Any]:
    """
    Raises:
        JournalError: they cannot be read.
    """
    try:
        found = json.loads(folder.read(RUN))
    except ValueError as error:
        raise JournalError(f"{one_line(folder.shown, 200)}/{RUN} is damaged.", tip="Put it back.") from error
    if not isinstance(found, dict):
        raise JournalError(f"{one_line(folder.shown, 200)}/{RUN} is damaged.", tip="Put it back.")
    return found


def write(folder: Folder, rows: Sequence[dict[str, Any]]) -> None:
    """Puts finished rows down together. The same rows again are the same part."""
    ordered = sorted(rows, key=lambda row: row["number"])
    _write(folder, _name(row["key"] for row in ordered), ordered)


def kept(folder: Folder) -> Kept:
    """
    Raises:
        JournalError: a part cannot be read.
    """
    keys: set[bytes] = set()
    failed: Counter[str] = Counter()
    examples: dict[str, str] = {}
    sums: dict[str, Any] = dict.fromkeys(_SUMMED, 0)
    for part in _parts(folder):
        for row in _rows(folder, part, _COUNTED):
            key = bytes.fromhex(row["key"])
            if key in keys:
                continue
            keys.add(key)
            if kind := row["kind"]:
                failed[kind] += 1
                said, named = row["message"], row["name"]
                examples.setdefault(kind, said if named in said else f"{named}: {said}")
            for name, so_far in sums.items():
                sums[name] = None if so_far is None or row[name] is None else so_far + row[name]
    told = tuple(Failed(kind, count, examples[kind]) for kind, count in failed.most_common())
    return Kept(keys, told, *sums.values())


def retry(folder: Folder) -> None:
    """Lets what failed wait again: its rows are taken out of their parts."""
    for name in _parts(folder):
        if not any(row["kind"] for row in _rows(folder, name, ["kind"])):
            continue
        rows = _rows(folder, name, None)
        if good := [row for row in rows if not row["kind"]]:
            _write(folder, name, good)
        else:
            folder.delete(name)


def answers(folder: Folder, keys: list[str]) -> Iterator[tuple[str, list[tuple[str, Response]]]]:
    """What those of the rows were answered that are in no part yet: the hash of each request, and the answer."""
    below = folder.below(ANSWERS)
    for name in below.having([_file(key) for key in keys]):
        found = json.loads(below.read(name))
        yield (
            name.removesuffix(".json"),
            [(request, (Reused if cached else Response).model_validate(each)) for request, each, cached in found],
        )


def keep(folder: Folder, key: str, answered: Sequence[tuple[str, Response]]) -> None:
    """Puts down all that a row was answered so far."""
    told = [(request, response.model_dump(mode="json"), isinstance(response, Reused)) for request, response in answered]
    folder.below(ANSWERS).write(_file(key), json.dumps(told).encode())


def forget(folder: Folder, key: str) -> None:
    folder.below(ANSWERS).delete(_file(key))


def _file(key: str) -> str:
    return f"{key}.json"


def _name(keys: Iterable[str]) -> str:
    return f"part-{sha256(' '.join(keys).encode()).hexdigest()[:32]}.parquet"


def _write(folder: Folder, name: str, rows: list[dict[str, Any]]) -> None:
    content = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows, schema=SCHEMA), content, compression="zstd")
    folder.write(name, content.getvalue())


def _parts(folder: Folder) -> list[str]:
    return [name for name in folder.names() if name.startswith("part-") and name.endswith(".parquet")]


def _rows(folder: Folder, name: str, columns: list[str] | None) -> list[dict[str, Any]]:
    try:
        with folder.told(), folder.filesystem.open_input_file(f"{folder.path}/{name}") as file:
            found: list[dict[str, Any]] = pyarrow.parquet.read_table(file, columns=columns).to_pylist()
            return found
    except (pyarrow.ArrowInvalid, KeyError) as error:
        raise JournalError(
            f"{one_line(folder.shown, 200)}/{name} is damaged: {one_line(str(error), 160)}.",
            tip="Put it back, or delete it: its rows are then asked about again.",
        ) from error
