"""The next version of a prompt: a copy of an earlier one, or the first one of a kind, made from its class."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from summarizer import artifact
from summarizer.artifact import Artifact, registry
from summarizer.errors import ArtifactError, UsageError
from summarizer.kind import Kind, load
from summarizer.project import Project
from summarizer.prompt import Prompt
from summarizer.schema import formed
from summarizer.text import one_line
from summarizer.versions import generated, release
from summarizer.wording import line

REPAIR = "repair@2"

_FRONT = """\
---
name: {name}
version: {version}
description: A first prompt for {kind}, made from its class.
schema: {schema}
repair: {repair}
inputs: [article]
---
"""
_SYSTEM = """\
=== system ===
You brief analysts on a news article{about}.
Its sentences are numbered S2, S3 and so on; quotations that may give a reason are marked [Q1], [Q2] and so on.
s is the number of the sentence that says it, q the number of a quotation.
Say only what the article says. A list is empty if the article does not say.
"""
_USER = """\
=== user ===
{{ article }}
"""


@dataclass(frozen=True)
class Made:
    """A new version, written.

    Attributes:
        origin: the `name@version` that it is a copy of; None where it was made from a class.
        kind: what it asks for, as far as that is known.
        renewed: whether it names another version of its schema than the original, since the class has changed.
        unnamed: the keys of fields that the class has and the text does not name.
    """

    artifact: Artifact
    origin: str | None
    kind: Kind | None
    renewed: bool = False
    unnamed: tuple[str, ...] = ()


def make(name: str, project: Project, *, origin: str | None = None, kind: str | None = None) -> Made:
    """Writes the next version of a prompt into the project's folder; nothing that is there is touched.

    Args:
        origin: the prompt to copy; by default the newest version of `name`.
        kind: the kind whose class to make it from instead; by default, where there is no prompt `name`, the kind
            that is called so.

    Raises:
        UsageError: the name cannot be used, or there is nothing to make it from.
        ArtifactError: the prompt to copy or the kind cannot be loaded; the file cannot be written.
    """
    folder = project.prompts
    _refuse_name(name, folder)
    there = artifact.versions("prompts", folder, name)
    if origin is None and kind is None:
        origin, kind = (name, None) if there else (None, _called(name, project))
    version = max(there, default=0) + 1
    new = Artifact("prompts", name, version, artifact.path_of("prompts", folder, name, version), "", released=False)
    made = (
        _copied(new, Prompt.load(origin, project), project)
        if origin
        else _first(new, load(kind or "", project), project)
    )
    Prompt.of(made.artifact)
    release.start(folder)
    _write(made.artifact)
    return made


def _refuse_name(name: str, folder: Path) -> None:
    if not artifact.is_name(name):
        raise UsageError(
            f"{one_line(name, 80)!r} cannot be the name of a prompt.",
            tip="A name has lower case letters, digits and hyphens, and begins with a letter.",
        )
    ours = artifact.shipped("prompts")
    if folder.resolve() != ours.resolve() and artifact.versions("prompts", ours, name):
        raise UsageError(
            f"The prompt {name} is shipped with summarizer; one of your own needs another name.",
            tip=f"summarizer prompts new my-{name} --from {name}",
        )


def _called(name: str, project: Project) -> str:
    if name not in generated.names(project):
        raise UsageError(
            f"There is neither a prompt {name} nor a kind of briefing called so.",
            tip=f"Copy a prompt: --from {registry('prompts', project).ids()[0]}. Or start from a class: --schema KIND",
        )
    return name


def _copied(new: Artifact, origin: Prompt, project: Project) -> Made:
    kind = _kind(origin, project)
    written = _written_for(origin, kind, project) if kind else None
    schema = generated.of(kind, project)[1].id if kind and not written else origin.schema
    head, _, body = origin.artifact.text.partition("\n---\n")
    for key, value in (("name", new.name), ("version", str(new.version)), ("schema", schema)):
        head = re.sub(rf"^{key}:.*$", f"{key}: {value}", head, count=1, flags=re.MULTILINE)
    made = _with(new, f"{head}\n---\n{body}")
    return Made(made, origin.artifact.id, kind, schema != origin.schema, _unnamed(body, written or kind))


def _kind(prompt: Prompt, project: Project) -> Kind | None:
    name = (prompt.schema or "").partition("@")[0].removesuffix("-draft")
    return load(name, project) if name in generated.names(project) else None


def _written_for(prompt: Prompt, kind: Kind, project: Project) -> Kind | None:
    """The kind, its drafts in the form that the prompt was written for; None where its class gives that no more."""
    schemas, wanted = registry("schemas", project), str(prompt.schema)
    return formed(kind, schemas.load(wanted).text) if wanted in schemas.ids() else None


def _unnamed(text: str, kind: Kind | None) -> tuple[str, ...]:
    keys = kind.draft.model_fields if kind else ()
    return tuple(key for key in keys if not re.search(rf"\b{re.escape(key)}\b", text))


def _first(new: Artifact, kind: Kind, project: Project) -> Made:
    drafts = generated.of(kind, project)[1]
    kind = formed(kind, drafts.text) or kind
    head = _FRONT.format(name=new.name, version=new.version, kind=kind.name, schema=drafts.id, repair=REPAIR)
    slots = {slot.key: slot for slot in kind.slots}
    fields = "\n".join(line(slots[key], kind.form) for key in kind.draft.model_fields)
    return Made(_with(new, f"{head}{_plain(_SYSTEM.format(about=_about(kind)) + fields)}\n{_USER}"), None, kind)


def _about(kind: Kind) -> str:
    """What the class says it is, as the end of a sentence."""
    said = one_line(kind.cls.__doc__ or "").replace("`", "").rstrip(".")
    return f": {said[0].lower() if said[1:2].islower() or said[1:2] == ' ' else said[0]}{said[1:]}" if said else ""


def _plain(text: str) -> str:
    """Text that a template shows as it is."""
    return re.sub(r"\{(?=[{%#])", "{ ", text)


def _with(new: Artifact, text: str) -> Artifact:
    return Artifact(new.sort, new.name, new.version, new.path, text, new.released)


def _write(new: Artifact) -> None:
    try:
        new.path.parent.mkdir(parents=True, exist_ok=True)
        with new.path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(new.text)
    except OSError as error:
        raise ArtifactError(f"Cannot write {new.path}: {error.strerror}.") from error
