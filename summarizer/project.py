"""A user's project: where its prompts, schemas, cassettes and kinds of briefing are.

# pyproject.toml
[tool.summarizer]
prompts = "prompts"          # folders, seen from this file; these are the defaults
schemas = "schemas"
cassettes = "cassettes"

[tool.summarizer.kinds]
merger = "newsdesk.mergers:Merger"
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from summarizer.errors import UsageError
from summarizer.text import one_line

FILE = "pyproject.toml"
TABLE = "tool.summarizer"
_FOLDERS = ("prompts", "schemas", "cassettes")


@dataclass(frozen=True, slots=True)
class Project:
    """Where a project keeps what it makes briefings with.

    Attributes:
        root: the folder of its pyproject.toml.
        prompts, schemas, cassettes: folders, which need not be there.
        kinds: names of kinds of briefing and their classes as `package.module:Class`, in the order of the file.
            They are imported only when one of them is asked for.
    """

    root: Path
    prompts: Path
    schemas: Path
    cassettes: Path
    kinds: tuple[tuple[str, str], ...] = ()

    @classmethod
    def at(cls, folder: str | Path) -> Project:
        """The project whose pyproject.toml is in `folder`; without the table, everything has its default.

        Raises:
            UsageError: there is no such file, or its table has something in it that is not ours.
        """
        root = Path(folder).resolve()
        if not (root / FILE).is_file():
            raise UsageError(
                f"There is no {FILE} in {one_line(str(folder), 200)}.", tip="Name the folder of your project."
            )
        return cls._of(root, _table(root / FILE) or {})

    @classmethod
    def around(cls, folder: str | Path = ".") -> Project | None:
        """The nearest project with a table [tool.summarizer], from `folder` upwards; None where there is none.

        Raises:
            UsageError: its table has something in it that is not ours.
        """
        start = Path(folder).resolve()
        for root in (start, *start.parents):
            if (root / FILE).is_file() and (table := _table(root / FILE)) is not None:
                return cls._of(root, table)
        return None

    @classmethod
    def _of(cls, root: Path, table: dict[str, Any]) -> Project:
        where = f"[{TABLE}] of {root / FILE}"
        if unknown := sorted(table.keys() - {*_FOLDERS, "kinds"}):
            raise UsageError(
                f"{where} has {one_line(', '.join(unknown), 120)}.", tip=f"It takes {', '.join(_FOLDERS)} and kinds."
            )
        folders = {name: table.get(name, name) for name in _FOLDERS}
        kinds = table.get("kinds", {})
        if wrong := next((name for name, value in folders.items() if not isinstance(value, str) or not value), None):
            raise UsageError(f"{where}: {wrong} is no path.", tip=f'Write it as {wrong} = "{wrong}".')
        if not isinstance(kinds, dict) or not all(isinstance(value, str) for value in kinds.values()):
            raise UsageError(
                f"{where}: kinds is no table of names.", tip='Write each as NAME = "package.module:Class".'
            )
        return cls(root, **{name: root / path for name, path in folders.items()}, kinds=tuple(kinds.items()))


def _table(path: Path) -> dict[str, Any] | None:
    """The table [tool.summarizer] of a pyproject.toml; None where it has none."""
    found = path.stat()
    return _parsed(path, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=16)
def _parsed(path: Path, *_: int) -> dict[str, Any] | None:
    """The same; a file that has not changed is parsed once, however many briefings look for their project."""
    try:
        tool = tomllib.loads(path.read_text(encoding="utf-8")).get("tool", {})
    except (OSError, ValueError) as error:
        raise UsageError(f"Cannot read {one_line(str(path), 200)}: {one_line(str(error), 200)}.") from error
    table = tool.get("summarizer") if isinstance(tool, dict) else None
    if table is not None and not isinstance(table, dict):
        raise UsageError(f"[{TABLE}] of {path} is no table.", tip=f"Write [{TABLE}] on a line of its own.")
    return table
