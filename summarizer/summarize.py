"""The way of an article through the program, from source to briefing."""

from __future__ import annotations

import asyncio
import functools
import threading
from collections.abc import Callable, Coroutine
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast, overload

from pydantic import BaseModel

from summarizer import __version__, check, deck, repair
from summarizer.briefing import BaseBriefing, Briefing, Slot
from summarizer.check import Checked, Checker
from summarizer.document import Document
from summarizer.errors import ModelError, UsageError
from summarizer.item import Item
from summarizer.kind import Kind
from summarizer.language.instructions import screened
from summarizer.model import provider
from summarizer.project import Project
from summarizer.prompt import Message
from summarizer.recipe import Recipe
from summarizer.record import ArtifactRecord, Provenance, Purpose, Rejected, SourceRecord, Usage
from summarizer.settings import Settings, Silent, Watcher
from summarizer.source import Source
from summarizer.view import View

if TYPE_CHECKING:
    from summarizer.cassette import Cassette
    from summarizer.model.client import Budget, Client
    from summarizer.model.drafted import DraftedModel
    from summarizer.model.engine import Engine
    from summarizer.model.provider import ModelName

T = TypeVar("T")
B = TypeVar("B", bound=BaseBriefing)

NOWHERE = "http://127.0.0.1/v1"
"""The address of a replay, which sends nothing."""


class Summarizer(Generic[B]):
    """Makes briefings of one kind with one configuration. Use as a context manager, or call `close` when done.

    A model is chosen, and the embedded engine started, at the first briefing. Without a cassette its
    connections are kept between briefings. Safe to use from several threads.
    """

    @overload
    def __init__(
        self: Summarizer[Briefing], settings: Settings | None = None, *, watcher: Watcher | None = None
    ) -> None: ...
    @overload
    def __init__(
        self, settings: Settings | None = None, *, schema: type[B], watcher: Watcher | None = None
    ) -> None: ...
    @overload
    def __init__(
        self: Summarizer[BaseBriefing],
        settings: Settings | None = None,
        *,
        schema: str,
        watcher: Watcher | None = None,
    ) -> None: ...
    def __init__(
        self,
        settings: Settings | None = None,
        *,
        schema: type[BaseBriefing] | str = Briefing,
        watcher: Watcher | None = None,
    ) -> None:
        """
        Args:
            schema: the kind of briefing: a class built on `BaseBriefing`, or its name, see `summarizer.kind.load`.

        Raises:
            ArtifactError: there is no such prompt or kind, a release was changed, or the prompt was written for
                another kind, or for another version of it.
            UsageError: the settings contradict each other.
        """
        self.settings = settings or Settings()
        self._recipe = Recipe.of(schema, self.settings.prompt, _project(self.settings.project))
        if self.settings.record != "none" and self.settings.cassette is None:
            raise UsageError("There is no file to record to.", tip="Add --cassette FILE.")
        if self._drafted and self.settings.cassette is not None:
            raise UsageError("A model that answers from drafts has no cassette.", tip="Give one of the two.")
        self._watcher: Watcher = watcher or Silent()
        self._choosing = threading.Lock()
        self._kept: tuple[ModelName, Client, Engine | None] | None = None

    def __enter__(self) -> Summarizer[B]:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes the connections to the model. The embedded engine stays for the life of the process."""
        if self._kept:
            _wait_for(self._kept[1].close())
            self._kept = None

    def brief(self, source: Source | str | Path) -> B:
        """The checked briefing of one article. Works inside a running event loop too, which it blocks.

        Args:
            source: a `Source`, a path, `-` for standard input, or the text of an article (a string with a
                line break).

        Raises:
            SummarizerError: one of its kinds; see `summarizer.errors`.
        """
        return _wait_for(self._brief(source))

    async def abrief(self, source: Source | str | Path) -> B:
        """`brief` for async code."""
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(self._brief(source), _loop()))

    async def _brief(self, given: Source | str | Path) -> B:
        from summarizer.model.client import Budget

        source = as_source(given)
        document = screened(Document.of(source.text, source.language))
        view = View.of(document)
        messages = self._recipe.messages(view, source)
        name, client, engine = await asyncio.to_thread(self._model)
        if engine:
            await asyncio.to_thread(engine.check_length, messages, _answer_tokens())
        budget = Budget.of(self.settings.timeout)
        try:
            ask = functools.partial(self._ask, client, engine, budget=budget)
            checker = check.checker(document, source, self._recipe.kind)
            draft = await ask(messages, self._recipe.kind.draft, view=view, purpose="draft")
            checked = checker.check(view.unmarked(draft))
            failed = repair.failures(self._recipe.kind, checked.rejected)
            if failed and self._recipe.repair:
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
        purpose: Purpose,
        budget: Budget,
    ) -> Any:
        with self._watcher.asking(purpose, engine):
            return await client.ask(messages, wanted, view=view, purpose=purpose, budget=budget)

    async def _repaired(
        self, failed: list[Rejected], document: Document, checker: Checker, ask: Callable[..., Any]
    ) -> BaseModel:
        """What the model answers when it is shown the items that failed, and why, and the text around them."""
        view = repair.view(document, failed, checker.main_sentences)
        event = checker.main_event.claim if checker.main_event else "not found yet"
        kind = self._recipe.kind
        messages = self._recipe.again(
            sentences=view.text(),
            event=event,
            failures=repair.describe(kind, failed),
            hints=repair.hints(kind, failed),
        )
        wanted = repair.answer_to(kind, failed, eventless=checker.main_event is None)
        try:
            answered = await ask(messages, wanted, view=view, purpose="repair")
        except ModelError:
            # The briefing is paid for and stands without the repair; its attempts tell what went wrong.
            return kind.draft_of({})
        return view.unmarked(repair.as_draft(kind, answered))

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
        if self._drafted:
            return provider.choose(self._drafted.name, NOWHERE)
        wanted = cast("str | None", self.settings.model) or (cassette.model if cassette else None)
        address = self.settings.base_url
        if cassette is not None and cassette.replaying and wanted and not provider.known(wanted):
            address = address or NOWHERE
        return provider.choose(wanted, address)

    def _cassette(self) -> Cassette | None:
        path, record, playing = self.settings.cassette, self.settings.record, deck.current()
        if path is None and playing and not self._drafted:
            path, record = playing.next()
        if path is None:
            return None
        from summarizer.cassette import Cassette

        cassette = Cassette(path, record)
        if playing:
            playing.opened(cassette)
        return cassette

    def _engine(self, name: ModelName) -> Engine:
        from summarizer.model import engine, weights

        return engine.engine(weights.of(name.model, self._watcher.fetching), name.model)

    @property
    def _drafted(self) -> DraftedModel | None:
        model = self.settings.model
        return None if model is None or isinstance(model, str) else model

    def _client(self, name: ModelName, engine: Engine | None, cassette: Cassette | None) -> Client:
        from summarizer.model.client import Client

        address = name.address or (engine.address if engine else NOWHERE)
        return Client(name, address, cassette, self._drafted.transport() if self._drafted else None)

    def _assembled(self, checked: Checked, source: Source, document: Document, name: ModelName, budget: Budget) -> B:
        from summarizer.model import weights

        attempts = budget.attempts
        recipe = self._recipe
        repaired = any(each.purpose == "repair" for each in attempts)
        prompts = [recipe.prompt, recipe.repair] if recipe.repair and repaired else [recipe.prompt]
        stands = {each.name: _held(each, checked[each.name]) for each in recipe.kind.slots}
        made: BaseBriefing = recipe.kind.cls(
            **cast("Any", stands),
            not_stated=_not_stated(recipe.kind, checked),
            rejected=checked.rejected,
            left_out=check.left_out(document),
            source=_source_record(source),
            provenance=Provenance(
                tool=f"summarizer {__version__}",
                model=str(name),
                model_reported=next((each.model for each in reversed(attempts) if each.model), None),
                weights_sha256=weights.sha256(name.model) if name.embedded else None,
                prompts=[ArtifactRecord(id=each.artifact.id, sha256=each.artifact.sha256) for each in prompts],
                schemas=list(recipe.schemas),
                policy=check.policy(),
                attempts=attempts,
                usage=Usage.of(attempts),
                seconds=round(sum(each.seconds for each in attempts), 3),
            ),
        )
        return cast("B", made)


@overload
def brief(source: Source | str | Path, *, schema: type[B], **known: Any) -> B: ...
@overload
def brief(source: Source | str | Path, *, schema: str, **known: Any) -> BaseBriefing: ...
@overload
def brief(source: Source | str | Path, **known: Any) -> Briefing: ...
def brief(
    source: Source | str | Path,
    *,
    schema: type[BaseBriefing] | str = Briefing,
    published: date | str | None = None,
    title: str | None = None,
    url: str | None = None,
    language: str = "en",
    **settings: Any,
) -> BaseBriefing:
    """The checked briefing of one article: `brief("article.txt", published="2026-03-11")`.

    Args:
        source: a path, `-` for standard input, the text of an article (a string with a line break), or a
            `Source`, which then holds what is known about the article itself.
        schema: the kind of briefing: a class built on `BaseBriefing`, or the name of one, such as `incident`.
        published: the day of publication, which relative dates are resolved against.
        title, url: what is known about the article.
        language: the article's, as ISO 639-1 code.
        settings: the fields of `Settings`.

    Raises:
        SummarizerError: one of its kinds; see `summarizer.errors`.
    """
    with Summarizer(Settings(**settings), schema=schema) as summarizer:
        return summarizer.brief(as_source(source, published=published, title=title, url=url, language=language))


@overload
async def abrief(source: Source | str | Path, *, schema: type[B], **known: Any) -> B: ...
@overload
async def abrief(source: Source | str | Path, *, schema: str, **known: Any) -> BaseBriefing: ...
@overload
async def abrief(source: Source | str | Path, **known: Any) -> Briefing: ...
async def abrief(
    source: Source | str | Path,
    *,
    schema: type[BaseBriefing] | str = Briefing,
    published: date | str | None = None,
    title: str | None = None,
    url: str | None = None,
    language: str = "en",
    **settings: Any,
) -> BaseBriefing:
    """`brief` for async code."""
    summarizer = Summarizer(Settings(**settings), schema=schema)
    try:
        return await summarizer.abrief(as_source(source, published=published, title=title, url=url, language=language))
    finally:
        await asyncio.to_thread(summarizer.close)


def as_source(given: Source | str | Path, **known: Any) -> Source:
    """A source from what `brief` takes; a `Source` stays as it is."""
    if isinstance(given, Source):
        return given
    if isinstance(given, str) and "\n" in given:
        return Source.from_text(given, **known)
    return Source.read(given, **known)


def _project(given: Project | str | Path | None) -> Project | None:
    if given is None:
        return Project.around()
    return given if isinstance(given, Project) else Project.at(given)


def _held(slot: Slot, items: list[Item]) -> list[Item] | Item | None:
    return items if slot.many else next(iter(items), None)


def _not_stated(kind: Kind, checked: Checked) -> list[str]:
    tried = {each.field for each in checked.rejected}
    return [slot.name for slot in kind.slots if slot.asks and not checked[slot.name] and slot.name not in tried]


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
