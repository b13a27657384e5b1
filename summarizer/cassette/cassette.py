"""One cassette file, open for replay or for recording."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Literal

from summarizer import __version__
from summarizer.cassette import location, miss, secret
from summarizer.cassette.recording import Interaction, Origin, Recording, Request, Response, read
from summarizer.errors import CassetteError, UsageError
from summarizer.files import write_whole
from summarizer.text import one_line

Record = Literal["none", "once", "all"]


class Cassette:
    """One file, open for replay or for recording. Safe to share among threads.

    Attributes:
        path: the file.
        replaying: True where answers come from the file and nothing is sent.
        missed: the last request that it had no answer to, as an error, whoever caught that.
    """

    def __init__(self, path: str | Path, record: Record = "none", origin: Origin | None = None) -> None:
        """
        Args:
            record: `none` replays, and a missing file is an error. `once` records where there is no file, and
                else replays. `all` records anew and replaces the file at the first answer.
            origin: what is briefed now. It is kept in a recording; a replay does not depend on it, but a miss
                can then say what changed.

        Raises:
            CassetteError: the file to replay is missing, damaged or no cassette.
            UsageError: `record` is something else.
        """
        if record not in ("none", "once", "all"):
            raise UsageError(f"{one_line(str(record), 40)!r} is no way to record.", tip="There are none, once, all.")
        self.path = Path(path)
        self.replaying = record == "none" or (record == "once" and os.path.lexists(self.path))
        self._recording = read(self.path) if self.replaying else None
        self._origin = origin if self.replaying or origin is None else _kept(origin, self.path)
        self._left = list(enumerate(self._recording.interactions, start=1)) if self._recording else []
        self._recorded: list[Interaction] = []
        self.missed: CassetteError | None = None
        self._lock = threading.Lock()

    @property
    def model(self) -> str | None:
        """The model that the file was recorded from; None while recording."""
        return self._recording.model if self._recording else None

    @property
    def unused(self) -> int:
        """How many of the recorded answers nobody has asked for."""
        return len(self._left)

    def replay(self, request: Request) -> Response:
        """The recorded answer to `request`. Equal requests get their answers in the recorded order.

        Raises:
            CassetteError: no such request is left; the message names the nearest one and what differs.
        """
        with self._lock:
            for index, (_, interaction) in enumerate(self._left):
                if interaction.request == request:
                    return self._left.pop(index)[1].response
            if self._recording is None:
                raise CassetteError(f"{one_line(str(self.path))} is being recorded; there is nothing to replay.")
            left = [number for number, _ in self._left]
            self.missed = miss.error(self.path, request, self._recording, left, self._origin)
            raise self.missed

    def record(self, interaction: Interaction, model: str, key: str) -> None:
        """Adds an exchange and writes the file, whole and at once.

        Raises:
            CassetteError: the file cannot be written, or the live `key` stands in the exchange, in whatever
                form; the file is then as it was.
        """
        with self._lock:
            self._recorded.append(interaction)
            tool = f"summarizer {__version__}"
            text = Recording(model=model, tool=tool, origin=self._origin, interactions=self._recorded).to_json()
            if secret.stands_in(key, text):
                raise CassetteError(
                    f"The live key occurs in an exchange; nothing was written to {one_line(str(self.path))}.",
                    tip="Take the key out of the article or the prompt; if a server sent it, do not trust that server.",
                )
            try:
                write_whole(self.path, text)
            except OSError as error:
                raise CassetteError(
                    f"Cannot write the cassette {one_line(str(self.path))}: {error.strerror}."
                ) from error


def _kept(origin: Origin, cassette: Path) -> Origin:
    name = location.name_in(cassette, origin.source.name)
    return origin.model_copy(update={"source": origin.source.model_copy(update={"name": name})})
