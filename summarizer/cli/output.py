"""Where results go: standard output or a file, all of it or an error."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from summarizer.errors import UsageError
from summarizer.text import one_line
from summarizer.watch import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summarizer.briefing import BaseBriefing
    from summarizer.source import Source

READER_GONE = 141


def color() -> bool:
    """Whether standard output is a terminal that wants colours."""
    return stdout().isatty() and "NO_COLOR" not in os.environ


def stdout() -> TextIO:
    """Standard output.

    Raises:
        UsageError: it is closed.
    """
    if sys.stdout is None:
        raise UsageError("Standard output is closed.", tip="Open it, or write to a file with --output FILE.")
    return sys.stdout


def put(text: str) -> None:
    """Writes to standard output, all of it.

    Raises:
        UsageError: it is closed, or takes no more, for want of space for example.
        click.exceptions.Exit: whoever read us has gone.
    """
    out = stdout()
    try:
        out.write(text)  # click.echo would write UTF-8 where the locale has ASCII
        out.flush()
    except OSError as error:
        # What could not be written is still buffered, and Python would complain once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())
        if isinstance(error, BrokenPipeError):
            raise click.exceptions.Exit(READER_GONE) from error
        raise UsageError(f"Cannot write to standard output: {error.strerror}.") from error


def say_left_out(source: Source) -> None:
    """Says on standard error what was left out of a file because its readers do not see it, and what else."""
    if source.hidden_places:
        places = f"{source.hidden_places:,} place{'s' if source.hidden_places > 1 else ''}"
        say(f"hidden text left out: {source.hidden_characters:,} characters in {places}")
    for note in source.notes:
        say(one_line(note, 500))


def say_cached(briefings: Sequence[BaseBriefing]) -> None:
    """Says on standard error that nothing was asked, where that is so."""
    from summarizer.record import CACHED

    attempts = [each for briefing in briefings for each in briefing.provenance.attempts]
    if attempts and all(each.outcome == CACHED for each in attempts):
        say("answered from the cache; nothing was asked (anew: --no-cache)")


def write(path: Path, content: str | bytes) -> None:
    """Writes to a file, whole or not at all.

    Raises:
        UsageError: it cannot be written.
    """
    from summarizer.files import write_whole

    try:
        if path.exists() and not path.is_file():  # a device or a pipe: no file may take its place
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        else:
            write_whole(path, content)
    except OSError as error:
        raise UsageError(f"Cannot write {one_line(str(path))}: {error.strerror}.") from error
