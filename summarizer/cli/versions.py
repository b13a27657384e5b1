"""What `summarizer prompts` and `summarizer schemas` have in common."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from summarizer.cli.options import project_of
from summarizer.cli.output import color, put, stdout
from summarizer.errors import ArtifactError, UsageError
from summarizer.text import json_safe, one_line, visible

if TYPE_CHECKING:
    from summarizer.artifact import Sort
    from summarizer.project import Project
    from summarizer.versions.audit import Audit

_STYLES = {"+": "32", "-": "31", "@": "36"}


def project_to_write(sort: Sort, folder: Path | None) -> Project:
    """The project whose prompts or schemas may be written.

    Raises:
        UsageError: there is none.
    """
    project = project_of(folder)
    if project is None:
        raise UsageError(
            f"There is no project here whose {sort} could be written.",
            tip=f'Name its folder by --project, or add to its pyproject.toml:\n[tool.summarizer]\n{sort} = "{sort}"',
        )
    return project


def put_list(sort: Sort, folder: Path | None, form: str) -> None:
    """All versions, a line each."""
    from summarizer.versions.catalogue import entries

    found = entries(sort, project_of(folder))
    if form == "json":
        rows = [dataclasses.asdict(each) | {"path": str(each.path)} for each in found]
        put(json_safe(json.dumps(rows, ensure_ascii=False, indent=2) + "\n", stdout().encoding))
        return
    put(table([(each.id, each.state, each.origin, (each.sha256 or "")[:12], each.about) for each in found]))


def put_text(sort: Sort, reference: str, folder: Path | None) -> None:
    """The text of one version."""
    from summarizer.artifact import registry

    put(visible(registry(sort, project_of(folder)).load(reference).text))


def put_audit(sort: Sort, names: Sequence[str], folder: Path | None) -> None:
    """What is wrong with the versions there are.

    Raises:
        ArtifactError: something is.
    """
    from summarizer.versions.audit import audit

    found = audit(sort, project_of(folder), names)
    put(_report(sort, found))
    if found.faults:
        raise ArtifactError(f"{_counted(len(found.faults), 'fault')} in the {sort}.")


def put_released(sort: Sort, references: Sequence[str], folder: Path | None) -> None:
    """Releases versions, and says which."""
    from summarizer.versions.release import release
    from summarizer.watch import say

    done = release(sort, project_to_write(sort, folder), references)
    for reference in done.before:
        say(f"NOTE  {reference} was released before.")
    for note in done.notes:
        say(f"NOTE  {visible(note)}")
    if not done.now and not done.before:
        say("NOTE  There is nothing to release.")
    put("".join(f"released {each.id}  {each.sha256}  {visible(str(each.path))}\n" for each in done.now))


def table(rows: Sequence[Sequence[str]]) -> str:
    """Rows in columns, the last one as long as it likes; each row is one line."""
    shown = [[one_line(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*shown, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in shown)
    return "".join(f"{line.rstrip()}\n" for line in lines)


def colored(lines: Sequence[str]) -> str:
    """The lines of a unified diff, in colours on a terminal."""
    paint = color()
    styles = ((line, _STYLES.get(line[:1])) for line in lines)
    return "".join(f"\x1b[{style}m{line}\x1b[0m\n" if paint and style else f"{line}\n" for line, style in styles)


def _report(sort: Sort, found: Audit) -> str:
    released = sum(each.released for each in found.seen)
    lines = []
    for fault in found.faults:
        lines.append(f"FAULT {_indented(fault.what)}")
        if fault.tip:
            lines.append(f"TIP   {_indented(fault.tip)}")
    lines += [f"NOTE  {_indented(note)}" for note in found.notes]
    summary = "all of them are in order" if not found.faults else _counted(len(found.faults), "fault")
    lines.append(f"{_counted(len(found.seen), sort[:-1])}, {released} of them released: {summary}.")
    return "".join(f"{line}\n" for line in lines)


def _indented(text: str) -> str:
    return visible(text).replace("\n", "\n      ")


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" + ("" if count == 1 else "s")
