"""What a run leaves for its readers, made from its journal, whole or not at all: the briefings, and the failures."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from summarizer.batch import cells, items, pages, parquet
from summarizer.batch.journal import Journal
from summarizer.errors import JournalError
from summarizer.files import put, replacing
from summarizer.kind import Kind
from summarizer.text import one_line

Form = Literal["jsonl", "csv", "parquet", "files", "html"]

BRIEFINGS = {
    "jsonl": "briefings.jsonl",
    "csv": "briefings.csv",
    "parquet": "briefings.parquet",
    "files": "briefings",
    "html": "index.html",
}
FAILURES = "failures.jsonl"
_ENDS = {"\u2028": "\\u2028", "\u2029": "\\u2029", "\x85": "\\u0085"}
"""What some readers take for the end of a line."""


def refuse_unwritable(form: Form) -> None:
    """Raises UsageError for a form whose library is not installed: before anything is paid for."""
    if form == "parquet":
        parquet.available()


def write(journal: Journal, folder: Path, form: Form, kind: Kind) -> Path:
    """Writes what there is, and returns where the briefings are.

    Raises:
        JournalError: it cannot be written.
    """
    path = folder / BRIEFINGS[form]
    try:
        _replace(folder / FAILURES, map(_failure, items.failures(journal)))
        if form == "files":
            _write_files(journal, path)
        elif form == "html":
            pages.write(journal, folder, kind)
        elif form == "parquet":
            with replacing(path) as file:
                parquet.write(file, items.made(journal), kind)
        elif form == "csv":
            _replace(path, cells.lines(items.made(journal), kind))
        else:
            _replace(path, (_line(each.json) for each in items.made(journal)))
    except OSError as error:
        raise JournalError(
            f"Cannot write to {one_line(str(folder), 200)}: {error.strerror}.",
            tip="Make room, then run the same command again; what was paid for is in the journal.",
        ) from error
    return path


def _replace(path: Path, lines: Iterator[str]) -> None:
    with replacing(path) as file:
        for line in lines:
            file.write(line.encode())


def _line(text: str) -> str:
    for end, written in _ENDS.items():
        text = text.replace(end, written)
    return text + "\n"


def _failure(failure: items.Failure) -> str:
    told = {
        "number": failure.number,
        "name": failure.named,
        "id": failure.id,
        "kind": failure.kind,
        "message": failure.message,
        "tip": failure.tip,
        "attempts": failure.requests,
    }
    return _line(json.dumps(told, ensure_ascii=False))


def _write_files(journal: Journal, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for each in items.made(journal):
        path = folder / each.file_name(".json")
        content = (json.dumps(json.loads(each.json), ensure_ascii=False, indent=2) + "\n").encode()
        if not (path.is_file() and path.read_bytes() == content):
            put(path, content)
