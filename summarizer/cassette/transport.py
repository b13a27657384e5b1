"""The HTTP transport that replays a cassette, or records what a real transport brings."""

from __future__ import annotations

import json
import time
from typing import Any

import httpx2
from pydantic_core import from_json

from summarizer.cassette import secret
from summarizer.cassette.cassette import Cassette
from summarizer.cassette.recording import HEADERS, Header, Interaction, Request, Response

SECONDS = "x-cassette-seconds"
"""A header of replayed answers: how long the answer took when it was recorded."""


_AROUND = 8
"""More levels than a file has around a body."""


class CassetteTransport(httpx2.AsyncBaseTransport):
    def __init__(self, cassette: Cassette, model: str, key: str) -> None:
        self._cassette = cassette
        self._model = model
        self._key = key
        self._real = None if cassette.replaying else httpx2.AsyncHTTPTransport()

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        asked = Request(method=request.method, path=request.url.path, body=_parsed(await request.aread()))
        if self._real is None:
            return replayed(self._cassette.replay(asked), request)
        started = time.monotonic()
        answer = await self._real.handle_async_request(request)
        content = await answer.aread()
        await answer.aclose()
        given = recorded(answer, content, round(time.monotonic() - started, 3))
        self._cassette.record(Interaction(request=asked, response=given), self._model, self._key)
        return replayed(given, request)

    async def aclose(self) -> None:
        if self._real is not None:
            await self._real.aclose()


def recorded(answer: httpx2.Response, content: bytes, seconds: float) -> Response:
    """What is kept of an answer, whose body is `content`; without what a failure tells of the account."""
    text = content.decode("utf-8", "replace")
    if answer.status_code >= 400:
        text = secret.blotted(text)
    body = _parsed(text.encode())
    kept: dict[str, Any] = {"status": answer.status_code, "headers": _kept(answer.headers), "seconds": seconds}
    if isinstance(body, dict | list) and _is_kept_by_json(body):
        return Response(**kept, body=body)
    return Response(**kept, text=text)


def _kept(headers: httpx2.Headers) -> dict[Header, str]:
    found = {name: headers[name] for name in HEADERS if name in headers}
    return {name: value for name, value in found.items() if value.isascii() and value.isprintable()}


def _is_kept_by_json(body: Any) -> bool:
    """Whether a file can hold it and be read: Python's parser takes infinite numbers, lone surrogates and more
    levels than the one that reads cassettes."""
    around: Any = body
    for _ in range(_AROUND):
        around = [around]
    try:
        from_json(json.dumps(around, ensure_ascii=False, allow_nan=False).encode())
    except (ValueError, RecursionError):
        return False
    return True


def replayed(kept: Response, request: httpx2.Request) -> httpx2.Response:
    """The answer that was kept, as the answer to `request`."""
    content = json.dumps(kept.body) if kept.text is None else kept.text
    headers = [*kept.headers.items(), (SECONDS, str(kept.seconds))]
    return httpx2.Response(kept.status, headers=headers, content=content.encode(), request=request)


def _parsed(content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return content.decode("utf-8", "replace")
