"""Releasing artifacts: from then on the lock says what their files hold."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from summarizer import artifact
from summarizer.artifact import Artifact, Sort
from summarizer.errors import ArtifactError
from summarizer.files import write_whole


def unreleased(sort: Sort, folder: Path) -> list[Artifact]:
    """The versions in a folder that are in no lock, in order of name and version.

    Raises:
        ArtifactError: a file cannot be read, or a released one was changed or is missing.
    """
    return [each for each in every(sort, folder) if not each.released]


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
    hashes = artifact.lock(folder) | {each.id: each.sha256 for each in wanted}
    path = folder / artifact.LOCK
    try:
        write_whole(path, json.dumps(hashes, indent=2, sort_keys=True) + "\n")
    except OSError as error:
        raise ArtifactError(f"Cannot write the lock {path}: {error.strerror}.") from error
