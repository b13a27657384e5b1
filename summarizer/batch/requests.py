"""The files of requests that a provider's batches are made from, cut where it wants them cut."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from uuid import uuid4

from summarizer.batch import batches
from summarizer.batch.batches import Question
from summarizer.batch.journal import Journal
from summarizer.errors import JournalError
from summarizer.model.batch import BYTES, ENDPOINT, REQUESTS
from summarizer.text import one_line

FOLDER = "requests"


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one file may hold."""

    requests: int = REQUESTS
    bytes: int = BYTES


def path_of(folder: Path, number: int) -> Path:
    """The file of a batch, which is there until the batch is created."""
    return folder / FOLDER / f"{number:04}.jsonl"


class Requests:
    """Takes requests, and puts down a batch as often as a file is full, and at the end.

    A file is whole on the disk before its batch is in the journal; what comes of one that is not is written over.
    """

    def __init__(self, journal: Journal, folder: Path, limits: Limits) -> None:
        self._journal, self._folder, self._limits = journal, folder, limits
        self._number = max((each.number for each in batches.sent(journal)), default=0)
        self._one_at_a_time = asyncio.Lock()
        self._file: IO[bytes] | None = None
        self._questions: list[Question] = []
        self._bytes = 0
        self.batches = 0

    async def add(self, question: Question, body: dict[str, Any]) -> None:
        """
        Raises:
            JournalError: it cannot be written.
        """
        told = {"custom_id": question.id, "method": "POST", "url": ENDPOINT, "body": body}
        line = json.dumps(told, separators=(",", ":")).encode() + b"\n"
        async with self._one_at_a_time, self._told():
            full = len(self._questions) >= self._limits.requests or self._bytes + len(line) > self._limits.bytes
            if full and self._questions:
                await self._close()
            if self._file is None:
                self._number += 1
                path = path_of(self._folder, self._number)
                path.parent.mkdir(exist_ok=True)
                self._file = path.open("wb")
            self._file.write(line)
            self._questions.append(question)
            self._bytes += len(line)

    async def close(self) -> None:
        """Puts down the last batch, if there is anything in it."""
        async with self._one_at_a_time, self._told():
            if self._file is not None:
                await self._close()

    @asynccontextmanager
    async def _told(self) -> AsyncIterator[None]:
        try:
            yield
        except OSError as error:
            raise JournalError(
                f"Cannot write to {one_line(str(self._folder), 200)}: {error.strerror}.",
                tip="Make room, then run the same command again; nothing is lost.",
            ) from error

    async def _close(self) -> None:
        file, questions = self._file, self._questions
        self._file, self._questions, self._bytes = None, [], 0
        if file is None:
            return
        with file:
            file.flush()
            os.fsync(file.fileno())
        await batches.plan(self._journal, self._number, uuid4().hex, questions)
        self.batches += 1
