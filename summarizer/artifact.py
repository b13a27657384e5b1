"""Released artifacts: prompts and schemas, each version a file that its lock says never changes.

    prompts/                      schemas/
      lock.json                     lock.json       name@version to the sha256 of that file's text
      briefing/v1.md                briefing/v1.json

Some are shipped with this package, others are the user's own. A name belongs to one of the two.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from summarizer.errors import ArtifactError
from summarizer.project import Project
from summarizer.text import one_line

Sort = Literal["prompts", "schemas"]
SORTS: tuple[Sort, ...] = ("prompts", "schemas")

LOCK = "lock.json"
SUFFIX: dict[Sort, str] = {"prompts": ".md", "schemas": ".json"}
_REFERENCE = re.compile(r"(?P<name>[a-z][a-z0-9-]{0,63})(@(?P<version>[1-9][0-9]{0,5}))?")
_RESTORE = "Restore it from git."


@dataclass(frozen=True, slots=True)
class Artifact:
    """One version of a prompt or schema.

    Attributes:
        path: its file.
        text: the file as UTF-8 text with lines ended by `\\n` and no byte order mark.
        released: whether the lock holds it. Text that differs from its lock is never loaded.
    """

    sort: Sort
    name: str
    version: int
    path: Path
    text: str
    released: bool

    @property
    def id(self) -> str:
        return f"{self.name}@{self.version}"

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True)
class Registry:
    """All prompts, or all schemas, that can be named: those shipped, and those of a project.

    What was loaded is kept: a file that changes afterwards is not read again.

    Attributes:
        shipped: the folder of those shipped with this package.
        own: the project's folder, which need not be there; None where there is no project.
    """

    sort: Sort
    shipped: Path
    own: Path | None = None
    _loaded: dict[str, Artifact] = field(default_factory=dict, repr=False, compare=False)

    def load(self, reference: str) -> Artifact:
        """The artifact that `reference` names: `name@version`, or `name` for its newest version.

        Raises:
            ArtifactError: no such artifact; a released file that is missing or was changed; a name that both
                the package and the project have.
        """
        name, version = _parts(self.sort, reference)
        known = self.versions(name)
        version = version or max(known, default=0)
        if version not in known:
            raise ArtifactError(
                f"There is no {self.sort[:-1]} {reference}.", tip=f"There are: {', '.join(self.ids()) or 'none'}."
            )
        return self._load(name, version)

    def _load(self, name: str, version: int) -> Artifact:
        key = f"{name}@{version}"
        if key not in self._loaded:
            self._loaded[key] = read(self.sort, self.folder_of(name), name, version)
        return self._loaded[key]

    def versions(self, name: str) -> list[int]:
        """The versions of `name` that have a file or stand in the lock, in order.

        Raises:
            ArtifactError: both the package and the project have the name.
        """
        return versions(self.sort, self.folder_of(name), name)

    def ids(self) -> list[str]:
        """`name@version` of everything there is, in order of name and version."""
        found = {each for folder in self.folders for each in known(self.sort, folder)}
        return sorted(found, key=lambda each: (each.partition("@")[0], int(each.partition("@")[2])))

    def locked(self) -> dict[str, str]:
        """The locks of all folders: `name@version` to sha256."""
        return {name: sha256 for folder in self.folders for name, sha256 in lock(folder).items()}

    def folder_of(self, name: str) -> Path:
        """The folder that has `name`; where none has, the project's, else the package's.

        Raises:
            ArtifactError: both have it.
        """
        having = [folder for folder in self.folders if versions(self.sort, folder, name)]
        if len(having) > 1:
            raise ArtifactError(
                f"The {self.sort[:-1]} {name} is defined twice: in {having[0] / name} and in {having[1] / name}.",
                tip="Give the one of your project another name.",
            )
        return having[0] if having else self.folders[-1]

    @property
    def folders(self) -> list[Path]:
        """Those that are there; a checkout of this package is its own project."""
        own = [self.own] if self.own and self.own.is_dir() and self.own.resolve() != self.shipped.resolve() else []
        return [self.shipped, *own]


@cache
def registry(sort: Sort, project: Project | None = None) -> Registry:
    """The prompts or schemas that the package ships and `project` has."""
    return Registry(sort, shipped(sort), getattr(project, sort) if project else None)


def shipped(sort: Sort) -> Path:
    """Where the package's artifacts are: inside the installed package, else in the checkout around it."""
    package = Path(__file__).parent
    packaged = package / "_data" / sort
    return packaged if packaged.is_dir() else package.parent / sort


def lock(folder: Path) -> dict[str, str]:
    """The lock of a folder: `name@version` to the sha256 of that file's text.

    A folder without artifacts needs none.

    Raises:
        ArtifactError: the lock is missing or not of that form, or names a version twice.
    """
    path = folder / LOCK
    if not path.exists() and not any(folder.glob("*/v*")):
        return {}
    try:
        found = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=_once)
    except (OSError, ValueError) as error:
        raise ArtifactError(f"Cannot read the lock {path}: {error}.", tip=_no_lock(path)) from error
    if not isinstance(found, dict) or not all(is_id(key) and isinstance(found[key], str) for key in found):
        raise ArtifactError(f"The lock {path} is no map of names to hashes.", tip=_RESTORE)
    return found


def versions(sort: Sort, folder: Path, name: str) -> list[int]:
    """The versions of `name` in `folder` that have a file or stand in its lock, in order."""
    files = (f"{name}@{path.stem[1:]}" for path in (folder / name).glob(f"v*{SUFFIX[sort]}"))
    found = {each for each in files if is_id(each)} | {each for each in lock(folder) if each.startswith(f"{name}@")}
    return sorted(int(each.removeprefix(f"{name}@")) for each in found)


def known(sort: Sort, folder: Path) -> set[str]:
    """`name@version` of all in `folder` that have a file or stand in its lock."""
    files = (f"{path.parent.name}@{path.stem[1:]}" for path in folder.glob(f"*/v*{SUFFIX[sort]}"))
    return {each for each in files if is_id(each)} | lock(folder).keys()


def is_name(text: str) -> bool:
    """Whether `text` can be a name: lower case letters, digits and hyphens, a letter first."""
    match = _REFERENCE.fullmatch(text)
    return match is not None and match["version"] is None


def is_id(text: str) -> bool:
    """Whether `text` has the form name@version."""
    match = _REFERENCE.fullmatch(text)
    return match is not None and match["version"] is not None


def path_of(sort: Sort, folder: Path, name: str, version: int) -> Path:
    return folder / name / f"v{version}{SUFFIX[sort]}"


def read(sort: Sort, folder: Path, name: str, version: int) -> Artifact:
    """One version out of its file.

    Raises:
        ArtifactError: the file cannot be read, or differs from its lock.
    """
    path = path_of(sort, folder, name, version)
    locked = lock(folder).get(f"{name}@{version}")
    try:
        raw = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        state = "Released" if locked else "The"
        raise ArtifactError(f"{state} file {path} cannot be read: {error}.", tip=_RESTORE) from error
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    artifact = Artifact(sort, name, version, path, text, released=locked is not None)
    if locked is not None and locked != artifact.sha256:
        following = f"{name}/v{versions(sort, folder, name)[-1] + 1}{SUFFIX[sort]}"
        raise ArtifactError(
            f"{path} was changed after its release: the lock says {locked}, the file has {artifact.sha256}.",
            tip=f"Restore the file, or make the next version, {following}.",
        )
    return artifact


def _parts(sort: Sort, reference: str) -> tuple[str, int | None]:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise ArtifactError(
            f"{one_line(reference, 80)!r} names no {sort[:-1]}.", tip="Write it as NAME or NAME@VERSION."
        )
    return match["name"], int(match["version"]) if match["version"] else None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    if twice := next((key for at, key in enumerate(keys) if key in keys[:at]), None):
        raise ValueError(f"it has {twice!r} twice")
    return dict(pairs)


def _no_lock(path: Path) -> str:
    sort = "schemas" if any(path.parent.glob("*/v*.json")) else "prompts"
    return _RESTORE if path.exists() else f"{_RESTORE} If nothing was released yet: summarizer {sort} release"
