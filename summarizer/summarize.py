"""The way of an article through the program, from source to briefing."""

from __future__ import annotations

import asyncio
import functools
import threading
from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast, overload

from summarizer import check, page, repair, web
from summarizer.assembly import assembled, prompt_record, provenance, source_record
from summarizer.briefing import BaseBriefing, Briefing
from summarizer.connection import Connection, Connections
from summarizer.conversation import Conversation
from summarizer.document import Document
from summarizer.errors import ModelError
from summarizer.project import Project
from summarizer.recall import NotCachedError, Recall
from summarizer.recipe import Recipe, Request
from summarizer.settings import Settings, Silent, Watcher
from summarizer.source import Source

if TYPE_CHECKING:
    from summarizer.cassette import Origin, Tape
    from summarizer.model.client import Client

T = TypeVar("T")
B = TypeVar("B", bound=BaseBriefing)

_STEPS = 10


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
        self._recipe = Recipe.of(schema, self.settings.prompt, project_of(self.settings.project))
        self._watcher: Watcher = watcher or Silent()
        self._connections = Connections(self.settings, self._watcher)
        self._turn = asyncio.Lock()

    def __enter__(self) -> Summarizer[B]:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes the connections to the model. The embedded engine stays for the life of the process."""
        for each in self._connections.forget():
            _wait_for(each.client.close())

    def brief(self, source: Source | str | Path) -> B:
        """The checked briefing of one article. Works inside a running event loop too, which it blocks.

        Args:
            source: a `Source`, a path, the address of a page, `-` for standard input, the text of an article (a
                string with a line break), or a page (a string that begins like one).

        Raises:
            SummarizerError: one of its kinds; see `summarizer.errors`.
        """
        return _wait_for(self._brief(source))

    async def abrief(self, source: Source | str | Path) -> B:
        """`brief` for async code."""
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(self._brief(source), loop()))

    async def taped(self, source: Source, tape: Tape) -> B:
        """A briefing whose exchanges are kept on `tape`, and taken from there where they are. On `loop` alone."""
        return await self._brief(source, tape)

    async def connected(self) -> Client:
        """What it asks a model by, for those who ask otherwise than one by one. On `loop` alone.

        Raises:
            AuthenticationError, OfflineError, UsageError: there can be none.
        """
        return (await asyncio.to_thread(self._connections.open, _unrecorded)).client

    async def _brief(self, given: Source | str | Path, tape: Tape | None = None) -> B:
        # A page is fetched, and parsed in a child: what else runs on this loop does not wait for that.
        allow = self.settings.allow_private
        source = given if isinstance(given, Source) else await asyncio.to_thread(as_source, given, allow_private=allow)
        document, requests = await self._alone(lambda: self._read(source))
        if tape is None and self._connections.cached:
            # Where the cache has it all, no model is started, no key is needed, and nothing is sent.
            with suppress(NotCachedError, ModelError):
                return await self._made(source, document, requests, Recall())
        return await self._made(source, document, requests, tape)

    async def recalled(self, source: Source) -> B:
        """The briefing that the cache alone gives. On `loop` alone.

        Raises:
            NotCachedError: it lacks an answer; or another error, the one that the briefing would meet.
        """
        return await self._made(source, *await self._alone(lambda: self._read(source)), Recall())

    def _read(self, source: Source) -> tuple[Document, list[Request]]:
        document = self._recipe.document(source)
        return document, self._recipe.requests(document, source.published)

    async def _alone(self, work: Callable[[], T]) -> T:
        """Works on one article at a time, and then lets what others sent and got go on: from an answer to the next
        request it takes some steps of the loop."""
        async with self._turn:
            made = work()
            for _ in range(_STEPS):
                await asyncio.sleep(0)
            return made

    async def _made(self, source: Source, document: Document, requests: list[Request], tape: Tape | None) -> B:
        to = await self._connect(lambda: self._origin(source, len(requests)), tape)
        if to.engine:
            for each in requests:
                await asyncio.to_thread(to.engine.check_length, each.messages, _answer_tokens())
        asked = Conversation(to, self._recipe, self._watcher, document, self.settings.timeout)
        checker = check.checker(document, source, self._recipe.kind)
        try:
            draft, left = await asked.draft(requests, checker)
            checked = await self._alone(lambda: checker.check(draft))
            failed = repair.failures(self._recipe.kind, checked)
            if failed and self._recipe.repair:
                repaired = await asked.repaired(failed, checker)
                checked = await self._alone(lambda: checker.mend(failed, repaired))
        finally:
            if not to.kept:
                await to.client.close()
        checked.rejected += [each for each in left if each not in checked.rejected]
        made = provenance(self._recipe, to.name, asked.attempts)
        return cast("B", assembled(checked, source, document, made, self._recipe.kind))

    async def _connect(self, origin: Callable[[], Origin], tape: Tape | None) -> Connection:
        # Only what starts an engine is worth a thread of its own.
        replays = self.settings.cassette is not None and self.settings.record == "none"
        if replays or self._connections.opened(tape):
            return self._connections.open(origin, tape)
        return await asyncio.to_thread(self._connections.open, origin, tape)

    def _origin(self, source: Source, parts: int) -> Origin:
        """What a recording of this briefing is made from."""
        from summarizer.cassette import Origin

        recipe = self._recipe
        return Origin(
            kind=recipe.kind.name,
            prompt=self.settings.prompt,
            prompts=[prompt_record(each) for each in recipe.prompts if parts > 1 or each is not recipe.merge],
            schemas=list(recipe.schemas),
            policy=check.policy(),
            source=source_record(source),
        )


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
    language: str | None = None,
    **settings: Any,
) -> BaseBriefing:
    """The checked briefing of one article: `brief("article.txt", published="2026-03-11")`.

    Args:
        source: a path, the address of a page, `-` for standard input, the text of an article (a string with a
            line break), a page (a string that begins like one), or a `Source`, which then holds what is known
            about the article itself.
        schema: the kind of briefing: a class built on `BaseBriefing`, or the name of one, such as `incident`.
        published: the day of publication, which relative dates are resolved against.
        title, url: what is known about the article.
        language: the article's, as ISO 639-1 code; by default what a page says, else English.
        settings: the fields of `Settings`.

    Raises:
        SummarizerError: one of its kinds; see `summarizer.errors`.
    """
    with Summarizer(Settings(**settings), schema=schema) as summarizer:
        known = {"title": title, "url": url, "language": language}
        allow = summarizer.settings.allow_private
        return summarizer.brief(as_source(source, allow_private=allow, published=published, **known))


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
    language: str | None = None,
    **settings: Any,
) -> BaseBriefing:
    """`brief` for async code."""
    summarizer = Summarizer(Settings(**settings), schema=schema)
    try:
        known = {"title": title, "url": url, "language": language}
        allow = summarizer.settings.allow_private
        made = await asyncio.to_thread(as_source, source, allow_private=allow, published=published, **known)
        return await summarizer.abrief(made)
    finally:
        await asyncio.to_thread(summarizer.close)


def as_source(given: Source | str | Path, *, allow_private: bool = False, **known: Any) -> Source:
    """A source from what `brief` takes; a `Source` stays as it is."""
    if isinstance(given, Source):
        return given
    if isinstance(given, str) and page.is_page(given):
        return Source.from_html(given, **known)
    if isinstance(given, str) and "\n" in given:
        return Source.from_text(given, **known)
    return web.read(given, allow_private=allow_private, **known)


def project_of(given: Project | str | Path | None) -> Project | None:
    """The project that `Settings` name: one, its folder, or the one around the current folder."""
    if given is None:
        return Project.around()
    return given if isinstance(given, Project) else Project.at(given)


def _unrecorded() -> Origin:
    raise LookupError("a recording holds one briefing")


def _answer_tokens() -> int:
    from summarizer.model.client import ANSWER_TOKENS

    return ANSWER_TOKENS


# Everything that waits runs on one event loop in a thread of its own, so that sync calls work wherever they
# are made, and connections outlive the call that opened them.


_BEGINNING = threading.Lock()


def loop() -> asyncio.AbstractEventLoop:
    """The one that all briefings of this process are made on, whichever threads ask for them at once."""
    with _BEGINNING:
        return _loop()


@functools.cache
def _loop() -> asyncio.AbstractEventLoop:
    made = asyncio.new_event_loop()
    threading.Thread(target=made.run_forever, name="summarizer", daemon=True).start()
    return made


def _wait_for(coroutine: Coroutine[Any, Any, T]) -> T:
    future = asyncio.run_coroutine_threadsafe(coroutine, loop())
    try:
        return future.result()
    except KeyboardInterrupt:
        future.cancel()
        raise
