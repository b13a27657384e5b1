"""Recording a cassette again, from what it was recorded from, and what comes of it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from summarizer.artifact import registry
from summarizer.briefing import BaseBriefing, Briefing
from summarizer.cassette import Cassette, Origin, Recording, Request, Response, location, read
from summarizer.cassette.recording import Interaction
from summarizer.cassette.turns import Turns, purpose
from summarizer.errors import CassetteError, SummarizerError
from summarizer.project import Project
from summarizer.settings import Settings, Watcher
from summarizer.source import Source
from summarizer.summarize import Summarizer, project_of
from summarizer.text import one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrides:
    """What is to be otherwise than it was recorded; None leaves it as it was.

    Attributes:
        source: the article; `-` is standard input. Needed where the cassette does not tell, or its file is not here.
        model, base_url, prompt, project, timeout: as in `Settings`; `model` is otherwise the recorded one.
        schema: the kind of briefing, as in `Summarizer`.
        published, title, author, url, language: what is known of the article, as in `Source`.
    """

    source: str | None = None
    model: str | None = None
    base_url: str | None = None
    schema: type[BaseBriefing] | str | None = None
    prompt: str | None = None
    project: Project | str | Path | None = None
    timeout: float | None = None
    published: date | str | None = None
    title: str | None = None
    author: str | None = None
    url: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What came of it.

    Attributes:
        before: what the old answers give by the rules of today; None where they give nothing.
        lost: why they give nothing.
        after: what the new ones give.
    """

    path: Path
    before: BaseBriefing | None
    lost: str
    after: BaseBriefing


def refresh(path: str | Path, overrides: Overrides | None = None, *, watcher: Watcher | None = None) -> Refreshed:
    """Records a cassette again. The new one takes the old one's place when its briefing is complete, and not before.

    Raises:
        CassetteError: the old one is damaged; its article is not here; the new briefing lacks its repair.
        SummarizerError: no briefing was made; the old cassette is as it was.
    """
    path, wanted = Path(path), overrides or Overrides()
    old = read(path)
    source, settings = _source(path, old.origin, wanted), _settings(old, wanted)
    kind = wanted.schema or (old.origin.kind if old.origin else Briefing)
    before, lost = _before(path, old, kind, source, settings)
    # Beside the old one, so that names seen from the folder are right, and moving it is one step.
    new = path.resolve().with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    recording = replace(settings, cassette=new, record="all")
    try:
        with Summarizer(recording, schema=kind, watcher=watcher) as summarizer:
            after: BaseBriefing = summarizer.brief(source)
        _refuse_incomplete(path, after)
        _take_place(new, path)
    finally:
        new.unlink(missing_ok=True)
    return Refreshed(path, before, lost, after)


def _settings(old: Recording, wanted: Overrides) -> Settings:
    settings = Settings(
        model=wanted.model or old.model,
        base_url=wanted.base_url,
        prompt=wanted.prompt or (old.origin.prompt if old.origin else None),
        project=wanted.project,
    )
    return replace(settings, timeout=wanted.timeout) if wanted.timeout else settings


def _source(path: Path, origin: Origin | None, wanted: Overrides) -> Source:
    known = origin.source if origin else None
    return Source.read(
        wanted.source if wanted.source is not None else _recorded_source(path, origin),
        published=wanted.published or (known.published if known else None),
        title=wanted.title or (known.title if known else None),
        author=wanted.author or (known.author if known else None),
        url=wanted.url or (known.url if known else None),
        language=wanted.language or (known.language if known else None),
    )


def _recorded_source(path: Path, origin: Origin | None) -> Path:
    shown = one_line(str(path))
    if origin is None:
        raise CassetteError(
            f"{shown} was recorded before origins were kept: it does not tell its article.",
            tip="Name it: --source ARTICLE, with --published and what else is known of it.",
        )
    found = location.source_of(path, origin.source.name)
    if found is None:
        raise CassetteError(
            f"The article of {shown}, {one_line(origin.source.name, 120)}, is not here.",
            tip="Name it: --source ARTICLE.",
        )
    return found


def _before(
    path: Path, old: Recording, kind: type[BaseBriefing] | str, source: Source, settings: Settings
) -> tuple[BaseBriefing | None, str]:
    """The briefing that the old answers give, whatever they were asked; else why they give none."""
    prompt = _prompt(old.origin, settings)
    replaying = replace(settings, cassette=_InOrder(path), model=old.model, base_url=None, prompt=prompt)
    try:
        with Summarizer(replaying, schema=kind) as summarizer:
            made: BaseBriefing = summarizer.brief(source)
            return made, ""
    except SummarizerError as error:
        return None, error.message


def _prompt(origin: Origin | None, settings: Settings) -> str | None:
    """The recorded prompt, which knows the schema of the answers, if it is there as it was."""
    if origin is None:
        return settings.prompt
    prompt = origin.prompts[0]
    try:
        same = registry("prompts", project_of(settings.project)).load(prompt.id).sha256 == prompt.sha256
    except SummarizerError:
        same = False
    return prompt.id if same else settings.prompt


class _InOrder(Cassette):
    """Gives its answers in their order, since the questions are no longer the same."""

    def __init__(self, path: str | Path) -> None:
        super().__init__(path)
        given: list[Interaction] = self._recording.interactions if self._recording else []
        self._answers = [each.response for each in given if each.response.status < 400]
        self._asked: list[Turns] = []

    def replay(self, request: Request) -> Response:
        """The next answer, whatever is asked; for a repair without one, a failure, which costs no briefing."""
        with self._lock:
            self._asked.append(Turns.of(request))
            if self._answers:
                return self._answers.pop(0)
            if purpose(self._asked[-1], self._asked[:-1]).startswith("repair"):
                return Response(status=400, headers={}, seconds=0, text="not recorded")
            raise CassetteError("No recorded answer makes a draft by the schema of today.")


def _refuse_incomplete(path: Path, made: BaseBriefing) -> None:
    last = made.provenance.attempts[-1]
    if last.outcome != "ok":
        raise CassetteError(
            f"The {last.purpose} failed ({one_line(last.outcome, 40)}), so {one_line(str(path))} stays as it was.",
            tip="Try again.",
        )


def _take_place(new: Path, path: Path) -> None:
    try:
        new.replace(path.resolve())
    except OSError as error:
        raise CassetteError(f"Cannot write the cassette {one_line(str(path))}: {error.strerror}.") from error
