"""Where the article of a cassette is, told so that it holds on every machine and tells of none."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath, PureWindowsPath

from summarizer.project import Project

NO_FILE = ("-", "text")
"""The names of standard input and of a Python string."""


def name_in(cassette: Path, name: str) -> str:
    """The name of a source as its cassette keeps it.

    That is the path from the cassette's folder, where both are in one project or below the current folder;
    else the name of the file alone.
    """
    if name in NO_FILE:
        return name
    here, there = _real(cassette.parent), _real(Path(name))
    if here and there and _shared(here, there):
        return Path(os.path.relpath(there, here)).as_posix()
    return PureWindowsPath(PurePosixPath(name).name).name


def source_of(cassette: Path, name: str) -> Path | None:
    """The file that a cassette names as its source; None where it is not there.

    A cassette may come from anybody, and its source is sent to a model: a file outside the project, which `name`
    may lead to with `..` or by a link, is not there either, nor is a hidden one.
    """
    if name in NO_FILE or PurePosixPath(name).is_absolute() or PureWindowsPath(name).anchor:
        return None
    if any(part.startswith(".") and part != ".." for part in PurePosixPath(name).parts):
        return None
    here = _real(cassette.parent)
    there = _real(cassette.parent / name)
    if here and there and there.is_file() and _shared(here, there):
        # Seen from the current folder, as somebody would write it.
        return Path(os.path.relpath(there)) if there.is_relative_to(Path.cwd()) else there
    return None


def _shared(here: Path, there: Path) -> bool:
    """Whether one folder that we may speak of holds both."""
    project = Project.around(here)
    roots = [here, Path.cwd(), *([project.root] if project else [])]
    return any(here.is_relative_to(root) and there.is_relative_to(root) for root in roots)


def _real(path: Path) -> Path | None:
    try:
        return path.resolve()
    except (OSError, ValueError, RuntimeError):  # a NUL, a loop of links
        return None
