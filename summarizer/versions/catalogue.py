"""What prompts and schemas there are, for people to look at."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from summarizer import artifact
from summarizer.artifact import Artifact, Sort, registry
from summarizer.errors import ArtifactError
from summarizer.project import Project
from summarizer.prompt import Prompt
from summarizer.text import one_line
from summarizer.versions.compatibility import read

Origin = Literal["shipped", "own"]
State = Literal["released", "not released", "broken"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One version.

    Attributes:
        state: `broken` is one that was changed after its release, is missing, or breaks the rules of its file.
        about: what it says of itself, in one line; of a broken one, what is wrong.
        sha256: None where there is no file that could be read.
        origin: `own` is of the user's project.
    """

    id: str
    state: State
    about: str
    sha256: str | None
    origin: Origin
    path: Path


def entries(sort: Sort, project: Project | None) -> list[Entry]:
    """Every version there is, in order of name and version.

    Raises:
        ArtifactError: a lock cannot be read.
    """
    known = registry(sort, project)
    found = [
        _entry(sort, folder, each, "shipped" if folder == known.shipped else "own")
        for folder in known.folders
        for each in artifact.known(sort, folder)
    ]
    return sorted(found, key=lambda each: (each.id.partition("@")[0], int(each.id.partition("@")[2])))


def _entry(sort: Sort, folder: Path, reference: str, origin: Origin) -> Entry:
    name, _, version = reference.partition("@")
    path = artifact.path_of(sort, folder, name, int(version))
    try:
        found = artifact.read(sort, folder, name, int(version))
        about = one_line(_about(found))
    except ArtifactError as error:
        return Entry(reference, "broken", one_line(error.message), None, origin, path)
    return Entry(reference, "released" if found.released else "not released", about, found.sha256, origin, path)


def _about(found: Artifact) -> str:
    if found.sort == "prompts":
        return Prompt.of(found).description
    schema = read(found.text)
    return ": ".join(str(schema[key]) for key in ("title", "description") if key in schema)
