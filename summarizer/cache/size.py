"""How much may be kept."""

from __future__ import annotations

import os

from summarizer.errors import UsageError
from summarizer.text import one_line

VARIABLE = "SUMMARIZER_CACHE_GB"


def limit() -> int:
    """The bytes that may be kept: SUMMARIZER_CACHE_GB in gigabytes, else one. 0 keeps nothing, and finds nothing.

    Raises:
        UsageError: it is no such number.
    """
    given = os.environ.get(VARIABLE, "").strip() or "1"
    try:
        size = int(float(given) * 1e9)
    except (ValueError, OverflowError):
        size = -1
    if size < 0:
        raise UsageError(
            f"{VARIABLE} is {one_line(given, 40)!r}, no number of gigabytes.", tip="Such as 0.5; 0 turns it off."
        )
    return size
