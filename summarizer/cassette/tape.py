"""What keeps the exchanges of one briefing elsewhere than in a cassette file, as they happen."""

from __future__ import annotations

from typing import Any, Protocol

from summarizer.cassette.recording import Response
from summarizer.errors import SummarizerError


class PostponedError(SummarizerError):
    """What a briefing asks is put down, and will be asked later; until then it is broken off."""


class Tape(Protocol):
    """Asked before each request of one briefing, and told each answer before anybody reads it.

    A briefing that was broken off is made again with the tape of what was answered: those requests are not sent.

    Attributes:
        live: whether anything may be sent; where not, no model is started and no key looked for.
    """

    live: bool

    def recorded(self, body: dict[str, Any]) -> Response | None:
        """The answer to a request with this body; equal ones get theirs in the order in which they came."""

    async def ready(self, body: dict[str, Any]) -> None:
        """Returns when a request with this body may be sent, which is not on the tape.

        Raises:
            SummarizerError: none may be.
            PostponedError: not now; the other parts of a long article still say what they would ask.
        """

    async def keep(self, body: dict[str, Any], response: Response) -> None:
        """Returns when the answer is kept.

        Raises:
            SummarizerError: it cannot be.
        """

    def ended(self, body: dict[str, Any]) -> None:
        """Told of every request that was `ready` when it is over, whether or not an answer came."""
