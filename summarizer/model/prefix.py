"""The fixed part of a prompt, read once and kept on disk.

A prompt begins with what is the same for every article. The engine's state after reading it is kept in the user's
cache, some 15 to 30 MB for a prompt, and put back before the first request of a process, in place of reading it anew.
No article is in it. A file is only used by the engine, weights and prompt that made it, and only with the bytes that
were written: its name has the hash of all of these.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

from summarizer.prompt import Message

FOLDER = "prefixes"
MOST = 8
"""How many files are kept."""

_MARK = "\u2060article\u2060"
_HASH = 12


class Slot(Protocol):
    """What an engine can do with the state of its one slot. All raise OSError or ValueError where it fails."""

    def rendered(self, messages: list[Message]) -> str: ...
    def read(self, text: str) -> None: ...
    def save(self, name: str) -> None: ...
    def restore(self, name: str) -> None: ...


def fixed(slot: Slot, messages: list[Message]) -> str:
    """The text that a prompt has before its article, which is all of its last turn; as the model gets it."""
    *before, last = messages
    return slot.rendered([*before, {"role": last["role"], "content": _MARK}]).partition(_MARK)[0]


class Prefixes:
    """Those kept in one folder, for one file of weights."""

    def __init__(self, folder: Path, weights: Path) -> None:
        self.folder = folder
        stat = weights.stat()
        self._made_by = f"{version('xllamacpp')} {weights} {stat.st_size} {stat.st_mtime_ns}"

    def put_in(self, slot: Slot, text: str) -> bool:
        """Puts the state after `text` into the slot, from disk where it is there; else it is read, and kept.

        Returns:
            Whether it came from disk. Whatever fails costs only time: the engine then reads it with the article.
        """
        with suppress(OSError, ValueError):
            key = hashlib.sha256(f"{self._made_by}\\0{text}".encode()).hexdigest()[:32]
            if (kept := self._kept(key)) is not None:
                slot.restore(kept.name)
                os.utime(kept)
                return True
            self.folder.mkdir(parents=True, exist_ok=True)
            new = f"{key}.{os.getpid()}.new"
            slot.read(text)
            slot.save(new)
            path = self.folder / new
            path.replace(self.folder / f"{key}-{_digest(path)}.state")
            self._prune()
        return False

    def _kept(self, key: str) -> Path | None:
        for path in self.folder.glob(f"{key}-*.state"):
            if path.stem.partition("-")[2] == _digest(path):
                return path
            path.unlink()
        return None

    def _prune(self) -> None:
        states = sorted(self.folder.glob("*.state"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in states[MOST:]:
            path.unlink()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:_HASH]
