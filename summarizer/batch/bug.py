"""What is our fault, as it is told."""

from __future__ import annotations

import traceback

from summarizer.text import one_line, visible


class Bug(Exception):  # noqa: N818 (it is one)
    """One that was met in another process: its text says all that is told."""


def shown(error: Exception) -> str:
    """A bug, with where it is: it is ours, so that more than a line of it is wanted."""
    if isinstance(error, Bug):
        return str(error)
    where = traceback.extract_tb(error.__traceback__)[-1]
    return visible(f"{type(error).__name__}: {one_line(str(error), 200)} ({where.name}, line {where.lineno})")
