"""Releasing artifacts: from then on the lock says what their files hold."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from summarizer import artifact
from summarizer.artifact import LOCK, Artifact, Sort, registry
from summarizer.errors import ArtifactError
from summarizer.files import write_whole
from summarizer.project import Project
from summarizer.versions import audit, generated
from summarizer.versions.compatibility import breaking
from summarizer.versions.generated import Generated


@dataclass(frozen=True)
class Released:
    """Attributes: now: what was locked; before: what was named and had been released; notes: what to do next."""

    now: tuple[Artifact, ...]
    before: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def release(sort: Sort, project: Project, references: Sequence[str] = ()) -> Released:
    """Releases versions out of the project's folder: those named, else every one that is not released yet.

    Schemas are first written from the classes of the project's kinds.

    Raises:
        ArtifactError: there is no such version in that folder; it breaks the rules; a release was changed; a class
            gives another schema than its released version. Then nothing was released.
    """
    folder: Path = getattr(project, sort)
    notes = _begun(sort, folder)
    if sort == "schemas":
        notes += _write(project, references)
    registry.cache_clear()  # what was loaded may not be what is there now
    known = every(sort, folder)
    wanted = [_named(sort, folder, known, each) for each in references] or known
    new = list(dict.fromkeys(each for each in wanted if not each.released))
    _refuse_faults(sort, new, project)
    if new:
        lock(folder, new)
        registry.cache_clear()
    return Released(tuple(new), tuple(each.id for each in wanted if references and each.released), tuple(notes))


def every(sort: Sort, folder: Path) -> list[Artifact]:
    """All versions in a folder, in order of name and version.

    Raises:
        ArtifactError: a file cannot be read, or a released one was changed or is missing.
    """
    names = sorted({each.partition("@")[0] for each in artifact.known(sort, folder)})
    return [artifact.read(sort, folder, name, n) for name in names for n in artifact.versions(sort, folder, name)]


def lock(folder: Path, wanted: Iterable[Artifact]) -> None:
    """Adds artifacts to the lock of their folder.

    Raises:
        ArtifactError: the lock is broken or cannot be written.
    """
    _lock(folder, artifact.lock(folder) | {each.id: each.sha256 for each in wanted})


def start(folder: Path) -> bool:
    """Gives a folder an empty lock, where it has none; says whether it had none.

    Raises:
        ArtifactError: it cannot be written.
    """
    if (folder / LOCK).exists():
        return False
    _lock(folder, {})
    return True


def _begun(sort: Sort, folder: Path) -> list[str]:
    """Sees to it that there is a lock. One that was lost is not noticed otherwise."""
    if start(folder) and artifact.known(sort, folder):
        return [f"There was no {folder / LOCK}: everything beside it was taken as never released."]
    return []


def _lock(folder: Path, hashes: dict[str, str]) -> None:
    path = folder / LOCK
    try:
        write_whole(path, json.dumps(hashes, indent=2, sort_keys=True) + "\n")
    except OSError as error:
        raise ArtifactError(f"Cannot write the lock {path}: {error.strerror}.") from error


def _named(sort: Sort, folder: Path, known: list[Artifact], reference: str) -> Artifact:
    """The version that `reference` names; a name alone means its newest."""
    found = [each for each in known if reference in (each.id, each.name)]
    if not found:
        raise ArtifactError(
            f"There is no {sort[:-1]} {reference} in {folder}.",
            tip=f"There are: {', '.join(each.id for each in known) or 'none'}.",
        )
    return found[-1]


def _refuse_faults(sort: Sort, new: list[Artifact], project: Project) -> None:
    for one in new:
        registry(sort, project).folder_of(one.name)
    if sort == "schemas":
        return
    together = frozenset(each.id for each in new)
    for one in new:
        if faults := list(audit.of_prompt(one, project, released=True, beside=together)):
            more = f" There is more: summarizer prompts check {one.name}" if len(faults) > 1 else ""
            raise ArtifactError(faults[0].what, tip=faults[0].tip + more)


# Schemas


def _write(project: Project, references: Sequence[str]) -> list[str]:
    """Writes the files of the versions that are not released, and says what follows from it."""
    given = list(generated.writable(project))
    wanted = [each for each in given if not references or each.name in references or each.id in references]
    if refused := next((each for each in wanted if each.needs_version), None):
        fault = audit.of_class(refused)
        raise ArtifactError(fault.what, tip=fault.tip)
    notes: list[str] = []
    for each in wanted:
        if each.written is None or each.written.text != each.text:
            _write_one(each)
            notes += _consequences(each)
    return notes


def _write_one(given: Generated) -> None:
    try:
        write_whole(given.path, given.text)
    except OSError as error:
        raise ArtifactError(f"Cannot write {given.path}: {error.strerror}.") from error


def _consequences(given: Generated) -> list[str]:
    if given.released is None:
        return []
    if given.drafts:
        return [f"A prompt that asks for the new draft says: schema: {given.id}"]
    broken = breaking(given.changes)
    if not broken:
        return []
    notes = [f"{given.id} breaks what was stored under {given.released.id}: {each}." for each in broken]
    name = given.cls.__name__
    return notes if given.upgrades else [*notes, f"Replace {name}.upgrade, or stored ones are not read."]
