"""How briefings are made, and who is told while one is."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from summarizer.project import Project

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from summarizer.cassette import Cassette, Record
    from summarizer.model.drafted import DraftedModel
    from summarizer.model.engine import Engine
    from summarizer.model.provider import ModelName


class Watcher(Protocol):
    """Told what goes on while a briefing is made. Every method may do nothing."""

    def chosen(self, model: ModelName) -> None: ...
    def fetching(self, road: str, done: int, total: int) -> None: ...
    def asking(self, purpose: str, engine: Engine | None) -> AbstractContextManager[None]: ...


class Silent:
    """A watcher that shows nothing."""

    def chosen(self, model: ModelName) -> None: ...
    def fetching(self, road: str, done: int, total: int) -> None: ...
    def asking(self, purpose: str, engine: Engine | None) -> AbstractContextManager[None]:  # noqa: ARG002 (a Watcher)
        return nullcontext()


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How briefings are made.

    Attributes:
        model: `provider/model`; None takes SUMMARIZER_MODEL, else OpenAI where OPENAI_API_KEY is set, else
            the embedded model. A replay takes the model of its cassette. Tests can give a model that answers from
            drafts, see `summarizer.testing`.
        base_url: the address of an OpenAI-compatible server, for any provider name.
        prompt: `name@version`, or `name` for its newest version; None takes the one called as the schema.
        project: the folder of the project whose prompts, schemas and kinds count beside those shipped; None takes
            the nearest one from the current folder upwards that has [tool.summarizer] in its pyproject.toml.
        timeout: seconds that one article may take, all retries included; each part of a long one may take as many, and
            so may what is asked about all of them together.
        cassette: a file to replay from or to record to, or one that is open already; it holds one briefing.
        record: `none` (replay), `once` (record where there is no file) or `all` (record anew).
        allow_private: whether an article may be fetched from a private network, or from this machine.
        cache: whether answers are taken from the user's cache, and kept there for other runs (`summarizer.cache`). What
            has a cassette, or answers from drafts, goes past it. The command line's default is that they are.
    """

    model: str | DraftedModel | None = None
    base_url: str | None = None
    prompt: str | None = None
    project: Project | str | Path | None = None
    timeout: float = 900.0
    cassette: str | Path | Cassette | None = None
    record: Record = "none"
    allow_private: bool = False
    cache: bool = False
