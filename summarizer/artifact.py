"""Released artifacts: prompts and schemas, each version a file that its lock says never changes."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from summarizer.errors import ArtifactError
from summarizer.text import one_line

Kind = Literal["prompts", "schemas"]

LOCK = "lock.json"
_SUFFIX = {"prompts": ".md", "schemas": ".json"}
_NAME = re.compile(r"(?P<name>[a-z][a-z0-9-]{0,63})(@(?P<version>[1-9][0-9]{0,5}))?")


@dataclass(frozen=True, slots=True)
class Artifact:
    """One version of a prompt or schema.

    Attributes:
        text: the file as UTF-8 text with lines ended by `\\n` and no byte order mark.
        released: whether the lock holds it. Text that differs from its lock is never loaded.
    """

    kind: Kind
    name: str
    version: int
    text: str
    released: bool

    @property
    def id(self) -> str:
        return f"{self.name}@{self.version}"

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()


@cache
def load(kind: Kind, reference: str) -> Artifact:
    """The artifact that `reference` names: `name@version`, or `name` for its newest version.

    Raises:
        ArtifactError: no such artifact, or a released file that is missing or was changed.
    """
    match = _NAME.fullmatch(reference)
    if match is None:
        raise ArtifactError(
            f"{one_line(reference, 80)!r} names no {kind[:-1]}.", tip="Write it as NAME or NAME@VERSION."
        )
    name = match["name"]
    known = versions(kind, name)
    version = int(match["version"]) if match["version"] else max(known, default=0)
    if version not in known:
        raise ArtifactError(
            f"There is no {kind[:-1]} {reference}.", tip=f"There are: {', '.join(sorted(_known(kind))) or 'none'}."
        )
    return _read(kind, name, version)


def versions(kind: Kind, name: str) -> list[int]:
    """The versions of `name` that have a file or stand in the lock, in order."""
    return sorted(int(each.removeprefix(f"{name}@")) for each in _known(kind) if each.startswith(f"{name}@"))


def folder(kind: Kind) -> Path:
    """Where the artifacts are: inside the installed package, else in the checkout around it."""
    package = Path(__file__).parent
    packaged = package / "_data" / kind
    return packaged if packaged.is_dir() else package.parent / kind


def locks(kind: Kind) -> dict[str, str]:
    """The lock: `name@version` to the sha256 of that file's text.

    Raises:
        ArtifactError: the lock is missing or not of that form.
    """
    path = folder(kind) / LOCK
    try:
        lock = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ArtifactError(f"Cannot read the lock {path}: {error}.", tip="Restore it from git.") from error
    if not isinstance(lock, dict) or not all(_is_id(key) and isinstance(lock[key], str) for key in lock):
        raise ArtifactError(f"The lock {path} is no map of names to hashes.", tip="Restore it from git.")
    return lock


def _known(kind: Kind) -> set[str]:
    """`name@version` of all that have a file or stand in the lock."""
    files = (f"{path.parent.name}@{path.stem[1:]}" for path in folder(kind).glob(f"*/v*{_SUFFIX[kind]}"))
    return {each for each in files if _is_id(each)} | locks(kind).keys()


def _is_id(text: str) -> bool:
    match = _NAME.fullmatch(text)
    return match is not None and match["version"] is not None


def _read(kind: Kind, name: str, version: int) -> Artifact:
    path = folder(kind) / name / f"v{version}{_SUFFIX[kind]}"
    locked = locks(kind).get(f"{name}@{version}")
    try:
        raw = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        state = "Released" if locked else "The"
        raise ArtifactError(f"{state} file {path} cannot be read: {error}.", tip="Restore it from git.") from error
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    artifact = Artifact(kind, name, version, text, released=locked is not None)
    if locked is not None and locked != artifact.sha256:
        raise ArtifactError(
            f"{path} was changed after its release: the lock says {locked}, the file has {artifact.sha256}.",
            tip=f"Restore the file, or make the next version, {name}/v{versions(kind, name)[-1] + 1}{_SUFFIX[kind]}.",
        )
    return artifact
