"""What a cassette is, and whether it is still good: told without a model and without a replay."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel

from summarizer.artifact import Registry, Sort, registry
from summarizer.cassette import location, secret
from summarizer.cassette.recording import Interaction, Origin, Recording, read
from summarizer.cassette.turns import Purpose, purposes
from summarizer.errors import ArtifactError, CassetteError, SourceError, UsageError
from summarizer.project import Project
from summarizer.record import ArtifactRecord
from summarizer.source import Source
from summarizer.text import one_line

State = Literal["ok", "unknown", "stale", "unsafe", "damaged"]
BAD: tuple[State, ...] = ("stale", "unsafe", "damaged")
SUFFIX = ".json"


class Exchange(BaseModel):
    """One exchange. Tokens are null where the server did not tell them."""

    number: int
    purpose: Purpose
    status: int
    prompt_tokens: int | None
    completion_tokens: int | None
    seconds: float


class Inspection(BaseModel):
    """One cassette.

    Attributes:
        state: `ok`; `unknown` where it does not tell what it was recorded from; `stale` where that is another
            prompt, schema or article now; `unsafe` where it seems to hold a secret; `damaged` where it is no cassette.
        reasons: why it is not ok.
        notes: what is worth knowing and no fault.
    """

    file: str
    state: State
    reasons: list[str] = []
    notes: list[str] = []
    format: str | None = None
    model: str | None = None
    tool: str | None = None
    origin: Origin | None = None
    exchanges: list[Exchange] = []

    @property
    def bad(self) -> bool:
        return self.state in BAD


def inspect(path: Path, project: Project | None = None) -> Inspection:
    """What a file is. That it is damaged, or not there, is told and not raised.

    Args:
        project: whose prompts and schemas there are beside those of the package.
    """
    try:
        recording = read(path)
        unsafe = secret.looks(path.read_text(encoding="utf-8"), os.environ.get("OPENAI_API_KEY", ""))
    except (CassetteError, OSError) as error:
        return Inspection(file=str(path), state="damaged", reasons=[str(error)])
    reasons = [f"it seems to hold {what}" for what in unsafe]
    stale, notes = _staleness(path, recording.origin, project)
    state: State = "unsafe" if unsafe else "stale" if stale else "ok" if recording.origin else "unknown"
    return Inspection(
        file=str(path),
        state=state,
        reasons=reasons + stale,
        notes=notes,
        format=recording.format,
        model=recording.model,
        tool=recording.tool,
        origin=recording.origin,
        exchanges=list(_exchanges(recording)),
    )


def files(where: Path) -> list[Path]:
    """The cassettes of a folder and those below it, in order of their names; or the one file that is named."""
    if not where.is_dir():
        return [where]
    found = (path for path in where.rglob(f"*{SUFFIX}") if path.is_file())
    return sorted(path for path in found if not any(part.startswith(".") for part in path.relative_to(where).parts))


def folder(project: Project | None) -> Path:
    """Where the cassettes of a project are; without one, `cassettes` in the current folder.

    Raises:
        UsageError: there is no such folder.
    """
    found = project.cassettes if project else Path("cassettes")
    if not found.is_dir():
        raise UsageError(f"There is no folder {one_line(str(found))}.", tip="Name files or folders.")
    return Path(os.path.relpath(found)) if found.is_relative_to(Path.cwd()) else found


def _staleness(path: Path, origin: Origin | None, project: Project | None) -> tuple[list[str], list[str]]:
    """What a cassette was recorded from and is otherwise now, and what else is to be said of it."""
    if origin is None:
        return [], ["it was recorded before origins were kept, so nobody can say whether it is stale"]
    reasons: list[str] = []
    notes: list[str] = []
    of: dict[Sort, list[ArtifactRecord]] = {"prompts": origin.prompts, "schemas": origin.schemas}
    for sort, artifacts in of.items():
        for each in artifacts:
            # The first prompt names the others, with their versions: a newer one of those is not taken.
            _compare(registry(sort, project), each, reasons, notes, pinned=each != origin.prompts[0])
    _compare_source(path, origin, reasons, notes)
    return reasons, notes


def _compare(there: Registry, recorded: ArtifactRecord, reasons: list[str], notes: list[str], *, pinned: bool) -> None:
    sort, reference = there.sort[:-1], one_line(recorded.id, 80)
    try:
        if sort == "schema" and not there.versions(recorded.id.partition("@")[0]):
            notes.append(f"the schema {reference} is in no file, so it is not compared")
            return
        now = there.load(recorded.id)
        newest = there.versions(now.name)[-1]
    except ArtifactError as error:
        reasons.append(f"the {sort} {reference} cannot be had any more: {error.message}")
        return
    if now.sha256 != recorded.sha256:
        was = one_line(recorded.sha256[:12])
        reasons.append(f"the {sort} {reference} was {was} when this was recorded and is {now.sha256[:12]} now")
    elif newest > now.version and not pinned:
        notes.append(f"there is a newer {sort}, {now.name}@{newest}; to replay this, ask for {now.id}")


def _compare_source(path: Path, origin: Origin, reasons: list[str], notes: list[str]) -> None:
    source, name = origin.source, one_line(origin.source.name, 120)
    found = location.source_of(path, source.name)
    if found is None:
        notes.append(f"its article, {name}, is not here to compare")
        return
    try:
        now = Source.read(found).sha256
    except SourceError as error:
        reasons.append(f"its article cannot be read any more: {error.message}")
        return
    if now != source.sha256:
        reasons.append(f"its article {name} is another text now")


def _exchanges(recording: Recording) -> Iterator[Exchange]:
    told = zip(recording.interactions, purposes(recording.interactions), strict=True)
    for number, (each, purpose) in enumerate(told, start=1):
        yield Exchange(
            number=number,
            purpose=purpose,
            status=each.response.status,
            prompt_tokens=_tokens(each, "prompt_tokens"),
            completion_tokens=_tokens(each, "completion_tokens"),
            seconds=each.response.seconds,
        )


def _tokens(interaction: Interaction, name: str) -> int | None:
    body: Any = interaction.response.body
    usage = body.get("usage") if isinstance(body, dict) else None
    count = usage.get(name) if isinstance(usage, dict) else None
    return count if isinstance(count, int) and not isinstance(count, bool) and count >= 0 else None
