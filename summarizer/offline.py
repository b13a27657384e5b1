"""`SUMMARIZER_OFFLINE`: the switch that makes every live call an error, whatever is asked and wherever it is.

A replay and a model that answers from drafts make no live call. A server on this machine and the embedded engine do.
"""

from __future__ import annotations

import os

from summarizer.errors import OfflineError
from summarizer.text import one_line

VARIABLE = "SUMMARIZER_OFFLINE"


def offline() -> bool:
    """Whether the switch is on: set to anything but nothing and 0."""
    return os.environ.get(VARIABLE, "").strip() not in ("", "0")


def require_online(doing: str) -> None:
    """Called before each live call, with what it does: `asking openai/gpt-5-mini at https://...`.

    Raises:
        OfflineError: the switch is on.
    """
    if offline():
        raise OfflineError(
            f"{VARIABLE} forbids every live call, and this would be one: {one_line(doing, 200)}.",
            tip=f"Unset {VARIABLE}, or replay: --cassette FILE",
        )
