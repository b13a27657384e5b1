"""Looking over all prompts, or all schemas: everything that is wrong with them, not only the first thing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from summarizer import artifact
from summarizer.artifact import LOCK, SUFFIX, Artifact, Sort, registry
from summarizer.briefing import version_of
from summarizer.errors import ArtifactError
from summarizer.kind import load
from summarizer.project import Project
from summarizer.prompt import Prompt
from summarizer.recipe import AGAIN, ASKING, MERGING, Recipe
from summarizer.versions import generated
from summarizer.versions.compatibility import breaking, read
from summarizer.versions.generated import Generated


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and what to do."""

    what: str
    tip: str = ""


@dataclass
class Audit:
    """Attributes: seen: the versions that were looked at; faults; notes: what is worth knowing and not wrong."""

    seen: list[Artifact] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, fault: Fault) -> None:
        """Adds a fault, unless it says once more what another has said."""
        if not any(each.what in fault.what for each in self.faults):
            self.faults.append(fault)

    def blame(self, error: ArtifactError) -> None:
        self.add(Fault(error.message, error.tip))


def audit(sort: Sort, project: Project | None, names: Iterable[str] = ()) -> Audit:
    """What there is to say about the package's prompts or schemas and the project's; of these names alone, if any
    are given.

    Raises:
        ArtifactError: there is nothing of one of these names.
    """
    wanted, found = tuple(names), Audit()
    for folder in registry(sort, project).folders:
        _folder(found, sort, folder, wanted)
    found.faults += _twice(sort, project, wanted)
    (_prompts if sort == "prompts" else _schemas)(found, project, wanted)
    records = {each.name for each in generated.records(project)} if sort == "schemas" else set()
    there = (
        {each.name for each in found.seen}
        | records
        | {f"{each}{end}" for each in generated.names(project) for end in ("", "-draft")}
    )
    if missing := next((name for name in wanted if name not in there and not found.faults), None):
        raise ArtifactError(f"There is no {sort[:-1]} {missing}.", tip=f"summarizer {sort} list")
    found.notes += [f"{each.id} is not released." for each in found.seen if not each.released]
    return found


def of_prompt(
    one: Artifact, project: Project | None, *, released: bool, beside: frozenset[str] = frozenset()
) -> Iterator[Fault]:
    """What is wrong with one prompt, and with what it names.

    `released`: it is, or is to be, so that what it names must be too. `beside`: what is to be released with it.
    """
    try:
        prompt = Prompt.of(one)
    except ArtifactError as error:
        yield Fault(f"{one.path}: {error.message}", error.tip)
        return
    if fault := _inputs(prompt):
        yield fault
    if prompt.schema:
        yield from _named(one, "schemas", prompt.schema, project, released=released)
    for named in filter(None, (prompt.repair, prompt.merge)):
        yield from _named(one, "prompts", named, project, released=released and named not in beside)
    yield from _misplaced(prompt, project)


def _folder(found: Audit, sort: Sort, folder: Path, wanted: tuple[str, ...]) -> None:
    """Every version in a folder against its lock, and the files that are none."""
    found.faults += [
        Fault(f"{path} is no version of a {sort[:-1]}.", tip) for path, tip in _stray(sort, folder, wanted)
    ]
    try:
        known = artifact.known(sort, folder)
    except ArtifactError as error:
        found.blame(error)
        return
    for name in sorted({each.partition("@")[0] for each in known}):
        for version in artifact.versions(sort, folder, name) if name in wanted or not wanted else ():
            try:
                found.seen.append(artifact.read(sort, folder, name, version))
            except ArtifactError as error:
                found.blame(error)


def _stray(sort: Sort, folder: Path, wanted: tuple[str, ...]) -> Iterator[tuple[Path, str]]:
    tip = f"Call it NAME/vN{SUFFIX[sort]}, such as {sort[:-1]}/v1{SUFFIX[sort]}, or put it elsewhere."
    for path in sorted(folder.glob("*")):
        inside = sorted(path.glob("*")) if path.is_dir() and (path.name in wanted or not wanted) else []
        at_top = [path] if not (path.is_dir() or wanted or path.name == LOCK or path.stem == "README") else []
        yield from ((each, tip) for each in [*at_top, *inside] if not (_is_version(sort, each) or _hidden(each)))


def _hidden(path: Path) -> bool:
    """Of a version control or a file manager."""
    return path.name.startswith(".")


def _is_version(sort: Sort, path: Path) -> bool:
    reference = f"{path.parent.name}@{path.stem[1:]}"
    return path.is_file() and path.name == f"v{path.stem[1:]}{SUFFIX[sort]}" and artifact.is_id(reference)


def _twice(sort: Sort, project: Project | None, wanted: tuple[str, ...]) -> Iterator[Fault]:
    known = registry(sort, project)
    names = {each.parent.name for folder in known.folders for each in folder.glob(f"*/v*{SUFFIX[sort]}")}
    for name in sorted(names & set(wanted) if wanted else names):
        try:
            known.folder_of(name)
        except ArtifactError as error:
            if "defined twice" in error.message:
                yield Fault(error.message, error.tip)


# Prompts


def _prompts(found: Audit, project: Project | None, wanted: tuple[str, ...]) -> None:
    for one in found.seen:
        try:
            for fault in of_prompt(one, project, released=one.released):
                found.add(fault)
        except ArtifactError as error:  # the kind that it is for cannot be loaded
            found.blame(error)
    for name in generated.names(project):
        if name in wanted or not wanted:
            _newest(found, name, project)


def _newest(found: Audit, name: str, project: Project | None) -> None:
    """Whether the newest prompt of a kind can be used with it."""
    try:
        if not registry("prompts", project).versions(name):
            found.notes.append(f"The kind {name} has no prompt of its name: summarizer prompts new {name}")
            return
        prompt, draft = Prompt.load(name, project), generated.given_by(f"{name}-draft", project)
        if draft and prompt.schema != draft.id and version_of(prompt.schema or "")[0] == draft.name:
            what = f"The newest prompt {prompt.artifact.id} asks for {prompt.schema}, and its class gives {draft.id}."
            found.add(Fault(what, f"summarizer prompts new {name}; then edit it, and release it."))
        else:
            Recipe.of(name, None, project)
    except ArtifactError as error:
        found.blame(error)


def _inputs(prompt: Prompt) -> Fault | None:
    offered = next((each for each in (AGAIN, MERGING) if prompt.inputs & each), ASKING if prompt.schema else AGAIN)
    if unknown := sorted(prompt.inputs - offered):
        return Fault(
            f"The prompt {prompt.artifact.id} wants {', '.join(unknown)}.",
            f"A prompt can have {', '.join(sorted(ASKING))}; one that asks again, {', '.join(sorted(AGAIN))}; "
            f"one that picks from the parts of a long document, {', '.join(sorted(MERGING))}.",
        )
    if offered == ASKING and "article" not in prompt.inputs:
        return Fault(f"The prompt {prompt.artifact.id} does not show the article.", "Write {{ article }} into it.")
    return None


def _named(one: Artifact, sort: Sort, reference: str, project: Project | None, *, released: bool) -> Iterator[Fault]:
    """What is wrong with a schema or prompt that a prompt names."""
    if not artifact.is_id(reference):
        yield Fault(f"The prompt {one.id} names the {sort[:-1]} {reference} without a version.", "Write NAME@VERSION.")
        return
    try:
        named = registry(sort, project).load(reference)
    except ArtifactError as error:
        to_come = sort == "schemas" and _to_come(reference, project)
        if released or not to_come:
            tip = f"summarizer schemas release {reference}" if to_come else error.tip
            yield Fault(f"The prompt {one.id}: {error.message}", tip)
        return
    if released and not named.released:
        yield Fault(
            f"The prompt {one.id} names {reference}, which is not released.", f"summarizer {sort} release {reference}"
        )


def _misplaced(prompt: Prompt, project: Project | None) -> Iterator[Fault]:
    """Prompts that are named for what they do not do."""
    named = {"repairs": (prompt.repair, AGAIN, "repair@2"), "merges": (prompt.merge, MERGING, "merge@1")}
    for does, (reference, inputs, instead) in named.items():
        with suppress(ArtifactError):  # told already
            if reference and not Prompt.load(reference, project).inputs <= inputs:
                what = f"The prompt {prompt.artifact.id} {does} by {reference}, which asks for something else."
                yield Fault(what, f"Name {instead}.")


def _to_come(reference: str, project: Project | None) -> bool:
    """Whether a schema has no file yet, and the class of a kind gives it."""
    given = generated.given_by(version_of(reference)[0], project)
    return given is not None and given.id == reference


# Schemas


def _schemas(found: Audit, project: Project | None, wanted: tuple[str, ...]) -> None:
    for one in found.seen:
        try:
            read(one.text)
        except ArtifactError as error:
            found.faults.append(Fault(f"{one.path}: {error.message}", error.tip))
    for name in generated.names(project):
        try:
            several = [each for each in generated.of(load(name, project), project) if each.name in wanted or not wanted]
        except ArtifactError as error:
            found.blame(error)
            continue
        for each in several:
            _class(found, each)
    try:
        known = [each for each in generated.records(project) if each.name in wanted or not wanted]
    except ArtifactError as error:
        found.blame(error)
        known = []
    for each in known:
        _class(found, each)


def _class(found: Audit, given: Generated) -> None:
    """Whether what a class gives is what the newest version says."""
    same = given.written is not None and given.written.text == given.text
    if given.needs_version or (given.drafts and given.differs and not same):
        found.faults.append(of_class(given))
    elif given.written is None:
        found.notes.append(f"{given.id} has no file yet: summarizer schemas release {given.id}")
    elif not same:
        found.faults.append(
            Fault(f"{given.path} is not what {_model(given)} gives.", f"summarizer schemas release {given.id}")
        )


def of_class(given: Generated) -> Fault:
    """What a class changed since the newest release of its schema, and which version that needs."""
    changed = given.changes
    lines = [f"  {each.mark}: {each}" for each in changed] or ["  the same in another order"]
    sort_of = "This breaks what was stored under it" if breaking(changed) else "What was stored stays readable"
    known = given.released.id if given.released else given.id
    return Fault(
        "\n".join([f"{_model(given)} is not what {known} says any more. {sort_of}; it needs a new version.", *lines]),
        _way_out(given, breaks=bool(breaking(changed))),
    )


def _way_out(given: Generated, *, breaks: bool) -> str:
    name = given.cls.__name__
    if given.drafts:
        return f"summarizer schemas release {given.id}, and name it in the next version of the prompt."
    wanted = given.needs_version
    if not wanted:
        return f"summarizer schemas release {given.id}"
    upgrade = f" Replace {name}.upgrade, or stored ones are not read." if breaks and not given.upgrades else ""
    return f'Set in {name}: schema_id: Literal["{wanted}"] = "{wanted}".{upgrade}'


def _model(given: Generated) -> str:
    return f"The draft of {given.cls.__name__}" if given.drafts else given.cls.__name__
