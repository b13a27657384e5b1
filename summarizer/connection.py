"""Which model a briefing asks, and by what: a live server, the embedded engine, a cassette or drafts."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from summarizer import deck
from summarizer.errors import UsageError
from summarizer.model import provider
from summarizer.settings import Settings, Watcher

if TYPE_CHECKING:
    from summarizer.cache import Answers
    from summarizer.cassette import Cassette, Origin, Tape
    from summarizer.model.client import Client
    from summarizer.model.drafted import DraftedModel
    from summarizer.model.engine import Engine
    from summarizer.model.provider import ModelName

NOWHERE = "http://127.0.0.1/v1"
"""The address of what sends nothing."""


@dataclass(frozen=True, slots=True)
class Connection:
    """A model, ready to be asked.

    Attributes:
        engine: the embedded engine, where that is asked.
        kept: whether it stays open for further briefings. One with a cassette holds a single briefing.
    """

    name: ModelName
    client: Client
    engine: Engine | None
    kept: bool


class Connections:
    """Opens what the settings ask for. Safe to use from several threads."""

    def __init__(self, settings: Settings, watcher: Watcher) -> None:
        """
        Raises:
            UsageError: the settings contradict each other.
        """
        if settings.record != "none" and settings.cassette is None:
            raise UsageError("There is no file to record to.", tip="Add --cassette FILE.")
        self._settings, self._watcher = settings, watcher
        if self._drafted and settings.cassette is not None:
            raise UsageError("A model that answers from drafts has no cassette.", tip="Give one of the two.")
        self._opening = threading.Lock()
        self._kept: dict[bool, Connection] = {}
        self._told = False
        self._answers: Answers | None = None

    def open(self, origin: Callable[[], Origin], tape: Tape | None = None) -> Connection:
        """The connection for the next briefing; `origin` is what a recording of it is made from. With a tape that is
        not live there is neither an engine nor a key."""
        opened = self._opened(origin, live=tape is None or tape.live)
        return replace(opened, client=opened.client.taped(tape)) if tape else opened

    @property
    def cached(self) -> bool:
        """Whether answers are taken from the cache, and kept there."""
        return self._settings.cache and self._settings.cassette is None and not self._drafted and not deck.current()

    def _opened(self, origin: Callable[[], Origin], *, live: bool) -> Connection:
        if kept := self._kept.get(live):  # one that is slow to start may be being opened
            return kept
        with self._opening:
            if live in self._kept:
                return self._kept[live]
            cassette = self._cassette(origin)
            name = self._name(cassette)
            if not self._told or cassette:
                self._watcher.chosen(name)
                self._told = True
            sent = live and self._drafted is None and not (cassette and cassette.replaying)
            engine = self._engine(name) if name.embedded and sent else None
            made = Connection(name, self._client(name, engine, cassette, live=sent), engine, kept=cassette is None)
            if made.kept:
                self._kept[live] = made
            return made

    def opened(self, tape: Tape | None = None) -> bool:
        """Whether the connection for a briefing is there, so that to open it takes no time."""
        return (tape is None or tape.live) in self._kept

    def forget(self) -> list[Connection]:
        """The connections that were kept, for whoever closes them; the next briefing opens others."""
        kept, self._kept, self._told = [*self._kept.values()], {}, False
        if self._answers:
            self._answers.close()
        return kept

    @property
    def _drafted(self) -> DraftedModel | None:
        model = self._settings.model
        return None if model is None or isinstance(model, str) else model

    def _cassette(self, origin: Callable[[], Origin]) -> Cassette | None:
        path, record, playing = self._settings.cassette, self._settings.record, deck.current()
        if path is None and playing and not self._drafted:
            path, record = playing.next()
        if path is None:
            return None
        from summarizer.cassette import Cassette

        cassette = path if isinstance(path, Cassette) else Cassette(path, record, origin())
        if playing:
            playing.opened(cassette)
        return cassette

    def _name(self, cassette: Cassette | None) -> ModelName:
        model, address = self._settings.model, self._settings.base_url
        if model is not None and not isinstance(model, str):
            return provider.choose(model.name, NOWHERE)
        wanted = model or (cassette.model if cassette else None)
        if cassette is not None and cassette.replaying and wanted and not provider.known(wanted):
            address = address or NOWHERE
        return provider.choose(wanted, address)

    def _engine(self, name: ModelName) -> Engine:
        from summarizer.model import engine, weights

        return engine.engine(weights.of(name.model, self._watcher.fetching), name.model)

    def _client(self, name: ModelName, engine: Engine | None, cassette: Cassette | None, *, live: bool) -> Client:
        from summarizer.model.client import Client

        address = name.address or (engine.address if engine else NOWHERE)
        answering = self._drafted.transport() if self._drafted else None
        return Client(name, address, cassette, answering, self._cache(name) if self.cached else None, live=live)

    def _cache(self, name: ModelName) -> Answers | None:
        from summarizer.cache import Answers, Store, limit
        from summarizer.cache.store import FOLDER
        from summarizer.model.weights import cache_dir

        if self._answers is None and (most := limit()) and (who := _who(name)):
            self._answers = Answers(Store(cache_dir() / FOLDER, most), who)
        return self._answers


def _who(name: ModelName) -> str | None:
    """Who answers, as far as a request does not say; None where that cannot be told."""
    from summarizer.model import weights

    if name.address is not None:
        return name.address.rstrip("/")
    if checked := weights.sha256(name.model):
        return f"weights {checked}"
    try:  # a file of the user's own, which would take seconds to hash
        path = Path(name.model).expanduser().resolve()
        found = path.stat()
    except OSError:
        return None
    return f"weights {path} {found.st_size} {found.st_mtime_ns}"
