"""OpenAI's Batch API: a file of requests goes up, and within a day files of answers come down, at half the price.

There is no idempotency key, so that a batch which may have been created is looked for before another one is. Each
bears a key of ours in its metadata.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx2
import openai
from openai.types import Batch, FileObject

from summarizer.errors import BadResponseError
from summarizer.model.batch import ENDPOINT, STATUSES, WINDOW, QueueFullError, Remote
from summarizer.model.client import Client
from summarizer.text import one_line

_KEY = "summarizer"
_PAGE = 100
_TIMEOUT = httpx2.Timeout(300, connect=10)
"""Between two signs of life."""

_FULL = "token_limit_exceeded"


class Batches:
    """The batches of one account. What fails is one of the errors that `Client.send` maps to."""

    def __init__(self, client: Client) -> None:
        self.client = client

    async def upload(self, path: Path, name: str) -> str:
        """Uploads a file of requests, and returns its id."""
        async with self._calling("/files") as to:
            with path.open("rb") as file:
                try:
                    found = await to.files.create(file=(name, file), purpose="batch", timeout=_TIMEOUT)
                except openai.APIStatusError as error:
                    if error.status_code != 413:
                        raise
                    size = os.fstat(file.fileno()).st_size / 1e6
                    raise BadResponseError(
                        f"{self.client.address} takes no file of {size:,.1f} MB.", tip="Smaller ones: --batch-size N"
                    ) from error
        if not isinstance(found, FileObject):
            raise self._odd(found)
        return self._named(found.id)

    async def create(self, file: str, key: str) -> Remote:
        """Begins a batch. Where this fails, it may have begun all the same: see `find`.

        Raises:
            QueueFullError: it did not begin, since too much waits already.
        """
        async with self._calling("/batches") as to:
            try:
                found = await to.batches.create(
                    input_file_id=file,
                    endpoint=ENDPOINT,
                    completion_window=WINDOW,
                    metadata={_KEY: key},
                    timeout=_TIMEOUT,
                )
            except openai.APIStatusError as error:
                if _is_full(str(error.code), error.message):
                    raise QueueFullError(f"The queue is full: {one_line(error.message, 200)}") from error
                raise
        return self._remote(found)

    async def find(self, file: str, key: str) -> Remote | None:
        """The batch that was begun with this key; where a provider keeps no metadata, the one of this file."""
        async with self._calling("/batches") as to:
            async for each in to.batches.list(limit=_PAGE, timeout=_TIMEOUT):
                told = each.metadata if isinstance(each.metadata, dict) else {}
                if told.get(_KEY) == key or (not told and each.input_file_id == file):
                    return self._remote(each)
        return None

    async def get(self, batch: str) -> Remote:
        async with self._calling(f"the batch {batch}") as to:
            found = await to.batches.retrieve(batch, timeout=_TIMEOUT)
        return self._remote(found)

    async def cancel(self, batch: str) -> Remote:
        """Asks for its end; what it has answered by then can be had when it is cancelled."""
        async with self._calling(f"the batch {batch}") as to:
            found = await to.batches.cancel(batch, timeout=_TIMEOUT)
        return self._remote(found)

    async def lines(self, file: str) -> AsyncIterator[bytes]:
        """The lines of a file, one at a time. A line ends at a line feed and at nothing else."""
        async with self._calling(f"the file {file}") as to:
            given = to.files.with_streaming_response.content(file, timeout=_TIMEOUT)
            async with given as response:
                rest = b""
                async for chunk in response.iter_bytes():
                    *whole, rest = (rest + chunk).split(b"\n")
                    for line in whole:
                        yield line
                if rest:
                    yield rest

    @asynccontextmanager
    async def _calling(self, what: str) -> AsyncIterator[openai.AsyncOpenAI]:
        address = self.client.address
        async with self.client.calling() as to:
            try:
                yield to
            except openai.NotFoundError as error:
                raise BadResponseError(
                    f"{address} does not know {what} (status 404).",
                    tip="Does it have OpenAI's Batch API, and is the key of the project that began the batch?",
                ) from error
            except (ValueError, openai.APIResponseValidationError) as error:
                raise self._odd(error) from error

    def _remote(self, found: Any) -> Remote:
        if not isinstance(found, Batch) or found.status not in STATUSES:
            raise self._odd(getattr(found, "status", found))
        counts = found.request_counts
        errors = [(str(each.code), str(each.message), each.line) for each in (found.errors and found.errors.data) or ()]
        return Remote(
            self._named(found.id),
            found.status,
            _count(getattr(counts, "completed", 0)),
            _count(getattr(counts, "failed", 0)),
            files=tuple(self._named(each) for each in (found.output_file_id, found.error_file_id) if each),
            why=one_line("; ".join(_told(*each) for each in errors[:3]), 300),
            full=any(_is_full(code, message) for code, message, _ in errors),
        )

    def _named(self, name: object) -> str:
        """An id, which becomes a part of paths and is shown."""
        if not (isinstance(name, str) and 0 < len(name) <= 200 and name.isascii() and name.isprintable()):
            raise self._odd(name)
        return name

    def _odd(self, found: object) -> BadResponseError:
        return BadResponseError(
            f"{self.client.address} does not answer as OpenAI's Batch API does: {one_line(str(found), 200)}",
            tip="Check --base-url, or leave --engine out.",
        )


def _told(code: str, message: str, line: int | None) -> str:
    return f"{message} ({code}{f', line {line}' if line else ''})"


def _is_full(code: str, message: str) -> bool:
    return code == _FULL or "enqueued token" in message.lower()


def _count(value: object) -> int:
    return value if isinstance(value, int) and value >= 0 else 0
