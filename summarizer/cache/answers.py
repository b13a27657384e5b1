"""Which answer is one to which request."""

from __future__ import annotations

import asyncio
import json
from hashlib import sha256
from typing import Any

from summarizer.cache.store import Store
from summarizer.cassette import Response


class Reused(Response):
    """An answer to an earlier request with the same body: this one was not sent, and cost nothing."""


class Answers:
    """The answers of one model at one address.

    Only what is whole is kept, and only of a question that came to a good end: a refusal, an answer that was cut off
    or one that never fitted its schema is asked for anew.
    """

    def __init__(self, store: Store, who: str) -> None:
        """
        Args:
            who: who answers, as far as a request does not say: an address, or the hash of weights.
        """
        self._store, self._who = store, who

    def key(self, body: dict[str, Any]) -> str:
        """What the answer to a request with this body is found by."""
        return sha256(json.dumps([self._who, body], sort_keys=True).encode()).hexdigest()

    async def find(self, key: str) -> Reused | None:
        return await asyncio.to_thread(self._found, key)

    async def keep(self, key: str, response: Response) -> None:
        await asyncio.to_thread(self._store.put, key, response.model_dump_json())

    async def forget(self, keys: list[str]) -> None:
        await asyncio.to_thread(self._store.forget, keys)

    def close(self) -> None:
        self._store.close()

    def _found(self, key: str) -> Reused | None:
        if (text := self._store.get(key)) is None:
            return None
        try:
            return Reused.model_validate_json(text)
        except ValueError:  # written by something else
            self._store.damaged(key)
            return None
