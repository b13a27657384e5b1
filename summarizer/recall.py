"""The tape of a briefing that the cache alone is to give."""

from __future__ import annotations

from typing import Any

from summarizer.cassette import Response


class NotCachedError(BaseException):
    """The cache lacks an answer. No `Exception`, so that instructor does not log it as a failure, and no briefing does
    without the answer.

    Attributes:
        body: of the request that would be sent.
    """

    def __init__(self, body: dict[str, Any]) -> None:
        super().__init__("The cache has no answer to this.")
        self.body = body


class Recall:
    """Nothing is sent."""

    live = False

    def recorded(self, body: dict[str, Any]) -> Response | None:  # noqa: ARG002 (a Tape)
        return None

    async def ready(self, body: dict[str, Any]) -> None:
        raise NotCachedError(body)

    async def keep(self, body: dict[str, Any], response: Response) -> None: ...
    def ended(self, body: dict[str, Any]) -> None: ...
