"""A model that answers from drafts, for tests that need no recording.

It stands in the HTTP client's transport, where a cassette stands for a replay: its answers are parsed, validated,
checked and asked for once more like those of any model, and nothing is sent.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import httpx2
from pydantic import BaseModel

from summarizer.cassette.transport import SECONDS
from summarizer.draft import MERGE, REPAIR

Draft = Mapping[str, Any] | BaseModel


class DraftedModel:
    """Answers every question for a draft with one draft, and every repair with another; of what the parts of a long
    document hold it picks nothing, so that what most of them have is taken. Safe to share among threads.

        brief(article, schema=Merger, model=DraftedModel(draft(Merger, deal=[{...}])))

    Equal drafts give equal briefings, byte for byte: an answer takes no time.
    """

    name = "test/drafted"

    def __init__(self, draft: Draft, repair: Draft | None = None) -> None:
        """
        Args:
            draft: in the wire format, see `summarizer.testing.draft`. What does not fit the kind's schema is asked for
                twice and then a SchemaError, as from any model.
            repair: the items that stand in for those that fail the check, in the same format; of a field, no more
                than failed. None mends nothing.

        Raises:
            TypeError: there is something in it that JSON has not.
        """
        self._draft = _plain(draft)
        self._repair = _plain(repair or {})

    def transport(self) -> httpx2.AsyncBaseTransport:
        """What answers in place of the network."""
        return _DraftedTransport(self)

    def answer(self, name: str, fields: Mapping[str, Any]) -> dict[str, Any]:
        """The answer to a question whose schema has this name and these fields."""
        if name == REPAIR:
            return {key: self._repair.get(key, []) for key in fields}
        return {key: [] for key in fields} if name == MERGE else self._draft


class _DraftedTransport(httpx2.AsyncBaseTransport):
    def __init__(self, model: DraftedModel) -> None:
        self._model = model

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        asked = json.loads(await request.aread())["response_format"]["json_schema"]
        content = json.dumps(self._model.answer(asked["name"], asked["schema"]["properties"]), ensure_ascii=False)
        choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content}}
        body = {"id": "", "object": "chat.completion", "created": 0, "model": "drafted", "choices": [choice]}
        return httpx2.Response(200, headers={SECONDS: "0"}, json=body, request=request)


def _plain(draft: Draft) -> dict[str, Any]:
    given = draft.model_dump(mode="json") if isinstance(draft, BaseModel) else dict(draft)
    copied: dict[str, Any] = json.loads(json.dumps(given))
    return copied
