"""The way of an article through the program, from source to briefing."""

from __future__ import annotations

import asyncio
import functools
import threading
from collections.abc import Callable, Coroutine
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from summarizer import __version__, artifact, briefing, check, repair
from summarizer.briefing import ArtifactRecord, Briefing, Provenance, Question, Rejected, SourceRecord, Usage
from summarizer.check import Checked, Checker
from summarizer.document import Document
from summarizer.draft import Draft
from summarizer.errors import ModelError, UsageError
from summarizer.language.instructions import screened
from summarizer.model import provider
from summarizer.prompt import Message, Prompt
from summarizer.source import Source
from summarizer.view import View

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from summarizer.cassette import Cassette, Record
    from summarizer.model.client import Budget, Client
    from summarizer.model.engine import Engine
    from summarizer.model.provider import ModelName

T = TypeVar("T")

PROMPT = "briefing"
REPAIR = "repair@1"
NOWHERE = "http://127.0.0.1/v1"
"""The address of a replay, which sends nothing."""


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
            the embedded model. A replay takes the model of its cassette.
        base_url: the address of an OpenAI-compatible server, for any provider name.
        prompt: `name@version`, or `name` for its newest version.
        timeout: seconds that one briefing may take, all retries included.
        cassette: a file to replay from or to record to; it holds one briefing.
        record: `none` (replay), `once` (record where there is no file) or `all` (record anew).
    """

    model: str | None = None
    base_url: str | None = None
    prompt: str = PROMPT
    timeout: float = 900.0
    cassette: str | Path | None = None
    record: Record = "none"


class Summarizer:
    """Makes briefings with one configuration. Use as a context manager, or call `close` when done.

    A model is chosen, and the embedded engine started, at the first briefing. Without a cassette its
    connections are kept between briefings. Safe to use from several threads.
    """

    def __init__(self, settings: Settings | None = None, *, watcher: Watcher | None = None) -> None:
        """
        Raises:
            ArtifactError: there is no such prompt, or a release was changed.
            UsageError: the settings contradict each other.
        """
        self.settings = settings or Settings()
        if self.settings.record != "none" and self.settings.cassette is None:
            raise UsageError("There is no file to record to.", tip="Add --cassette FILE.")
        self._watcher: Watcher = watcher or Silent()
        self._prompt = Prompt.load(self.settings.prompt)
        self._repair = Prompt.load(REPAIR)
        self._choosing = threading.Lock()
        self._kept: tuple[ModelName, Client, Engine | None] | None = None

    def __enter__(self) -> Summarizer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes the connections to the model. The embedded engine stays for the life of the process."""
        if self._kept:
            _wait_for(self._kept[1].close())
            self._kept = None

    def brief(self, source: Source | str | Path) -> Briefing:
        """The checked briefing of one article. Works inside a running event loop too, which it blocks.

        Args:
            source: a `Source`, a path, `-` for standard input, or the text of an article (a string with a
                line break).

        Raises:
            SummarizerError: one of its kinds; see `summarizer.errors`.
        """
        return _wait_for(self._brief(source))

    async def abrief(self, source: Source | str | Path) -> Briefing:
        """`brief` for async code."""
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(self._brief(source), _loop()))

    async def _brief(self, given: Source | str | Path) -> Briefing:
        from summarizer.model.client import Budget

        source = _as_source(given)
        document = screened(Document.of(source.text, source.language))
        view = View.of(document)
        messages = self._prompt.render(article=view.text())
        starts_engine = self.settings.cassette is None or self.settings.record != "none"
        name, client, engine = await asyncio.to_thread(self._model) if starts_engine else self._model()
        if engine:
            await asyncio.to_thread(engine.check_length, messages, _answer_tokens())
        budget = Budget.of(self.settings.timeout)
        try:
            ask = functools.partial(self._ask, client, engine, budget=budget)
            checker = check.checker(document, source)
            draft = await ask(messages, Draft, view=view, purpose="draft")
            checked = checker.check(view.unmarked(draft))
            if failed := repair.failures(checked.rejected):
                checked = checker.mend(failed, await self._repaired(failed, document, checker, ask))
        finally:
            if self._kept is None:
                await client.close()
        return self._assembled(checked, source, document, name, budget)

    async def _ask(
        self,
        client: Client,
        engine: Engine | None,
        messages: list[Message],
        wanted: type[Any],
        *,
        view: View,
        purpose: briefing.Purpose,
        budget: Budget,
    ) -> Any:
        with self._watcher.asking(purpose, engine):
            return await client.ask(messages, wanted, view=view, purpose=purpose, budget=budget)

    async def _repaired(
        self, failed: list[Rejected], document: Document, checker: Checker, ask: Callable[..., Any]
    ) -> Draft:
        """What the model answers when it is shown the items that failed, and why, and the text around them."""
        view = repair.view(document, failed, checker.main_sentences)
        event = checker.main_event.claim if checker.main_event else "not found yet"
        messages = self._repair.render(sentences=view.text(), event=event, failures=repair.describe(failed))
        try:
            answered = await ask(
                messages, repair.answer_to(failed, eventless=checker.main_event is None), view=view, purpose="repair"
            )
        except ModelError:
            # The briefing is paid for and stands without the repair; its attempts tell what went wrong.
            return repair.NOTHING
        return view.unmarked(repair.as_draft(answered))

    def _model(self) -> tuple[ModelName, Client, Engine | None]:
        """The model to ask; kept from briefing to briefing unless a cassette is in use."""
        with self._choosing:
            if self._kept:
                return self._kept
            cassette = self._cassette()
            name = self._name(cassette)
            self._watcher.chosen(name)
            replaying = cassette is not None and cassette.replaying
            engine = self._engine(name) if name.embedded and not replaying else None
            made = (name, self._client(name, engine, cassette), engine)
            if cassette is None:
                self._kept = made
            return made

    def _name(self, cassette: Cassette | None) -> ModelName:
        wanted = self.settings.model or (cassette.model if cassette else None)
        address = self.settings.base_url
        if cassette is not None and cassette.replaying and wanted and not provider.known(wanted):
            address = address or NOWHERE
        return provider.choose(wanted, address)

    def _cassette(self) -> Cassette | None:
        if self.settings.cassette is None:
            return None
        from summarizer.cassette import Cassette

        return Cassette(self.settings.cassette, self.settings.record)

    def _engine(self, name: ModelName) -> Engine:
        from summarizer.model import engine, weights

        return engine.engine(weights.of(name.model, self._watcher.fetching), name.model)

    @staticmethod
    def _client(name: ModelName, engine: Engine | None, cassette: Cassette | None) -> Client:
        from summarizer.model.client import Client

        address = name.address or (engine.address if engine else NOWHERE)
        return Client(name, address, cassette)

    def _assembled(
        self, checked: Checked, source: Source, document: Document, name: ModelName, budget: Budget
    ) -> Briefing:
        from summarizer.model import weights

        attempts = budget.attempts
        prompts = [self._prompt, self._repair] if any(each.purpose == "repair" for each in attempts) else [self._prompt]
        return Briefing(
            headline=checked.headline,
            summary=checked.summary,
            who=checked.who,
            what=checked.what,
            where=checked.where,
            when=checked.when,
            why=checked.why,
            stated_rationale=checked.stated_rationale,
            not_stated=_not_stated(checked),
            rejected=checked.rejected,
            left_out=check.left_out(document),
            source=_source_record(source),
            provenance=Provenance(
                tool=f"summarizer {__version__}",
                model=str(name),
                model_reported=next((each.model for each in reversed(attempts) if each.model), None),
                weights_sha256=weights.sha256(name.model) if name.embedded else None,
                prompts=[ArtifactRecord(id=each.artifact.id, sha256=each.artifact.sha256) for each in prompts],
                schemas=[_schema_record(self._prompt.schema), _schema_record("briefing@1")],
                policy=check.policy(),
                attempts=attempts,
                usage=Usage.of(attempts),
                seconds=round(sum(each.seconds for each in attempts), 3),
            ),
        )


def brief(
    source: Source | str | Path,
    *,
    published: date | str | None = None,
    title: str | None = None,
    url: str | None = None,
    language: str = "en",
    **settings: Any,
) -> Briefing:
    """The checked briefing of one article: `brief("article.txt", published="2026-03-11")`.

    Args:
        source: a path, `-` for standard input, the text of an article (a string with a line break), or a
            `Source`, which then holds what is known about the article itself.
        published: the day of publication, which relative dates are resolved against.
        title, url: what is known about the article.
        language: the article's, as ISO 639-1 code.
        settings: the fields of `Settings`.

    Raises:
        SummarizerError: one of its kinds; see `summarizer.errors`.
    """
    with Summarizer(Settings(**settings)) as summarizer:
        return summarizer.brief(_as_source(source, published=published, title=title, url=url, language=language))


async def abrief(
    source: Source | str | Path,
    *,
    published: date | str | None = None,
    title: str | None = None,
    url: str | None = None,
    language: str = "en",
    **settings: Any,
) -> Briefing:
    """`brief` for async code."""
    summarizer = Summarizer(Settings(**settings))
    try:
        return await summarizer.abrief(_as_source(source, published=published, title=title, url=url, language=language))
    finally:
        await asyncio.to_thread(summarizer.close)


def _as_source(given: Source | str | Path, **known: Any) -> Source:
    if isinstance(given, Source):
        return given
    if isinstance(given, str) and "\n" in given:
        return Source.from_text(given, **known)
    return Source.read(given, **known)


def _not_stated(checked: Checked) -> list[Question]:
    tried = {each.field for each in checked.rejected}
    return [each for each in briefing.QUESTIONS if not getattr(checked, each) and each not in tried]


def _source_record(source: Source) -> SourceRecord:
    return SourceRecord(
        sha256=source.sha256,
        name=source.name,
        title=source.title,
        published=source.published,
        author=source.author,
        url=source.url,
        media_type=source.media_type,
        language=source.language,
        characters=len(source.text),
    )


def _schema_record(reference: str) -> ArtifactRecord:
    schema = artifact.load("schemas", reference)
    return ArtifactRecord(id=schema.id, sha256=schema.sha256)


def _answer_tokens() -> int:
    from summarizer.model.client import ANSWER_TOKENS

    return ANSWER_TOKENS


# Everything that waits runs on one event loop in a thread of its own, so that sync calls work wherever they
# are made, and connections outlive the call that opened them.


@functools.cache
def _loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="summarizer", daemon=True).start()
    return loop


def _wait_for(coroutine: Coroutine[Any, Any, T]) -> T:
    future = asyncio.run_coroutine_threadsafe(coroutine, _loop())
    try:
        return future.result()
    except KeyboardInterrupt:
        future.cancel()
        raise
