"""Files and standard input, opened and read whole, or refused with the reason."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO

from summarizer.errors import SourceError
from summarizer.text import one_line

MAX_BYTES = 20_000_000


def read_bytes(where: str | Path) -> bytes:
    """The bytes of a file, or of standard input where `where` is `-`.

    Raises:
        SourceError: it cannot be opened or read, is no regular file, or is over 20 MB.
    """
    return _read_stdin() if str(where) == "-" else _read_file(Path(where))


def _read_file(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise SourceError(f"{one_line(str(path))} is a folder.", tip="Name a file in it.")
        if path.exists() and not path.is_file():
            raise SourceError(
                f"{one_line(str(path))} is not a regular file.", tip="Pipe it in: summarizer brief - < FILE"
            )
        with path.open("rb") as file:
            return _read_limited(file, str(path))
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = getattr(error, "strerror", None) or str(error)
        raise SourceError(
            f"Cannot read {one_line(str(path))}: {reason}.", tip="Check the path and its permissions."
        ) from error


def _read_stdin() -> bytes:
    if sys.stdin is None or sys.stdin.closed:
        raise SourceError("Standard input is closed.", tip="Pipe an article in, or name a file.")
    if sys.stdin.isatty():
        raise SourceError("Standard input is a terminal.", tip="Pipe an article in: summarizer brief - < article.txt")
    try:
        return _read_limited(sys.stdin.buffer, "standard input")
    except OSError as error:
        raise SourceError(f"Cannot read standard input: {error.strerror}.") from error


def _read_limited(file: BinaryIO, name: str) -> bytes:
    raw = file.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise SourceError(
            f"{one_line(name)} is larger than {MAX_BYTES // 1_000_000} MB.", tip="Give the article alone."
        )
    return raw
