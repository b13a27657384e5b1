"""The schemas that the classes of briefings give, beside the versions of them that there are as files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from summarizer import artifact, schema
from summarizer.artifact import Artifact, registry
from summarizer.briefing import BaseBriefing, version_of
from summarizer.dossier.record import Dossier
from summarizer.errors import ArtifactError
from summarizer.kind import SHIPPED, Kind, load
from summarizer.project import Project
from summarizer.prompt import Prompt
from summarizer.versions.compatibility import Change, changes, read


@dataclass(frozen=True)
class Generated:
    """What a class gives now.

    Attributes:
        cls: the class: of briefings, or of a record that holds them.
        drafts: whether it is the schema of what a model writes, not that of a briefing.
        name, version: of the schema. A class of briefings says its own; a draft has the newest version that is as
            the class gives it, else the newest one if that is not released, else the next.
        text: of its file.
        written: the file of this version, if there is one.
        released: the newest released version, if there is one.
    """

    cls: type[BaseModel]
    drafts: bool
    folder: Path
    name: str
    version: int
    text: str
    written: Artifact | None
    released: Artifact | None

    @property
    def id(self) -> str:
        return f"{self.name}@{self.version}"

    @property
    def path(self) -> Path:
        return artifact.path_of("schemas", self.folder, self.name, self.version)

    @property
    def differs(self) -> bool:
        """Whether it is another text than the newest release."""
        return self.released is not None and self.released.text != self.text

    @property
    def changes(self) -> list[Change]:
        """What changed since the newest release."""
        return changes(read(self.released.text), read(self.text)) if self.released and self.differs else []

    @property
    def needs_version(self) -> str:
        """What `schema_id` must become before this can be released; empty where it can be."""
        newest = self.released.version if self.released else 0
        taken = self.written is not None and self.written.released and self.written.text != self.text
        return f"{self.name}@{newest + 1}" if taken or self.version < newest else ""

    @property
    def upgrades(self) -> bool:
        """Whether the class says how to read what an earlier version stored."""
        upgrade = getattr(self.cls, "upgrade", None)
        return upgrade is not None and upgrade.__func__ is not BaseBriefing.upgrade.__func__  # type: ignore[attr-defined]


def of(kind: Kind, project: Project | None) -> tuple[Generated, Generated]:
    """The schemas of a kind: of its briefings, and of its drafts.

    Raises:
        ArtifactError: a name that no file could have; a lock or a file that cannot be read, or was changed.
    """
    return _of(kind, kind.name, project), _of(kind, kind.draft_name, project)


RECORDS: tuple[type[BaseModel], ...] = (Dossier,)
"""The classes beside the kinds of briefings whose schemas are released with the package."""


def records(project: Project | None) -> tuple[Generated, ...]:
    """The schemas of the records.

    Raises:
        ArtifactError: a lock or a file that cannot be read, or was changed.
    """
    return tuple(_record(cls, project) for cls in RECORDS)


def given_by(name: str, project: Project | None) -> Generated | None:
    """What the kinds and the records give under one name; None where none gives it.

    Raises:
        ArtifactError: see `of`; a kind cannot be loaded.
    """
    kind = name.removesuffix("-draft")
    found = of(load(kind, project), project) if kind in names(project) else records(project)
    return next((each for each in found if each.name == name), None)


def names(project: Project | None) -> tuple[str, ...]:
    """The names of the kinds that there are: those shipped, and the project's."""
    return (*SHIPPED, *(name for name, _ in (project.kinds if project else ())))


def writable(project: Project) -> Iterator[Generated]:
    """The schemas that belong into the project's folder; in a checkout of this package, those shipped too.

    Raises:
        ArtifactError: one cannot be loaded.
    """
    for name in names(project):
        if _is_ours(project) or name not in SHIPPED:
            yield from of(load(name, project), project)
    if _is_ours(project):
        yield from records(project)


def _is_ours(project: Project) -> bool:
    """Whether it is a checkout of this package."""
    return project.schemas.resolve() == artifact.shipped("schemas").resolve()


def _of(kind: Kind, name: str, project: Project | None) -> Generated:
    if not artifact.is_name(name):
        raise ArtifactError(
            f"{kind.cls.__name__} names its schema {name!r}, which no file could be called.",
            tip="A name has lower case letters, digits and hyphens, and begins with a letter.",
        )
    folder, found = _files(name, project)
    text = schema.text(_asked_for(kind, found, project).draft if name == kind.draft_name else kind.cls)
    version = kind.version if name == kind.name else _draft_version(found, text)
    return Generated(
        cls=kind.cls,
        drafts=name == kind.draft_name,
        folder=folder,
        name=name,
        version=version,
        text=text,
        written=next((each for each in found if each.version == version), None),
        released=next((each for each in reversed(found) if each.released), None),
    )


def _record(cls: type[BaseModel], project: Project | None) -> Generated:
    name, version = version_of(cls.model_fields["schema_id"].default)
    folder, found = _files(name, project)
    return Generated(
        cls=cls,
        drafts=False,
        folder=folder,
        name=name,
        version=version,
        text=schema.text(cls),
        written=next((each for each in found if each.version == version), None),
        released=next((each for each in reversed(found) if each.released), None),
    )


def _files(name: str, project: Project | None) -> tuple[Path, list[Artifact]]:
    """The folder that has a schema, and its versions."""
    folder = registry("schemas", project).folder_of(name)
    return folder, [artifact.read("schemas", folder, name, each) for each in artifact.versions("schemas", folder, name)]


def _asked_for(kind: Kind, found: list[Artifact], project: Project | None) -> Kind:
    """The kind with its drafts in the form that its newest prompt asks for; in today's, where none asks for a version
    that there is."""
    prompts = registry("prompts", project)
    if not prompts.versions(kind.name):
        return kind
    asked = Prompt.load(kind.name, project).schema
    written = next((each for each in found if each.id == asked), None)
    return (schema.formed(kind, written.text) if written else None) or kind


def _draft_version(found: list[Artifact], text: str) -> int:
    if not found:
        return 1
    if same := [each.version for each in found if each.text == text]:
        return same[-1]
    return found[-1].version + int(found[-1].released)
