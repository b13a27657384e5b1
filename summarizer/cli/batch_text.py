"""A run as text: how it stands, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from summarizer.text import one_line, visible

if TYPE_CHECKING:
    from summarizer.batch import Outcome, Rebuilt, State

_LONGEST = 200


def outcome(found: Outcome) -> str:
    """What came of a run, when it has ended."""
    return "\n".join(
        [
            *_state(found.state),
            f"seconds     {found.seconds:,.1f}",
            f"briefings   {_path(found.briefings)}",
            *([f"failures    {_path(found.failures)}"] if found.state.failed else []),
            "",
        ]
    )


def state(found: State) -> str:
    """How a run stands."""
    return "\n".join([*_state(found), ""])


def row(folder: Path, found: State) -> str:
    """A run in one line."""
    return f"{_path(folder)}  {found.done:,} done, {found.failures:,} failed, {found.pending:,} pending\n"


def rebuilt(found: Rebuilt) -> str:
    """What came of making a run's briefings again."""
    lines = [f"{found.made:,} made again, {found.changed:,} of them changed; no call was made"]
    lines += [f"  as it was: {one_line(name, 80)}: {one_line(why, _LONGEST)}" for name, why in found.kept]
    return "\n".join([*lines, f"briefings   {_path(found.briefings)}", ""])


def _state(found: State) -> Iterator[str]:
    yield f"done        {found.done:,} of {found.total:,}"
    for each in found.failed:
        yield f"failed      {each.count:,} {each.kind}, such as {one_line(each.example, _LONGEST)}"
    if found.pending:
        yield f"pending     {found.pending:,}; the same command goes on with them"
    if found.duplicates:
        yield f"duplicates  {found.duplicates:,}, briefed once, such as {one_line(found.duplicate, _LONGEST)}"
    untold = f"; {found.untold:,} requests did not tell theirs" if found.untold else ""
    yield f"tokens      {found.read:,} read, {found.written:,} written, in {found.requests:,} requests{untold}"


def _path(path: Path | str) -> str:
    return visible(str(path))
