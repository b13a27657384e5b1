"""A batch as its provider tells it, and what the Batch API of OpenAI takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from summarizer.errors import RateLimitError

ENDPOINT: Literal["/v1/chat/completions"] = "/v1/chat/completions"
WINDOW: Literal["24h"] = "24h"

REQUESTS = 50_000
BYTES = 200_000_000
"""The most that a file may hold."""

PRICE = 0.5
"""What a token costs in a batch, as a part of what it costs elsewhere."""

Status = Literal["validating", "failed", "in_progress", "finalizing", "completed", "expired", "cancelling", "cancelled"]
STATUSES: tuple[str, ...] = get_args(Status)
ENDED = ("failed", "completed", "expired", "cancelled")


class QueueFullError(RateLimitError):
    """As many tokens wait at the provider as the account may let wait."""


@dataclass(frozen=True, slots=True)
class Remote:
    """A batch as its provider tells it.

    Attributes:
        completed, failed: requests.
        files: those that hold answers and errors, as far as there are any.
        why: for what reasons it failed.
        full: whether it failed since too much waits already.
    """

    id: str
    status: str
    completed: int
    failed: int
    files: tuple[str, ...]
    why: str
    full: bool
