"""A project sent along to machines that do not have it: its prompts, its schemas and its Python modules, by value."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from summarizer.artifact import Sort, registry
from summarizer.errors import UsageError
from summarizer.project import Project

MOST = 50_000_000
"""Bytes of all files."""

_SKIPPED = frozenset({"node_modules", "__pycache__", "site-packages", "build", "dist"})


@dataclass(frozen=True, slots=True)
class Parcel:
    """
    Attributes:
        project: as it is on the driver's machine; None where there is none, so that no worker looks for one.
        prompts, schemas, modules: their files by path, as seen from the folder of each; modules from the root.
    """

    project: Project | None
    prompts: dict[str, bytes]
    schemas: dict[str, bytes]
    modules: dict[str, bytes]

    @classmethod
    def of(cls, project: Project | None) -> Parcel:
        """
        Raises:
            UsageError: it is too much to send.
        """
        if project is None:
            return cls(None, {}, {}, {})
        modules = _files(project.root, ".py") if project.kinds else {}
        made = cls(project, _own("prompts", project), _own("schemas", project), modules)
        size = sum(len(each) for files in (made.prompts, made.schemas, made.modules) for each in files.values())
        if size > MOST:
            raise UsageError(
                f"The project {project.root} has {size // 1_000_000} MB of prompts, schemas and modules, "
                f"and at most {MOST // 1_000_000} MB are sent to the workers.",
                tip="Give its prompts, schemas and kinds a folder of their own.",
            )
        return made

    def unpacked(self) -> Project:
        """The project in a folder of this machine, which is there as long as the process."""
        root = Path(tempfile.mkdtemp(prefix="summarizer-"))
        _write(root, self.modules)
        _write(root / "prompts", self.prompts)
        _write(root / "schemas", self.schemas)
        kinds = self.project.kinds if self.project else ()
        return Project(root, root / "prompts", root / "schemas", root / "cassettes", kinds)


def _own(sort: Sort, project: Project) -> dict[str, bytes]:
    """What the project has beside what is shipped, which the workers have too."""
    return {name: content for folder in registry(sort, project).folders[1:] for name, content in _files(folder).items()}


def _files(folder: Path, suffix: str = "") -> dict[str, bytes]:
    found = {}
    for path in sorted(folder.rglob(f"*{suffix}")):
        steps = path.relative_to(folder).parts
        if path.is_file() and not any(each.startswith(".") or each in _SKIPPED for each in steps):
            found[Path(*steps).as_posix()] = path.read_bytes()
    return found


def _write(folder: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
